//! The order of all shingles, rarest first: the search looks at the front of it only.
//!
//! Any fixed order finds the same pairs; a good one finds them among fewer candidates. How often a shingle
//! occurs is counted over a sample of the kept paragraphs and boiled down to sixteen classes.
use super::mix::{PHI, fold};

/// Counters for each paragraph of the sample: half as many as it has shingles of its own.
const COUNTERS_EACH: usize = 16;
/// Bits of a class.
const CLASS_BITS: u32 = 4;

/// The order of shingles.
pub(super) struct Order {
    /// Two classes a byte. Empty: nothing is known yet, and hashes alone decide.
    classes: Vec<u8>,
}

/// Counts shingles over a sample.
pub(super) struct Counter {
    counts: Vec<u16>,
}

impl Order {
    /// The order that knows nothing.
    pub(super) fn unknown() -> Order {
        Order { classes: Vec::new() }
    }

    /// Where a shingle stands: the class in the top bits, its hash below. Different shingles have different
    /// places but for one chance in 2^60.
    #[inline]
    pub(super) fn place(&self, shingle: u64) -> u64 {
        let slot = slot(shingle, 2 * self.classes.len());
        let pair = self.classes.get(slot / 2).copied().unwrap_or(0);
        let class = u64::from(pair >> (CLASS_BITS as usize * (slot % 2))) & ((1 << CLASS_BITS) - 1);
        class << (u64::BITS - CLASS_BITS) | fold(shingle, PHI) >> CLASS_BITS
    }

    /// As stored: two classes a byte; nothing if nothing is known.
    pub(super) fn classes(&self) -> &[u8] {
        &self.classes
    }

    /// From what was stored.
    pub(super) fn from_classes(classes: Vec<u8>) -> Order {
        Order { classes }
    }

    /// Bytes of memory it holds.
    pub(super) fn bytes(&self) -> usize {
        self.classes.len()
    }
}

impl Counter {
    /// Has counted nothing; for a sample of so many paragraphs.
    pub(super) fn new(paragraphs: usize) -> Counter {
        Counter { counts: vec![0; (paragraphs * COUNTERS_EACH).next_power_of_two()] }
    }

    /// Counts a shingle.
    pub(super) fn add(&mut self, shingle: u64) {
        let slots = self.counts.len();
        let count = &mut self.counts[slot(shingle, slots)];
        *count = count.saturating_add(1);
    }

    /// The order by what was counted.
    pub(super) fn order(&self) -> Order {
        let classes =
            self.counts.chunks(2).map(|pair| class(pair[0]) | class(pair[1]) << CLASS_BITS).collect();
        Order { classes }
    }
}

/// Where a shingle is counted among so many counters, which are a power of two, or none.
#[inline]
fn slot(shingle: u64, counters: usize) -> usize {
    (shingle >> u32::BITS) as usize & counters.saturating_sub(1)
}

/// The class of a count: 0 and 1 alike, then about half as much again for each class, and at last three times as much:
/// in a sample of a million a shingle may occur thousands of times.
fn class(count: u16) -> u8 {
    const FIRST: [u16; 15] = [2, 3, 4, 6, 9, 13, 19, 28, 45, 80, 150, 300, 700, 2000, 8000];
    FIRST.iter().take_while(|&&first| count >= first).count() as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rare_come_first() {
        let mut counter = Counter::new(100);
        let shingles: Vec<u64> = (0..100).map(|n| fold(n + 1, PHI)).collect();
        for round in 0..100 {
            shingles[round..].iter().for_each(|&shingle| counter.add(shingle));
        }
        let order = counter.order();
        let classes: Vec<u64> =
            shingles.iter().map(|&s| order.place(s) >> (u64::BITS - CLASS_BITS)).collect();
        assert!(classes.is_sorted());
        assert_eq!((classes[0], classes[99]), (0, 10));
        assert_eq!(Order::unknown().place(shingles[3]) >> (u64::BITS - CLASS_BITS), 0);
    }
}
