//! What the texts of a bucket are to each other, and how that is carried.
use super::{MOST_SHARING, NearFound, Prepared, bucket};
use crate::dedup::contained::{FILED, holds};
use crate::dedup::rules::{Meeting, Paragraph, Rules};
use crate::dedup::search::Seeker;
use crate::dedup::shingles;
use crate::dedup::words::Digest;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Something that was found out about texts, which are named by hashes of their words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum NearFinding {
    /// What a text is to another that was kept before it.
    Pair {
        /// The text.
        text: u128,
        /// The other.
        kept: u128,
        /// What it is to it.
        relation: NearRelation,
    },
    /// The runs of words under which many texts are filed, of a text that is one of them.
    Crowd {
        /// The text.
        text: u128,
        /// A run.
        anchor: u64,
    },
}

/// What a text is to one that was kept before it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum NearRelation {
    /// They say the same: so many shingles are shared, of so many.
    Same {
        /// Shingles that both have.
        shared: u32,
        /// Shingles that it is measured by.
        of: u32,
    },
    /// They are alike, but speak of other names.
    OtherNames,
    /// It stands in the kept one, word for word, if `inside`; else the kept one stands in it.
    Overlap {
        /// Which of the two is the shorter.
        inside: bool,
        /// Words of the shorter.
        shorter: u32,
        /// Words of the longer.
        longer: u32,
        /// The runs of words by which they meet.
        anchors: Vec<u64>,
    },
}

/// The texts of a bucket.
pub(super) struct Bucket<'a> {
    pub(super) rules: &'a Rules,
    pub(super) texts: &'a [Prepared],
    pub(super) this: u32,
    pub(super) buckets: u32,
}

impl Bucket<'_> {
    /// All that there is to find.
    pub(super) fn found(&self, seeker: &mut Seeker) -> NearFound {
        let mut found = NearFound::default();
        let (keys, anchors) = (self.lists(|text| &text.keys), self.lists(|text| &text.anchors));
        found.crowded_keys = keys.values().filter(|list| list.len() > MOST_SHARING).count() as u64;
        for (number, text) in self.texts.iter().enumerate() {
            self.near(number, text, &keys, seeker, &mut found.findings);
            self.overlaps(number, text, &anchors, seeker, &mut found.findings);
        }
        let mut crowds: Vec<_> = anchors.into_iter().filter(|(_, list)| list.len() > FILED).collect();
        crowds.sort_unstable();
        for (anchor, list) in crowds {
            let texts = list.into_iter().map(|number| self.texts[number as usize].name);
            found.findings.extend(texts.map(|text| NearFinding::Crowd { text, anchor }));
        }
        found
    }

    /// The texts under each key of this bucket.
    fn lists(&self, keys: impl Fn(&Prepared) -> &[u64]) -> HashMap<u64, Vec<u32>> {
        let mut lists: HashMap<u64, Vec<u32>> = HashMap::new();
        for (text, number) in self.texts.iter().zip(0..) {
            for &key in keys(text).iter().filter(|&&key| self.is_here(key)) {
                lists.entry(key).or_default().push(number);
            }
        }
        lists
    }

    fn is_here(&self, key: u64) -> bool {
        bucket(key, self.buckets) == self.this
    }

    /// The texts before this one that share a key of this bucket with it.
    fn candidates(&self, number: usize, keys: &[u64], lists: &HashMap<u64, Vec<u32>>, seeker: &mut Seeker) {
        seeker.ids.clear();
        for list in keys.iter().filter_map(|key| lists.get(key)) {
            let before = list.iter().take(MOST_SHARING).take_while(|&&other| (other as usize) < number);
            seeker.ids.extend(before);
        }
        seeker.count_candidates();
    }

    /// What two texts share, if they are compared in this bucket: in that of the least they share.
    fn shared(&self, a: &[u64], b: &[u64]) -> Option<Vec<u64>> {
        let shared = common(a, b);
        shared.first().is_some_and(|&least| self.is_here(least)).then_some(shared)
    }

    /// Finds texts that are alike.
    fn near(
        &self,
        number: usize,
        text: &Prepared,
        lists: &HashMap<u64, Vec<u32>>,
        seeker: &mut Seeker,
        found: &mut Vec<NearFinding>,
    ) {
        self.candidates(number, &text.keys, lists, seeker);
        let candidates = std::mem::take(&mut seeker.candidates);
        for other in candidates.iter().map(|&(other, _)| &self.texts[other as usize]) {
            let Some(shared) = self.shared(&text.keys, &other.keys) else { continue };
            if self.rules.may_meet((text.size, text.sketch), (other.size, other.sketch), shared.len()) {
                for (judged, kept) in [(text, other), (other, text)] {
                    if let Some(relation) = self.relation(judged, kept, seeker) {
                        found.push(NearFinding::Pair { text: judged.name, kept: kept.name, relation });
                    }
                }
            }
        }
        seeker.candidates = candidates;
    }

    fn relation(&self, judged: &Prepared, kept: &Prepared, seeker: &mut Seeker) -> Option<NearRelation> {
        let digest = Digest { count: judged.words.len(), key: 0, numbers: judged.numbers };
        let paragraph = Paragraph { words: &judged.words, digest, size: judged.size, sketch: judged.sketch };
        seeker.set.fill(shingles::each(&judged.words, self.rules.shingle_words), |_| {});
        match self.rules.meet((&paragraph, &mut seeker.set), &kept.words, kept.size)? {
            Meeting::OtherNames => Some(NearRelation::OtherNames),
            Meeting::Same(share) => {
                let (shared, of) = share.parts();
                Some(NearRelation::Same { shared: shared as u32, of: of as u32 })
            }
        }
    }

    /// Finds texts that stand in one another.
    fn overlaps(
        &self,
        number: usize,
        text: &Prepared,
        lists: &HashMap<u64, Vec<u32>>,
        seeker: &mut Seeker,
        found: &mut Vec<NearFinding>,
    ) {
        self.candidates(number, &text.anchors, lists, seeker);
        for other in seeker.candidates.iter().map(|&(other, _)| &self.texts[other as usize]) {
            let (short, long) =
                if text.words.len() < other.words.len() { (text, other) } else { (other, text) };
            let Some(anchors) = self.shared(&text.anchors, &other.anchors) else { continue };
            let all = anchors.len() == short.anchors.len();
            if !all || short.words.len() == long.words.len() || !holds(&long.words, &short.words) {
                continue;
            }
            let (shorter, longer) = (short.words.len() as u32, long.words.len() as u32);
            for (text, kept, inside) in [(short, long, true), (long, short, false)] {
                let relation = NearRelation::Overlap { inside, shorter, longer, anchors: anchors.clone() };
                found.push(NearFinding::Pair { text: text.name, kept: kept.name, relation });
            }
        }
    }
}

/// What two sorted lists share.
fn common(a: &[u64], b: &[u64]) -> Vec<u64> {
    let (mut i, mut j, mut shared) = (0, 0, Vec::new());
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                shared.push(*x);
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    shared
}
