//! A document as it is shown: its blocks with the verdict on each piece, cut to a size where many are shown.
use super::html::{clip, clipped, escaped_bytes};
use crate::model::{BlockKind, Document, FieldOrigin, LANGUAGE_UNSURE, Origin, Record, Verdict};

/// Bytes that a document of a sample may take on the page: forty of them stay well under two megabytes.
const DOCUMENT_BYTES: usize = 32 << 10;

/// Bytes of markup around a piece of text, about.
const MARKUP_BYTES: usize = 200;

/// Characters of one piece of text in a sample.
const PIECE_CHARACTERS: usize = 600;

/// Characters of a name, a title or a rule: the rest says nothing more.
pub(super) const NAME_CHARACTERS: usize = 160;

/// A stretch of a block with its verdict.
#[derive(Debug, Clone)]
pub(super) struct ShownPiece {
    pub(super) text: String,
    pub(super) verdict: Verdict,
}

/// A block.
#[derive(Debug, Clone)]
pub(super) struct ShownBlock {
    /// From 1.
    pub(super) number: u32,
    pub(super) kind: BlockKind,
    pub(super) pieces: Vec<ShownPiece>,
    /// What a judge thought of it.
    pub(super) note: String,
}

/// A document.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    pub(super) origin: Origin,
    /// Name, value, and where it was read.
    pub(super) facts: Vec<(&'static str, String, Option<FieldOrigin>)>,
    pub(super) title: Option<String>,
    pub(super) blocks: Vec<ShownBlock>,
    /// Blocks that are not shown, for there are too many.
    pub(super) left_out: usize,
    pub(super) blocks_kept: usize,
    pub(super) blocks_removed: usize,
    /// Something of it was kept.
    pub(super) written: bool,
}

impl Shown {
    /// A document of a sample.
    pub(super) fn brief(document: &Document, record: &Record) -> Shown {
        Shown::within(document, record, &[], DOCUMENT_BYTES, PIECE_CHARACTERS)
    }

    /// All of a document, with a note on each block.
    pub(super) fn whole(document: &Document, record: &Record, notes: &[String]) -> Shown {
        Shown::within(document, record, notes, usize::MAX, usize::MAX)
    }

    fn within(
        document: &Document,
        record: &Record,
        notes: &[String],
        bytes: usize,
        characters: usize,
    ) -> Shown {
        let mut left = bytes;
        let mut blocks = Vec::new();
        for (at, (block, number)) in document.blocks.iter().zip(1u32..).enumerate() {
            let note = notes.get(at).cloned().unwrap_or_default();
            let mut shown = ShownBlock { number, kind: block.kind, pieces: Vec::new(), note };
            for piece in block.pieces() {
                let (text, cut) = clip(&block.text()[piece.span], characters);
                let bytes = escaped_bytes(text) + MARKUP_BYTES + reason_bytes(piece.verdict);
                if left < bytes {
                    left = 0;
                    break;
                }
                left -= bytes;
                let text = format!("{text}{}", if cut { "…" } else { "" });
                shown.pieces.push(ShownPiece { text, verdict: piece.verdict.clone() });
            }
            if shown.pieces.is_empty() {
                break;
            }
            blocks.push(shown);
        }
        Shown {
            origin: document.origin.clone(),
            facts: facts(document),
            title: document.fields.title.as_deref().map(|title| clipped(title, NAME_CHARACTERS)),
            left_out: document.blocks.len() - blocks.len(),
            blocks,
            blocks_kept: record.metadata.blocks_kept,
            blocks_removed: record.metadata.blocks_removed,
            written: !record.text.is_empty(),
        }
    }
}

/// Bytes that the reason for a verdict takes on the page.
fn reason_bytes(verdict: &Verdict) -> usize {
    match verdict {
        Verdict::Keep => 0,
        Verdict::Duplicate { of, .. } => escaped_bytes(clip(&of.origin.to_string(), NAME_CHARACTERS).0),
        Verdict::Repeated { site, .. } => escaped_bytes(clip(site, NAME_CHARACTERS).0),
        _ => escaped_bytes(clip(verdict.rule().unwrap_or_default(), NAME_CHARACTERS).0),
    }
}

/// What is known of a document, in the order of the record.
fn facts(document: &Document) -> Vec<(&'static str, String, Option<FieldOrigin>)> {
    let mut facts: Vec<_> = document.fields.told();
    facts.push(("language", document.language.unwrap_or(LANGUAGE_UNSURE).to_string(), None));
    facts.push(("kind", document.kind.name().to_string(), None));
    let (encoding, from) = (document.encoding, document.decided_by.name());
    facts.push(("encoding", format!("{encoding}, decided by {from}"), None));
    facts.iter_mut().for_each(|(_, value, _)| *value = clipped(value, NAME_CHARACTERS));
    facts
}
