//! zip archives of pages: an entry a document. The directory is at the end of the file, so the archive is spooled
//! first: in memory while it is small, to a temporary file beyond.
use super::entry::Entry;
use super::unpack::Budget;
use super::{Documents, Format, Item, Opened, one, reading_failed};
use crate::config::ReadConfig;
use crate::model::{Origin, SkipReason, Stage, Trouble};
use std::io::{BufReader, Read, Seek, SeekFrom};
use tempfile::SpooledTempFile;
use zip::ZipArchive;

/// The row in `FORMATS`.
pub(super) const ZIP: Format = Format { name: "zip", tells, open };

/// The first bytes of an entry.
const MAGIC: &[u8] = b"PK\x03\x04";

/// Where the name of the first entry stands.
const NAME_AT: usize = 30;

/// First entries of office documents, books and programs, which are zip archives, but none of pages.
const OTHERS: &[&[u8]] =
    &[b"[Content_Types]", b"_rels/", b"docProps/", b"mimetype", b"META-INF/", b"AndroidManifest"];

/// Bytes of an archive that are spooled in memory; a larger one goes to a temporary file.
const IN_MEMORY_BYTES: usize = 1 << 20;

fn tells(head: &[u8], _: &str) -> bool {
    let name = head.get(NAME_AT..).unwrap_or_default();
    head.starts_with(MAGIC) && !OTHERS.iter().any(|other| name.starts_with(other))
}

fn open(mut opened: Opened) -> Documents {
    let source = opened.source.name;
    let spooled = || -> std::io::Result<(SpooledTempFile, u64)> {
        let mut file = SpooledTempFile::new(IN_MEMORY_BYTES);
        let bytes = std::io::copy(&mut opened.stream, &mut file)?;
        file.seek(SeekFrom::Start(0))?;
        Ok((file, bytes))
    };
    let failed = |why: String| one(Err(Trouble::failed(Origin::page(&source), Stage::Read, why)));
    let (file, bytes) = match { spooled }() {
        Ok(spooled) => spooled,
        Err(error) => return failed(reading_failed(&error)),
    };
    match ZipArchive::new(BufReader::new(file)) {
        Ok(archive) => {
            let budget = Budget::new("zip", &opened.limits);
            Box::new(Zip { source, archive, bytes, budget, next: 0, limits: opened.limits })
        }
        Err(error) => failed(format!("the archive is damaged: {error}")),
    }
}

struct Zip {
    source: String,
    archive: ZipArchive<BufReader<SpooledTempFile>>,
    /// Bytes of the archive.
    bytes: u64,
    /// What its entries became so far: they may stand one over the other in it.
    budget: Budget,
    next: usize,
    limits: ReadConfig,
}

impl Iterator for Zip {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        while self.next < self.archive.len() {
            if let Some(error) = self.budget.fault(self.bytes) {
                self.next = self.archive.len();
                let origin = Origin::page(&self.source);
                return Some(Err(Trouble::failed(origin, Stage::Read, reading_failed(&error))));
            }
            let number = self.next;
            self.next += 1;
            let entry = match self.archive.by_index(number) {
                Ok(entry) => entry,
                Err(error) => {
                    let origin = Origin::record(&self.source, &(number + 1).to_string());
                    return Some(Err(Trouble::failed(
                        origin,
                        Stage::Read,
                        format!("cannot be read: {error}"),
                    )));
                }
            };
            if entry.is_dir() {
                continue;
            }
            let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
            let named = Entry { source: &self.source, name: &name };
            if entry.is_symlink() {
                return Some(Err(Trouble::skipped(named.origin(), SkipReason::Link)));
            }
            let counted = Counted { entry, budget: &mut self.budget };
            return Some(named.document(Box::new(counted), &self.limits));
        }
        None
    }
}

/// An entry that tells a budget what is read of it.
struct Counted<'a, R> {
    entry: R,
    budget: &'a mut Budget,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.entry.read(buffer)?;
        self.budget.spend(read as u64);
        Ok(read)
    }
}
