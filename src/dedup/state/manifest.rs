//! The manifest of a state folder: which files make it up. What it does not name is not part of the state.
use crate::config::NearProfile;
use crate::model::{Error, Result};
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

/// The version of the format, and of the rules by which paragraphs are compared.
pub(super) const FORMAT: u32 = 3;
const NAME: &str = "manifest.json";
const NEXT: &str = "manifest.json.next";

/// What a state folder holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// The version of the format.
    pub(super) format: u32,
    /// What counts as a duplicate.
    pub(super) profile: NearProfile,
    /// How many kept paragraphs make it worth while to learn the order of shingles again.
    pub(super) learn_at: usize,
    /// The order of shingles, once it was learnt.
    pub(super) order: Option<Part>,
    /// The runs, oldest first.
    pub(super) runs: Vec<Run>,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Part {
    /// Its name in the folder.
    pub(super) name: String,
    /// Its length.
    pub(super) bytes: u64,
    /// The BLAKE3 hash of its bytes, in hex.
    pub(super) blake3: String,
}

/// The kept paragraphs of one night, or of several merged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Run {
    /// Kept paragraphs.
    pub(super) paragraphs: usize,
    /// Their addresses, sizes and postings.
    pub(super) index: Part,
    /// Their words.
    pub(super) words: Part,
}

impl Manifest {
    /// The manifest of an empty state.
    pub(super) fn new(profile: NearProfile, learn_at: usize) -> Manifest {
        Manifest { format: FORMAT, profile, learn_at, order: None, runs: Vec::new() }
    }

    /// Reads the manifest of a folder; `None` if there is none yet.
    pub(super) fn read(folder: &Path) -> Result<Option<Manifest>> {
        let path = folder.join(NAME);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Error::io("read", path.display(), error)),
        };
        #[derive(Deserialize)]
        struct Version {
            format: u32,
        }
        let broken = |error: serde_json::Error| {
            let message = format!("{NAME} is damaged ({error}); restore it, or start with a new folder");
            refused(folder, message)
        };
        let version: Version = serde_json::from_str(&text).map_err(broken)?;
        if version.format != FORMAT {
            return Err(refused(
                folder,
                format!(
                    "is of format {}, and this version of gleaner reads format {FORMAT}; start with a new folder",
                    version.format
                ),
            ));
        }
        serde_json::from_str(&text).map(Some).map_err(broken)
    }

    /// Writes this as the next manifest of a folder: the name it has, and the name it will have.
    pub(super) fn prepare(&self, folder: &Path) -> Result<(PathBuf, PathBuf)> {
        let (next, last) = (folder.join(NEXT), folder.join(NAME));
        let write = || {
            let mut file = File::create(&next)?;
            serde_json::to_writer_pretty(&mut file, self)?;
            file.write_all(b"\n")?;
            file.sync_all()?;
            sync_folder(folder)
        };
        write().map_err(|error| Error::io("write", last.display(), error))?;
        Ok((next, last))
    }

    /// All files of the state.
    pub(super) fn parts(&self) -> impl Iterator<Item = &Part> {
        self.order.iter().chain(self.runs.iter().flat_map(|run| [&run.index, &run.words]))
    }

    /// Kept paragraphs of all runs.
    pub(super) fn paragraphs(&self) -> usize {
        self.runs.iter().fold(0, |sum, run| sum.saturating_add(run.paragraphs))
    }

    /// Removes files that a killed run left behind, and those that are no longer named. Files that are none
    /// of ours stay.
    pub(super) fn sweep(&self, folder: &Path) -> std::io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let ours = Part::SUFFIXES.iter().any(|suffix| name.ends_with(suffix)) || name == NEXT;
            if ours && !self.parts().any(|part| part.name == name) {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }
}

impl Part {
    /// How the names of state files end.
    pub(super) const SUFFIXES: [&'static str; 4] =
        [".index.gleaner", ".words.gleaner", ".order.gleaner", ".gleaner.new"];
}

/// What is wrong with a state folder.
pub(super) fn refused(folder: &Path, message: impl ToString) -> Error {
    Error::State { path: folder.display().to_string(), message: message.to_string() }
}

/// Makes renames in a folder last, where the system knows how.
pub(super) fn sync_folder(folder: &Path) -> std::io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
