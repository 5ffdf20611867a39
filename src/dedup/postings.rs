//! The posting table: from a key to the kept paragraphs that can be found by it.
//!
//! A posting is one number of 32 bits: part of the key above, the paragraph below. Each shard is a sorted list
//! of them, with a few new ones behind it that wait to be sorted in together. So a posting costs little more
//! than its four bytes, a search touches two short stretches of memory, and a new posting one.

use rayon::prelude::*;
use std::ops::Range;

/// Bits of the number of a paragraph within its epoch.
const ID_BITS: u32 = 24;
/// Paragraphs of an epoch: a table of its own.
pub(super) const EPOCH: usize = 1 << ID_BITS;
/// Bits of the key kept with a posting. With the shard they tell keys apart; what gets through by chance is
/// found out by the verification.
pub(super) const MARK_BITS: u32 = u32::BITS - ID_BITS;
/// A full shard makes room for what comes and for one posting more in so many that it holds.
const GROWTH: usize = 12;
/// It makes room for so many more at least: what allocators round sizes up to.
const GROWTH_LEAST: usize = 3;
/// Shards that one thread fills before it looks for more to do.
const SHARDS_AT_ONCE: usize = 256;
/// New postings of a shard that are sorted in together.
const TOGETHER: usize = 32;
/// Below one new posting in so many shards each is put in alone.
const FEW: usize = 8;
/// Postings next to where one should stand by its mark among which it is looked for first: as far as chance
/// moves it in a shard of some hundreds.
const NEARBY: usize = 8;

/// Which kept paragraphs hold a key.
pub(super) struct Postings {
    shard_bits: u32,
    epochs: Vec<Table>,
}

/// The postings of one epoch, a shard for each value of the first bits of a key.
type Table = Vec<Shard>;

/// All but the last `len % TOGETHER` are sorted.
#[derive(Default, Clone)]
struct Shard(Vec<u32>);

impl Postings {
    /// An empty table with 2 to the power of `shard_bits` shards.
    pub(super) fn new(shard_bits: u32) -> Postings {
        Postings { shard_bits, epochs: vec![Table::new()] }
    }

    fn shard_of(&self, key: u64) -> usize {
        (key >> (u64::BITS - self.shard_bits)) as usize
    }

    /// The part of a key that stands in a posting, in its place.
    fn mark_of(&self, key: u64) -> u32 {
        ((key >> (u64::BITS - self.shard_bits - MARK_BITS)) as u32) << ID_BITS
    }

    /// Adds the paragraphs that may hold `key` to `ids`; returns how many.
    #[inline]
    pub(super) fn find(&self, key: u64, ids: &mut Vec<u32>) -> usize {
        let before = ids.len();
        for (epoch, table) in self.epochs.iter().enumerate() {
            let first = (epoch as u32) << ID_BITS;
            if let Some(shard) = table.get(self.shard_of(key)) {
                shard.under(self.mark_of(key), |posting| ids.push(first | id_of(posting)));
            }
        }
        ids.len() - before
    }

    /// Adds the paragraphs that may hold any of some keys to `ids`, once for each key.
    pub(super) fn find_all(&self, keys: &[u64], ids: &mut Vec<u32>) {
        self.look(keys);
        for &key in keys {
            self.find(key, ids);
        }
    }

    /// A first look at all of some keys, so that the waits for memory overlap.
    pub(super) fn look(&self, keys: &[u64]) {
        let look =
            |table: &Table, key| table.get(self.shard_of(key)).map_or(0, |s| s.look(self.mark_of(key)));
        for table in &self.epochs {
            std::hint::black_box(keys.iter().fold(0, |all, &key| all ^ look(table, key)));
        }
    }

    /// The table of an epoch.
    fn table(&mut self, epoch: usize) -> &mut Table {
        while self.epochs.len() <= epoch {
            self.epochs.push(Table::new());
        }
        let table = &mut self.epochs[epoch];
        if table.is_empty() {
            table.resize(1 << self.shard_bits, Shard::default());
        }
        table
    }

    /// Puts paragraphs, in order of their numbers, under their keys, all shards at once.
    pub(super) fn put_all(&mut self, postings: &[(u64, u32)]) {
        for postings in postings.chunk_by(|a, b| epoch_of(a.1) == epoch_of(b.1)) {
            self.put_in_epoch(postings);
        }
    }

    fn put_in_epoch(&mut self, postings: &[(u64, u32)]) {
        let shards = 1 << self.shard_bits;
        if postings.len() < shards / FEW {
            postings.iter().for_each(|&(key, id)| self.put(key, id));
            return;
        }
        let mut ends = vec![0usize; shards];
        for &(key, _) in postings {
            ends[self.shard_of(key)] += 1;
        }
        let counts = ends.clone();
        let mut sum = 0;
        for end in &mut ends {
            sum += std::mem::replace(end, sum);
        }
        let mut by_shard = vec![0u32; postings.len()];
        for &(key, id) in postings {
            let at = &mut ends[self.shard_of(key)];
            by_shard[*at] = self.mark_of(key) | id_of(id);
            *at += 1;
        }
        let mut rest = &mut by_shard[..];
        let parts: Vec<&mut [u32]> = counts.iter().filter_map(|&count| rest.split_off_mut(..count)).collect();
        let table = self.table(epoch_of(postings[0].1));
        table.par_iter_mut().zip(parts).with_min_len(SHARDS_AT_ONCE).for_each(|(shard, new)| shard.add(new));
    }

    fn put(&mut self, key: u64, id: u32) {
        let (shard, mark) = (self.shard_of(key), self.mark_of(key));
        self.table(epoch_of(id))[shard].add(&[mark | id_of(id)]);
    }

    /// Puts a paragraph under a key, unless so many of its epoch stand there already.
    pub(super) fn put_among_first(&mut self, key: u64, id: u32, most: usize) {
        let (shard, mark) = (self.shard_of(key), self.mark_of(key));
        let shard = &mut self.table(epoch_of(id))[shard];
        let mut filed = 0;
        shard.under(mark, |_| filed += 1);
        if filed < most {
            shard.add(&[mark | id_of(id)]);
        }
    }

    /// The postings of some paragraphs in one shard, in order, with the paragraphs numbered from the first of
    /// them; these are an epoch at most.
    pub(super) fn shard(&self, shard: usize, paragraphs: Range<u32>) -> Vec<u32> {
        let mut postings = Vec::new();
        for (epoch, table) in self.epochs.iter().enumerate() {
            let Some(shard) = table.get(shard) else { continue };
            let base = (epoch as u32) << ID_BITS;
            let all = shard.0.iter().map(|&posting| (mark_in(posting), base | id_of(posting)));
            let ours = all.filter(|(_, id)| paragraphs.contains(id));
            postings.extend(ours.map(|(mark, id)| mark | (id - paragraphs.start)));
        }
        postings.sort_unstable();
        postings
    }

    /// How many shards there are.
    pub(super) fn shards(&self) -> usize {
        1 << self.shard_bits
    }

    /// Adds what [`shard`](Self::shard) gave, for paragraphs that are later than all that are here. Says whether
    /// it is of these paragraphs.
    #[must_use]
    pub(super) fn add_shard(
        &mut self,
        shard: usize,
        postings: impl Iterator<Item = u32>,
        paragraphs: &Range<u32>,
    ) -> bool {
        let epoch = epoch_of(paragraphs.start);
        let mut lists = [Vec::with_capacity(postings.size_hint().0), Vec::new()];
        for posting in postings {
            let id = paragraphs.start + id_of(posting);
            if !paragraphs.contains(&id) {
                return false;
            }
            lists[epoch_of(id) - epoch].push(mark_in(posting) | id_of(id));
        }
        for (list, epoch) in lists.into_iter().zip(epoch..) {
            if !list.is_empty() {
                self.table(epoch)[shard].append(list);
            }
        }
        true
    }

    /// Bytes of memory it holds.
    pub(super) fn bytes(&self) -> usize {
        let shard = |shard: &Shard| size_of::<Shard>() + shard.0.capacity() * size_of::<u32>();
        self.epochs.iter().flatten().map(shard).sum()
    }
}

#[inline]
fn epoch_of(id: u32) -> usize {
    (id >> ID_BITS) as usize
}

/// The paragraph of a posting, within its epoch; also of its number among all.
#[inline]
fn id_of(posting: u32) -> u32 {
    posting & (EPOCH as u32 - 1)
}

#[inline]
fn mark_in(posting: u32) -> u32 {
    posting & !(EPOCH as u32 - 1)
}

impl Shard {
    /// Those that are sorted, and those that wait for it.
    fn parts(&self) -> (&[u32], &[u32]) {
        self.0.split_at(self.0.len() / TOGETHER * TOGETHER)
    }

    #[inline]
    fn look(&self, mark: u32) -> u32 {
        let (sorted, new) = self.parts();
        let near = guess(sorted, mark);
        let at = |list: &[u32], at: usize| list.get(at).copied().unwrap_or(0);
        at(sorted, near.saturating_sub(NEARBY))
            ^ at(sorted, near + NEARBY)
            ^ at(new, 0)
            ^ at(new, new.len().saturating_sub(1))
    }

    /// Hands on the postings under a mark.
    #[inline]
    fn under(&self, mark: u32, mut found: impl FnMut(u32)) {
        let (sorted, new) = self.parts();
        for &here in sorted[rank(sorted, mark)..].iter().take_while(|&&here| mark_in(here) == mark) {
            found(here);
        }
        // Most often there is none, which is found out for several at once.
        if new.iter().filter(|&&here| mark_in(here) == mark).count() > 0 {
            new.iter().filter(|&&here| mark_in(here) == mark).for_each(|&here| found(here));
        }
    }

    /// Adds postings.
    fn add(&mut self, new: &[u32]) {
        let (sorted, _) = self.parts();
        let (sorted, end) = (sorted.len(), self.0.len() + new.len());
        if self.0.capacity() < end {
            self.0.reserve_exact(new.len() + (self.0.len() / GROWTH).max(GROWTH_LEAST));
        }
        self.0.extend_from_slice(new);
        let full = end / TOGETHER * TOGETHER;
        if full > sorted {
            sort_in(&mut self.0[..full], sorted);
        }
    }

    /// Adds a sorted list.
    fn append(&mut self, mut list: Vec<u32>) {
        if self.0.is_empty() {
            list.shrink_to_fit();
            self.0 = list;
        } else {
            self.0.reserve_exact(list.len());
            self.0.extend(list);
            // Merges the two, which are sorted.
            self.0.sort();
        }
    }
}

/// Puts all from `sorted` on in their places among those before, which are sorted. Each of these moves once.
fn sort_in(list: &mut [u32], sorted: usize) {
    let mut new = list[sorted..].to_vec();
    new.sort_unstable();
    let mut end = sorted;
    for (before, &posting) in new.iter().enumerate().rev() {
        let at = list[..end].partition_point(|&here| here < posting);
        list.copy_within(at..end, at + before + 1);
        list[at + before] = posting;
        end = at;
    }
}

/// Where a posting should stand in a sorted list if marks were spread evenly.
#[inline]
fn guess(list: &[u32], posting: u32) -> usize {
    ((u64::from(posting) * list.len() as u64) >> u32::BITS) as usize
}

/// How many postings of a sorted list stand before this one. Looks around the guess, further out each time.
#[inline]
fn rank(list: &[u32], posting: u32) -> usize {
    let (mut from, mut to, mut step) = (guess(list, posting), guess(list, posting), NEARBY);
    if list.get(from).is_some_and(|&here| here < posting) {
        while to < list.len() && list[to] < posting {
            (from, to, step) = (to + 1, (to + step).min(list.len()), 2 * step);
        }
    } else {
        while from > 0 && list[from - 1] >= posting {
            (from, to, step) = (from.saturating_sub(step), from - 1, 2 * step);
        }
    }
    from + list[from..to].partition_point(|&here| here < posting)
}

#[cfg(test)]
mod tests {
    use super::super::mix::{PHI, fold};
    use super::*;
    use std::collections::BTreeMap;

    /// Ids on both sides of the border of two epochs.
    const FROM: u32 = EPOCH as u32 - 30_000;

    fn filled() -> (Postings, BTreeMap<u64, Vec<u32>>) {
        let mut table = Postings::new(5);
        let mut expected: BTreeMap<u64, Vec<u32>> = BTreeMap::new();
        for batch in (0..60_000).step_by(10_000) {
            let postings: Vec<(u64, u32)> = (batch..batch + 10_000)
                .map(|n| (fold(u64::from(n % 20_011), PHI), FROM + n))
                // One key that many share.
                .map(|(key, id)| (if id % 3 == 0 { PHI } else { key }, id))
                .collect();
            let (one, many) = postings.split_at(3);
            table.put_all(one);
            table.put_all(many);
            postings.into_iter().for_each(|(key, id)| expected.entry(key).or_default().push(id));
        }
        (table, expected)
    }

    fn check(table: &Postings, expected: &BTreeMap<u64, Vec<u32>>) {
        for (&key, ids) in expected {
            let mut found = Vec::new();
            assert_eq!(table.find(key, &mut found), found.len());
            assert!(ids.iter().all(|id| found.contains(id)), "{key}");
        }
        for shard in table.epochs.iter().flatten() {
            assert!(shard.parts().0.is_sorted());
            assert!(shard.0.capacity() <= shard.0.len() + shard.0.len() / GROWTH + GROWTH_LEAST);
        }
    }

    #[test]
    fn every_posting_is_found_under_its_key() {
        let (table, expected) = filled();
        check(&table, &expected);
        assert_eq!(table.epochs.iter().flatten().map(|shard| shard.0.len()).sum::<usize>(), 60_000);
    }

    #[test]
    fn what_was_taken_out_can_be_put_back() {
        let (table, expected) = filled();
        let mut again = Postings::new(5);
        for part in [FROM..FROM + 20_000, FROM + 20_000..FROM + 60_000] {
            for shard in 0..table.shards() {
                let postings = table.shard(shard, part.clone());
                assert!(postings.is_sorted());
                assert!(again.add_shard(shard, postings.into_iter(), &part));
            }
        }
        check(&again, &expected);
    }

    #[test]
    fn the_first_stand_under_a_key() {
        let mut table = Postings::new(3);
        (0..100).for_each(|id| table.put_among_first(PHI, id, 16));
        let mut found = Vec::new();
        table.find(PHI, &mut found);
        assert_eq!(found, (0..16).collect::<Vec<u32>>());
    }
}
