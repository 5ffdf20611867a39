//! The stages one by one, for the programs in `benches/` and `fuzz/`. No part of the library's promise.
use crate::config::{DecodeConfig, DedupConfig, ReadConfig, StripConfig};
use crate::model::{Document, RawDocument, Text, Trouble};
use crate::read::Source;
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
    crate::parse::parse(raw, text, &crate::config::Config::default())
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

/// Bytes to documents, as if they were a source of this name: what became of each.
pub fn read(name: &str, bytes: Vec<u8>, limits: &ReadConfig) -> Vec<Result<RawDocument, Trouble>> {
    let source = Source { name: name.to_string(), path: None, within: None, bytes: bytes.len() as u64 };
    match crate::read::told(source, Box::new(std::io::Cursor::new(bytes)), limits.clone()) {
        Ok(documents) => documents.collect(),
        Err(trouble) => vec![Err(trouble)],
    }
}

/// A file of rules to the number of rules in it.
///
/// # Errors
/// What is wrong with it.
pub fn rules(text: &str) -> crate::model::Result<usize> {
    crate::rules::count_in(text)
}

/// Whether bytes are an index of a state folder, of paragraphs whose words have so many bytes.
pub fn is_index(bytes: &[u8], words_bytes: u64) -> bool {
    crate::dedup::is_index(bytes, words_bytes)
}
