//! Containment: a paragraph that stands, word for word, inside a longer one.
//!
//! Each kept paragraph is filed under its anchors: of every few runs of words in a row the one with the least
//! hash (winnowing; Schleimer, Wilkerson and Aiken 2003). Two paragraphs that share a long enough run share an
//! anchor, so what is found is all there is, but for runs that many paragraphs share: only the first of these
//! are filed, and this is a note for readers, not a reason to drop anything.
use super::arena::Arena;
use super::kept::KeptList;
use super::postings::{MARK_BITS, Postings};
use super::rules::{Paragraph, Rules};
use super::search::Seeker;
use super::shingles;
use super::words::Word;
use std::io;

/// Words of an anchor: a run that long rarely stands in two texts by chance.
const ANCHOR: usize = 7;
/// Runs of which one is an anchor.
const WINDOW: usize = 10;
/// Words below which a paragraph is not looked for inside others: the shortest that surely has an anchor.
pub(super) const LEAST: usize = ANCHOR + WINDOW - 1;
/// Shards of the anchors, as bits: some hundreds in each when there are millions of paragraphs.
const SHARD_BITS: u32 = 16;
/// Paragraphs filed under one anchor, at most, in each epoch of the postings.
pub(super) const FILED: usize = 16;

/// Finds kept paragraphs that contain others, or are contained.
pub(super) struct Containment {
    anchors: Postings,
}

/// A kept paragraph that contains another, or stands in it.
pub(super) struct Overlap {
    /// Its number.
    pub(super) with: u32,
    /// Words of the shorter over words of the longer.
    pub(super) share: f32,
    /// Whether the kept one is the longer.
    pub(super) inside: bool,
}

impl Containment {
    /// Holds nothing.
    pub(super) fn new() -> Containment {
        Containment { anchors: Postings::new(SHARD_BITS) }
    }

    /// Where to put what was stored.
    pub(super) fn postings_mut(&mut self) -> &mut Postings {
        &mut self.anchors
    }

    /// What is to be stored.
    pub(super) fn postings(&self) -> &Postings {
        &self.anchors
    }

    /// Bytes of memory it holds.
    pub(super) fn bytes(&self) -> usize {
        self.anchors.bytes()
    }

    /// The first kept paragraph that contains this one, or else the first that stands in it. Leaves the
    /// paragraph's anchors in `seeker`.
    pub(super) fn search(
        &self,
        paragraph: &Paragraph<'_>,
        rules: &Rules,
        (arena, kept): (&Arena, &KeptList),
        seeker: &mut Seeker,
    ) -> io::Result<Option<Overlap>> {
        let words = paragraph.words;
        let full = self.find(words, seeker);
        let mut around = None;
        for &(id, shared) in &seeker.candidates {
            let other = Outline::of(id, arena, kept);
            let inside = words.len() < other.most_words && shared + full >= seeker.anchors.len();
            let may_stand_in =
                other.fewest_words < words.len() && shared + full >= other.fewest_anchors(rules);
            let wanted = inside || around.is_none() && may_stand_in;
            if !wanted || !kept.may_overlap(id, paragraph) {
                continue;
            }
            arena.words(kept.places(id), &mut seeker.words, &mut seeker.buffer)?;
            let other = &seeker.words;
            let share = words.len().min(other.len()) as f32 / words.len().max(other.len()) as f32;
            if words.len() < other.len() && holds(other, words) {
                return Ok(Some(Overlap { with: id, share, inside: true }));
            }
            if around.is_none() && other.len() < words.len() && holds(words, other) {
                around = Some(Overlap { with: id, share, inside: false });
            }
        }
        Ok(around)
    }

    /// Leaves in `seeker` the anchors of these words, and the kept paragraphs filed under them. Returns under
    /// how many anchors there may be others that are not filed.
    fn find(&self, words: &[Word], seeker: &mut Seeker) -> usize {
        seeker.anchors.clear();
        if words.len() >= LEAST {
            anchors(words, &mut seeker.anchors);
        }
        seeker.ids.clear();
        self.anchors.look(&seeker.anchors);
        let filed = seeker.anchors.iter().map(|&anchor| self.anchors.find(anchor, &mut seeker.ids));
        let full = filed.filter(|&filed| filed >= FILED).count();
        seeker.count_candidates();
        full
    }

    /// Files a kept paragraph under the anchors that [`search`](Self::search) left.
    pub(super) fn add(&mut self, id: u32, seeker: &Seeker) {
        for &anchor in &seeker.anchors {
            self.anchors.put_among_first(anchor, id, FILED);
        }
    }
}

/// What is known of a kept paragraph before its words are read.
struct Outline {
    fewest_words: usize,
    most_words: usize,
    shingles: usize,
}

impl Outline {
    fn of(id: u32, arena: &Arena, kept: &KeptList) -> Outline {
        let (fewest_words, most_words) = arena.count(kept.places(id));
        Outline { fewest_words, most_words, shingles: kept.size(id) }
    }

    /// Its anchors, at least. Whatever contains it has them all: the least run of a window is so wherever the
    /// window stands.
    ///
    /// There is an anchor in each window, unless runs are repeated, and a run that is repeated takes a
    /// repeated shingle with it.
    fn fewest_anchors(&self, rules: &Rules) -> usize {
        let shingles = self.shingles;
        if rules.shingle_words > ANCHOR || shingles == 0 {
            return 0;
        }
        let windows = (self.fewest_words + 1).saturating_sub(LEAST);
        let repeated = (self.most_words + 1).saturating_sub(rules.shingle_words + shingles);
        windows.div_ceil(WINDOW).saturating_sub(repeated)
    }
}

/// What an anchor is told by where it is filed: others of the same slot count as the same.
pub(super) fn slot(anchor: u64) -> u64 {
    anchor >> (u64::BITS - SHARD_BITS - MARK_BITS)
}

/// The least of every [`WINDOW`] runs in a row, each once.
pub(super) fn anchors(words: &[Word], anchors: &mut Vec<u64>) {
    let runs: Vec<u64> = shingles::each(words, ANCHOR).collect();
    let mut at = usize::MAX;
    for from in 0..runs.len().saturating_sub(WINDOW - 1) {
        let window = from..from + WINDOW;
        let last = window.end - 1;
        let least = if !window.contains(&at) {
            window.rev().min_by_key(|&at| runs[at]).unwrap_or(last)
        } else if runs[last] < runs[at] {
            last
        } else {
            at
        };
        if least != at {
            at = least;
            anchors.push(runs[at]);
        }
    }
    anchors.sort_unstable();
    anchors.dedup();
}

/// Whether `part` stands in `whole` as one run of words (Knuth, Morris and Pratt 1977: in time that is the sum
/// of both lengths).
pub(super) fn holds(whole: &[Word], part: &[Word]) -> bool {
    let mut back = vec![0; part.len()];
    let mut matched = 0;
    for at in 1..part.len() {
        while matched > 0 && !part[matched].same(part[at]) {
            matched = back[matched - 1];
        }
        matched += usize::from(part[matched].same(part[at]));
        back[at] = matched;
    }
    matched = 0;
    whole.iter().any(|word| {
        while matched > 0 && !part[matched].same(*word) {
            matched = back[matched - 1];
        }
        matched += usize::from(part.get(matched).is_some_and(|next| next.same(*word)));
        matched == part.len()
    })
}

#[cfg(test)]
mod tests {
    use super::super::index::{Match, NearIndex};
    use super::super::words::Reducer;
    use super::*;
    use crate::config::{Contained, NearProfile};

    fn reduce(text: &str) -> Vec<Word> {
        let mut words = Vec::new();
        Reducer::default().reduce(text, &mut words);
        words
    }

    #[test]
    fn a_run_of_words_is_found_where_it_stands() {
        let holds = |whole, part| holds(&reduce(whole), &reduce(part));
        assert!(holds("a b a b a c d", "a b a c"));
        assert!(holds("a b", "a b"));
        assert!(!holds("a b a b d", "a b c"));
        assert!(!holds("a b", "b a"));
    }

    #[test]
    fn every_long_enough_run_shares_an_anchor() {
        let text: Vec<String> = (0..200).map(|n| format!("w{}", n * n % 31)).collect();
        let mut all = Vec::new();
        anchors(&reduce(&text.join(" ")), &mut all);
        for from in 0..200 - LEAST {
            let mut some = Vec::new();
            anchors(&reduce(&text[from..from + LEAST].join(" ")), &mut some);
            assert!(!some.is_empty() && some.iter().all(|anchor| all.contains(anchor)), "{from}");
        }
    }

    #[test]
    fn what_contains_is_named_and_what_is_contained_goes_on_request() {
        let short = "the ship that sank in the harbour on Monday night was on its way to the north";
        let long = format!(
            "before that all had been quiet, said the mayor. {short}, he added, and then it rained for hours"
        );
        let texts = [short.to_string(), long.clone(), long.replace("mayor", "man") + " again and again"];
        for (texts, contained, expected) in [
            ([&texts[0], &texts[1]], Contained::Report, "Overlap { id: 1, with: 0, share: 0.5 }"),
            ([&texts[1], &texts[0]], Contained::Report, "Overlap { id: 1, with: 0, share: 0.5 }"),
            ([&texts[1], &texts[0]], Contained::Drop, "Same { of: 0, similarity: 0.5 }"),
            ([&texts[0], &texts[1]], Contained::Drop, "Overlap { id: 1, with: 0, share: 0.5 }"),
            ([&texts[1], &texts[0]], Contained::Off, "Kept(1)"),
        ] {
            for batch in [1, 2] {
                let mut index = NearIndex::new(&NearProfile { contained, ..NearProfile::default() });
                let found: Vec<Match> =
                    texts.chunks(batch).flat_map(|texts| index.judge(texts).unwrap()).collect();
                assert_eq!(format!("{:?}", found[1]), expected);
            }
        }
    }
}
