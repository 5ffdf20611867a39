//! Which documents are shown whole: the first ones, a choice of all others by the hash of their names, and some that
//! repeat these.
use super::shown::Shown;
use crate::model::{Document, Origin, Record, Verdict};
use std::collections::BTreeMap;

/// Documents shown from the beginning of the input.
const FIRST: u64 = 10;

/// Documents shown from all that come after: those with the smallest ids. An id is a hash of the source, so that
/// this is a fair sample, and the same one for any number of threads.
const CHOSEN: usize = 30;

/// Documents shown because they repeat what one of these says, so that both can be looked at.
const PARTNERS: usize = 10;

/// The documents that are shown.
#[derive(Debug, Default)]
pub(super) struct Sample {
    met: u64,
    first: Vec<Shown>,
    /// By id, and then by place in the input.
    chosen: BTreeMap<(String, u64), Shown>,
    /// Each with the document that it repeats, and its place in the input.
    partners: Vec<(u64, Origin, Shown)>,
}

impl Sample {
    /// Looks at a judged document, and keeps what is shown of it if it is one of the sample.
    pub(super) fn offer(&mut self, document: &Document, record: &Record) {
        let order = self.met;
        self.met += 1;
        if order < FIRST {
            self.first.push(Shown::brief(document, record));
            return;
        }
        if !self.is_chosen(record) {
            self.offer_partner(document, record, order);
            return;
        }
        self.chosen.insert((record.id.clone(), order), Shown::brief(document, record));
        if self.chosen.len() > CHOSEN {
            self.chosen.pop_last();
        }
    }

    fn is_chosen(&self, record: &Record) -> bool {
        let last = self.chosen.last_key_value().map(|((id, _), _)| id);
        self.chosen.len() < CHOSEN || last.is_none_or(|last| record.id < *last)
    }

    /// Keeps a document that repeats a block of one that is shown.
    fn offer_partner(&mut self, document: &Document, record: &Record, order: u64) {
        let mut repeats = document.blocks.iter().filter_map(|block| match block.verdict() {
            Verdict::Duplicate { of, .. } => Some(&of.origin),
            _ => None,
        });
        let Some(of) = repeats.find(|of| self.holds(of)) else { return };
        if self.partners.len() == PARTNERS {
            let shown: Vec<bool> = self.partners.iter().map(|(_, of, _)| self.holds(of)).collect();
            let mut shown = shown.into_iter();
            self.partners.retain(|_| shown.next().unwrap_or(false));
        }
        if self.partners.len() < PARTNERS {
            self.partners.push((order, of.clone(), Shown::brief(document, record)));
        }
    }

    /// Whether a document is shown, as far as is known.
    fn holds(&self, origin: &Origin) -> bool {
        self.first.iter().chain(self.chosen.values()).any(|shown| shown.origin == *origin)
    }

    /// The documents, in input order.
    pub(super) fn documents(&self) -> Vec<&Shown> {
        let chosen = self.chosen.iter().map(|((_, order), shown)| (*order, shown));
        let partners = self.partners.iter().filter(|(_, of, _)| self.holds(of));
        let partners = partners.map(|(order, _, shown)| (*order, shown));
        let mut later: Vec<(u64, &Shown)> = chosen.chain(partners).collect();
        later.sort_by_key(|(order, _)| *order);
        self.first.iter().chain(later.into_iter().map(|(_, shown)| shown)).collect()
    }
}
