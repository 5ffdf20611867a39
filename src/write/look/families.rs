//! Which paragraphs came again most often, and which documents share most, in bounded memory.
use super::html::clipped;
use crate::model::{BlockAddress, Document, Origin, Verdict};
use std::collections::{BTreeMap, HashMap};

/// Families that are counted at a time. Beyond them the rarest give way (J. Misra and D. Gries, "Finding repeated
/// elements", 1982): a family of more than one in so many copies is never missed.
const COUNTED: usize = 8_192;

/// Families shown.
const SHOWN: usize = 15;

/// Families shown though they are of one copy, where there are few larger ones.
const SHOWN_OF_ONE: usize = 5;

/// Pairs of documents shown.
const PAIRS: usize = 20;

/// Copies of a family that are named.
const NAMED: usize = 6;

/// Characters shown of a family's text.
const TEXT_CHARACTERS: usize = 280;

/// A copy of a paragraph.
#[derive(Debug, Clone)]
pub(super) struct Copied {
    pub(super) at: BlockAddress,
    pub(super) similarity: f32,
}

/// A paragraph that came again.
#[derive(Debug, Clone)]
pub(super) struct Family {
    /// Copies, at least.
    pub(super) times: u64,
    /// The place of its first copy among all, to break ties.
    met: u64,
    /// The text of the first copy.
    pub(super) text: String,
    /// The first copies.
    pub(super) copies: Vec<Copied>,
}

/// A document and an earlier one that holds blocks of it already.
#[derive(Debug, Clone)]
pub(super) struct Pair {
    pub(super) document: Origin,
    pub(super) of: Origin,
    /// Blocks that they share.
    pub(super) shared: u64,
    /// Blocks of the later document.
    pub(super) blocks: u64,
}

/// All that is known of repeats.
#[derive(Debug, Default)]
pub(super) struct Families {
    known: HashMap<BlockAddress, Family>,
    met: u64,
    /// By how much a count may be too low.
    pub(super) error: u64,
    /// The pairs that share most, the first first.
    pub(super) pairs: Vec<Pair>,
}

impl Families {
    /// Counts the repeats of a judged document.
    pub(super) fn add(&mut self, document: &Document) {
        let mut shared: BTreeMap<&Origin, u64> = BTreeMap::new();
        let mut last = None;
        for (block, number) in document.blocks.iter().zip(1u32..) {
            let Verdict::Duplicate { of, similarity, .. } = block.verdict() else { continue };
            *shared.entry(&of.origin).or_default() += 1;
            // Of a document that goes as a whole, all blocks name the same one: it is one copy.
            if last.replace(of) != Some(of) {
                let at = BlockAddress { origin: document.origin.clone(), block: number };
                self.meet(of, Copied { at, similarity: *similarity }, block.text());
            }
        }
        for (of, shared) in shared {
            self.pair(Pair {
                document: document.origin.clone(),
                of: of.clone(),
                shared,
                blocks: document.blocks.len() as u64,
            });
        }
    }

    fn meet(&mut self, of: &BlockAddress, copy: Copied, text: &str) {
        self.met += 1;
        if let Some(family) = self.known.get_mut(of) {
            family.times += 1;
            if family.copies.len() < NAMED {
                family.copies.push(copy);
            }
        } else if self.known.len() < COUNTED {
            let text = clipped(text, TEXT_CHARACTERS);
            let family = Family { times: 1, met: self.met, text, copies: vec![copy] };
            self.known.insert(of.clone(), family);
        } else {
            self.error += 1;
            self.known.retain(|_, family| {
                family.times -= 1;
                family.times > 0
            });
        }
    }

    fn pair(&mut self, pair: Pair) {
        let at = self.pairs.partition_point(|known| known.shared >= pair.shared);
        if at < PAIRS {
            self.pairs.insert(at, pair);
            self.pairs.truncate(PAIRS);
        }
    }

    /// The families of most copies, the largest first.
    pub(super) fn largest(&self) -> Vec<(&BlockAddress, &Family)> {
        let mut all: Vec<_> = self.known.iter().collect();
        all.sort_by_key(|(_, family)| (std::cmp::Reverse(family.times), family.met));
        let larger = all.iter().filter(|(_, family)| family.times > 1).count();
        all.truncate(larger.clamp(SHOWN_OF_ONE, SHOWN));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(name: &str) -> BlockAddress {
        BlockAddress { origin: Origin::page(name), block: 1 }
    }

    fn meet(families: &mut Families, name: &str) {
        families.meet(&address(name), Copied { at: address("copy"), similarity: 1.0 }, "text");
    }

    #[test]
    fn families_are_counted_and_ordered() {
        let mut families = Families::default();
        ["b", "a", "c", "a"].iter().for_each(|name| meet(&mut families, name));
        let largest: Vec<(String, u64)> =
            families.largest().iter().map(|(of, family)| (of.origin.to_string(), family.times)).collect();
        assert_eq!(largest, [("a".to_string(), 2), ("b".to_string(), 1), ("c".to_string(), 1)]);
        assert_eq!(families.error, 0);
    }

    #[test]
    fn a_large_family_is_found_among_any_number_of_small_ones() {
        let mut families = Families::default();
        for n in 0..100_000 {
            meet(&mut families, &n.to_string());
            if n % 100 == 0 {
                meet(&mut families, "large");
            }
        }
        assert!(families.known.len() <= COUNTED);
        let (of, family) = families.largest()[0];
        assert_eq!(of.origin.to_string(), "large");
        assert!(family.times <= 1_000 && family.times + families.error >= 1_000, "{family:?}");
    }
}
