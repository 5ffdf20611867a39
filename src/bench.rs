//! The stages one by one, for the programs in `benches/`. No part of the library's promise.
use crate::config::{DecodeConfig, DedupConfig, StripConfig};
use crate::model::{Document, RawDocument, Text, Trouble};
use crate::rules::RuleSet;

/// Bytes to text.
///
/// # Errors
/// What is not text.
pub fn decode(raw: &RawDocument) -> Result<Text<'_>, Trouble> {
    crate::decode::decode(raw, &DecodeConfig::default())
}

/// Text to blocks.
pub fn parse(raw: &RawDocument, text: Text<'_>) -> Document {
    crate::parse::parse(raw, text)
}

/// Cruft out.
pub fn strip(document: &mut Document, rules: &RuleSet) {
    crate::strip::strip(document, &StripConfig::default(), rules);
}

/// Repeats out, over all documents of a corpus at once, on one thread.
///
/// # Errors
/// What stops a run.
pub fn dedup(config: &DedupConfig, documents: &mut [&mut Document]) -> crate::model::Result<()> {
    crate::dedup::Deduper::new(config, 1)?.judge(documents)
}
