//! A sheet: some paragraphs of a batch, prepared for the search side by side in a few flat arrays.
use super::mix::{ROOT5, fold};
use super::order::Order;
use super::rules::{Paragraph, Rules};
use super::shingles::{self, Set, Sketch};
use super::words::{Digest, Reducer, Word};
use std::ops::Range;

/// Paragraphs, prepared.
#[derive(Default)]
pub(super) struct Sheet {
    pub(super) items: Vec<Item>,
    words: Vec<Word>,
    keys: Vec<u64>,
}

/// One paragraph of a sheet.
pub(super) struct Item {
    words: Range<usize>,
    keys: Range<usize>,
    digest: Digest,
    /// Distinct shingles; 0 if it has too few words to take part.
    size: usize,
    sketch: Sketch,
    /// A kept paragraph of earlier batches that is the same, word for word.
    pub(super) identical: Option<u32>,
    /// Kept paragraphs of earlier batches that are alike.
    pub(super) hits: super::search::Hits,
}

/// What one thread needs to fill sheets. Keeps its memory.
#[derive(Default)]
pub(super) struct Filler {
    reducer: Reducer,
    distinct: Vec<u64>,
    places: Vec<u64>,
}

/// Bytes of text for each of which there is room for a word at first, and words for a key: a few more than
/// most texts need.
const BYTES_OF_WORD: usize = 5;
const WORDS_OF_KEY: usize = 2;

impl Sheet {
    /// An empty sheet for so many paragraphs with so many bytes of text.
    pub(super) fn with_room(paragraphs: usize, bytes: usize) -> Sheet {
        let words = bytes / BYTES_OF_WORD;
        Sheet {
            items: Vec::with_capacity(paragraphs),
            words: Vec::with_capacity(words),
            keys: Vec::with_capacity(words / WORDS_OF_KEY),
        }
    }

    /// Adds a paragraph; leaves `set` filled with its shingles.
    pub(super) fn add(
        &mut self,
        text: &str,
        rules: &Rules,
        order: &Order,
        filler: &mut Filler,
        set: &mut Set,
    ) {
        let (words_from, keys_from) = (self.words.len(), self.keys.len());
        let digest = filler.reducer.reduce(text, &mut self.words);
        if digest.count < rules.min_words {
            self.words.truncate(words_from);
        }
        let words = &self.words[words_from..];
        let (size, sketch) = filler.keys(words, rules.numbers(&digest), rules, order, set, &mut self.keys);
        self.items.push(Item {
            words: words_from..self.words.len(),
            keys: keys_from..self.keys.len(),
            digest,
            size,
            sketch,
            identical: None,
            hits: Default::default(),
        });
    }

    /// A paragraph as the rule sees it; `None` if it takes no part.
    pub(super) fn paragraph(&self, item: &Item) -> Option<Paragraph<'_>> {
        let Item { digest, size, sketch, .. } = *item;
        (size > 0).then(|| Paragraph { words: &self.words[item.words.clone()], digest, size, sketch })
    }

    /// The keys a paragraph is found by.
    pub(super) fn keys(&self, item: &Item) -> &[u64] {
        &self.keys[item.keys.clone()]
    }
}

impl Filler {
    /// Adds the keys that a paragraph of these words is found by to `keys`: one for each shingle of its
    /// prefix, mixed with its numbers, so that paragraphs with other numbers never meet. Returns how many
    /// distinct shingles it has, and their sketch.
    pub(super) fn keys(
        &mut self,
        words: &[Word],
        numbers: u64,
        rules: &Rules,
        order: &Order,
        set: &mut Set,
        keys: &mut Vec<u64>,
    ) -> (usize, Sketch) {
        self.distinct.clear();
        if !words.is_empty() {
            set.fill(shingles::each(words, rules.shingle_words), |shingle| self.distinct.push(shingle));
        }
        let size = self.distinct.len();
        let prefix = rules.likeness.prefix(size);
        self.places.clear();
        self.places.extend(self.distinct.iter().map(|&shingle| order.place(shingle)));
        if prefix < size {
            self.places.select_nth_unstable(prefix);
        }
        keys.extend(self.places[..prefix].iter().map(|&place| fold(place ^ numbers, ROOT5)));
        (size, Sketch::of(&self.distinct))
    }
}
