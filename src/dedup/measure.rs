//! When two sets of shingles are alike enough, in whole numbers, and what that means for the search.
use crate::config::{Measure, NearProfile};
use std::cmp::Ordering;

/// Thresholds are counted in thousandths, so that every comparison is exact.
const SCALE: u64 = 1000;

/// Shingles that the prefixes of two sets must share, at least. One is the least and makes the shortest
/// prefixes; two leave out most pairs that share one rare shingle by chance, which in a large corpus are most
/// of all.
const MEETINGS: usize = 2;
/// For so many shingles of a set beyond [`LARGE`] it is one more. Large sets share a few by chance, their
/// sketches tell less, and comparing them costs more.
const MEETING_FOR: usize = 8;
/// Shingles of a set up to which its sketch tells it well enough from others.
const LARGE: usize = 36;

/// A measure with its threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Likeness {
    measure: Measure,
    /// The threshold, in thousandths.
    threshold: u64,
}

/// How alike two sets are: a fraction, compared exactly.
#[derive(Debug, Clone, Copy)]
pub(super) struct Share {
    shared: u64,
    of: u64,
}

impl Likeness {
    /// The measure of a profile.
    pub(super) fn new(profile: &NearProfile) -> Likeness {
        Likeness { measure: profile.measure, threshold: (profile.threshold * SCALE as f64).round() as u64 }
    }

    /// The likeness of sets of `a` and `b` shingles that share so many.
    pub(super) fn share(self, shared: usize, a: usize, b: usize) -> Share {
        let of = match self.measure {
            Measure::Jaccard => a + b - shared,
            Measure::Larger => a.max(b),
        };
        Share { shared: shared as u64, of: of as u64 }
    }

    /// Shingles that sets of `a` and `b` must share, at least.
    pub(super) fn needed(self, a: usize, b: usize) -> usize {
        let (a, b) = (a as u64, b as u64);
        let needed = match self.measure {
            Measure::Jaccard => (self.threshold * (a + b)).div_ceil(SCALE + self.threshold),
            Measure::Larger => (self.threshold * a.max(b)).div_ceil(SCALE),
        };
        needed as usize
    }

    /// Shingles of a set of `size` that a set alike to it must hold, at least.
    pub(super) fn least(self, size: usize) -> usize {
        (self.threshold * size as u64).div_ceil(SCALE) as usize
    }

    /// Shingles of a set of `size`, the first in any fixed order of all shingles, among which a set alike to
    /// it holds some of its own first ones (the prefix filter of Chaudhuri, Ganti and Kaushik 2006, lengthened
    /// as by Wang, Li and Feng 2012).
    ///
    /// Of the shared shingles all but the first `n` stand behind the `n`-th, in either set; so that one stands
    /// no later than `size - least + n`.
    pub(super) fn prefix(self, size: usize) -> usize {
        (size + meetings(size) - self.least(size)).min(size)
    }

    /// How many shingles of their prefixes sets of `a` and `b` shingles must share to be alike.
    pub(super) fn meetings(self, a: usize, b: usize) -> usize {
        meetings(a.min(b)).min(self.needed(a, b))
    }

    /// The same for a set of `size` and any other.
    pub(super) fn fewest_meetings(self, size: usize) -> usize {
        MEETINGS.min(self.least(size))
    }

    /// Whether sets of these sizes can be alike at all.
    pub(super) fn sizes_fit(self, a: usize, b: usize) -> bool {
        a.min(b) >= self.least(a.max(b))
    }
}

/// Shingles that the prefix of a set of `size` must share with another's.
fn meetings(size: usize) -> usize {
    MEETINGS.max(size.saturating_sub(LARGE) / MEETING_FOR)
}

impl Share {
    /// All of all: the same words.
    pub(super) const WHOLE: Share = Share { shared: 1, of: 1 };

    /// So much of so much.
    pub(super) fn new(shared: u64, of: u64) -> Share {
        Share { shared, of }
    }

    /// What it is made of.
    pub(super) fn parts(self) -> (u64, u64) {
        (self.shared, self.of)
    }

    /// As a number from 0 to 1.
    pub(super) fn value(self) -> f32 {
        (self.shared as f64 / self.of.max(1) as f64) as f32
    }

    /// Which is more.
    pub(super) fn compare(self, other: Share) -> Ordering {
        (self.shared * other.of).cmp(&(other.shared * self.of))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(measure: Measure, threshold: f64) -> Likeness {
        Likeness::new(&NearProfile { measure, threshold, ..NearProfile::default() })
    }

    #[test]
    fn what_is_needed_is_the_least_that_passes() {
        for measure in [Measure::Jaccard, Measure::Larger] {
            for threshold in [0.5, 0.62, 0.7, 0.8, 1.0] {
                let likeness = likeness(measure, threshold);
                for (a, b) in (1..60).flat_map(|a| (1..60).map(move |b| (a, b))) {
                    let passes = |shared: usize| {
                        let share = likeness.share(shared, a, b);
                        share.shared * SCALE >= (threshold * 1000.0).round() as u64 * share.of
                    };
                    let least = (1..=a.min(b)).find(|&shared| passes(shared));
                    assert_eq!(least.is_some(), likeness.sizes_fit(a, b), "{measure:?} {threshold} {a} {b}");
                    if let Some(least) = least {
                        assert_eq!(least, likeness.needed(a, b));
                        assert!(least >= likeness.least(a) && least >= likeness.least(b));
                    }
                }
            }
        }
    }
}
