//! The words that say what a text is about, each with a number of its own in the document.
use super::kinds::is_wordlike;
use super::numbers::Numbers;
use crate::model::is_unspaced;
pub(super) use crate::rules::BuildWordHasher;
use crate::rules::{hash, hash_within};
use std::ops::Range;
use std::sync::LazyLock;

/// Bytes of a word that says what a text is about.
const TOPIC_BYTES: usize = 4;

/// Words that hold sentences together: the most frequent ones of languages that write with blanks.
static FUNCTION_WORDS: LazyLock<Numbers> = LazyLock::new(|| {
    let mut words = Numbers::default();
    include_str!("features/function_words.txt").split_whitespace().for_each(|word| {
        words.of(hash(word));
    });
    words
});

/// The words of a document that say what it is about, numbered as they come. A word is told by 64 bits of hash.
#[derive(Default)]
pub(super) struct Topics {
    numbers: Numbers,
    /// The line in which each word was met last, so that a line has each word once.
    met: Vec<u32>,
    lines: u32,
}

impl Topics {
    /// Reads a folded line: appends the numbers of the words that say what it is about, each once, and returns how
    /// many function words it has.
    pub(super) fn read(&mut self, folded: &str, topic: &mut Vec<u32>) -> usize {
        let mut functional = 0;
        let function_words = &*FUNCTION_WORDS;
        self.lines += 1;
        each_word(folded, |word, is_topic| {
            functional += usize::from(function_words.get(word).is_some());
            if is_topic {
                let number = self.numbers.of(word);
                if number as usize == self.met.len() {
                    self.met.push(0);
                }
                if std::mem::replace(&mut self.met[number as usize], self.lines) != self.lines {
                    topic.push(number);
                }
            }
        });
        functional
    }

    /// The words that say what a folded text is about, as far as the lines read so far have them: a place for
    /// each number.
    pub(super) fn among(&self, folded: &str) -> Vec<bool> {
        let mut known = vec![false; self.len()];
        each_word(folded, |word, is_topic| {
            if is_topic && let Some(number) = self.numbers.get(word) {
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
#[inline]
fn each_word(folded: &str, mut found: impl FnMut(u64, bool)) {
    let bytes = folded.as_bytes();
    let mut word = |range: Range<usize>| {
        if range.is_empty() {
            return;
        }
        if bytes[range.start] >= FIRST_UNSPACED_BYTE && folded[range.clone()].starts_with(is_unspaced) {
            let chars = folded[range.clone()].char_indices();
            chars.for_each(|(at, c)| {
                let start = range.start + at;
                found(hash_within(bytes, start, start + c.len_utf8()), true);
            });
            found(hash_within(bytes, range.start, range.end), false);
        } else {
            found(hash_within(bytes, range.start, range.end), range.len() >= TOPIC_BYTES);
        }
    };
    let (mut start, mut at) = (0, 0);
    while let Some(&byte) = bytes.get(at) {
        if ASCII_WORDLIKE[usize::from(byte)] {
            at += 1;
            continue;
        }
        let other = if byte.is_ascii() { None } else { folded[at..].chars().next() };
        let length = other.map_or(1, char::len_utf8);
        if !other.is_some_and(is_wordlike) {
            word(start..at);
            start = at + length;
        }
        at += length;
    }
    word(start..at);
}

/// Letters and digits of ASCII.
static ASCII_WORDLIKE: [bool; 256] = {
    let (mut wordlike, mut byte) = ([false; 256], 0);
    while byte < 0x80 {
        wordlike[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    wordlike
};

/// The first byte of the characters of [`is_unspaced`], at least.
const FIRST_UNSPACED_BYTE: u8 = 0xE0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longer_words_are_the_topic_and_each_is_met_once() {
        let mut topics = Topics::default();
        let mut read = |text| {
            let mut topic = Vec::new();
            let functional = topics.read(text, &mut topic);
            (topic, functional)
        };
        assert_eq!(read("the harbour, the old harbour master of it"), (vec![0, 1], 4));
        assert_eq!(read("a master"), (vec![1], 1));
        assert_eq!(read("港の港").0.len(), 2);
        assert_eq!(topics.among("harbour of the north")[..2], [true, false]);
    }
}
