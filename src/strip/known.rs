//! What the text of a line tells, whatever stands around it: read once, and remembered from look to look.
use super::captions;
use super::tally::Tally;
use super::topics::Topics;
pub(super) use crate::model::ends_like_a_sentence;
use crate::model::{Document, Kind};
use crate::rules::{Category, FOLDED_GROWTH, Found, FoundPart, Proof, RuleSet, fold_onto, hash};
use std::ops::Range;

/// Bytes of text to a word that says what it is about, in most languages.
const BYTES_PER_TOPIC_WORD: usize = 10;

/// What the text of a line tells.
#[derive(Debug)]
pub(super) struct Known {
    /// Whether it ends like a sentence.
    pub(super) ends: bool,
    /// Whether it says who stands where in a picture.
    pub(super) points: bool,
    /// The counts of its characters.
    pub(super) tally: Tally,
    /// Words that only hold it together.
    pub(super) functional: u32,
    /// The folded text, hashed, and its first two words.
    pub(super) key: u64,
    pub(super) start: u64,
    /// What the rules that fit it find, and how much their words prove: a bit each.
    categories: u32,
    proofs: u8,
    /// Where the rest stands in the memory.
    folded: Range<u32>,
    topic: Range<u32>,
    found: Range<u32>,
    parts: Range<u32>,
}

impl Known {
    /// Its words; in scripts without blanks, what would be words elsewhere.
    pub(super) fn words(&self) -> usize {
        self.tally.words as usize
    }

    /// Whether a rule of this category fits it, however weak its proof.
    pub(super) fn is(&self, category: Category) -> bool {
        self.categories & 1 << category as u32 != 0
    }

    /// Whether any rule fits it whose proof is at least a hint.
    pub(super) fn is_suspect(&self) -> bool {
        !self.found.is_empty()
    }

    /// Whether a rule of this proof fits it.
    pub(super) fn has(&self, proof: Proof) -> bool {
        self.proofs & 1 << proof as u8 != 0
    }
}

/// What is known of a document's text from one look at its lines to the next. What lines hold in numbers stands
/// in a few long lists, which cost less than many short ones.
#[derive(Default)]
pub(super) struct Memory {
    /// The words that the lines are about.
    pub(super) topics: Topics,
    lines: Vec<Known>,
    /// The place of each block among them, from 1; 0 for a block that is not read yet.
    of_block: Vec<u32>,
    folded: String,
    topic: Vec<u32>,
    found: Vec<Found>,
    parts: Vec<FoundPart>,
}

impl Memory {
    /// Reads the open blocks that it does not know yet.
    pub(super) fn read(&mut self, document: &Document, rules: &RuleSet) {
        // The topic of a page's lines is only asked for where its headline must be guessed.
        let of_topics = document.kind == Kind::Text || document.fields.title.is_none();
        if self.of_block.is_empty() {
            self.of_block.resize(document.blocks.len(), 0);
            self.lines.reserve(document.blocks.iter().filter(|block| block.is_open()).count());
            self.folded.reserve(document.blocks.iter().map(|block| block.text().len()).sum());
            self.topic.reserve(if of_topics { self.folded.capacity() / BYTES_PER_TOPIC_WORD } else { 0 });
        }
        for (n, block) in document.blocks.iter().enumerate() {
            if self.of_block[n] == 0 && block.is_open() {
                let text = block.body();
                if !text.is_empty() && self.has_room_for(&text) {
                    let known = self.known(&text, rules, of_topics);
                    self.lines.push(known);
                    self.of_block[n] = self.lines.len() as u32;
                }
            }
        }
    }

    /// Whether places in the memory can be told in 32 bits after this text too. What has no room is not judged.
    fn has_room_for(&self, text: &str) -> bool {
        self.folded.len() + FOLDED_GROWTH * text.len() <= u32::MAX as usize
    }

    fn known(&mut self, text: &str, rules: &RuleSet, of_topics: bool) -> Known {
        let tally = Tally::of(text);
        let words = tally.words as usize;
        let place = fold_onto(text, &mut self.folded);
        let folded = &self.folded[place.clone()];
        let topic = self.topic.len() as u32;
        let functional = if of_topics { self.topics.read(folded, &mut self.topic) } else { 0 };
        let (found, parts) = (self.found.len() as u32, self.parts.len() as u32);
        self.found.extend(rules.find(text, folded, words));
        self.parts.extend(rules.find_parts(text, folded, words));
        let hits = || self.found[found as usize..].iter().map(|found| rules.rule(found));
        Known {
            ends: ends_like_a_sentence(text),
            points: of_topics && captions::points(text, &tally),
            tally,
            functional: functional as u32,
            key: hash(folded),
            start: hash(first_words(folded)),
            categories: hits().fold(0, |bits, rule| bits | 1 << rule.category as u32),
            proofs: hits().fold(0, |bits, rule| bits | 1 << rule.proof as u8),
            folded: place.start as u32..place.end as u32,
            topic: topic..self.topic.len() as u32,
            found: found..self.found.len() as u32,
            parts: parts..self.parts.len() as u32,
        }
    }

    /// Lines that were read.
    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    /// What is known of a block; nothing if it was not read.
    pub(super) fn block(&self, block: usize) -> Option<&Known> {
        let place = self.of_block[block].checked_sub(1)?;
        self.lines.get(place as usize)
    }

    /// Forgets what was known of a block whose text is another now.
    pub(super) fn forget(&mut self, block: usize) {
        self.of_block[block] = 0;
    }

    /// A line's text, folded for comparing.
    pub(super) fn folded(&self, known: &Known) -> &str {
        &self.folded[known.folded.start as usize..known.folded.end as usize]
    }

    /// The words that say what a line is about, by their numbers in the document, each once.
    pub(super) fn topic(&self, known: &Known) -> &[u32] {
        &self.topic[known.topic.start as usize..known.topic.end as usize]
    }

    /// The rules that fit a line.
    pub(super) fn found(&self, known: &Known) -> &[Found] {
        &self.found[known.found.start as usize..known.found.end as usize]
    }

    /// The rules that fit a part of it.
    pub(super) fn parts(&self, known: &Known) -> &[FoundPart] {
        &self.parts[known.parts.start as usize..known.parts.end as usize]
    }
}

/// The first two words.
fn first_words(folded: &str) -> &str {
    let mut blanks = folded.bytes().enumerate().filter(|&(_, byte)| byte == b' ');
    &folded[..blanks.nth(1).map_or(folded.len(), |(at, _)| at)]
}

/// Words of a text. In scripts without blanks, characters count by the length of a word.
pub(super) fn words(text: &str) -> usize {
    Tally::of(text).words as usize
}
