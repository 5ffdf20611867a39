//! The file of a state folder that remembers the lines of sites.
use super::journal::{Journal, Length, damaged};
use crate::model::{Error, Result};
use crate::write::Closed;
use std::fs::File;
use std::io::Write;
use std::path::Path;

const NAME: &str = "sites.bin";
const NEXT: &str = "sites.bin.next";

/// What earlier runs knew of sites, if any did.
///
/// # Errors
/// It is not what the journal says.
pub(super) fn read(folder: &Path, journal: &Journal) -> Result<Option<Vec<u8>>> {
    let Some(length) = &journal.sites else { return Ok(None) };
    let bytes = std::fs::read(folder.join(NAME)).map_err(|error| damaged(folder, NAME, error))?;
    if blake3::hash(&bytes).to_hex().as_str() != length.blake3 {
        return Err(damaged(folder, NAME, "its hash is another"));
    }
    Ok(Some(bytes))
}

/// Writes what is known now, synced, and tells the journal. It waits for its name.
///
/// # Errors
/// What the file system says; then the old file is there.
pub(super) fn prepare(folder: &Path, bytes: &[u8], journal: &mut Journal) -> Result<Option<Closed>> {
    let length = Length { bytes: bytes.len() as u64, blake3: blake3::hash(bytes).to_hex().to_string() };
    if journal.sites.as_ref() == Some(&length) {
        return Ok(None);
    }
    let next = folder.join(NEXT);
    let write = || {
        let mut file = File::create(&next)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    write().map_err(|error| Error::io("write", next.display(), error))?;
    journal.sites = Some(length);
    Ok(Some(Closed { from: next, to: folder.join(NAME), made_of: None }))
}

/// What is wrong with the file, found when it was read.
pub(super) fn unreadable(folder: &Path, what: impl std::fmt::Display) -> Error {
    damaged(folder, NAME, what)
}
