//! The shape of a page's block, taken in one pass over its text.
use crate::model::{Block, BlockKind};
use crate::strip::known::ends_like_a_sentence;
use crate::strip::tally::UNSPACED_CHARS_PER_WORD;
use crate::strip::topics::BuildWordHasher;
use std::collections::HashSet;

/// Words of running text that make a block more than a label, where few of them are links.
const GOOD_WORDS: f32 = 12.0;

/// Share of a block in links above which it is no running text.
const GOOD_LINKS: f32 = 0.35;

/// Hashed words, or runs of them.
pub(super) type Hashes = HashSet<u64, BuildWordHasher>;

/// Numbers to compare the words of a text by: the title's words, runs of three words of the claimed body.
#[derive(Default)]
pub(super) struct Known {
    /// Words of the title, hashed.
    pub(super) title: Hashes,
    /// Runs of three words of the page's description of itself, hashed.
    pub(super) description: Hashes,
    /// Runs of three words of the article's text as the page claims it, hashed.
    pub(super) body: Hashes,
}

/// What one pass over a block's text tells.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    /// Letters and all other characters that are not blank.
    pub(super) chars: f32,
    /// Words; in scripts without blanks, what would be words elsewhere.
    pub(super) words: f32,
    /// Share of the text inside links.
    pub(super) link_share: f32,
    /// Marks of punctuation a word.
    pub(super) marks: f32,
    /// Commas.
    pub(super) commas: f32,
    /// Ends like a sentence.
    pub(super) ends: bool,
    /// Share of capitals and of digits.
    pub(super) upper: f32,
    pub(super) digits: f32,
    /// Share of words that begin with a capital.
    pub(super) capitals: f32,
    /// Share of letters of scripts without blanks.
    pub(super) unspaced: f32,
    /// Share of the title's words that stand in it, and of its words that stand in the title.
    pub(super) title: (f32, f32),
    /// Share of its runs of three words that stand in the description, in the claimed body.
    pub(super) description: f32,
    pub(super) body: f32,
    /// Its words, hashed together: the same for blocks that say the same.
    pub(super) key: u64,
    /// Its kind.
    pub(super) kind: BlockKind,
}

/// Multiplier of a 64-bit FNV-1a hash (G. Fowler, L. C. Noll, K.-P. Vo).
const PRIME: u64 = 0x0100_0000_01b3;
/// Its start.
const BASIS: u64 = 0xcbf2_9ce4_8422_2325;

/// A hash of bytes.
pub(super) fn hash(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(BASIS, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME))
}

/// The words of a text, hashed without regard to case, in order. Each letter of a script without blanks is a word.
pub(super) fn hashed_words(text: &str, mut word: impl FnMut(u64)) {
    let mut hash = BASIS;
    let mut open = false;
    for c in text.chars() {
        if c.is_ascii() {
            if c.is_ascii_alphanumeric() {
                hash = (hash ^ u64::from(c.to_ascii_lowercase() as u32)).wrapping_mul(PRIME);
                open = true;
                continue;
            }
        } else if is_unspaced(c) {
            if open {
                word(hash);
            }
            word((BASIS ^ u64::from(c as u32)).wrapping_mul(PRIME));
            (hash, open) = (BASIS, false);
            continue;
        } else if is_small_letter(c) {
            hash = (hash ^ u64::from(c as u32)).wrapping_mul(PRIME);
            open = true;
            continue;
        } else if !is_mark(c) && c.is_alphanumeric() {
            for lower in c.to_lowercase() {
                hash = (hash ^ u64::from(lower as u32)).wrapping_mul(PRIME);
            }
            open = true;
            continue;
        }
        if open {
            word(hash);
            (hash, open) = (BASIS, false);
        }
    }
    if open {
        word(hash);
    }
}

/// The runs of three words of a text, hashed.
pub(super) fn hashed_runs(text: &str, mut run: impl FnMut(u64)) {
    let (mut first, mut second) = (0, 0);
    let mut seen = 0;
    hashed_words(text, |word| {
        seen += 1;
        if seen >= 3 {
            run(run_of(first, second, word));
        }
        (first, second) = (second, word);
    });
}

/// The hash of three words in a row.
fn run_of(first: u64, second: u64, third: u64) -> u64 {
    joined(first, second).rotate_left(17) ^ third
}

/// The hash of two things together, given those of each.
pub(super) fn joined(first: u64, second: u64) -> u64 {
    (first.rotate_left(21) ^ second).wrapping_mul(PRIME)
}

/// Whether a character is one of the small letters that most texts beyond ASCII are made of: no need to look it up.
fn is_small_letter(c: char) -> bool {
    matches!(c, '\u{DF}'..='\u{F6}' | '\u{F8}'..='\u{FF}' | '\u{430}'..='\u{45F}')
}

/// Whether a character is a dash, a quote or another mark of general punctuation.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{205E}')
}

/// As [`is_unspaced`](crate::model::is_unspaced), but for marks and kana of the rarer blocks: the trees were fitted to
/// this.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0E7F}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}')
}

impl Shape {
    /// Reads a block.
    pub(super) fn new(block: &Block, known: &Known) -> Shape {
        let text = block.text();
        let n = if text.is_ascii() { Counts::of_ascii(text.as_bytes()) } else { Counts::of(text) };
        let (mut words, mut in_title, mut runs, mut in_description, mut in_body) =
            (0u32, 0u32, 0u32, 0u32, 0u32);
        let (mut first, mut second, mut key) = (0, 0, BASIS);
        hashed_words(text, |word| {
            words += 1;
            in_title += u32::from(known.title.contains(&word));
            key = (key ^ word).wrapping_mul(PRIME);
            if words >= 3 {
                let run = run_of(first, second, word);
                runs += 1;
                in_description += u32::from(known.description.contains(&run));
                in_body += u32::from(known.body.contains(&run));
            }
            (first, second) = (second, word);
        });
        let spaced = words as f32 - n.unspaced;
        let words_of = spaced.max(0.0) + n.unspaced / UNSPACED_CHARS_PER_WORD as f32;
        let share = |part: f32, of: f32| part / of.max(1.0);
        let of_runs = |part: u32, known: &Hashes| match known.is_empty() || runs == 0 {
            true => -1.0,
            false => part as f32 / runs as f32,
        };
        Shape {
            chars: n.solid,
            words: words_of,
            link_share: share(block.evidence.link_bytes as f32, text.len() as f32).min(1.0),
            marks: share(n.marks, words_of),
            commas: n.commas,
            ends: ends_like_a_sentence(text),
            upper: share(n.upper, n.solid),
            digits: share(n.digits, n.solid),
            capitals: share(n.capitals, words_of),
            unspaced: share(n.unspaced, n.solid),
            title: (share(in_title as f32, known.title.len() as f32), share(in_title as f32, words as f32)),
            description: of_runs(in_description, &known.description),
            body: of_runs(in_body, &known.body),
            key,
            kind: block.kind,
        }
    }

    /// Whether it reads like running text.
    pub(super) fn is_good(&self) -> bool {
        self.words >= GOOD_WORDS && self.link_share < GOOD_LINKS
    }
}

#[derive(Default)]
struct Counts {
    solid: f32,
    upper: f32,
    digits: f32,
    capitals: f32,
    marks: f32,
    commas: f32,
    unspaced: f32,
}

impl Counts {
    fn of(text: &str) -> Counts {
        let (mut counts, mut before) = (Counts::default(), ' ');
        for c in text.chars() {
            counts.add(c, before);
            before = c;
        }
        counts
    }

    /// The same for ASCII, kind by kind: each count without branches, so that it becomes vector instructions.
    fn of_ascii(text: &[u8]) -> Counts {
        let count = |is: fn(u8) -> bool| text.iter().map(|&byte| u32::from(is(byte))).sum::<u32>();
        let commas = count(|byte| byte == b',');
        let stops =
            count(|byte| (byte == b'.') | (byte == b';') | (byte == b':') | (byte == b'!') | (byte == b'?'));
        let begins = text.first().is_some_and(u8::is_ascii_uppercase);
        let follows = text.iter().zip(text.iter().skip(1));
        let capitals = follows
            .map(|(&before, &byte)| u32::from(byte.is_ascii_uppercase() & !before.is_ascii_alphanumeric()));
        Counts {
            solid: count(|byte| byte != b' ') as f32,
            upper: count(|byte| byte.is_ascii_uppercase()) as f32,
            digits: count(|byte| byte.is_ascii_digit()) as f32,
            capitals: (u32::from(begins) + capitals.sum::<u32>()) as f32,
            marks: (commas + stops) as f32,
            commas: commas as f32,
            unspaced: 0.0,
        }
    }

    fn add(&mut self, c: char, before: char) {
        if c == ' ' {
            return;
        }
        self.solid += 1.0;
        if c.is_ascii_lowercase() {
            return;
        }
        if c.is_uppercase() {
            self.upper += 1.0;
            self.capitals += f32::from(u8::from(!before.is_alphanumeric()));
        } else if c.is_ascii_digit() {
            self.digits += 1.0;
        } else if matches!(c, ',' | '，' | '、' | '،') {
            self.commas += 1.0;
            self.marks += 1.0;
        } else if matches!(c, '.' | ';' | ':' | '!' | '?' | '。' | '；' | '：' | '！' | '？') {
            self.marks += 1.0;
        } else if is_unspaced(c) {
            self.unspaced += 1.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_are_not_looked_up_are_what_they_are_taken_for() {
        for c in '\0'..=char::MAX {
            assert!(!is_small_letter(c) || c.is_alphanumeric() && c.to_lowercase().eq([c]), "{c}");
            assert!(!is_mark(c) || !c.is_alphanumeric(), "{c}");
        }
    }
}
