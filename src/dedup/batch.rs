//! The kept paragraphs of the batch under way, found by the same keys as all others.
use super::rules::{Paragraph, Rules};
use super::search::{Hits, Seeker};
use super::sheet::{Item, Sheet};
use super::shingles;
use std::collections::HashMap;

/// The kept paragraphs of a batch.
pub(super) struct Batch<'a> {
    /// The number of its first kept paragraph.
    base: u32,
    kept: Vec<(&'a Sheet, &'a Item, Paragraph<'a>, bool)>,
    identical: HashMap<u128, u32>,
    /// For each bucket of keys the newest node in it, from 1; 0 is none.
    heads: Vec<u32>,
    nodes: Vec<Node>,
}

struct Node {
    key: u64,
    /// Which of the kept.
    kept: u32,
    next: u32,
}

impl<'a> Batch<'a> {
    /// A batch of at most so many keys, whose kept paragraphs are numbered from `base`.
    pub(super) fn new(base: u32, keys: usize) -> Batch<'a> {
        let heads = vec![0; keys.next_power_of_two()];
        Batch { base, kept: Vec::new(), identical: HashMap::new(), heads, nodes: Vec::new() }
    }

    /// The kept paragraph that is the same, word for word.
    pub(super) fn identical(&self, key: u128) -> Option<u32> {
        self.identical.get(&key).copied()
    }

    /// Keeps a paragraph, and returns its number. Only if `findable` will later ones be compared with it.
    pub(super) fn keep(
        &mut self,
        (sheet, item): (&'a Sheet, &'a Item),
        paragraph: Paragraph<'a>,
        findable: bool,
    ) -> u32 {
        let kept = self.kept.len() as u32;
        let id = self.base + kept;
        self.identical.entry(paragraph.digest.key).or_insert(id);
        self.kept.push((sheet, item, paragraph, findable));
        for &key in if findable { sheet.keys(item) } else { &[] } {
            let bucket = self.bucket(key);
            self.nodes.push(Node { key, kept, next: self.heads[bucket] });
            self.heads[bucket] = self.nodes.len() as u32;
        }
        id
    }

    fn bucket(&self, key: u64) -> usize {
        (key >> 32) as usize & (self.heads.len() - 1)
    }

    /// Adds the kept paragraphs that are alike to `hits`.
    pub(super) fn search(
        &self,
        (keys, paragraph): (&[u64], &Paragraph<'_>),
        rules: &Rules,
        seeker: &mut Seeker,
        hits: &mut Hits,
    ) {
        seeker.ids.clear();
        for &key in keys {
            let mut next = self.heads[self.bucket(key)];
            while let Some(node) = self.nodes.get((next as usize).wrapping_sub(1)) {
                if node.key == key {
                    seeker.ids.push(node.kept);
                }
                next = node.next;
            }
        }
        seeker.count_candidates();
        let mut filled = false;
        for &(kept, keys) in &seeker.candidates {
            let other = &self.kept[kept as usize].2;
            if !rules.may_meet((paragraph.size, paragraph.sketch), (other.size, other.sketch), keys) {
                continue;
            }
            if !filled {
                seeker.set.fill(shingles::each(paragraph.words, rules.shingle_words), |_| {});
                filled = true;
            }
            let meeting = rules.meet((paragraph, &mut seeker.set), other.words, other.size);
            hits.add(self.base + kept, meeting);
        }
    }

    /// All that was kept, in order: its number, and the keys to find it by, which are none if it is not to
    /// be found.
    pub(super) fn into_kept(self) -> impl Iterator<Item = (u32, Paragraph<'a>, &'a [u64])> {
        (self.base..).zip(self.kept).map(|(id, (sheet, item, paragraph, findable))| {
            (id, paragraph, if findable { sheet.keys(item) } else { &[] })
        })
    }
}
