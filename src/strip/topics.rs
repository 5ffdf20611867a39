//! The words that say what a text is about, each with a number of its own in the document.
use super::tally::is_wordlike;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hash, Hasher};
use std::ops::Range;
use std::sync::LazyLock;

/// Bytes of a word that says what a text is about.
const TOPIC_BYTES: usize = 4;

/// An odd number without pattern: the golden ratio's fraction, in 64 bits (D. Knuth, "The Art of Computer
/// Programming", volume 3, 6.4).
const MIX: u64 = 0x9E37_79B9_7F4A_7C15;

/// A hasher for words: the halves of a product, folded together, for every eight bytes.
#[derive(Default)]
pub(super) struct WordHasher(u64);

impl Hasher for WordHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        let (whole, rest) = bytes.as_chunks::<8>();
        for &chunk in whole {
            self.write_u64(u64::from_le_bytes(chunk));
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        self.write_u64(u64::from_le_bytes(last) ^ (bytes.len() as u64) << 56);
    }

    fn write_u8(&mut self, byte: u8) {
        self.write_u64(u64::from(byte));
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        let product = u128::from(self.0 ^ number ^ MIX) * u128::from(MIX);
        self.0 = product as u64 ^ (product >> 64) as u64;
    }
}

/// Maps and sets by [`WordHasher`].
pub(super) type BuildWordHasher = BuildHasherDefault<WordHasher>;

/// Words that hold sentences together: the most frequent ones of languages that write with blanks, hashed.
static FUNCTION_WORDS: LazyLock<HashSet<u64, BuildWordHasher>> =
    LazyLock::new(|| include_str!("features/function_words.txt").split_whitespace().map(hash).collect());

/// The words of a document that say what it is about, numbered as they come. A word is told by 64 bits of hash.
#[derive(Default)]
pub(super) struct Topics {
    numbers: HashMap<u64, u32, BuildWordHasher>,
    /// The line in which each word was met last, so that a line has each word once.
    met: Vec<u32>,
    lines: u32,
}

impl Topics {
    /// Reads a folded line: the numbers of the words that say what it is about, each once, and how many function
    /// words it has.
    pub(super) fn read(&mut self, folded: &str) -> (Vec<u32>, usize) {
        let (mut topic, mut functional) = (Vec::new(), 0);
        self.lines += 1;
        each_word(folded, |word, is_topic| {
            functional += usize::from(FUNCTION_WORDS.contains(&word));
            if is_topic {
                let next = self.met.len() as u32;
                let number = *self.numbers.entry(word).or_insert(next);
                if number == next {
                    self.met.push(0);
                }
                if std::mem::replace(&mut self.met[number as usize], self.lines) != self.lines {
                    topic.push(number);
                }
            }
        });
        (topic, functional)
    }

    /// The words that say what a folded text is about, as far as the lines read so far have them: a place for
    /// each number.
    pub(super) fn among(&self, folded: &str) -> Vec<bool> {
        let mut known = vec![false; self.len()];
        each_word(folded, |word, is_topic| {
            if is_topic && let Some(&number) = self.numbers.get(&word) {
                known[number as usize] = true;
            }
        });
        known
    }

    /// Words with a number.
    pub(super) fn len(&self) -> usize {
        self.met.len()
    }
}

/// The words of a folded text, hashed, and whether each says what the text is about: the longer ones do; in a
/// script without blanks, each character does.
fn each_word(folded: &str, mut found: impl FnMut(u64, bool)) {
    let mut start = 0;
    let mut word = |range: Range<usize>| {
        let word = &folded[range];
        if word.starts_with(is_unspaced) {
            word.chars().for_each(|c| found(hash(c), true));
            found(hash(word), false);
        } else if !word.is_empty() {
            found(hash(word), word.len() >= TOPIC_BYTES);
        }
    };
    for (at, c) in folded.char_indices().filter(|&(_, c)| !is_wordlike(c)) {
        word(start..at);
        start = at + c.len_utf8();
    }
    word(start..folded.len());
}

fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0E7F}' | '\u{3040}'..='\u{9FFF}')
}

fn hash(word: impl Hash) -> u64 {
    let mut hasher = WordHasher::default();
    word.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longer_words_are_the_topic_and_each_is_met_once() {
        let mut topics = Topics::default();
        assert_eq!(topics.read("the harbour, the old harbour master of it"), (vec![0, 1], 4));
        assert_eq!(topics.read("a master"), (vec![1], 1));
        assert_eq!(topics.among("harbour of the north"), [true, false]);
        assert_eq!(topics.read("港の港").0.len(), 2);
    }

    #[test]
    fn words_have_hashes_of_their_own() {
        let words = ["", "a", "b", "ab", "ba", "harbour", "harbours", "harbour master", "港", "橋"];
        let hashes: HashSet<u64> = words.iter().map(hash).collect();
        assert_eq!(hashes.len(), words.len());
    }
}
