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
    /// Candidates with the number of keys they were found by.
    pub(super) candidates: Vec<(u32, usize)>,
    /// The words of a candidate.
    pub(super) words: Vec<Word>,
    /// The anchors of a paragraph.
    pub(super) anchors: Vec<u64>,
    /// What is read from a file.
    pub(super) buffer: Vec<u8>,
}

impl Seeker {
    /// The candidates in order, each once, with the number of keys it was found by.
    pub(super) fn count_candidates(&mut self) {
        self.ids.sort_unstable();
        self.candidates.clear();
        self.candidates.extend(self.ids.chunk_by(|a, b| a == b).map(|same| (same[0], same.len())));
    }
}
