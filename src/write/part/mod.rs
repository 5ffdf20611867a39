//! A part of a corpus in a file: cleaned documents as bytes, each with its place, packed.
//!
//! ```text
//! MAGIC    8 bytes
//! header   its length (u32), then JSON
//! packed   a frame of zstd: for each document its source (u32), its number (u64), its length (u32), its bytes
//! END      documents (u64), the BLAKE3 of header and documents (32 bytes), 8 bytes of magic
//! ```
//! Numbers have their little end first. Without its end a part is cut, which is seen before anything is read of it.
mod reader;
mod writer;

use std::io;
use std::path::Path;

pub(crate) use reader::PartReader;
pub(crate) use writer::PartWriter;

/// The ending of the names of parts.
pub(crate) const ENDING: &str = "part";

const MAGIC: &[u8; 8] = b"GLEANPT1";
const END_MAGIC: &[u8; 8] = b"GLEANEND";

/// Bytes of a part's end.
const END_BYTES: usize = size_of::<u64>() + blake3::OUT_LEN + END_MAGIC.len();

/// The base-2 logarithm of the window of zstd: 512 KiB, what each of the parts that are merged at a time needs to be
/// unpacked. (The default of the level, 2 MiB, makes parts 2 % smaller.)
const ZSTD_WINDOW_LOG: u32 = 19;

/// The place of a document in the order of its corpus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// The number of its source among those that were found, from 0.
    pub(crate) source: u32,
    /// Its number in the source, from 0.
    pub(crate) number: u64,
}

/// Bytes before those of a document: its place and its length.
const ENTRY_HEAD_BYTES: usize = 16;

fn entry_head(place: Place, length: usize) -> io::Result<[u8; ENTRY_HEAD_BYTES]> {
    let length = u32::try_from(length).map_err(|_| io::Error::other("a document is larger than 4 GiB"))?;
    let mut head = [0; ENTRY_HEAD_BYTES];
    head[..4].copy_from_slice(&place.source.to_le_bytes());
    head[4..12].copy_from_slice(&place.number.to_le_bytes());
    head[12..].copy_from_slice(&length.to_le_bytes());
    Ok(head)
}

/// A hasher of documents that begins with the header.
fn hasher(header: &[u8]) -> blake3::Hasher {
    let mut hasher = blake3::Hasher::new();
    hasher.update(header);
    hasher
}

/// Documents of a part. All of it is read, and checked.
pub(super) fn count(path: &Path) -> io::Result<u64> {
    let mut part = PartReader::open(path).map_err(io::Error::other)?;
    let mut documents = 0;
    while part.next_document().map_err(io::Error::other)?.is_some() {
        documents += 1;
    }
    Ok(documents)
}
