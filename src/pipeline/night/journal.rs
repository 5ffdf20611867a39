//! The journal of a state folder: how far all is, and which files are to get their names. Its own rename is the
//! one moment at which a run counts.
use crate::model::{Error, Result};
use crate::write::{Closed, Unfinished, hash_file, remove, sync_folder};
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The version of the format.
const FORMAT: u32 = 1;
const NAME: &str = "journal.json";
const NEXT: &str = "journal.json.next";

/// What a state folder knows of its runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Journal {
    format: u32,
    /// How long the file of inputs is, and its hash.
    pub(super) inputs: Length,
    /// How long the file of sites is, and its hash; nothing where no run looked at sites.
    #[serde(default)]
    pub(super) sites: Option<Length>,
    /// The manifest of the output that the last run left.
    pub(super) manifest: Option<Known>,
    /// An interrupted run.
    pub(super) unfinished: Option<Open>,
    /// Files that get their names after this.
    pub(super) renames: Vec<Rename>,
}

/// A length that counts, and the BLAKE3 hash of the bytes up to there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Length {
    pub(super) bytes: u64,
    pub(super) blake3: String,
}

/// A file and its BLAKE3 hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Known {
    pub(super) path: PathBuf,
    pub(super) blake3: String,
}

/// A run that is not finished: its output, and how far its files are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Open {
    pub(super) output: PathBuf,
    pub(super) files: Unfinished,
}

/// A file that is to get its name, and what it must hold. Paths are from the root.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Rename {
    from: PathBuf,
    to: PathBuf,
    made_of: Option<PathBuf>,
    blake3: String,
}

impl Rename {
    /// The rename of a closed file.
    pub(super) fn of(closed: &Closed) -> Result<Rename> {
        let read = |error| Error::io("read", closed.from.display(), error);
        Ok(Rename {
            from: super::absolute(&closed.from)?,
            to: super::absolute(&closed.to)?,
            made_of: closed.made_of.as_deref().map(super::absolute).transpose()?,
            blake3: hash_file(&closed.from).map_err(read)?.to_hex().to_string(),
        })
    }

    /// Does it, unless it is done. A file of the same name that holds something else is of a later run that was
    /// killed, and is left to that.
    fn finish(&self) -> io::Result<()> {
        let holds = |path: &Path| match hash_file(path) {
            Ok(hash) => Ok(hash.to_hex().as_str() == self.blake3),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        };
        if holds(&self.from)? {
            std::fs::rename(&self.from, &self.to)?;
            sync_folder(&self.to)?;
            return self.made_of.as_ref().map_or(Ok(()), remove);
        }
        Ok(())
    }
}

impl Journal {
    /// Reads the journal of a folder; that of a new folder is empty.
    ///
    /// # Errors
    /// It is damaged, or of another version, or missing where other files of a state are.
    pub(super) fn read(folder: &Path) -> Result<Journal> {
        let text = match std::fs::read_to_string(folder.join(NAME)) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                // The index gets its manifest only after the journal is there.
                if folder.join("manifest.json").exists() {
                    return Err(damaged(folder, NAME, "it is gone"));
                }
                return Ok(Journal {
                    format: FORMAT,
                    inputs: Length::default(),
                    sites: None,
                    manifest: None,
                    unfinished: None,
                    renames: Vec::new(),
                });
            }
            Err(error) => return Err(damaged(folder, NAME, error)),
        };
        let (hash, body) = text.split_once('\n').unwrap_or_default();
        if blake3::hash(body.as_bytes()).to_hex().as_str() != hash {
            return Err(damaged(folder, NAME, "its hash is another"));
        }
        let journal: Journal = serde_json::from_str(body).map_err(|error| damaged(folder, NAME, error))?;
        if journal.format != FORMAT {
            return Err(damaged(folder, NAME, format!("it is of format {}, not {FORMAT}", journal.format)));
        }
        Ok(journal)
    }

    /// Makes this the journal of a folder, for good.
    ///
    /// # Errors
    /// What the file system says; then the old one is there.
    pub(super) fn write(&self, folder: &Path) -> Result<()> {
        let (next, last) = (folder.join(NEXT), folder.join(NAME));
        let write = || {
            let body = serde_json::to_string_pretty(self)? + "\n";
            let mut file = File::create(&next)?;
            writeln!(file, "{}", blake3::hash(body.as_bytes()).to_hex())?;
            file.write_all(body.as_bytes())?;
            file.sync_all()?;
            std::fs::rename(&next, &last)?;
            sync_folder(&last)
        };
        write().map_err(|error| Error::io("write", last.display(), error))
    }

    /// Gives the files their names that wait for them.
    ///
    /// # Errors
    /// What the file system says; the next run tries again.
    pub(super) fn finish(&self, folder: &Path) -> Result<()> {
        let folder_of_state = super::absolute(folder)?;
        for rename in &self.renames {
            let gone = !rename.to.exists() && !rename.from.exists();
            if gone && rename.to.parent() == Some(&folder_of_state) {
                let name = rename.to.file_name().unwrap_or_default().to_string_lossy();
                return Err(damaged(folder, &name, "it is gone"));
            }
            rename.finish().map_err(|error| Error::io("write", rename.to.display(), error))?;
        }
        remove(folder.join(NEXT)).map_err(|error| Error::io("clean up", folder.display(), error))
    }
}

/// Damage in a state folder.
pub(super) fn damaged(folder: &Path, name: &str, what: impl std::fmt::Display) -> Error {
    let message = format!(
        "{name} is missing or damaged ({what}); restore the folder from a copy, or start with a new one"
    );
    Error::State { path: folder.display().to_string(), message }
}
