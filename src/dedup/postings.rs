//! The posting table: from a shingle to the kept paragraphs that can be found by it.
//!
//! Each of the shards is a sorted array with gaps: a posting stands at the place its mark points to, or a few
//! places behind it, and the postings between two gaps are in order. So a search ends at the first greater
//! mark, a shard may be nearly full, and growing is one pass from the old array to the new one.

use rayon::prelude::*;

/// Shards, as bits of the key. Each is small enough to be moved within a processor's cache.
const SHARD_BITS: u32 = 13;
/// Shards.
pub(super) const SHARDS: usize = 1 << SHARD_BITS;
/// Bits of the key kept with a posting. With the shard they tell keys apart; what gets through by chance is
/// found out by the verification.
const MARK_BITS: u32 = 16;
/// The mark of a gap.
const GAP: u16 = 0;
/// A shard is full at this many postings in 16 places,
const FULL_SIXTEENTHS: usize = 14;
/// and then grows by one place in so many.
const GROWTH: usize = 5;
/// Shards that one thread fills before it looks for more to do.
const SHARDS_AT_ONCE: usize = 256;
/// Room behind the places, for what does not fit.
const SPILL: usize = 4;
/// Places of the smallest shard.
const FEWEST: usize = 8;

/// Which kept paragraphs hold a key.
#[derive(Default)]
pub(super) struct Postings {
    shards: Vec<Shard>,
}

#[derive(Default, Clone)]
struct Shard {
    marks: Vec<u16>,
    ids: Vec<u32>,
    /// Places a mark can point to; what does not fit stands behind them.
    places: usize,
    postings: usize,
}

fn shard_of(key: u64) -> usize {
    (key >> (u64::BITS - SHARD_BITS)) as usize
}

fn mark_of(key: u64) -> u16 {
    let mark = (key >> (u64::BITS - SHARD_BITS - MARK_BITS)) as u16;
    mark.max(GAP + 1)
}

impl Postings {
    /// An empty table.
    pub(super) fn new() -> Postings {
        Postings { shards: vec![Shard::default(); SHARDS] }
    }

    /// Adds the paragraphs that may hold `key` to `ids`.
    #[inline]
    pub(super) fn find(&self, key: u64, ids: &mut Vec<u32>) {
        self.shards[shard_of(key)].find(mark_of(key), ids);
    }

    /// Adds the paragraphs that may hold any of some keys to `ids`, once for each key.
    pub(super) fn find_all(&self, keys: &[u64], ids: &mut Vec<u32>) {
        // A first look at all of them, so that the waits for memory overlap.
        let look = |key: &u64| self.shards[shard_of(*key)].look(mark_of(*key));
        std::hint::black_box(keys.iter().map(look).fold(0, |all, mark| all ^ mark));
        for &key in keys {
            self.find(key, ids);
        }
    }

    /// Puts paragraphs under their keys, all shards at once.
    pub(super) fn put_all(&mut self, postings: &[(u64, u32)]) {
        if postings.len() < SHARDS {
            postings.iter().for_each(|&(key, id)| self.shards[shard_of(key)].put(mark_of(key), id));
            return;
        }
        let mut starts = vec![0usize; SHARDS + 1];
        for &(key, _) in postings {
            starts[shard_of(key) + 1] += 1;
        }
        for shard in 1..starts.len() {
            starts[shard] += starts[shard - 1];
        }
        let mut next = starts.clone();
        let mut by_shard = vec![(0u16, 0u32); postings.len()];
        for &(key, id) in postings {
            let at = &mut next[shard_of(key)];
            by_shard[*at] = (mark_of(key), id);
            *at += 1;
        }
        self.shards.par_iter_mut().with_min_len(SHARDS_AT_ONCE).enumerate().for_each(|(number, shard)| {
            for &(mark, id) in &by_shard[starts[number]..starts[number + 1]] {
                shard.put(mark, id);
            }
        });
    }

    /// Puts a paragraph under a key, unless so many stand there already.
    pub(super) fn put_among_first(&mut self, key: u64, id: u32, most: usize) {
        let shard = &mut self.shards[shard_of(key)];
        if shard.count(mark_of(key), most) < most {
            shard.put(mark_of(key), id);
        }
    }

    /// The postings of one shard for paragraphs from `first` on, in order of their marks and, under one mark,
    /// of the paragraphs.
    pub(super) fn shard(&self, shard: usize, first: u32) -> impl Iterator<Item = (u16, u32)> {
        let Shard { marks, ids, .. } = &self.shards[shard];
        let all = marks.iter().copied().zip(ids.iter().copied());
        all.filter(move |&(mark, id)| mark != GAP && id >= first)
    }

    /// A table of sorted postings: for each shard a list from each of several runs.
    pub(super) fn from_runs(runs: &[Vec<Vec<(u16, u32)>>]) -> Postings {
        let shards = (0..SHARDS).into_par_iter().map(|number| {
            let lists = runs.iter().filter_map(|run| run.get(number));
            let mut postings: Vec<(u16, u32)> = lists.flatten().copied().collect();
            if runs.len() > 1 {
                // Stable: it merges the lists, which are in order, and leaves paragraphs in order.
                postings.sort_by_key(|&(mark, _)| mark);
            }
            Shard::of(&postings)
        });
        Postings { shards: shards.collect() }
    }

    /// Bytes of memory it holds.
    pub(super) fn bytes(&self) -> usize {
        let one = size_of::<u16>() + size_of::<u32>();
        self.shards.iter().map(|shard| shard.marks.capacity() * one + size_of::<Shard>()).sum()
    }
}

impl Shard {
    fn place(&self, mark: u16) -> usize {
        (usize::from(mark) * self.places) >> MARK_BITS
    }

    /// How many stand under a mark; no more than `most` are counted.
    fn count(&self, mark: u16, most: usize) -> usize {
        let from = self.marks.get(self.place(mark)..).unwrap_or_default();
        let upto = from.iter().take_while(|&&here| here != GAP && here <= mark);
        upto.filter(|&&here| here == mark).take(most).count()
    }

    #[inline]
    fn look(&self, mark: u16) -> u16 {
        self.marks.get(self.place(mark)).copied().unwrap_or(GAP)
    }

    #[inline]
    fn find(&self, mark: u16, ids: &mut Vec<u32>) {
        let from = self.place(mark);
        let Some(marks) = self.marks.get(from..) else { return };
        for (at, &here) in marks.iter().enumerate() {
            if here == mark {
                ids.push(self.ids[from + at]);
            } else if here == GAP || here > mark {
                break;
            }
        }
    }

    fn put(&mut self, mark: u16, id: u32) {
        if (self.postings + 1) * 16 > self.places * FULL_SIXTEENTHS {
            self.grow();
        }
        let mut at = self.place(mark);
        while self.marks.get(at).is_some_and(|&here| here != GAP && here <= mark) {
            at += 1;
        }
        let gap = self.marks[at..].iter().position(|&here| here == GAP);
        let gap = gap.map_or(self.marks.len(), |gap| at + gap);
        if gap == self.marks.len() {
            self.marks.reserve_exact(SPILL);
            self.ids.reserve_exact(SPILL);
            self.marks.push(GAP);
            self.ids.push(0);
        }
        self.marks.copy_within(at..gap, at + 1);
        self.ids.copy_within(at..gap, at + 1);
        self.marks[at] = mark;
        self.ids[at] = id;
        self.postings += 1;
    }

    /// Moves all to a larger array, in order.
    fn grow(&mut self) {
        let places = (self.places + self.places / GROWTH).max(FEWEST);
        let postings = self.marks.iter().copied().zip(self.ids.iter().copied());
        *self = Shard::spread(postings.filter(|&(mark, _)| mark != GAP), places);
    }

    /// A shard of sorted postings.
    fn of(postings: &[(u16, u32)]) -> Shard {
        let places = (postings.len() * 16).div_ceil(FULL_SIXTEENTHS - 1).max(FEWEST);
        Shard::spread(postings.iter().copied(), places)
    }

    fn spread(postings: impl Iterator<Item = (u16, u32)>, places: usize) -> Shard {
        let room = places + SPILL;
        let (marks, ids) = (Vec::with_capacity(room), Vec::with_capacity(room));
        let mut shard = Shard { marks, ids, places, postings: 0 };
        for (mark, id) in postings {
            let at = shard.place(mark).max(shard.marks.len());
            shard.marks.resize(at, GAP);
            shard.ids.resize(at, 0);
            shard.marks.push(mark);
            shard.ids.push(id);
            shard.postings += 1;
        }
        if shard.marks.len() < places {
            shard.marks.resize(places, GAP);
            shard.ids.resize(places, 0);
        }
        shard
    }
}

#[cfg(test)]
mod tests {
    use super::super::mix::{PHI, fold};
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn every_posting_is_found_under_its_key() {
        let mut table = Postings::new();
        let mut expected: BTreeMap<u64, Vec<u32>> = BTreeMap::new();
        for batch in 0..6 {
            // Few shards, so that they fill and grow; some keys many times.
            let postings: Vec<(u64, u32)> = (batch * 10_000..(batch + 1) * 10_000)
                .map(|id| (fold(u64::from(id % 20_011), PHI) >> 8, id))
                .collect();
            table.put_all(&postings);
            postings.into_iter().for_each(|(key, id)| expected.entry(key).or_default().push(id));
        }
        for (key, ids) in expected {
            let mut found = Vec::new();
            table.find(key, &mut found);
            assert!(ids.iter().all(|id| found.contains(id)), "{key}");
        }
    }

    #[test]
    fn the_table_stays_sorted_and_dense() {
        let mut shard = Shard::default();
        for id in 0..10_000u32 {
            shard.put((fold(u64::from(id), PHI) as u16).max(1), id);
        }
        let marks: Vec<u16> = shard.marks.iter().copied().filter(|&mark| mark != GAP).collect();
        assert_eq!(marks.len(), 10_000);
        assert!(marks.is_sorted());
        assert!(shard.marks.capacity() < 13_000, "{}", shard.marks.capacity());
    }
}
