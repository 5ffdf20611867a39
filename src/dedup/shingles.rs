//! Shingles: the runs of so many words that a text is made of, as a set.
use super::mix::{PHI, ROOT2, ROOT3, fold};
use super::words::Word;
use crate::model::secret;

/// Bits of a set's sketch.
const SKETCH_BITS: u32 = 128;

/// The hashes of all runs of `size` words, in order; of a shorter text, of all its words.
pub(super) fn each(words: &[Word], size: usize) -> impl ExactSizeIterator<Item = u64> + '_ {
    words.windows(size.min(words.len()).max(1)).map(hash)
}

/// The hash of a run of words, two at a time.
#[inline]
fn hash(run: &[Word]) -> u64 {
    let two = |hash: u64, a: Word, b: u64| fold(hash ^ (a.hash() | b << 32), ROOT3);
    let hash = match *run {
        // The runs of the profiles that have a name.
        [a, b, c] => two(two(PHI, a, b.hash()), c, 0),
        [a, b, c, d, e] => two(two(two(PHI, a, b.hash()), c, d.hash()), e, 0),
        _ => run.chunks(2).fold(PHI, |hash, pair| two(hash, pair[0], pair.get(1).map_or(0, |b| b.hash()))),
    };
    fold(hash, ROOT2)
}

/// A set in 128 bits: each member turns one of them over. Sets that differ in many bits differ in as many
/// members at least, so most pairs that share little are told apart without reading either (the bitmap filter
/// of Sandes, Teodoro and Melo 2020).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Sketch(pub(super) [u64; 2]);

impl Sketch {
    /// The sketch of a set.
    pub(super) fn of(set: &[u64]) -> Sketch {
        let mut halves = [0; 2];
        for shingle in set {
            let bit = shingle % u64::from(SKETCH_BITS);
            halves[(bit / u64::from(u64::BITS)) as usize] ^= 1 << (bit % u64::from(u64::BITS));
        }
        Sketch(halves)
    }

    /// Members that sets of `a` and `b` members with these sketches can share, at most.
    pub(super) fn most_shared(self, other: Sketch, a: usize, b: usize) -> usize {
        let differing = (self.0[0] ^ other.0[0]).count_ones() + (self.0[1] ^ other.0[1]).count_ones();
        (a + b).saturating_sub(differing as usize) / 2
    }
}

/// The set of one text, to lay others against. Keeps its memory from text to text.
#[derive(Default)]
pub(super) struct Set {
    /// Open addressing in the first of them; one is in use if its `text` is that of the set.
    slots: Vec<Slot>,
    /// Where a shingle stands is told by the high bits of its product with this secret odd number (the universal
    /// hashing of Dietzfelbinger et al. 1997),
    factor: u64,
    /// those above so many.
    shift: u32,
    text: u32,
    round: u32,
}

#[derive(Clone, Copy, Default)]
struct Slot {
    shingle: u64,
    /// For which text it was filled.
    text: u32,
    /// In which comparison it was last met.
    round: u32,
}

/// Slots, at least.
const FEWEST_SLOTS: usize = 2;
/// Slots that are kept from text to text, at most.
const MOST_SLOTS_KEPT: usize = 1 << 16;

impl Set {
    /// Makes it the set of these shingles; each is handed on when it is first met.
    pub(super) fn fill(&mut self, shingles: impl ExactSizeIterator<Item = u64>, mut first: impl FnMut(u64)) {
        let wanted = (shingles.len() * 2).next_power_of_two().max(FEWEST_SLOTS);
        if self.slots.len() < wanted || self.slots.len() > MOST_SLOTS_KEPT || self.text == u32::MAX {
            self.slots = vec![Slot::default(); wanted.max(self.slots.len().min(MOST_SLOTS_KEPT))];
            self.factor = secret() | 1;
            self.text = 0;
        }
        self.text += 1;
        self.round = 0;
        self.shift = u64::BITS - wanted.ilog2();
        for shingle in shingles {
            let at = self.slot(shingle);
            if self.slots[at].text != self.text {
                self.slots[at] = Slot { shingle, text: self.text, round: 0 };
                first(shingle);
            }
        }
    }

    /// Where a shingle stands, or would stand.
    #[inline]
    fn slot(&self, shingle: u64) -> usize {
        let mask = (u64::MAX >> self.shift) as usize;
        let mut at = (shingle.wrapping_mul(self.factor) >> self.shift) as usize;
        while self.slots[at].text == self.text && self.slots[at].shingle != shingle {
            at = (at + 1) & mask;
        }
        at
    }

    /// How many members it shares with another text's shingles, repeats counted once; `None` if fewer than
    /// `needed`.
    pub(super) fn shared(
        &mut self,
        others: impl ExactSizeIterator<Item = u64>,
        needed: usize,
    ) -> Option<usize> {
        self.round += 1;
        let mut spare = others.len().checked_sub(needed)?;
        let mut shared = 0;
        for shingle in others {
            let at = self.slot(shingle);
            let slot = &mut self.slots[at];
            if slot.text == self.text && slot.round != self.round {
                slot.round = self.round;
                shared += 1;
            } else if spare == 0 {
                return None;
            } else {
                spare -= 1;
            }
        }
        (shared >= needed).then_some(shared)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn what_is_shared_is_what_sets_share() {
        let mut set = Set::default();
        for round in 0..200u64 {
            let draw = |salt: u64| (0..round % 40 + 1).map(move |n| fold(n + 1, ROOT2 ^ salt) % 50);
            let (a, b): (Vec<u64>, Vec<u64>) = (draw(round).collect(), draw(round * 7).collect());
            let mut distinct = Vec::new();
            set.fill(a.iter().copied(), |shingle| distinct.push(shingle));
            let (a, other): (BTreeSet<u64>, BTreeSet<u64>) =
                (a.into_iter().collect(), b.iter().copied().collect());
            let shared = a.intersection(&other).count();
            assert_eq!(distinct.iter().copied().collect::<BTreeSet<_>>(), a);
            assert_eq!(distinct.len(), a.len());
            assert_eq!(set.shared(b.iter().copied(), shared), Some(shared));
            assert_eq!(set.shared(b.iter().copied(), shared + 1), None);
            let other: Vec<u64> = other.into_iter().collect();
            let most = Sketch::of(&distinct).most_shared(Sketch::of(&other), a.len(), other.len());
            assert!(shared <= most);
        }
    }
}
