//! Decoded text, how its encoding was decided, and what hygiene changed in it.
use serde::Serialize;
use std::borrow::Cow;

/// What decided the encoding of a document, from the surest to the last resort.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecidedBy {
    /// A byte order mark.
    Bom,
    /// The zero bytes of UTF-16 or UTF-32 text without a mark.
    WideLanes,
    /// The escape sequences of ISO-2022-JP.
    Escapes,
    /// Valid UTF-8 with at least one non-ASCII character, or ASCII alone; or nearly valid UTF-8, whose
    /// damage is counted as replacements.
    Utf8,
    /// The container: an HTTP header.
    Http,
    /// A `meta` element in the first bytes of the page.
    Meta,
    /// An XML declaration.
    Xml,
    /// The detector, from the bytes alone.
    Detected,
    /// Nothing said anything: windows-1252, as browsers do.
    Default,
}

impl DecidedBy {
    /// The name used in records and reports.
    pub fn name(self) -> &'static str {
        match self {
            DecidedBy::Bom => "bom",
            DecidedBy::WideLanes => "wide-lanes",
            DecidedBy::Escapes => "escapes",
            DecidedBy::Utf8 => "utf-8",
            DecidedBy::Http => "http",
            DecidedBy::Meta => "meta",
            DecidedBy::Xml => "xml",
            DecidedBy::Detected => "detected",
            DecidedBy::Default => "default",
        }
    }
}

/// The encodings that the WHATWG Encoding Standard has no name for.
const WIDE_ENCODINGS: [&str; 2] = ["UTF-32LE", "UTF-32BE"];

/// The name of an encoding as documents have it; nothing for a name that none of them has.
pub(crate) fn encoding_name(name: &str) -> Option<&'static str> {
    let wide = WIDE_ENCODINGS.into_iter().find(|wide| *wide == name);
    wide.or_else(|| encoding_rs::Encoding::for_label(name.as_bytes()).map(encoding_rs::Encoding::name))
}

/// Whether a character is of a script that puts no blanks between its words: Thai, kana, Han.
#[inline]
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0E7F}' | '\u{3040}'..='\u{9FFF}')
}

/// Whether a character only says which way its neighbours run: nobody sees it, and it can make a name read as another
/// (Unicode Standard Annex 9).
pub(crate) fn is_bidi_mark(c: char) -> bool {
    matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// A document's characters, and how its bytes became them. UTF-8 that needs no change is borrowed.
#[derive(Debug, Clone)]
pub struct Text<'a> {
    /// The characters.
    pub text: Cow<'a, str>,
    /// The encoding's name in the WHATWG Encoding Standard, or `UTF-32LE` or `UTF-32BE`.
    pub encoding: &'static str,
    /// What decided.
    pub decided_by: DecidedBy,
    /// What else is known of the decoding.
    pub decoding: Decoding,
}

/// How sure a decoding is, and what it had to change.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Decoding {
    /// How far the decision is ahead of the next candidate that reads the bytes otherwise, from 0 to 1: the
    /// difference of their probabilities. 1 for what is no guess, 0 for the default.
    pub margin: f32,
    /// Byte sequences that could not be decoded and became U+FFFD.
    pub replacements: u64,
    /// What hygiene changed.
    pub hygiene: Hygiene,
}

/// Changes that hygiene made to a text, counted by rule.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Hygiene {
    /// Characters that composing to NFC took away or replaced.
    pub nfc: u64,
    /// Invisible characters dropped.
    pub invisible: u64,
    /// Control characters dropped.
    pub controls: u64,
    /// Double-escaped entities that lost a level.
    pub entities: u64,
    /// Line ends made `\n`.
    pub line_ends: u64,
    /// Pieces of mojibake repaired.
    pub repaired: u64,
}

impl Hygiene {
    /// The counts with their names, as in the report.
    pub fn counts(&self) -> [(&'static str, u64); 6] {
        [
            ("nfc", self.nfc),
            ("invisible", self.invisible),
            ("controls", self.controls),
            ("entities", self.entities),
            ("line_ends", self.line_ends),
            ("repaired", self.repaired),
        ]
    }

    /// Whether nothing was changed.
    pub fn is_clean(&self) -> bool {
        *self == Hygiene::default()
    }
}

impl std::ops::AddAssign for Hygiene {
    fn add_assign(&mut self, other: Hygiene) {
        self.nfc += other.nfc;
        self.invisible += other.invisible;
        self.controls += other.controls;
        self.entities += other.entities;
        self.line_ends += other.line_ends;
        self.repaired += other.repaired;
    }
}

/// Characters that are not white space: the measure by which nothing may vanish.
pub fn solid(text: &str) -> u64 {
    text.as_bytes().chunks(COUNTED_AT_ONCE).map(solid_bytes).sum::<u64>() - wide_blanks(text)
}

/// Bytes whose count fits a byte.
const COUNTED_AT_ONCE: usize = 128;

/// Characters that begin in some bytes, ASCII white space apart. Without branches, so that it becomes vector
/// instructions.
fn solid_bytes(bytes: &[u8]) -> u64 {
    let begins = |byte: u8| (byte as i8) >= -0x40;
    let is_blank = |byte: u8| (byte == b' ') | (byte.wrapping_sub(b'\t') < 5);
    u64::from(bytes.iter().map(|&byte| u8::from(begins(byte) & !is_blank(byte))).sum::<u8>())
}

/// White space beyond ASCII: all of it begins with one of four bytes.
fn wide_blanks(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let leads = memchr::memchr3_iter(0xC2, 0xE1, 0xE2, bytes).chain(memchr::memchr_iter(0xE3, bytes));
    let is_blank = |&at: &usize| text[at..].chars().next().is_some_and(char::is_whitespace);
    leads.filter(is_blank).count() as u64
}

/// Whether the text ends with the mark of a sentence, quotes and brackets after it apart.
pub(crate) fn ends_like_a_sentence(text: &str) -> bool {
    let closing = |c: char| {
        matches!(
            c,
            '"' | '\'' | ')' | ']' | '\u{201D}' | '\u{2019}' | '\u{201C}' | '»' | '«' | '」' | '』' | '）'
        ) || c.is_whitespace()
    };
    let text = text.trim_end_matches(closing);
    text.ends_with(['.', '!', '?', '…', '。', '！', '？', '۔', '।', '؟', '։', '．'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_solid_is_all_but_white_space() {
        let all: String = (0..=char::MAX as u32).filter_map(char::from_u32).collect();
        for text in ["", "a b\tc\u{A0}d\u{3000}\u{2009}é“”", &all] {
            let expected = text.chars().filter(|c| !c.is_whitespace()).count() as u64;
            assert_eq!(solid(text), expected);
        }
    }

    #[test]
    fn sentences_end_in_many_scripts() {
        for line in ["Yes.", "“Yes.”", "(Yes!)", "Ja?«", "はい。」", "نعم؟", "जी हाँ।"]
        {
            assert!(ends_like_a_sentence(line), "{line}");
        }
        for line in ["Yes", "Read more:", "Yes.com", "", "1,000"] {
            assert!(!ends_like_a_sentence(line), "{line}");
        }
    }
}
