//! The rule: when two paragraphs say the same. One place, used by the search and by its test.
use super::measure::{Likeness, Share};
use super::shingles::{self, Set, Sketch};
use super::words::{Digest, Word, numbers};
use super::{aligned, names, negation};
use crate::config::{Contained, NearProfile};

/// When two paragraphs say the same.
#[derive(Debug, Clone)]
pub(super) struct Rules {
    pub(super) likeness: Likeness,
    pub(super) shingle_words: usize,
    pub(super) min_words: usize,
    pub(super) number_guard: bool,
    pub(super) name_guard: bool,
    pub(super) contained: Contained,
}

/// How two paragraphs that are alike stand to each other.
#[derive(Debug, Clone, Copy)]
pub(super) enum Meeting {
    /// They say the same, and are so much alike.
    Same(Share),
    /// They are alike, but speak of other names, or one denies what the other affirms.
    OtherNames,
}

/// A paragraph, as the rule sees it.
#[derive(Clone, Copy)]
pub(super) struct Paragraph<'a> {
    pub(super) words: &'a [Word],
    pub(super) digest: Digest,
    /// Distinct shingles.
    pub(super) size: usize,
    pub(super) sketch: Sketch,
}

impl Rules {
    /// The rule of a profile.
    pub(super) fn new(profile: &NearProfile) -> Rules {
        Rules {
            likeness: Likeness::new(profile),
            shingle_words: profile.words,
            min_words: profile.min_words,
            number_guard: profile.number_guard,
            name_guard: profile.name_guard,
            contained: profile.contained,
        }
    }

    /// The numbers that must agree, as a hash; always the same where numbers do not matter.
    pub(super) fn numbers(&self, digest: &Digest) -> u64 {
        if self.number_guard { digest.numbers } else { 0 }
    }

    /// Whether sets of these sizes and sketches, which share so many keys, can be alike at all.
    pub(super) fn may_meet(&self, ours: (usize, Sketch), theirs: (usize, Sketch), keys: usize) -> bool {
        self.sizes_may_meet(ours.0, theirs.0, keys) && self.sketches_may_meet(ours, theirs)
    }

    /// The first half of [`may_meet`](Self::may_meet), for which sizes are enough.
    #[inline]
    pub(super) fn sizes_may_meet(&self, a: usize, b: usize, keys: usize) -> bool {
        self.likeness.sizes_fit(a, b) && keys >= self.likeness.meetings(a, b)
    }

    /// The second half of it.
    #[inline]
    pub(super) fn sketches_may_meet(&self, (a, of_a): (usize, Sketch), (b, of_b): (usize, Sketch)) -> bool {
        of_a.most_shared(of_b, a, b) >= self.likeness.needed(a, b)
    }

    /// Compares a paragraph, whose shingles are in `set`, with the words of an earlier one, which has `size`
    /// distinct shingles. `None`: they are not alike.
    pub(super) fn meet(
        &self,
        (paragraph, set): (&Paragraph<'_>, &mut Set),
        earlier: &[Word],
        size: usize,
    ) -> Option<Meeting> {
        let needed = self.likeness.needed(paragraph.size, size);
        let shared = set.shared(shingles::each(earlier, self.shingle_words), needed)?;
        if self.number_guard && numbers(earlier) != paragraph.digest.numbers {
            return None;
        }
        let says_other = |a: &[Word], b: &[Word]| names::are_other_names(a, b) || negation::one_denies(a, b);
        if self.name_guard && aligned::differ(earlier, paragraph.words, says_other) {
            return Some(Meeting::OtherNames);
        }
        Some(Meeting::Same(self.likeness.share(shared, paragraph.size, size)))
    }
}
