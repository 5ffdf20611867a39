//! A source that is one document: a page or a text.
use super::{Documents, Format, Opened, one, reading_failed};
use crate::model::{Declared, Origin, RawDocument, SkipReason, Stage, Trouble};
use std::io::Read;

/// The format of whatever is no other format.
pub(super) const PAGE: Format = Format { name: "page", tells: |_, _| true, open };

pub(super) fn open(opened: Opened) -> Documents {
    one(read(opened))
}

/// Reads the whole source, unless it is larger than a document may be.
pub(super) fn read(opened: Opened) -> Result<RawDocument, Trouble> {
    let origin = Origin::page(&opened.source.name);
    let limit = opened.limits.max_document_bytes;
    let too_large = super::too_large(&opened.limits);
    let too_large = || Trouble::failed(origin.clone(), Stage::Read, too_large);
    if opened.source.bytes > limit {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(opened.source.bytes as usize + 1);
    let read = opened.stream.take(limit + 1).read_to_end(&mut bytes);
    if let Err(error) = read {
        return Err(Trouble::failed(origin, Stage::Read, reading_failed(&error)));
    }
    if bytes.len() as u64 > limit {
        return Err(too_large());
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Trouble::skipped(origin, SkipReason::Empty));
    }
    Ok(RawDocument { origin, bytes, declared: Declared::default() })
}
