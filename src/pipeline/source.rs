//! A source by its content, and the place of a document in it.
use super::batch::Load;
use crate::model::{Origin, Stage, Trouble};
use crate::read::{Item, Source};
use std::fs::File;
use std::io;
use std::path::Path;

/// The hash of a source's bytes.
pub(super) type Hash = [u8; 32];

/// A document, or what became of it, with its place.
pub(super) struct Met {
    pub(super) item: Item,
    /// Its place, where a state keeps account of it.
    pub(super) mark: Option<Mark>,
    /// Seconds that reading it took.
    pub(super) seconds: f64,
}

impl Met {
    /// A document just read.
    pub(super) fn new(item: Item, mark: Option<Mark>) -> Met {
        Met { item, mark, seconds: 0.0 }
    }
}

impl Load for Met {
    fn bytes(&self) -> usize {
        self.item.as_ref().map_or(0, |raw| raw.bytes.len())
    }

    fn took(&mut self, seconds: f64) {
        self.seconds = seconds;
    }
}

/// The place of a document in its source.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    /// The content of the source.
    pub(super) hash: Hash,
    /// Its name.
    pub(super) name: String,
    /// The number of the document in it, from 0.
    pub(super) number: u64,
    /// No document follows in it.
    pub(super) last: bool,
}

/// The name under which standard input is kept in the state folder while a run reads it.
const SPOOL: &str = "stdin.spool";

/// Reads a source once for its hash. Standard input is spooled to the folder first, so that it can be read again.
pub(super) fn hashed(mut source: Source, folder: &Path) -> Result<(Source, Hash), Trouble> {
    let failed = |error: io::Error| {
        Trouble::failed(Origin::page(&source.name), Stage::Read, crate::read::reading_failed(&error))
    };
    if source.path.is_none() {
        let path = folder.join(SPOOL);
        let mut spool = File::create(&path).map_err(failed)?;
        source.bytes = io::copy(&mut io::stdin(), &mut spool).map_err(failed)?;
        source.path = Some(path);
    }
    let mut hasher = blake3::Hasher::new();
    if let Some(file) = crate::read::open_file(&source) {
        file.and_then(|mut file| io::copy(&mut file, &mut hasher)).map_err(failed)?;
    }
    Ok((source, *hasher.finalize().as_bytes()))
}

/// Removes what was spooled. That it stays behind does no harm.
pub(super) fn forget_spool(folder: &Path) {
    let _ = std::fs::remove_file(folder.join(SPOOL));
}
