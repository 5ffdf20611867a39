//! The kept paragraphs, one after another, each with its key and its words: in memory up to a bound, in a
//! file beyond it.
use super::words::Word;
use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};

/// Records begin at multiples of this, so that 32 bits address 32 GB.
const UNIT: usize = 8;
/// Bytes of a record before its words: the key, and how many words there are.
const HEAD: usize = KEY + 4;
const KEY: usize = 16;
/// Bytes held in memory before they are written to the file.
const HELD: usize = 64 << 20;
/// Bytes of a record read from the file at once; most records fit.
const READ: usize = 1024;

/// Where a record stands.
pub(super) type Place = u32;

/// All kept paragraphs.
pub(super) struct Arena {
    /// The newest records.
    held: Vec<u8>,
    /// Bytes in the file, before those that are held.
    spooled: u64,
    file: Option<File>,
    held_most: usize,
}

impl Arena {
    /// An empty arena.
    pub(super) fn new() -> Arena {
        Arena { held: Vec::new(), spooled: 0, file: None, held_most: HELD }
    }

    /// Adds a paragraph.
    ///
    /// # Errors
    /// There is no room for more in 32 GB.
    pub(super) fn put(&mut self, key: u128, words: &[Word]) -> io::Result<Place> {
        let start = self.spooled + self.held.len() as u64;
        let Ok(place) = Place::try_from(start / UNIT as u64) else {
            return Err(io::Error::other("the index of kept paragraphs is full"));
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
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(tempfile::tempfile()?),
        };
        file.seek(SeekFrom::End(0))?;
        file.write_all(&self.held)?;
        self.spooled += self.held.len() as u64;
        self.held.clear();
        Ok(())
    }

    /// Reads a paragraph's words into `words`.
    pub(super) fn words(&self, place: Place, words: &mut Vec<Word>, buffer: &mut Vec<u8>) -> io::Result<()> {
        let record = match self.in_memory(place) {
            Some(record) => record,
            None => self.read(place, READ, buffer)?,
        };
        let bytes = &record[HEAD..HEAD + count(record) * Word::BYTES];
        words.clear();
        words.extend(bytes.as_chunks().0.iter().map(|&bytes| Word::from_bytes(bytes)));
        Ok(())
    }

    /// A paragraph's key.
    pub(super) fn key(&self, place: Place, buffer: &mut Vec<u8>) -> io::Result<u128> {
        let record = match self.in_memory(place) {
            Some(record) => record,
            None => self.read(place, HEAD, buffer)?,
        };
        Ok(record.first_chunk::<KEY>().map_or(0, |key| u128::from_le_bytes(*key)))
    }

    fn in_memory(&self, place: Place) -> Option<&[u8]> {
        let start = u64::from(place) * UNIT as u64;
        (start >= self.spooled).then(|| &self.held[(start - self.spooled) as usize..])
    }

    /// Reads a record of the file, or only its head if that is all that is asked for.
    fn read<'a>(&self, place: Place, asked: usize, buffer: &'a mut Vec<u8>) -> io::Result<&'a [u8]> {
        let start = u64::from(place) * UNIT as u64;
        let Some(file) = &self.file else { return Err(io::ErrorKind::UnexpectedEof.into()) };
        buffer.resize(asked.min((self.spooled - start) as usize), 0);
        read_at(file, buffer, start)?;
        let whole = HEAD + count(buffer) * Word::BYTES;
        if asked > HEAD && whole > buffer.len() {
            buffer.resize(whole, 0);
            read_at(file, buffer, start)?;
        }
        Ok(buffer)
    }

    /// Bytes of memory it holds.
    pub(super) fn bytes(&self) -> usize {
        self.held.capacity()
    }
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
        let (mut words, mut buffer) = (Vec::new(), Vec::new());
        for (place, key, expected) in put {
            arena.words(place, &mut words, &mut buffer).unwrap();
            assert_eq!(words, expected);
            assert_eq!(arena.key(place, &mut buffer).unwrap(), key);
        }
    }
}
