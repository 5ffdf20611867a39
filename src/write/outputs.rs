//! Which files a run writes: one dataset with its ledger, or a folder of shards.
use super::packing::Packing;
use super::{SINKS, SinkFormat};
use crate::config::WriteConfig;
use crate::model::{Error, Result};
use std::path::{Path, PathBuf};

/// The name of standard output as an output.
pub const STDOUT: &str = "-";

/// The ending of a format that not all builds write.
const PARQUET: &str = "parquet";

/// Which files a run writes. What is not given stands beside the output, under its stem, or in its folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outputs {
    /// The data: a path whose ending names the format and the compression; a folder; or `-` for standard output
    /// (JSONL).
    pub data: String,
    /// The ledger of what was removed.
    pub removed: Option<PathBuf>,
    /// The report.
    pub report: Option<PathBuf>,
}

impl Outputs {
    /// Whether the data goes into a folder, in shards: the path ends with `/`, has no ending, or is a folder whose
    /// ending names no format.
    pub fn is_folder(&self) -> bool {
        let path = Path::new(&self.data);
        let slash = self.data.ends_with(['/', std::path::MAIN_SEPARATOR]);
        let (_, plain) = Packing::of(path);
        let format =
            SINKS.iter().any(|format| plain.extension().is_some_and(|ending| ending == format.ending));
        self.data != STDOUT && (slash || (path.is_dir() && !format) || path.extension().is_none())
    }

    /// The ledger's path: as given, or `OUT.removed.jsonl`, packed as the output is; none beside standard output.
    /// In a folder each shard has its own, unless one is given.
    pub fn removed_path(&self) -> Option<PathBuf> {
        let packing = Packing::of(Path::new(&self.data)).0.ledger_ending();
        self.removed.clone().or_else(|| self.beside(&format!("removed.jsonl{packing}")))
    }

    /// The report's path: as given, or `OUT.report.json`; none beside standard output. Where a page is named
    /// (`.html`), it stands beside that.
    pub fn report_path(&self) -> Option<PathBuf> {
        let page =
            |path: &PathBuf| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("html"));
        let given =
            self.report.clone().map(|path| if page(&path) { path.with_extension("json") } else { path });
        given.or_else(|| match self.is_folder() {
            true => Some(Path::new(&self.data).join("report.json")),
            false => self.beside("report.json"),
        })
    }

    /// The path of the report that people read: beside the report, under its stem.
    pub fn page_path(&self) -> Option<PathBuf> {
        self.report_path().map(|path| path.with_extension("html"))
    }

    /// The manifest's path: `OUT.manifest.json`; none beside standard output.
    pub fn manifest_path(&self) -> Option<PathBuf> {
        match self.is_folder() {
            true => Some(Path::new(&self.data).join("manifest.json")),
            false => self.beside("manifest.json"),
        }
    }

    /// Every file that the run will write; for a folder of shards the folder.
    pub fn paths(&self) -> Vec<PathBuf> {
        let data = (self.data != STDOUT).then(|| PathBuf::from(&self.data));
        let paths = [data, self.removed_path(), self.report_path(), self.page_path(), self.manifest_path()];
        paths.into_iter().flatten().collect()
    }

    /// A path beside the data, under its stem; none in a folder.
    fn beside(&self, ending: &str) -> Option<PathBuf> {
        let (_, plain) = Packing::of(Path::new(&self.data));
        (self.data != STDOUT && !self.is_folder()).then(|| plain.with_extension(ending))
    }
}

/// The names of the files of a run.
#[derive(Clone)]
pub(super) struct Layout {
    pub(super) outputs: Outputs,
    pub(super) format: &'static SinkFormat,
    /// The ending of shards, with the compression.
    ending: String,
}

impl Layout {
    pub(super) fn new(outputs: &Outputs, config: &WriteConfig) -> Result<Layout> {
        let ending = match outputs.is_folder() {
            true => config.shard_format.clone(),
            false if outputs.data == STDOUT => "jsonl".to_string(),
            false => {
                let name = Path::new(&outputs.data).file_name().unwrap_or_default().to_string_lossy();
                name.split_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default()
            }
        };
        let (packing, plain) = Packing::of(Path::new(&format!("x.{ending}")));
        let plain = plain.extension().unwrap_or_default().to_string_lossy().into_owned();
        let refused = |message: String| Error::Output { path: outputs.data.clone(), message };
        let format = SINKS.iter().find(|format| format.ending == plain).ok_or_else(|| {
            let endings: Vec<String> = SINKS.iter().map(|format| format!(".{}", format.ending)).collect();
            refused(format!(
                "its ending must name a format: {}, of which text may add .gz or .zst; a folder has none{}",
                endings.join(" or "),
                if plain == PARQUET { " (Parquet is for builds with --features parquet)" } else { "" }
            ))
        })?;
        if plain == PARQUET && packing.ledger_ending() != "" {
            return Err(refused("Parquet is packed already; leave the second ending out".to_string()));
        }
        Ok(Layout { outputs: outputs.clone(), format, ending })
    }

    /// The path of the data: of this shard, from 1, if there are shards. `None` is standard output.
    pub(super) fn data(&self, shard: u64) -> Option<PathBuf> {
        match (self.outputs.data.as_str(), self.outputs.is_folder()) {
            (STDOUT, _) => None,
            (folder, true) => Some(Path::new(folder).join(format!("data-{shard:06}.{}", self.ending))),
            (path, false) => Some(PathBuf::from(path)),
        }
    }

    /// The path of the ledger.
    pub(super) fn ledger(&self, shard: u64) -> Option<PathBuf> {
        self.outputs.removed_path().or_else(|| {
            let packing = Packing::of(Path::new(&self.ending)).0.ledger_ending();
            let name = format!("removed-{shard:06}.jsonl{packing}");
            self.outputs.is_folder().then(|| Path::new(&self.outputs.data).join(name))
        })
    }

    /// Whether each shard has a ledger of its own.
    pub(super) fn ledger_in_shards(&self) -> bool {
        self.outputs.is_folder() && self.outputs.removed.is_none()
    }
}
