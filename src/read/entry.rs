//! An entry of an archive, as a document.
use super::unpack::unpack;
use super::{FORMATS, Item, begun, page, reading_failed, too_large};
use crate::config::ReadConfig;
use crate::model::{Declared, Origin, RawDocument, SkipReason, Stage, Trouble};
use std::io::{Cursor, Read};

/// The name of an entry.
pub(super) struct Entry<'a> {
    /// The archive.
    pub(super) source: &'a str,
    /// Its name in the archive; never used as a path.
    pub(super) name: &'a str,
}

impl Entry<'_> {
    /// Where the entry is.
    pub(super) fn origin(&self) -> Origin {
        let name: String = self.name.chars().filter(|c| !c.is_control()).collect();
        Origin::record(self.source, &name)
    }

    /// The document that an entry holds. One that is compressed is unpacked.
    pub(super) fn document(&self, packed: Box<dyn Read + '_>, limits: &ReadConfig) -> Item {
        let failed = |why: String| Trouble::failed(self.origin(), Stage::Read, why);
        let read = |stream: &mut dyn Read| {
            let mut bytes = Vec::new();
            stream
                .take(limits.max_document_bytes + 1)
                .read_to_end(&mut bytes)
                .map_err(|error| failed(reading_failed(&error)))?;
            if bytes.len() as u64 > limits.max_document_bytes {
                Err(failed(too_large(limits)))
            } else {
                Ok(bytes)
            }
        };
        let mut bytes = read(&mut { packed })?;
        let mut stream: Box<dyn Read + Send> = Box::new(Cursor::new(bytes.clone()));
        if let Some(plain) = unpack(&bytes, &mut stream, limits) {
            bytes = read(&mut plain.map_err(|error| failed(reading_failed(&error)))?)?;
        }
        let (head, _) = begun(Box::new(Cursor::new(bytes[..bytes.len().min(super::SNIFF_BYTES)].to_vec())));
        let format = FORMATS.iter().find(|format| (format.tells)(&head, self.name)).unwrap_or(&page::PAGE);
        if format.name != page::PAGE.name {
            return Err(failed(format!("is {} inside an archive: take it out to read it", format.name)));
        }
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Err(Trouble::skipped(self.origin(), SkipReason::Empty));
        }
        Ok(RawDocument { origin: self.origin(), bytes, declared: Declared::default() })
    }
}
