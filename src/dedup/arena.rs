//! The kept paragraphs, one after another, each with its key and its words: those of earlier runs in the files
//! of the state, those of this run in memory up to a bound and in a file beyond it.
use super::words::Word;
use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};

/// Records begin at multiples of this, so that 32 bits address 32 GiB.
pub(super) const UNIT: usize = 8;
/// Bytes of a record before its words: the key, and how many words there are.
const HEAD: usize = KEY + 4;
const KEY: usize = 16;
/// Bytes held in memory before they are written to the file.
const HELD: usize = 64 << 20;
/// Bytes copied at once.
const COPIED: usize = 1 << 20;

/// Where a record stands.
pub(super) type Place = u32;

/// All kept paragraphs.
pub(super) struct Arena {
    /// The newest records.
    held: Vec<u8>,
    /// Files with the older ones, in order.
    files: Vec<Piece>,
    /// Whether the last of the files is this run's own, to which more can be added.
    spooling: bool,
    held_most: usize,
}

/// A file with records.
struct Piece {
    file: File,
    /// Where its first record stands, in bytes of the whole arena.
    start: u64,
    bytes: u64,
}

impl Arena {
    /// An empty arena.
    pub(super) fn new() -> Arena {
        Arena { held: Vec::new(), files: Vec::new(), spooling: false, held_most: HELD }
    }

    /// Adds a file of records of an earlier run. Only before anything is put.
    pub(super) fn attach(&mut self, file: File, bytes: u64) {
        self.files.push(Piece { file, start: self.on_file(), bytes });
    }

    /// Bytes of all records.
    pub(super) fn len(&self) -> u64 {
        self.on_file() + self.held.len() as u64
    }

    fn on_file(&self) -> u64 {
        self.files.last().map_or(0, |last| last.start + last.bytes)
    }

    /// Adds a paragraph.
    ///
    /// # Errors
    /// There is no room for more in 32 GiB.
    pub(super) fn put(&mut self, key: u128, words: &[Word]) -> io::Result<Place> {
        let Ok(place) = Place::try_from(self.len() / UNIT as u64) else {
            return Err(io::Error::other(
                "the index of kept paragraphs is full: cut the corpus into slices, or do without the search \
                 (--duplicates keep)",
            ));
        };
        self.held.extend(key.to_le_bytes());
        self.held.extend((words.len() as u32).to_le_bytes());
        for word in words {
            self.held.extend(word.to_bytes());
        }
        self.held.resize(self.held.len().next_multiple_of(UNIT), 0);
        Ok(place)
    }

    /// Writes what is held to the file, if it is much. Called between batches.
    pub(super) fn spool(&mut self) -> io::Result<()> {
        if self.held.len() < self.held_most {
            return Ok(());
        }
        if !self.spooling {
            self.attach(tempfile::tempfile()?, 0);
            self.spooling = true;
        }
        if let Some(Piece { file, bytes, .. }) = self.files.last_mut() {
            file.seek(SeekFrom::End(0))?;
            file.write_all(&self.held)?;
            *bytes += self.held.len() as u64;
        }
        self.held.clear();
        Ok(())
    }

    /// How many words a paragraph has, at least and at most, by where it and the next one stand.
    pub(super) fn count(&self, places: (Place, Option<Place>)) -> (usize, usize) {
        let bytes = self.bytes_of(places) - HEAD;
        ((bytes.saturating_sub(UNIT - 1)).div_ceil(Word::BYTES), bytes / Word::BYTES)
    }

    /// Bytes of a record, by where it and the next one stand.
    fn bytes_of(&self, (place, next): (Place, Option<Place>)) -> usize {
        let end = next.map_or(self.len(), |next| u64::from(next) * UNIT as u64);
        (end.saturating_sub(u64::from(place) * UNIT as u64) as usize).max(HEAD + 1)
    }

    /// Reads a paragraph's words into `words`, by where it and the next one stand.
    pub(super) fn words(
        &self,
        places: (Place, Option<Place>),
        words: &mut Vec<Word>,
        buffer: &mut Vec<u8>,
    ) -> io::Result<()> {
        let record = self.record(places.0, self.bytes_of(places), buffer)?;
        let bytes = record.get(HEAD..HEAD + count(record) * Word::BYTES).ok_or_else(damaged)?;
        words.clear();
        words.extend(bytes.as_chunks().0.iter().map(|&bytes| Word::from_bytes(bytes)));
        Ok(())
    }

    /// A paragraph's key.
    pub(super) fn key(&self, place: Place, buffer: &mut Vec<u8>) -> io::Result<u128> {
        let record = self.record(place, HEAD, buffer)?;
        Ok(record.first_chunk::<KEY>().map_or(0, |key| u128::from_le_bytes(*key)))
    }

    /// Copies all records from one byte on, up to another.
    pub(super) fn copy(&self, from: u64, to: u64, out: &mut impl Write) -> io::Result<()> {
        let mut buffer = vec![0; COPIED];
        let mut at = from;
        while at < to.min(self.on_file()) {
            let piece = self.piece(at).ok_or_else(damaged)?;
            let count = (piece.start + piece.bytes).min(to).saturating_sub(at).min(COPIED as u64);
            let part = &mut buffer[..count as usize];
            read_at(&piece.file, part, at - piece.start)?;
            out.write_all(part)?;
            at += count;
        }
        let held = (at.saturating_sub(self.on_file())) as usize..(to.saturating_sub(self.on_file())) as usize;
        out.write_all(self.held.get(held).unwrap_or_default())
    }

    /// The file that holds a byte of the arena.
    fn piece(&self, at: u64) -> Option<&Piece> {
        let after = self.files.partition_point(|piece| piece.start <= at);
        self.files.get(after.wrapping_sub(1)).filter(|piece| at < piece.start + piece.bytes)
    }

    /// A record, or of a record on file as much as is asked for; the whole record if that is more than its head.
    fn record<'a>(&'a self, place: Place, asked: usize, buffer: &'a mut Vec<u8>) -> io::Result<&'a [u8]> {
        let start = u64::from(place) * UNIT as u64;
        if let Some(held) = start.checked_sub(self.on_file()) {
            return self.held.get(held as usize..).filter(|record| record.len() >= HEAD).ok_or_else(damaged);
        }
        let piece = self.piece(start).ok_or_else(damaged)?;
        let (at, left) = (start - piece.start, piece.start + piece.bytes - start);
        if left < HEAD as u64 {
            return Err(damaged());
        }
        buffer.resize(asked.min(left as usize), 0);
        read_at(&piece.file, buffer, at)?;
        let whole = HEAD + count(buffer) * Word::BYTES;
        if asked > HEAD && whole > buffer.len() {
            if whole as u64 > left {
                return Err(damaged());
            }
            buffer.resize(whole, 0);
            read_at(&piece.file, buffer, at)?;
        }
        Ok(buffer)
    }

    /// Bytes of memory it holds.
    pub(super) fn bytes(&self) -> usize {
        self.held.capacity()
    }
}

fn damaged() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "the words of a kept paragraph are damaged")
}

fn count(record: &[u8]) -> usize {
    record[KEY..].first_chunk().map_or(0, |&count| u32::from_le_bytes(count) as usize)
}

#[cfg(unix)]
fn read_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, buffer, at)
}

#[cfg(windows)]
fn read_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<()> {
    let mut done = 0;
    while done < buffer.len() {
        match std::os::windows::fs::FileExt::seek_read(file, &mut buffer[done..], at + done as u64)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            read => done += read,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::words::Reducer;
    use super::*;

    #[test]
    fn records_come_back_from_memory_and_from_the_file() {
        let texts = ["one two three".to_string(), "word ".repeat(1000), String::new(), "Last 7".to_string()];
        let mut reducer = Reducer::default();
        let mut arena = Arena { held_most: 1, ..Arena::new() };
        let mut put = Vec::new();
        for (number, text) in texts.iter().enumerate() {
            let mut words = Vec::new();
            let digest = reducer.reduce(text, &mut words);
            put.push((arena.put(digest.key, &words).unwrap(), digest.key, words));
            if number != 2 {
                arena.spool().unwrap();
            }
        }
        let mut copied = Vec::new();
        arena.copy(0, arena.len(), &mut copied).unwrap();
        assert_eq!(copied.len() as u64, arena.len());
        let again = Arena { held: copied, ..Arena::new() };
        let (mut words, mut buffer) = (Vec::new(), Vec::new());
        let nexts: Vec<Option<Place>> = put.iter().skip(1).map(|put| Some(put.0)).chain([None]).collect();
        for ((place, key, expected), next) in put.into_iter().zip(nexts) {
            for arena in [&arena, &again] {
                arena.words((place, next), &mut words, &mut buffer).unwrap();
                assert_eq!(words, expected);
                assert_eq!(arena.key(place, &mut buffer).unwrap(), key);
            }
        }
        assert!(arena.words((Place::MAX, None), &mut words, &mut buffer).is_err());
    }
}
