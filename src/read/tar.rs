//! tar archives of pages (POSIX ustar and pax, GNU long names), streamed: an entry a document.
use super::entry::Entry;
use super::unpack::Damage;
use super::{Documents, Format, Item, Opened, reading_failed};
use crate::config::ReadConfig;
use crate::model::{Origin, SkipReason, Stage, Trouble};
use std::io::{self, BufRead, Read};

/// The row in `FORMATS`.
pub(super) const TAR: Format = Format { name: "tar", tells: |head, _| header(head).is_some(), open };

/// Archives are made of blocks.
const BLOCK_BYTES: usize = 512;

/// Bytes of a long name or of pax records, at most; Linux allows paths of 4 KiB.
const MAX_NAME_BYTES: u64 = 64 << 10;

fn open(opened: Opened) -> Documents {
    let limits = opened.limits.clone();
    Box::new(Tar { source: opened.source.name, input: opened.stream, limits, long_name: None, ended: false })
}

struct Tar<R> {
    source: String,
    input: R,
    limits: ReadConfig,
    /// The name of the next entry, if it stands before it because it is long.
    long_name: Option<String>,
    ended: bool,
}

/// What the header of an entry says.
#[derive(Debug, PartialEq, Eq)]
struct Header {
    name: String,
    bytes: u64,
    kind: u8,
}

impl<R: BufRead> Iterator for Tar<R> {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        while !self.ended {
            match self.entry() {
                Ok(Some(item)) => return Some(item),
                Ok(None) => {}
                Err(error) => {
                    self.ended = true;
                    let origin = Origin::page(&self.source);
                    return Some(Err(Trouble::failed(origin, Stage::Read, reading_failed(&error))));
                }
            }
        }
        None
    }
}

impl<R: BufRead> Tar<R> {
    /// The next entry; `None` if it holds no document of its own.
    fn entry(&mut self) -> io::Result<Option<Item>> {
        let mut block = [0; BLOCK_BYTES];
        if self.input.fill_buf()?.is_empty() {
            self.ended = true;
            return Ok(None);
        }
        self.input.read_exact(&mut block)?;
        if block.iter().all(|&byte| byte == 0) {
            self.ended = true;
            return Ok(None);
        }
        let header =
            header(&block).ok_or_else(|| Damage::last("the archive is damaged: what follows is no entry"))?;
        let padded = header.bytes.next_multiple_of(BLOCK_BYTES as u64);
        match header.kind {
            b'L' | b'x' => {
                let text = self.read(header.bytes.min(MAX_NAME_BYTES), padded)?;
                self.long_name = if header.kind == b'L' { Some(until_zero(&text)) } else { pax_path(&text) };
                Ok(None)
            }
            b'g' | b'K' | b'5' => self.read(0, padded).map(|_| None),
            kind => {
                let name = self.long_name.take().unwrap_or(header.name);
                let entry = Entry { source: &self.source, name: &name };
                if !matches!(kind, b'0' | 0 | b'7') {
                    let reason =
                        if matches!(kind, b'1' | b'2') { SkipReason::Link } else { SkipReason::SpecialFile };
                    let item = Err(Trouble::skipped(entry.origin(), reason));
                    return self.read(0, padded).map(|_| Some(item));
                }
                let mut kept = (&mut self.input).take(padded);
                let item = entry.document(Box::new((&mut kept).take(header.bytes)), &self.limits);
                let rest = kept.limit();
                pass(&mut kept, rest)?;
                Ok(Some(item))
            }
        }
    }

    /// Reads so many bytes of an entry, and passes over the rest.
    fn read(&mut self, bytes: u64, of: u64) -> io::Result<Vec<u8>> {
        let mut text = Vec::new();
        (&mut self.input).take(bytes).read_to_end(&mut text)?;
        pass(&mut self.input, of - text.len() as u64)?;
        Ok(text)
    }
}

fn pass(input: &mut impl Read, bytes: u64) -> io::Result<()> {
    match io::copy(&mut input.take(bytes), &mut io::sink())? {
        passed if passed < bytes => Err(Damage::last("the archive is cut")),
        _ => Ok(()),
    }
}

/// Reads a header, if its checksum is right.
fn header(block: &[u8]) -> Option<Header> {
    let block = block.get(..BLOCK_BYTES)?;
    let sum: u64 = block
        .iter()
        .zip(0..)
        .map(|(&byte, at)| u64::from(if (148..156).contains(&at) { b' ' } else { byte }))
        .sum();
    if number(&block[148..156])? != sum || block[0] == 0 {
        return None;
    }
    let (name, prefix) = (until_zero(&block[..100]), until_zero(&block[345..500]));
    let posix = block[257..].starts_with(b"ustar\0") && !prefix.is_empty();
    let name = if posix { format!("{prefix}/{name}") } else { name };
    Some(Header { name, bytes: number(&block[124..136])?, kind: block[156] })
}

/// A number in octal, or, if its first bit is set, in binary.
fn number(field: &[u8]) -> Option<u64> {
    if field[0] & 0x80 != 0 {
        let bytes = field[1..].iter().skip_while(|&&byte| byte == 0);
        return bytes.clone().count().le(&7).then(|| bytes.fold(0, |sum, &byte| sum << 8 | u64::from(byte)));
    }
    let text = std::str::from_utf8(field).ok()?.trim_matches([' ', '\0']);
    if text.is_empty() { Some(0) } else { u64::from_str_radix(text, 8).ok() }
}

fn until_zero(field: &[u8]) -> String {
    String::from_utf8_lossy(field.split(|&byte| byte == 0).next().unwrap_or_default()).into_owned()
}

/// The path among the records of a pax header: `27 path=a/long/name.html\n`.
fn pax_path(records: &[u8]) -> Option<String> {
    let mut rest = records;
    while let Some(blank) = memchr::memchr(b' ', rest) {
        let length: usize = std::str::from_utf8(&rest[..blank]).ok()?.parse().ok()?;
        let record = rest.get(blank + 1..length.checked_sub(1)?)?;
        if let Some(path) = record.strip_prefix(b"path=") {
            return Some(String::from_utf8_lossy(path).into_owned());
        }
        rest = &rest[length..];
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_pax_records_are_read() {
        assert_eq!(number(b"0000017 \0"), Some(15));
        assert_eq!(number(b"\x80\0\0\0\0\0\0\0\0\0\x02\0"), Some(512));
        assert_eq!(number(b"not one "), None);
        assert_eq!(pax_path(b"11 mtime=1\n\x31\x34 path=ab/cd\n").as_deref(), Some("ab/cd"));
        for broken in [&b"99 path=x\n"[..], b"0 x\n", b"1 \n", b"x y"] {
            assert_eq!(pax_path(broken), None);
        }
    }
}
