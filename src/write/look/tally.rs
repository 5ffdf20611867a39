//! What is counted of a run beside its report: text by rule, with an example each, and what documents are like.
use super::html::clipped;
use crate::model::{Document, Kind, Record, Verdict, solid};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Characters of an example, at most.
const EXAMPLE_CHARACTERS: usize = 120;

/// Characters of kept text, white space apart, below which a document counts to a bar of the chart of lengths; the
/// last bar has no end. Each is twice the one before.
pub(super) const LENGTHS: [u64; 9] = [250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, u64::MAX];

/// Bars of the chart of shares: tenths of a document's text that were kept.
pub(super) const TENTHS: usize = 10;

/// An amount of text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Amount {
    /// Blocks, and parts of blocks.
    pub(super) pieces: u64,
    /// Characters, white space apart.
    pub(super) characters: u64,
    /// The first such text.
    pub(super) example: String,
}

impl Amount {
    fn add(&mut self, text: &str, characters: u64) {
        if self.pieces == 0 {
            self.example = clipped(text, EXAMPLE_CHARACTERS);
        }
        self.pieces += 1;
        self.characters += characters;
    }
}

/// Counts over all judged documents.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// Judged documents.
    pub(super) documents: u64,
    /// Those of them that are web pages.
    pub(super) pages: u64,
    /// What each rule cut.
    pub(super) cuts: FxHashMap<Box<str>, Amount>,
    /// What each rule made a field.
    pub(super) taken: FxHashMap<Box<str>, Amount>,
    /// Duplicates that left the text.
    pub(super) duplicates: Amount,
    /// Duplicates that stayed.
    pub(super) marked: Amount,
    /// Written documents by what is known of them.
    pub(super) known: BTreeMap<&'static str, u64>,
    /// Written documents by length, as in [`LENGTHS`].
    pub(super) lengths: [u64; LENGTHS.len()],
    /// Judged documents by the share of their text that was kept.
    pub(super) shares: [u64; TENTHS],
}

impl Tally {
    /// Counts a judged document, with its record.
    pub(super) fn add(&mut self, document: &Document, record: &Record) {
        self.documents += 1;
        self.pages += u64::from(document.kind == Kind::Html);
        let removed = self.add_pieces(document);
        let kept = document.characters.saturating_sub(removed);
        let tenth = (kept * TENTHS as u64).checked_div(document.characters).unwrap_or(0);
        self.shares[(tenth as usize).min(TENTHS - 1)] += 1;
        if !record.text.is_empty() {
            self.lengths[LENGTHS.partition_point(|below| *below <= kept)] += 1;
            self.add_known(record);
        }
    }

    /// Counts what did not stay of a document; its characters.
    fn add_pieces(&mut self, document: &Document) -> u64 {
        let mut removed = 0;
        for block in &document.blocks {
            if block.is_open() && !block.has_cut_parts() {
                continue;
            }
            for piece in block.pieces() {
                let text = &block.text()[piece.span.clone()];
                let Some(amount) = self.amount(piece.verdict) else { continue };
                let characters = solid(text);
                amount.add(text, characters);
                removed += if piece.verdict.is_kept() { 0 } else { characters };
            }
        }
        removed
    }

    /// Where a verdict is counted; nowhere if it is none.
    fn amount(&mut self, verdict: &Verdict) -> Option<&mut Amount> {
        let by_rule = match verdict {
            Verdict::Keep => return None,
            Verdict::Duplicate { kept: true, .. } => return Some(&mut self.marked),
            Verdict::Duplicate { kept: false, .. } => return Some(&mut self.duplicates),
            Verdict::Cut(_) | Verdict::Repeated { .. } => &mut self.cuts,
            Verdict::Field(..) => &mut self.taken,
        };
        let rule = verdict.rule()?;
        if !by_rule.contains_key(rule) {
            by_rule.insert(rule.into(), Amount::default());
        }
        by_rule.get_mut(rule)
    }

    /// Counts what is known of a written document.
    fn add_known(&mut self, record: &Record) {
        let metadata = &record.metadata;
        let known = [
            ("title", metadata.title.is_some()),
            ("authors", !metadata.authors.is_empty()),
            ("published", metadata.published.is_some()),
            ("created", record.created.is_some()),
            ("updated", metadata.updated.is_some()),
            ("site", metadata.site.is_some()),
            ("agency", !metadata.agency.is_empty()),
            ("language", metadata.language.is_some()),
            ("url", metadata.url.is_some()),
        ];
        for (field, known) in known {
            *self.known.entry(field).or_default() += u64::from(known);
        }
    }
}
