//! The verdicts on a corpus, given what its texts are to each other: no text is searched for any more.
use super::finding::NearRelation;
use super::{NearFinding, name};
use crate::config::{Contained, NearProfile};
use crate::dedup::contained::FILED;
use crate::dedup::index::{FORM_LETTER, Match};
use crate::dedup::measure::Share;
use crate::dedup::postings::EPOCH;
use crate::dedup::rules::Rules;
use crate::dedup::search::{Hit, Hits};
use crate::dedup::words::Reducer;
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};

/// Judges paragraphs in the order of the corpus, as the index would.
pub(in crate::dedup) struct Resolver {
    rules: Rules,
    /// For each text what it is to others.
    partners: HashMap<u128, Vec<(u128, NearRelation)>>,
    /// The texts that others are partners of.
    wanted: HashSet<u128>,
    /// For each text that is filed where many are, the runs of words where it is.
    crowds: HashMap<u128, Vec<u64>>,
    crowded: HashSet<u64>,
    /// How many are filed under a run, and in which epoch.
    filed: HashMap<u64, (u32, usize)>,
    /// The kept texts by the key of their words, and those that others look for by their name.
    identical: HashMap<u128, u32>,
    known: HashMap<u128, Known>,
    next: u32,
}

/// A kept text that others look for.
struct Known {
    id: u32,
    /// Whether later ones are compared with it.
    findable: bool,
    /// The crowded runs under which it is filed.
    filed: Vec<u64>,
}

/// A paragraph reduced to what it is found by: the key of its words, and its name.
type Reduced = Option<(u128, u128)>;

impl Resolver {
    /// Takes in all that was found.
    pub(in crate::dedup) fn new(
        profile: &NearProfile,
        findings: impl IntoIterator<Item = NearFinding>,
    ) -> Resolver {
        let mut resolver = Resolver {
            rules: Rules::new(profile),
            partners: HashMap::new(),
            wanted: HashSet::new(),
            crowds: HashMap::new(),
            crowded: HashSet::new(),
            filed: HashMap::new(),
            identical: HashMap::new(),
            known: HashMap::new(),
            next: 0,
        };
        for finding in findings {
            match finding {
                NearFinding::Pair { text, kept, relation } => {
                    resolver.wanted.insert(kept);
                    resolver.partners.entry(text).or_default().push((kept, relation));
                }
                NearFinding::Crowd { text, anchor } => {
                    resolver.crowded.insert(anchor);
                    resolver.crowds.entry(text).or_default().push(anchor);
                }
            }
        }
        resolver
    }

    /// Judges some paragraphs, in order, against all before them.
    pub(in crate::dedup) fn judge<T: AsRef<str> + Sync>(&mut self, texts: &[T]) -> Vec<Match> {
        let reduced: Vec<Reduced> = texts
            .par_iter()
            .map_init(Reducer::default, |reducer, text| self.reduce(text.as_ref(), reducer))
            .collect();
        reduced.into_iter().map(|text| text.map_or(Match::Short, |(key, name)| self.one(key, name))).collect()
    }

    fn reduce(&self, text: &str, reducer: &mut Reducer) -> Reduced {
        let mut words = Vec::new();
        let digest = reducer.reduce(text, &mut words);
        let bytes = || words.iter().flat_map(|word| word.to_bytes()).collect::<Vec<u8>>();
        (digest.count >= self.rules.min_words).then(|| (digest.key, name(&bytes())))
    }

    fn one(&mut self, key: u128, name: u128) -> Match {
        if let Some(&of) = self.identical.get(&key) {
            return Match::Same { of, similarity: Share::WHOLE.value() };
        }
        let hits = self.hits(name);
        if let Some(Hit { id, share }) = hits.best() {
            return Match::Same { of: id, similarity: share.value() };
        }
        let overlap = self.overlap(name);
        if let Some((with, share, true)) = overlap
            && self.rules.contained == Contained::Drop
        {
            return Match::Same { of: with, similarity: share };
        }
        let id = self.keep(key, name, hits.other_names < FORM_LETTER);
        overlap.map_or(Match::Kept(id), |(with, share, _)| Match::Overlap { id, with, share })
    }

    /// The kept texts that are alike.
    fn hits(&self, name: u128) -> Hits {
        let mut hits = Hits::default();
        for (kept, relation) in self.partners.get(&name).into_iter().flatten() {
            match (self.known.get(kept), relation) {
                (Some(known), NearRelation::Same { shared, of }) if known.findable => {
                    hits.same
                        .push(Hit { id: known.id, share: Share::new(u64::from(*shared), u64::from(*of)) });
                }
                (Some(known), NearRelation::OtherNames) if known.findable => hits.other_names += 1,
                _ => {}
            }
        }
        hits
    }

    /// The first kept text that holds this one, or else the first that stands in it: its number, how much of the longer
    /// the shorter is, and whether the kept one is the longer.
    fn overlap(&self, name: u128) -> Option<(u32, f32, bool)> {
        let overlaps = self.partners.get(&name).into_iter().flatten().filter_map(|(kept, relation)| {
            let known = self.known.get(kept)?;
            let NearRelation::Overlap { inside, shorter, longer, anchors } = relation else { return None };
            let seen = |anchor: &u64| !self.crowded.contains(anchor) || known.filed.contains(anchor);
            let share = *shorter as f32 / *longer as f32;
            anchors.iter().any(seen).then_some((known.id, share, *inside))
        });
        overlaps.min_by_key(|&(id, _, inside)| (!inside, id))
    }

    fn keep(&mut self, key: u128, name: u128, findable: bool) -> u32 {
        let id = self.next;
        self.next += 1;
        self.identical.insert(key, id);
        let filed = self.file(name, id / EPOCH as u32);
        if self.wanted.contains(&name) {
            self.known.insert(name, Known { id, findable, filed });
        }
        id
    }

    /// Files a kept text under its crowded runs, where there is room; these.
    fn file(&mut self, name: u128, epoch: u32) -> Vec<u64> {
        let Some(anchors) = self.crowds.get(&name) else { return Vec::new() };
        let mut filed = Vec::new();
        for &anchor in anchors {
            let (last, count) = self.filed.entry(anchor).or_default();
            if *last != epoch {
                (*last, *count) = (epoch, 0);
            }
            if *count < FILED {
                *count += 1;
                filed.push(anchor);
            }
        }
        filed
    }
}
