//! The search for earlier paragraphs that are alike: candidates by key, then the rule.
use super::measure::Share;
use super::rules::Meeting;
use super::sheet::Filler;
use super::shingles::Set;
use super::words::Word;
use std::cmp::Ordering;

/// An earlier paragraph that says the same.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit {
    /// Its number among the kept paragraphs.
    pub(super) id: u32,
    /// How alike the two are.
    pub(super) share: Share,
}

/// What a search found.
#[derive(Debug, Clone, Default)]
pub(super) struct Hits {
    /// Earlier paragraphs that say the same.
    pub(super) same: Vec<Hit>,
    /// Earlier paragraphs that are alike, but speak of other names.
    pub(super) other_names: usize,
}

impl Hits {
    /// Takes in one comparison.
    pub(super) fn add(&mut self, id: u32, meeting: Option<Meeting>) {
        match meeting {
            Some(Meeting::Same(share)) => self.same.push(Hit { id, share }),
            Some(Meeting::OtherNames) => self.other_names += 1,
            None => {}
        }
    }

    /// The most alike; of equals the earliest.
    pub(super) fn best(&self) -> Option<Hit> {
        let order = |a: &Hit, b: &Hit| match a.share.compare(b.share) {
            Ordering::Equal => b.id.cmp(&a.id),
            unequal => unequal,
        };
        self.same.iter().copied().max_by(order)
    }
}

/// What one thread needs to search. Keeps its memory.
#[derive(Default)]
pub(super) struct Seeker {
    pub(super) filler: Filler,
    pub(super) set: Set,
    /// Candidates, once for each key they were found by.
    pub(super) ids: Vec<u32>,
    seen: Seen,
    /// Candidates with the number of keys they were found by, at most.
    pub(super) candidates: Vec<(u32, usize)>,
    /// The words of a candidate.
    pub(super) words: Vec<Word>,
    /// The anchors of a paragraph.
    pub(super) anchors: Vec<u64>,
    /// What is read from a file.
    pub(super) buffer: Vec<u8>,
}

/// Which candidates were met already, by a few bits of their numbers.
struct Seen([u64; SEEN_WORDS]);

/// Room for some ten times as many as a search finds in a corpus of a million.
const SEEN_WORDS: usize = 256;

impl Default for Seen {
    fn default() -> Seen {
        Seen([0; SEEN_WORDS])
    }
}

impl Seen {
    /// Notes a candidate; whether it, or one with the same bits, was noted before.
    #[inline]
    fn note(&mut self, id: u32) -> bool {
        /// An odd constant without pattern: the digits of the golden ratio.
        const PHI: u32 = 0x9E37_79B9;
        let bits = id.wrapping_mul(PHI) >> (u32::BITS - (SEEN_WORDS as u32 * u64::BITS).ilog2());
        let (word, bit) = ((bits / u64::BITS) as usize, 1 << (bits % u64::BITS));
        let seen = self.0[word] & bit != 0;
        self.0[word] |= bit;
        seen
    }
}

impl Seeker {
    /// The candidates in order, each once, with the number of keys it was found by.
    pub(super) fn count_candidates(&mut self) {
        self.ids.sort_unstable();
        self.candidates.clear();
        self.candidates.extend(self.ids.chunk_by(|a, b| a == b).map(|same| (same[0], same.len())));
    }

    /// The same for those that were found by two keys or more, and a few others. Most are found by one, so
    /// this is quicker than to put all in order.
    pub(super) fn count_repeated(&mut self) {
        self.seen.0.fill(0);
        let mut kept = 0;
        for at in 0..self.ids.len() {
            let id = self.ids[at];
            self.ids[kept] = id;
            kept += usize::from(self.seen.note(id));
        }
        self.ids.truncate(kept);
        self.count_candidates();
        self.candidates.iter_mut().for_each(|(_, keys)| *keys += 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_is_met_twice_is_counted() {
        let ids: Vec<u32> = (0..3000).map(|n| n * 7919 % 2500 * 1000).collect();
        let mut all = Seeker { ids: ids.clone(), ..Seeker::default() };
        all.count_candidates();
        let mut repeated = Seeker { ids, ..Seeker::default() };
        repeated.count_repeated();
        for &(id, keys) in all.candidates.iter().filter(|(_, keys)| *keys > 1) {
            let at = repeated.candidates.binary_search_by_key(&id, |&(id, _)| id).unwrap();
            assert!((keys..=keys + 1).contains(&repeated.candidates[at].1));
        }
        assert!(repeated.candidates.len() < all.candidates.len());
    }
}
