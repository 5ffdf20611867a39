//! Which files a run writes: one dataset with its ledger, or a folder of shards.
use super::packing::Packing;
use super::same::Place;
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
    /// Whether the data goes into a stream that can neither be renamed nor read again: standard output, a pipe or a
    /// device.
    pub fn is_stream(&self) -> bool {
        self.data == STDOUT || is_device(Path::new(&self.data))
    }

    /// Whether there is a dataset at its place.
    pub(crate) fn is_there(&self) -> bool {
        let manifest = || self.manifest_path().is_some_and(|path| path.exists());
        !self.is_stream() && if self.is_folder() { manifest() } else { Path::new(&self.data).exists() }
    }

    /// Whether the data goes into a folder, in shards: the path ends with `/`, has no ending, or is a folder whose
    /// ending names no format.
    pub fn is_folder(&self) -> bool {
        let path = Path::new(&self.data);
        let slash = self.data.ends_with(['/', std::path::MAIN_SEPARATOR]);
        let (_, plain) = Packing::of(path);
        let format =
            SINKS.iter().any(|format| plain.extension().is_some_and(|ending| ending == format.ending));
        !self.is_stream() && (slash || (path.is_dir() && !format) || path.extension().is_none())
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

    /// The path of the report that people read: beside the report, under its stem; none beside a pipe or a device.
    pub fn page_path(&self) -> Option<PathBuf> {
        self.report_path().filter(|path| !is_device(path)).map(|path| path.with_extension("html"))
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
        self.named_paths().into_iter().map(|(_, path)| path).collect()
    }

    /// The same, with what each is.
    fn named_paths(&self) -> Vec<(&'static str, PathBuf)> {
        let data = (self.data != STDOUT).then(|| PathBuf::from(&self.data));
        let paths = [
            ("the dataset", data),
            ("the ledger", self.removed_path()),
            ("the report", self.report_path()),
            ("the page of the report", self.page_path()),
            ("the manifest", self.manifest_path()),
        ];
        paths.into_iter().filter_map(|(what, path)| Some((what, path?))).collect()
    }

    /// Refuses one file for two things.
    ///
    /// # Errors
    /// Two of the paths lead to one file.
    pub(super) fn check(&self) -> Result<()> {
        let mut known: Vec<(&str, Place)> = Vec::new();
        for (what, path) in self.named_paths() {
            let Some(place) = Place::of(&path) else { continue };
            if let Some((other, _)) = known.iter().find(|(_, other)| other.is(&place)) {
                let message = format!("is named for {other} and for {what}; give each a file of its own");
                return Err(Error::Output { path: path.display().to_string(), message });
            }
            known.push((what, place));
        }
        Ok(())
    }

    /// A path beside the data, under its stem; none in a folder.
    fn beside(&self, ending: &str) -> Option<PathBuf> {
        let (_, plain) = Packing::of(Path::new(&self.data));
        (!self.is_stream() && !self.is_folder()).then(|| plain.with_extension(ending))
    }
}

/// Whether there is something at a path that is written as it stands: a pipe or a device such as `/dev/null`.
pub(super) fn is_device(path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        path.metadata().is_ok_and(|metadata| {
            let kind = metadata.file_type();
            kind.is_fifo() || kind.is_char_device()
        })
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        false
    }
}

/// The ending of a file's name, from its first `.` on, in small letters.
fn ending_of(path: &str) -> String {
    let name = Path::new(path).file_name().unwrap_or_default().to_string_lossy();
    name.split_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default()
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
        outputs.check()?;
        let ending = match outputs.is_folder() {
            true => config.shard_format.clone(),
            false if outputs.is_stream() && ending_of(&outputs.data).is_empty() => "jsonl".to_string(),
            false => ending_of(&outputs.data),
        };
        let (packing, plain) = Packing::of(Path::new(&format!("x.{ending}")));
        let plain = plain.extension().unwrap_or_default().to_string_lossy().into_owned();
        let refused = |message: String| Error::Output { path: outputs.data.clone(), message };
        if outputs.is_folder() && Path::new(&outputs.data).metadata().is_ok_and(|there| !there.is_dir()) {
            let message =
                "is there and is no folder; a file needs an ending that names its format, such as .jsonl";
            return Err(refused(message.to_string()));
        }
        let format = SINKS.iter().find(|format| format.ending == plain).ok_or_else(|| {
            let endings: Vec<String> = SINKS.iter().map(|format| format!(".{}", format.ending)).collect();
            refused(format!(
                "the ending of a file must name a format: {}; .jsonl and .csv may be followed by .gz or .zst. A name \
                 without an ending is a folder{}",
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
