//! A text reduced to its words: what two paragraphs are compared by.
//!
//! Apostrophes and characters without width vanish, compatibility forms become plain ones (NFKC), case is
//! folded, and whatever else is no letter or digit parts words. Numbers are left as they are. In scripts
//! without spaces each character is a word.
use super::characters::{Kind, fold_case, is_capital, is_gone, is_letter, is_solo, kind, spell_out};
use super::mix::{PHI, ROOT2, ROOT3, ROOT5, ROOT7, fold};
use super::names::spelling;
use unicode_normalization::UnicodeNormalization;

/// One word, by its hash; two words are the same if [`Word::same`] says so.
///
/// Bits 0 to 31 are the hash, bits 32 to 47 say what kind of word it is. This is also how a word is stored,
/// in [`Word::BYTES`] bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word(u64);

const HASH_BITS: u32 = 32;
const CAPITAL: u64 = 0x8000 << HASH_BITS;
const NUMBER: u64 = 0x4000 << HASH_BITS;
/// What else is kept: of a capitalised word its spelling, of a number more bits of its hash, since a guard
/// stands on every number.
const REST: u64 = 0x3fff;

impl Word {
    /// Bytes of a stored word.
    pub(super) const BYTES: usize = 6;

    fn new(hash: u64, text: &[u8], capital: bool) -> Word {
        let kind = match text.first() {
            Some(b'0'..=b'9') => NUMBER | (hash & REST) << HASH_BITS,
            _ if capital => CAPITAL | (spelling(text) & REST) << HASH_BITS,
            _ => 0,
        };
        Word(hash >> HASH_BITS | kind)
    }

    /// What it is the same by: 32 bits of hash.
    pub(super) fn hash(self) -> u64 {
        self.0 & ((1 << HASH_BITS) - 1)
    }

    /// Whether it is the same word, whatever its case.
    pub(super) fn same(self, other: Word) -> bool {
        self.hash() == other.hash()
    }

    /// Whether it begins with a digit.
    pub(super) fn is_number(self) -> bool {
        self.0 & (NUMBER | CAPITAL) == NUMBER
    }

    /// Whether it was written with a capital.
    pub(super) fn is_capital(self) -> bool {
        self.0 & CAPITAL != 0
    }

    /// Of capitalised words: whether the two may be spellings of one name.
    pub(super) fn is_spelled_like(self, other: Word) -> bool {
        self.0 >> HASH_BITS == other.0 >> HASH_BITS
    }

    /// As stored.
    pub(super) fn to_bytes(self) -> [u8; Word::BYTES] {
        let [a, b, c, d, e, f, ..] = self.0.to_le_bytes();
        [a, b, c, d, e, f]
    }

    /// From what was stored.
    pub(super) fn from_bytes(bytes: [u8; Word::BYTES]) -> Word {
        let [a, b, c, d, e, f] = bytes;
        Word(u64::from_le_bytes([a, b, c, d, e, f, 0, 0]))
    }
}

/// The words of a text, summed up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Digest {
    /// Words in the text.
    pub(super) count: usize,
    /// 128 bits over all words in order: texts with the same key are the same text.
    pub(super) key: u128,
    /// 64 bits over the words that begin with a digit, in order; 0 where there are none.
    pub(super) numbers: u64,
}

/// Adds a number to the hash of those before it; the hash of some numbers is never 0.
fn with_number(numbers: u64, word: Word) -> u64 {
    fold(numbers ^ word.0, ROOT7) | 1
}

/// The hash over the numbers among some words, as in [`Digest::numbers`].
pub(super) fn numbers(words: &[Word]) -> u64 {
    words.iter().filter(|word| word.is_number()).fold(0, |numbers, &word| with_number(numbers, word))
}

/// Reduces texts to words. Keeps its buffer from text to text.
#[derive(Default)]
pub(super) struct Reducer {
    buffer: Vec<u8>,
}

/// Stands before a word of the buffer whose capital is folded away already. No letter has this byte.
const CAPITALISED: u8 = 1;

/// Bytes read at once when a word is hashed; the buffer has as many to spare behind its end.
const STEP: usize = 8;

/// A character of ASCII as it goes into the buffer: letters and digits as they are, 0 for what vanishes.
#[inline]
fn ascii(byte: u8) -> u8 {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => byte,
        b'\'' | b'`' => 0,
        _ => b' ',
    }
}

impl Reducer {
    /// Adds the words of a text to `words` and sums them up.
    pub(super) fn reduce(&mut self, text: &str, words: &mut Vec<Word>) -> Digest {
        self.buffer.clear();
        self.buffer.reserve(text.len() + 2 * STEP);
        if !self.write(text) {
            self.buffer.clear();
            text.split_inclusive(' ').for_each(|piece| self.write_piece(piece));
        }
        let end = self.buffer.len();
        self.buffer.extend([b' '; STEP + 1]);
        self.split(end, words)
    }

    /// Writes a text's words into the buffer, parted by blanks; false if it must be composed first.
    fn write(&mut self, text: &str) -> bool {
        let mut rest = text;
        while let Some(first) = rest.as_bytes().first() {
            if first.is_ascii() {
                let (run, after) = rest.split_at(ascii_run(rest.as_bytes()));
                self.write_ascii(run.as_bytes());
                rest = after;
            } else {
                let mut chars = rest.chars();
                if chars.next().is_some_and(|c| !self.write_char(c)) {
                    return false;
                }
                rest = chars.as_str();
            }
        }
        true
    }

    fn write_ascii(&mut self, run: &[u8]) {
        let start = self.buffer.len();
        self.buffer.extend(run.iter().map(|&byte| ascii(byte)));
        if self.buffer[start..].contains(&0) {
            let mut at = 0;
            self.buffer.retain(|&byte| {
                at += 1;
                at <= start || byte != 0
            });
        }
    }

    fn write_char(&mut self, c: char) -> bool {
        match kind(c) {
            Kind::Blank => self.buffer.push(b' '),
            Kind::Gone => {}
            Kind::Letter(letter, capital) => self.put_letter(letter, capital),
            Kind::Solo(c) => self.put_solo(c),
            Kind::Several => {
                let mut folded = Vec::new();
                spell_out(c, &mut folded);
                folded.into_iter().for_each(|letter| self.put(letter, is_capital(c)));
            }
            Kind::Combining => return false,
        }
        true
    }

    /// Writes a part of a text with combining marks. None of these combines with what is on the other side of a blank.
    #[cold]
    fn write_piece(&mut self, piece: &str) {
        let start = self.buffer.len();
        if !self.write(piece) {
            self.buffer.truncate(start);
            self.write_composed(piece);
        }
    }

    /// The slow way: all is composed before it is read.
    fn write_composed(&mut self, text: &str) {
        for c in text.chars().filter(|&c| !is_gone(c)).nfkc() {
            // What is composed stands for itself.
            fold_case(c, |letter| self.put(letter, c.is_uppercase()));
        }
    }

    fn put(&mut self, c: char, capital: bool) {
        if is_gone(c) {
        } else if is_solo(c) {
            self.put_solo(c);
        } else if is_letter(c) {
            self.put_letter(c, capital);
        } else {
            self.buffer.push(b' ');
        }
    }

    fn put_letter(&mut self, letter: char, capital: bool) {
        if capital && self.buffer.last().is_none_or(|&before| before == b' ') {
            self.buffer.push(CAPITALISED);
        }
        self.buffer.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
    }

    fn put_solo(&mut self, c: char) {
        self.buffer.push(b' ');
        self.buffer.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        self.buffer.push(b' ');
    }

    /// Hashes the words of the buffer, which end before `end`.
    fn split(&self, end: usize, words: &mut Vec<Word>) -> Digest {
        let mut digest = Digest::default();
        let (mut low, mut high) = (PHI, ROOT2);
        let mut start = 0;
        while start < end {
            if self.buffer[start] == b' ' {
                start += 1;
                continue;
            }
            let marked = self.buffer[start] == CAPITALISED;
            let from = start + usize::from(marked);
            let to = word_end(&self.buffer, from);
            let hash = hash(&self.buffer, from, to);
            let capital = marked || self.buffer[from].is_ascii_uppercase();
            let word = Word::new(hash, &self.buffer[from..to], capital);
            words.push(word);
            digest.count += 1;
            low = fold(low ^ hash, ROOT3);
            high = (high.rotate_left(5) ^ hash).wrapping_mul(ROOT5);
            if word.is_number() {
                digest.numbers = with_number(digest.numbers, word);
            }
            start = to + 1;
        }
        digest.key = u128::from(fold(low, PHI)) << 64 | u128::from(fold(high ^ low, ROOT2));
        digest
    }
}

/// How many bytes of ASCII come first.
fn ascii_run(bytes: &[u8]) -> usize {
    let (chunks, _) = bytes.as_chunks::<STEP>();
    let whole = chunks.iter().take_while(|chunk| chunk.is_ascii()).count() * STEP;
    whole + bytes[whole..].iter().take_while(|byte| byte.is_ascii()).count()
}

/// Where a word ends: at the next blank. There are [`STEP`] of these behind the last word.
#[inline]
fn word_end(buffer: &[u8], from: usize) -> usize {
    const ONES: u64 = u64::MAX / 0xff;
    let mut at = from;
    while at < buffer.len() {
        let other = load(buffer, at) ^ (ONES * b' ' as u64);
        // The first bit that is set is that of the first byte that is 0.
        let zeros = other.wrapping_sub(ONES) & !other & (ONES << 7);
        if zeros != 0 {
            return at + (zeros.trailing_zeros() / u8::BITS) as usize;
        }
        at += STEP;
    }
    buffer.len()
}

/// The hash of a word; ASCII letters are taken as lower case. Reads up to [`STEP`] bytes past the word.
#[inline]
fn hash(buffer: &[u8], from: usize, to: usize) -> u64 {
    let mut hash = PHI ^ ((to - from) as u64).wrapping_mul(ROOT7);
    let mut at = from;
    while to - at > STEP {
        hash = fold(hash ^ lower(load(buffer, at)), ROOT3);
        at += STEP;
    }
    let mask = u64::MAX >> (8 * (STEP - (to - at)));
    fold(fold(hash ^ (lower(load(buffer, at)) & mask), ROOT5), PHI)
}

#[inline]
fn load(buffer: &[u8], at: usize) -> u64 {
    buffer.get(at..at + STEP).and_then(|bytes| bytes.try_into().ok()).map_or(0, u64::from_le_bytes)
}

/// Bit 5 set in every ASCII byte: capitals become small letters, small letters and digits stay.
#[inline]
fn lower(bytes: u64) -> u64 {
    const TOP_BITS: u64 = 0x8080_8080_8080_8080;
    bytes | (!bytes & TOP_BITS) >> 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reduce(text: &str) -> (Vec<Word>, Digest) {
        let mut words = Vec::new();
        let digest = Reducer::default().reduce(text, &mut words);
        (words, digest)
    }

    fn key(text: &str) -> u128 {
        reduce(text).1.key
    }

    #[test]
    fn dress_makes_no_difference() {
        let plain = "it was Zelenskys idea said the Cafe owner at 10 30";
        for dressed in [
            "“It was Zelensky’s idea”, said the CAFE owner at 10:30.",
            "It\u{a0}was  Zelensky's \u{200b}idea — said the ｃａｆｅ owner (at 10.30)",
        ] {
            assert_eq!(key(dressed), key(plain), "{dressed}");
        }
        assert_eq!(key("ÉCOLE Straße"), key("e\u{301}cole STRASSE"));
        assert_ne!(key("one two"), key("two one"));
        assert_ne!(key("one two"), key("onetwo"));
    }

    #[test]
    fn numbers_and_capitals_are_known() {
        let (words, digest) = reduce("On 16 May Émile met 1,000 men");
        let numbers: Vec<bool> = words.iter().map(|word| word.is_number()).collect();
        let capitals: Vec<bool> = words.iter().map(|word| word.is_capital()).collect();
        assert_eq!(numbers, [false, true, false, false, false, true, true, false]);
        assert_eq!(capitals, [true, false, true, true, false, false, false, false]);
        assert_ne!(digest.numbers, reduce("On 17 May Émile met 1,000 men").1.numbers);
        assert_eq!(reduce("none").1.numbers, 0);
    }

    #[test]
    fn characters_of_scripts_without_spaces_are_words() {
        assert_eq!(reduce("5月の東京、ガ").1.count, 6);
        assert_eq!(key("ｶﾞ"), key("ガ"));
    }

    #[test]
    fn stored_words_come_back() {
        for word in reduce("On 16 May Émile met 1,000 men").0 {
            assert_eq!(Word::from_bytes(word.to_bytes()), word);
        }
    }

    #[test]
    fn what_is_composed_in_parts_is_composed() {
        let texts = [
            "Die Mu\u{308}ller, 'A\u{308}rzte' \u{308}und A\u{30a} hie\u{df}en so",
            "สวัสดีครับ ทำไม",
            "हिन्दी में लिखा \u{93c}क",
            "a\u{200b}\u{301}b c\u{338} =\u{338} \u{338}x",
            "שָׁלוֹם עוֹלָם مَرْحَبًا 각 \u{1100}\u{1161}\u{11a8}",
        ];
        for text in texts {
            let (mut whole, mut words) = (Reducer::default(), Vec::new());
            whole.write_composed(text);
            let end = whole.buffer.len();
            whole.buffer.extend([b' '; STEP + 1]);
            let digest = whole.split(end, &mut words);
            assert_eq!(reduce(text), (words, digest), "{text}");
        }
    }
}
