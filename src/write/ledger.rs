//! The ledger: one JSONL row for each stretch of text that did not stay, with the reason.
use super::Target;
use crate::model::{Document, FieldName, Verdict};
use serde::Serialize;
use std::io::{self, Write};
use std::ops::Range;

/// A row of the ledger.
#[derive(Debug, Serialize)]
struct Row<'a> {
    source: &'a str,
    /// The number of the block in the document, from 1.
    block: u32,
    /// Where the stretch stands in the block's text, in characters: first, and first after it.
    span: [usize; 2],
    text: &'a str,
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<FieldName>,
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    of_block: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    similarity: Option<f32>,
}

/// Writes the rows of a document, and counts them.
pub(super) fn put(target: &mut Target, document: &Document) -> io::Result<u64> {
    let bytes = ledger_rows(document)?;
    target.write_all(&bytes)?;
    Ok(memchr::memchr_iter(b'\n', &bytes).count() as u64)
}

/// The rows of the ledger for a judged document, in the order of its text: JSON, a line each.
///
/// # Errors
/// A row that cannot be written as JSON: there is none.
pub fn ledger_rows(document: &Document) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let source = document.origin.to_string();
    for (block, number) in document.blocks.iter().zip(1u32..) {
        for piece in block.pieces() {
            if let Some(row) = row(&source, number, block.text(), piece.span, piece.verdict) {
                serde_json::to_writer(&mut bytes, &row)?;
                bytes.push(b'\n');
            }
        }
    }
    Ok(bytes)
}

fn row<'a>(
    source: &'a str,
    block: u32,
    text: &'a str,
    span: Range<usize>,
    verdict: &'a Verdict,
) -> Option<Row<'a>> {
    let start = text[..span.start].chars().count();
    let text = &text[span];
    let span = [start, start + text.chars().count()];
    let empty = Row {
        source,
        block,
        span,
        text,
        verdict: verdict.name(),
        rule: verdict.rule(),
        reason: verdict.reason(),
        field: None,
        of: None,
        of_block: None,
        similarity: None,
    };
    match verdict {
        Verdict::Keep => None,
        Verdict::Cut(_) | Verdict::Repeated { .. } => Some(empty),
        Verdict::Field(field, _) => Some(Row { field: Some(*field), ..empty }),
        Verdict::Duplicate { of, similarity, .. } => Some(Row {
            of: Some(of.origin.to_string()),
            of_block: Some(of.block),
            similarity: Some(*similarity),
            ..empty
        }),
    }
}
