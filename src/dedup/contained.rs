//! Containment: a paragraph that stands, word for word, inside a longer one.
//!
//! Each kept paragraph is filed under its anchors: of every few runs of words in a row the one with the least
//! hash (winnowing; Schleimer, Wilkerson and Aiken 2003). Two paragraphs that share a long enough run share an
//! anchor, so what is found is all there is, but for runs that many paragraphs share: only the first of these
//! are filed, and this is a note for readers, not a reason to drop anything.
use super::arena::Arena;
use super::index::Kept;
use super::postings::Postings;
use super::search::Seeker;
use super::shingles;
use super::words::Word;
use std::io;

/// Words of an anchor.
const ANCHOR: usize = 8;
/// Runs of which one is an anchor.
const WINDOW: usize = 9;
/// Words below which a paragraph is not looked for inside others: the shortest that surely has an anchor.
pub(super) const LEAST: usize = ANCHOR + WINDOW - 1;
/// Paragraphs filed under one anchor, at most.
const FILED: usize = 16;

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
        Containment { anchors: Postings::new() }
    }

    /// From what was stored.
    pub(super) fn of(anchors: Postings) -> Containment {
        Containment { anchors }
    }

    /// What is to be stored.
    pub(super) fn postings(&self) -> &Postings {
        &self.anchors
    }

    /// Bytes of memory it holds.
    pub(super) fn bytes(&self) -> usize {
        self.anchors.bytes()
    }

    /// The first kept paragraph that contains a paragraph of these words, or else the first that stands in it.
    /// Leaves the paragraph's anchors in `seeker`.
    pub(super) fn search(
        &self,
        words: &[Word],
        arena: &Arena,
        kept: &[Kept],
        seeker: &mut Seeker,
    ) -> io::Result<Option<Overlap>> {
        seeker.anchors.clear();
        if words.len() >= LEAST {
            anchors(words, &mut seeker.anchors);
        }
        seeker.ids.clear();
        self.anchors.find_all(&seeker.anchors, &mut seeker.ids);
        seeker.count_candidates();
        let mut around = None;
        for &(id, _) in &seeker.candidates {
            arena.words(kept[id as usize].place, &mut seeker.words, &mut seeker.buffer)?;
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

    /// Files a kept paragraph under the anchors that [`search`](Self::search) left.
    pub(super) fn add(&mut self, id: u32, seeker: &Seeker) {
        for &anchor in &seeker.anchors {
            self.anchors.put_among_first(anchor, id, FILED);
        }
    }
}

/// The least of every [`WINDOW`] runs in a row, each once.
fn anchors(words: &[Word], anchors: &mut Vec<u64>) {
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
fn holds(whole: &[Word], part: &[Word]) -> bool {
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
