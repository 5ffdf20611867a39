//! Near-identical paragraphs: the first in input order is kept, the others are marked with its address.
use crate::config::{DedupConfig, Duplicates};
use crate::model::{BlockAddress, Document, Verdict};
use std::collections::HashMap;

/// Words below which a block is too short to be called a repeat: short lines are the business of strip.
const MIN_WORDS: usize = 8;

/// Finds repeats over all documents of a run.
pub(crate) struct Deduper {
    seen: HashMap<u128, BlockAddress>,
    duplicates: Duplicates,
}

impl Deduper {
    /// A deduper that has seen nothing.
    pub(crate) fn new(config: &DedupConfig) -> Deduper {
        Deduper { seen: HashMap::new(), duplicates: config.duplicates }
    }

    /// Judges the kept blocks of some documents, in order, against all before them.
    pub(crate) fn judge(&mut self, documents: &mut [&mut Document]) {
        if self.duplicates == Duplicates::Keep {
            return;
        }
        for document in documents {
            for (block, number) in document.blocks.iter_mut().zip(1u32..) {
                if !block.is_open() || block.body().split_whitespace().count() < MIN_WORDS {
                    continue;
                }
                let key = key(&block.body());
                match self.seen.get(&key) {
                    Some(of) => {
                        block.set(Verdict::Duplicate {
                            of: of.clone(),
                            similarity: 1.0,
                            kept: self.duplicates == Duplicates::Mark,
                        });
                    }
                    None => {
                        self.seen
                            .insert(key, BlockAddress { origin: document.origin.clone(), block: number });
                    }
                }
            }
        }
    }
}

fn key(text: &str) -> u128 {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let hash = blake3::hash(words.join(" ").as_bytes());
    hash.as_bytes()[..16].iter().fold(0, |key, &byte| key << 8 | u128::from(byte))
}
