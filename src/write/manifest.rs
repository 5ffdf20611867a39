//! The manifest of an output: its files, with what proves that they are whole.
use super::{Closed, Target};
use crate::model::{Error, Result};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

/// The version of the format.
const FORMAT: u32 = 1;

/// Bytes that are hashed at a time.
const CHUNK_BYTES: usize = 256 << 10;

/// What an output is made of. No time and no place is in it: the same input gives the same manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// The version of the format.
    pub(super) format: u32,
    /// The program that wrote the output, and its version.
    pub(super) program: String,
    /// The BLAKE3 hash of the settings of the last run, in hex.
    pub(super) config: String,
    /// Whether runs with a state folder keep the output, which a run without one must not replace.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) kept: bool,
    /// Records in all files of data, or documents of a part.
    pub(super) records: u64,
    /// The files, in the order of their names, data first.
    pub(super) files: Vec<FileRow>,
}

/// What a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Role {
    /// Records.
    Data,
    /// The ledger.
    Removed,
    /// Cleaned documents that wait to be merged.
    Part,
}

/// One file of an output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FileRow {
    /// Its name, beside the manifest; a ledger that stands elsewhere is not listed.
    pub(super) name: String,
    /// What it is for.
    pub(super) role: Role,
    /// Records, rows of the ledger, or documents of a part.
    pub(super) records: u64,
    /// Its length.
    pub(super) bytes: u64,
    /// BLAKE3 of its bytes, in hex.
    pub(super) blake3: String,
    /// SHA-256 of its bytes, in hex.
    pub(super) sha256: String,
}

impl Manifest {
    /// Reads a manifest; `None` if there is none.
    ///
    /// # Errors
    /// It cannot be read, or is of another format.
    pub(super) fn read(path: &Path) -> Result<Option<Manifest>> {
        let refused = |message: String| Error::Output { path: path.display().to_string(), message };
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Error::io("read", path.display(), error)),
        };
        let manifest: Manifest = serde_json::from_str(&text)
            .map_err(|error| refused(format!("is no manifest of gleaner, or is damaged: {error}")))?;
        if manifest.format != FORMAT {
            return Err(refused(format!(
                "is of format {}, and this version reads format {FORMAT}; use the version that wrote it, or another output",
                manifest.format
            )));
        }
        Ok(Some(manifest))
    }

    /// That of an output without files yet, kept by a state folder or not.
    pub(super) fn empty(kept: bool) -> Manifest {
        let program = concat!("gleaner ", env!("CARGO_PKG_VERSION")).to_string();
        Manifest { format: FORMAT, program, config: String::new(), kept, records: 0, files: Vec::new() }
    }

    /// Puts a file in, in place of one of the same name.
    pub(super) fn put(&mut self, row: FileRow) {
        self.files.retain(|file| file.name != row.name);
        self.files.push(row);
        self.files.sort_by(|a, b| (a.role, &a.name).cmp(&(b.role, &b.name)));
        let counted = self.files.iter().filter(|file| file.role != Role::Removed);
        self.records = counted.map(|file| file.records).sum();
    }
}

impl FileRow {
    /// The row of a closed file.
    pub(super) fn of(closed: &Closed, role: Role, records: u64) -> io::Result<FileRow> {
        let name = closed.to.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let (bytes, blake3, sha256) = hashes(&closed.from)?;
        Ok(FileRow { name, role, records, bytes, blake3, sha256 })
    }
}

/// The length of a file, its BLAKE3 and its SHA-256.
pub(super) fn hashes(path: &Path) -> io::Result<(u64, String, String)> {
    let (mut blake3, mut sha256, mut length) = (blake3::Hasher::new(), Sha256::new(), 0);
    each_chunk(path, |chunk| {
        blake3.update(chunk);
        sha256.update(chunk);
        length += chunk.len() as u64;
    })?;
    let sha256 = sha256.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok((length, blake3.finalize().to_hex().to_string(), sha256))
}

/// The BLAKE3 of a file.
pub(crate) fn hash_file(path: &Path) -> io::Result<blake3::Hash> {
    let mut hasher = blake3::Hasher::new();
    each_chunk(path, |chunk| {
        hasher.update(chunk);
    })?;
    Ok(hasher.finalize())
}

fn each_chunk(path: &Path, mut each: impl FnMut(&[u8])) -> io::Result<()> {
    let mut file = File::open(path)?;
    let mut chunk = vec![0; CHUNK_BYTES];
    loop {
        match file.read(&mut chunk) {
            Ok(0) => return Ok(()),
            Ok(read) => each(&chunk[..read]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Writes a value as a file of JSON that waits for its name.
pub(super) fn close_json(path: &Path, value: &impl Serialize) -> Result<Option<Closed>> {
    let mut target = Target::create(path)?;
    let written = serde_json::to_writer_pretty(&mut target, value).map_err(io::Error::from);
    written
        .and_then(|()| target.write_all(b"\n"))
        .and_then(|()| target.close())
        .map_err(|error| Error::io("write", path.display(), error))
}
