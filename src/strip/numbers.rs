//! Numbers for words that are told by their hashes, as they come: an open table that is looked up without a call.
use crate::model::secret;

/// Slots to begin with: the words of a short article.
const SLOTS: usize = 512;

/// Words with a number each. A word's slot is found by the high bits of its hash times a secret odd number (the
/// universal hashing of Dietzfelbinger et al. 1997), or it is one of those after it.
#[derive(Default)]
pub(super) struct Numbers {
    factor: u64,
    /// Bits of the product below those.
    shift: u32,
    /// The hash, and the number plus one; 0 where there is none. At most half of the slots are taken.
    slots: Vec<(u64, u32)>,
    count: u32,
}

impl Numbers {
    /// The number of a word, if it has one.
    #[inline]
    pub(super) fn get(&self, word: u64) -> Option<u32> {
        if self.count == 0 {
            return None;
        }
        self.slots[self.slot(word)].1.checked_sub(1)
    }

    /// The number of a word: the next one if it has none.
    #[inline]
    pub(super) fn of(&mut self, word: u64) -> u32 {
        if 2 * self.count as usize >= self.slots.len() {
            self.grow();
        }
        let at = self.slot(word);
        let slot = &mut self.slots[at];
        if slot.1 == 0 {
            self.count += 1;
            *slot = (word, self.count);
        }
        slot.1 - 1
    }

    /// The slot that a word stands in, or would. There must be slots.
    #[inline]
    fn slot(&self, word: u64) -> usize {
        let last = self.slots.len() - 1;
        let mut at = (word.wrapping_mul(self.factor) >> self.shift) as usize;
        while self.slots[at].1 != 0 && self.slots[at].0 != word {
            at = (at + 1) & last;
        }
        at
    }

    #[cold]
    fn grow(&mut self) {
        let slots = (2 * self.slots.len()).max(SLOTS);
        (self.factor, self.shift) = (secret() | 1, u64::BITS - slots.ilog2());
        for old in std::mem::replace(&mut self.slots, vec![(0, 0); slots]) {
            if old.1 != 0 {
                let at = self.slot(old.0);
                self.slots[at] = old;
            }
        }
    }
}

/// Numbers hashes as they come: the number of each.
pub(super) fn numbered(hashes: impl Iterator<Item = u64>) -> Vec<u32> {
    let mut numbers = Numbers::default();
    hashes.map(|hash| numbers.of(hash)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_the_numbers_that_they_got() {
        let mut numbers = Numbers::default();
        assert_eq!(numbers.get(7), None);
        // Many of them want the same slot.
        let words: Vec<u64> = (0..1_000).map(|n| n % 3 + (n << 20)).collect();
        for (n, &word) in (0..).zip(&words) {
            assert_eq!((numbers.get(word), numbers.of(word)), (None, n));
        }
        for (n, &word) in (0..).zip(&words) {
            assert_eq!((numbers.get(word), numbers.of(word)), (Some(n), n));
        }
    }
}
