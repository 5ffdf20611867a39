//! A cleaned document as bytes, for those who clean and settle in different places.
//!
//! They hold all that settle and write look at: blocks with their verdicts, fields, counts. What only judges of a
//! single document look at is left out, for they have judged. The same document gives the same bytes.
mod blocks;
mod bytes;
mod document;
mod kinds;

use crate::model::{Document, Failure, Origin, SkipReason, Skipped, Stage, Trouble};
use bytes::{Reader, Writer};
use document::{put_document, read_document};
use kinds::OneOf;

/// The version of the format.
pub(crate) const FORMAT: u8 = 2;

/// Bytes that no document was written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Damaged;

/// What became of a document in the clean half, with what the report counts of it.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// The document, or what became of it.
    pub(crate) end: Result<Document, Trouble>,
    /// Bytes of the input.
    pub(crate) bytes: u64,
    /// The stages that worked on it.
    pub(crate) stages: Vec<Stage>,
}

/// Writes what became of a document.
pub(crate) fn put(end: Result<&Document, &Trouble>, bytes: u64, stages: &[Stage]) -> Vec<u8> {
    let mut out = Writer::default();
    out.number(bytes);
    out.byte(
        Stage::ALL.iter().zip(0..).fold(0, |set, (stage, n)| set | u8::from(stages.contains(stage)) << n),
    );
    match end {
        Ok(document) => {
            out.byte(end::DOCUMENT);
            put_document(&mut out, document);
        }
        Err(Trouble::Skipped(Skipped { origin, reason })) => {
            out.byte(end::SKIPPED);
            put_origin(&mut out, origin);
            reason.put(&mut out);
        }
        Err(Trouble::Failed(Failure { origin, stage, error })) => {
            out.byte(end::FAILED);
            put_origin(&mut out, origin);
            stage.put(&mut out);
            out.text(error);
        }
    }
    out.into_bytes()
}

/// Reads what was written.
///
/// # Errors
/// The bytes are none that were written.
pub(crate) fn read(bytes: &[u8]) -> Result<Outcome, Damaged> {
    let mut reader = Reader::new(bytes);
    let bytes = reader.number()?;
    let set = reader.byte()?;
    let stages = Stage::ALL.iter().zip(0..).filter(|(_, n)| set & 1 << n != 0).map(|(&stage, _)| stage);
    let end = match reader.byte()? {
        end::DOCUMENT => Ok(read_document(&mut reader)?),
        end::SKIPPED => Err(Trouble::skipped(read_origin(&mut reader)?, SkipReason::read(&mut reader)?)),
        end::FAILED => {
            let (origin, stage) = (read_origin(&mut reader)?, Stage::read(&mut reader)?);
            Err(Trouble::failed(origin, stage, reader.text()?))
        }
        _ => return Err(Damaged),
    };
    reader.ended()?;
    Ok(Outcome { end, bytes, stages: stages.collect() })
}

/// The byte that says how the document ended.
mod end {
    pub(super) const DOCUMENT: u8 = 0;
    pub(super) const SKIPPED: u8 = 1;
    pub(super) const FAILED: u8 = 2;
}

fn put_origin(out: &mut Writer, origin: &Origin) {
    out.name(origin.source());
    out.maybe_text(origin.record_name());
}

fn read_origin(bytes: &mut Reader<'_>) -> Result<Origin, Damaged> {
    let source = bytes.name()?;
    Ok(match bytes.maybe_text()? {
        Some(record) => Origin::record(source, record),
        None => Origin::page(source),
    })
}
