//! Near-identical paragraphs: the first in input order is kept, the others are marked with its address.
//!
//! A paragraph is reduced to its [`words`], looked up by its key, then by the rarest of its [`shingles`] in the
//! [`index`], and what is found is judged by the [`rules`]. docs/duplicates.md tells the rule in full.
mod addresses;
mod arena;
mod batch;
#[cfg(test)]
mod brute;
mod characters;
mod index;
mod measure;
mod mix;
mod names;
mod order;
mod postings;
mod rules;
mod search;
mod sheet;
mod shingles;
mod words;

use crate::config::{DedupConfig, Duplicates};
use crate::model::{Document, Error, Result, Verdict};
use addresses::Addresses;
pub use index::{Match, NearIndex};
use rayon::ThreadPool;
use std::borrow::Cow;

/// Finds repeats over all documents of a run.
pub(crate) struct Deduper {
    index: NearIndex,
    addresses: Addresses,
    duplicates: Duplicates,
    pool: ThreadPool,
}

impl Deduper {
    /// A deduper that has seen nothing, for this many threads; 0 is one a core.
    ///
    /// # Errors
    /// The threads cannot be started.
    pub(crate) fn new(config: &DedupConfig, threads: usize) -> Result<Deduper> {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .thread_name(|n| format!("dedup-{n}"))
            .build()
            .map_err(|error| Error::Threads(error.to_string()))?;
        Ok(Deduper {
            index: NearIndex::new(&config.profile()),
            addresses: Addresses::default(),
            duplicates: config.duplicates,
            pool,
        })
    }

    /// Judges the kept blocks of some documents, in order, against all before them.
    ///
    /// # Errors
    /// The index outgrew memory and cannot be written to a file.
    pub(crate) fn judge(&mut self, documents: &mut [&mut Document]) -> Result<()> {
        if self.duplicates == Duplicates::Keep {
            return Ok(());
        }
        let texts: Vec<Cow<'_, str>> = documents
            .iter()
            .flat_map(|document| document.blocks.iter())
            .filter(|block| block.is_open())
            .map(|block| block.body())
            .collect();
        let matches = self
            .pool
            .install(|| self.index.judge(&texts))
            .map_err(|error| Error::io("write", "the index of duplicates", error))?;
        drop(texts);
        let mut matches = matches.into_iter();
        for document in documents {
            for (block, number) in document.blocks.iter_mut().zip(1u32..).filter(|(block, _)| block.is_open())
            {
                match matches.next() {
                    Some(Match::Kept(_)) => self.addresses.push(&document.origin, number),
                    Some(Match::Same { of, similarity }) => block.set(Verdict::Duplicate {
                        of: self.addresses.get(of),
                        similarity,
                        kept: self.duplicates == Duplicates::Mark,
                    }),
                    Some(Match::Short) | None => {}
                }
            }
        }
        Ok(())
    }
}
