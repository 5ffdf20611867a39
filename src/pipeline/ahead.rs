//! Documents that wait until the pages of their sites around them are counted.
//!
//! A document is judged when so many documents, or bytes of them, wait behind it, or when no more come. That is a
//! function of the documents and of their order alone, whatever the batches they come in; and a run that goes on
//! where another was interrupted meets the same documents behind the next one.
use super::cleaned::Cleaned;
use crate::config::SiteLinesConfig;
use crate::model::{Block, Document};
use crate::strip::site::SiteLines;
use std::collections::VecDeque;

/// A document that waits, with the memory it takes up.
struct Waiting {
    cleaned: Cleaned,
    bytes: usize,
}

/// Documents that wait, in input order.
pub(super) struct Ahead {
    waiting: VecDeque<Waiting>,
    bytes: usize,
    max_documents: usize,
    max_bytes: usize,
}

impl Ahead {
    /// None yet. Where no sites are looked at, none ever waits.
    pub(super) fn new(config: &SiteLinesConfig, looks: bool) -> Ahead {
        let max = |limit| if looks { limit } else { 0 };
        Ahead {
            waiting: VecDeque::new(),
            bytes: 0,
            max_documents: max(config.ahead_documents),
            max_bytes: max(config.ahead_bytes),
        }
    }

    /// One more waits.
    pub(super) fn push(&mut self, cleaned: Cleaned) {
        let bytes = cleaned.outcome.as_ref().map_or(0, |document| size(document, cleaned.lines.as_ref()));
        self.bytes += bytes;
        self.waiting.push_back(Waiting { cleaned, bytes });
    }

    /// The first one, if it has waited long enough, or if no more come. What is no document need not wait.
    pub(super) fn next(&mut self, ended: bool) -> Option<Cleaned> {
        let first = self.waiting.front()?;
        let behind = self.waiting.len() - 1;
        let full = behind >= self.max_documents || self.bytes - first.bytes >= self.max_bytes;
        if !(full || ended || first.cleaned.outcome.is_err()) {
            return None;
        }
        let first = self.waiting.pop_front()?;
        self.bytes -= first.bytes;
        Some(first.cleaned)
    }
}

/// Bytes of memory that a document takes up while it waits.
fn size(document: &Document, lines: Option<&SiteLines>) -> usize {
    let blocks: usize = document.blocks.iter().map(|block| block.text().len()).sum();
    blocks + size_of_val::<[Block]>(&document.blocks) + lines.map_or(0, SiteLines::bytes)
}
