//! Near-identical paragraphs: the first in input order is kept, the others are marked with its address.
//!
//! A paragraph is reduced to its [`words`], looked up by its key, then by the rarest of its [`shingles`] in the
//! [`index`], and what is found is judged by the [`rules`]. docs/duplicates.md tells the rule in full.
mod addresses;
mod aligned;
pub(crate) mod apart;
mod arena;
mod batch;
#[cfg(test)]
mod brute;
mod characters;
mod contained;
mod index;
mod kept;
mod measure;
mod mix;
mod names;
mod negation;
mod order;
mod postings;
mod rules;
mod search;
mod sheet;
mod shingles;
mod state;
mod words;

use crate::config::{DedupConfig, Duplicates, DuplicatesOf};
use crate::model::{Document, Error, Result, Verdict};
use addresses::Addresses;
use apart::{NearFinding, Resolver};
pub use index::{Match, NearIndex};
use rayon::ThreadPool;
use state::State;
pub(crate) use state::{describe_state, is_index};
use std::borrow::Cow;
use std::path::PathBuf;

/// What of a document is compared: its open blocks, or all of them as one text.
pub(crate) fn compared(document: &Document, of: DuplicatesOf) -> Vec<Cow<'_, str>> {
    let blocks = document.blocks.iter().filter(|block| block.is_open()).map(|block| block.body());
    match of {
        DuplicatesOf::Paragraphs => blocks.collect(),
        DuplicatesOf::Documents => vec![Cow::Owned(blocks.collect::<Vec<_>>().join("\n"))],
    }
}

/// Finds repeats over all documents of a run.
pub(crate) struct Deduper {
    index: NearIndex,
    addresses: Addresses,
    duplicates: Duplicates,
    of: DuplicatesOf,
    pool: ThreadPool,
    state: Option<State>,
    /// Where the search was done elsewhere: what it found.
    resolver: Option<Resolver>,
}

impl Deduper {
    /// A deduper that has seen what its state holds, for this many threads; 0 is one a core.
    ///
    /// # Errors
    /// The threads cannot be started, or the state cannot be used.
    pub(crate) fn new(config: &DedupConfig, threads: usize) -> Result<Deduper> {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .thread_name(|n| format!("dedup-{n}"))
            .build()
            .map_err(|error| Error::Threads(error.to_string()))?;
        let profile = config.profile();
        let (mut index, mut addresses) = (NearIndex::new(&profile), Addresses::default());
        let folder = config.state.as_ref().filter(|_| config.duplicates != Duplicates::Keep);
        let state = match folder {
            Some(folder) => {
                let state = State::open(folder, &profile, index.learn_at)?;
                pool.install(|| state.load(&mut index, &mut addresses))?;
                Some(state)
            }
            None => None,
        };
        let (duplicates, of) = (config.duplicates, config.of);
        Ok(Deduper { index, addresses, duplicates, of, pool, state, resolver: None })
    }

    /// Searches no more: what the texts are to each other was found elsewhere.
    pub(crate) fn resolve(&mut self, config: &DedupConfig, findings: impl IntoIterator<Item = NearFinding>) {
        self.resolver = Some(Resolver::new(&config.profile(), findings));
    }

    /// Writes what was kept to the state, if there is one. It becomes part of it when the first of these two
    /// paths is renamed to the second; until then a run that is killed can be run again.
    ///
    /// # Errors
    /// The state cannot be written; it is what it was.
    pub(crate) fn prepare(&mut self) -> Result<Option<(PathBuf, PathBuf)>> {
        self.state.as_mut().map(|state| state.prepare(&self.index, &self.addresses)).transpose()
    }

    /// To be called when what was prepared has its name.
    pub(crate) fn committed(&self) {
        self.state.iter().for_each(State::tidy);
    }

    /// Judges the kept blocks of some documents, in order, against all before them.
    ///
    /// # Errors
    /// The index outgrew memory and cannot be written to a file.
    pub(crate) fn judge(&mut self, documents: &mut [&mut Document]) -> Result<()> {
        if self.duplicates == Duplicates::Keep {
            return Ok(());
        }
        let of = self.of;
        let texts: Vec<Cow<'_, str>> = documents.iter().flat_map(|document| compared(document, of)).collect();
        let matches = match &mut self.resolver {
            Some(resolver) => self.pool.install(|| resolver.judge(&texts)),
            None => self
                .pool
                .install(|| self.index.judge(&texts))
                .map_err(|error| Error::io("write", "the index of duplicates", error))?,
        };
        drop(texts);
        let mut matches = matches.into_iter();
        for document in documents {
            match self.of {
                DuplicatesOf::Paragraphs => self.mark_blocks(document, &mut matches),
                DuplicatesOf::Documents => self.mark_document(document, matches.next()),
            }
        }
        Ok(())
    }

    /// Sets the verdicts on the open blocks of a document.
    fn mark_blocks(&mut self, document: &mut Document, matches: &mut impl Iterator<Item = Match>) {
        let blocks = document.blocks.iter_mut().zip(1u32..).filter(|(block, _)| block.is_open());
        for (block, number) in blocks {
            let (of, share, kept) = match matches.next() {
                Some(Match::Same { of, similarity }) => (of, similarity, self.duplicates == Duplicates::Mark),
                Some(Match::Overlap { with, share, .. }) => {
                    self.addresses.push(&document.origin, number);
                    (with, share, true)
                }
                Some(Match::Kept(_)) => {
                    self.addresses.push(&document.origin, number);
                    continue;
                }
                Some(Match::Short) | None => continue,
            };
            block.set(Verdict::Duplicate { of: Box::new(self.addresses.get(of)), similarity: share, kept });
        }
    }

    /// Sets the verdict on all open blocks of a document at once. The document that stays is named by its
    /// first open block.
    fn mark_document(&mut self, document: &mut Document, found: Option<Match>) {
        let mut open = document.blocks.iter_mut().zip(1u32..).filter(|(block, _)| block.is_open());
        match found {
            Some(Match::Kept(_) | Match::Overlap { .. }) => {
                let first = open.next().map_or(1, |(_, number)| number);
                self.addresses.push(&document.origin, first);
            }
            Some(Match::Same { of, similarity }) => {
                let (of, kept) = (self.addresses.get(of), self.duplicates == Duplicates::Mark);
                open.for_each(|(block, _)| {
                    block.set(Verdict::Duplicate { of: Box::new(of.clone()), similarity, kept });
                });
            }
            Some(Match::Short) | None => {}
        }
    }
}
