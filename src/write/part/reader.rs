//! A part that is being read. Nothing in it is trusted before its hash was compared.
use super::{END_BYTES, END_MAGIC, ENTRY_HEAD_BYTES, MAGIC, Place, ZSTD_WINDOW_LOG, hasher};
use crate::model::{Error, Result};
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom, Take};
use std::path::{Path, PathBuf};
use zstd::stream::read::Decoder;

/// Bytes of a header, at most: settings, and what else is known before the first document.
const MAX_HEADER_BYTES: u64 = 16 << 20;

/// A part that is being read.
pub(crate) struct PartReader {
    path: PathBuf,
    /// The header, as it was written.
    pub(crate) header: Vec<u8>,
    documents: Decoder<'static, BufReader<Take<File>>>,
    hasher: blake3::Hasher,
    /// Documents that were read.
    read: u64,
    end: End,
}

/// What the end of a part says of it.
struct End {
    documents: u64,
    hash: [u8; blake3::OUT_LEN],
}

impl PartReader {
    /// Opens a part, and looks whether it has its end.
    ///
    /// # Errors
    /// It cannot be read, is no part, or is cut.
    pub(crate) fn open(path: &Path) -> Result<PartReader> {
        let fail = |error| Error::io("read", path.display(), error);
        let mut file = File::open(path).map_err(fail)?;
        let length = file.metadata().map_err(fail)?.len();
        let header = header(&mut file).map_err(fail)?;
        let header = header.ok_or_else(|| broken(path, "is no part that `gleaner run --shard` wrote"))?;
        let start = file.stream_position().map_err(fail)?;
        let end = length.checked_sub(END_BYTES as u64).filter(|end| *end >= start);
        let cut = || broken(path, "is cut: it does not end as a part does; run its shard again");
        let stop = end.ok_or_else(cut)?;
        let end = read_end(&mut file, stop).map_err(fail)?.ok_or_else(cut)?;
        file.seek(SeekFrom::Start(start)).map_err(fail)?;
        let mut documents = Decoder::new(file.take(stop - start)).map_err(fail)?.single_frame();
        documents.window_log_max(ZSTD_WINDOW_LOG).map_err(fail)?;
        let hasher = hasher(&header);
        Ok(PartReader { path: path.to_path_buf(), header, documents, hasher, read: 0, end })
    }

    /// The next document with its place; nothing after the last one, and then all was as it was written.
    ///
    /// # Errors
    /// The part is damaged.
    pub(crate) fn next_document(&mut self) -> Result<Option<(Place, Vec<u8>)>> {
        if self.read == self.end.documents {
            let mut more = [0];
            let ended = self.documents.read(&mut more).map_err(|error| damaged(&self.path, error))? == 0;
            let whole = ended && *self.hasher.finalize().as_bytes() == self.end.hash;
            return if whole { Ok(None) } else { Err(damaged(&self.path, "its hash is another")) };
        }
        let document = self.read_document().map_err(|error| damaged(&self.path, error))?;
        self.read += 1;
        Ok(Some(document))
    }

    fn read_document(&mut self) -> io::Result<(Place, Vec<u8>)> {
        let mut head = [0; ENTRY_HEAD_BYTES];
        self.documents.read_exact(&mut head)?;
        let [a, b, c, d, number @ .., e, f, g, h] = head;
        let place = Place { source: u32::from_le_bytes([a, b, c, d]), number: u64::from_le_bytes(number) };
        let length = u64::from(u32::from_le_bytes([e, f, g, h]));
        // No room is made before there are bytes: the length may be a lie.
        let mut bytes = Vec::new();
        if (&mut self.documents).take(length).read_to_end(&mut bytes)? as u64 != length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.hasher.update(&head).update(&bytes);
        Ok((place, bytes))
    }
}

/// The header at the beginning of a file; nothing if it does not begin as a part.
fn header(file: &mut File) -> io::Result<Option<Vec<u8>>> {
    let mut first = Vec::new();
    file.take((MAGIC.len() + size_of::<u32>()) as u64).read_to_end(&mut first)?;
    let Some((magic, length)) = first.split_first_chunk::<8>() else { return Ok(None) };
    let Ok(length) = length.try_into().map(u32::from_le_bytes) else { return Ok(None) };
    let length = u64::from(length);
    if magic != MAGIC || length > MAX_HEADER_BYTES {
        return Ok(None);
    }
    let mut header = Vec::new();
    file.take(length).read_to_end(&mut header)?;
    Ok((header.len() as u64 == length).then_some(header))
}

/// The end of a part, if it stands there.
fn read_end(file: &mut File, at: u64) -> io::Result<Option<End>> {
    let mut end = [0; END_BYTES];
    file.seek(SeekFrom::Start(at))?;
    file.read_exact(&mut end)?;
    let (documents, rest) = end.split_at(size_of::<u64>());
    let (hash, magic) = rest.split_at(blake3::OUT_LEN);
    let documents = documents.try_into().map(u64::from_le_bytes).map_err(io::Error::other)?;
    let hash = hash.try_into().map_err(io::Error::other)?;
    Ok((magic == END_MAGIC).then_some(End { documents, hash }))
}

fn damaged(path: &Path, what: impl std::fmt::Display) -> Error {
    broken(path, &format!("is damaged ({what}); run its shard again"))
}

fn broken(path: &Path, message: &str) -> Error {
    Error::Part { path: path.display().to_string(), message: message.to_string() }
}
