//! What the characters of a line count up to, in one look over them.
use std::sync::LazyLock;

/// Characters of a script without blanks that make a word, on average.
pub(super) const UNSPACED_CHARS_PER_WORD: f64 = 2.2;

/// Code points whose kinds are looked up; what lies beyond, emoji most of all, is asked of the tables of Unicode.
const LOOKED_UP: u32 = 0x10000;

/// Kinds of characters, a bit each.
mod kind {
    pub(super) const LETTER: u16 = 1;
    pub(super) const WORDLIKE: u16 = 1 << 1;
    pub(super) const BLANK: u16 = 1 << 2;
    pub(super) const UPPER: u16 = 1 << 3;
    pub(super) const COMMA: u16 = 1 << 4;
    pub(super) const SEPARATOR: u16 = 1 << 5;
    /// Thai, kana and ideographs, which make words without blanks.
    pub(super) const UNSPACED: u16 = 1 << 6;
    pub(super) const HANGUL: u16 = 1 << 7;
    /// Particles of Japanese, Chinese and Korean: what function words are elsewhere.
    pub(super) const PARTICLE: u16 = 1 << 8;
    /// Ends a sentence before a blank, a closing mark or the end of the line.
    pub(super) const STOP: u16 = 1 << 9;
    /// Ends a sentence whatever follows.
    pub(super) const FULL_STOP: u16 = 1 << 10;
    /// Closes a sentence after its stop.
    pub(super) const CLOSING: u16 = 1 << 11;
    /// May stand last in a text that another one is glued to, and first in the other one.
    pub(super) const GLUE_END: u16 = 1 << 12;
    pub(super) const GLUE_START: u16 = 1 << 13;
    pub(super) const QUOTE: u16 = 1 << 14;
    /// A copyright or trade mark sign, or a sign that addresses hold.
    pub(super) const SIGN: u16 = 1 << 15;
}

/// The kinds of every character of the Basic Multilingual Plane.
static KINDS: LazyLock<Vec<u16>> =
    LazyLock::new(|| (0..LOOKED_UP).map(|code| char::from_u32(code).map_or(0, kinds_of)).collect());

fn kinds_of(c: char) -> u16 {
    use kind::*;
    let bit = |is: bool, kind: u16| if is { kind } else { 0 };
    bit(c.is_alphabetic(), LETTER)
        | bit(c.is_alphanumeric(), WORDLIKE)
        | bit(c.is_whitespace(), BLANK)
        | bit(c.is_uppercase(), UPPER)
        | bit(matches!(c, ',' | '、' | '，' | '،'), COMMA)
        | bit(matches!(c, '|' | '»' | '›' | '•' | '·' | '/' | '>'), SEPARATOR)
        | bit(matches!(c, '\u{0E00}'..='\u{0E7F}' | '\u{3040}'..='\u{9FFF}'), UNSPACED)
        | bit(matches!(c, '\u{AC00}'..='\u{D7AF}'), HANGUL)
        | bit("のをはがにとでたる的了是在和有이가은는을를에의".contains(c), PARTICLE)
        | bit(matches!(c, '.' | '!' | '?' | '…'), STOP)
        | bit(matches!(c, '。' | '！' | '？' | '।' | '؟'), FULL_STOP)
        | bit(c.is_whitespace() || matches!(c, '"' | '”' | '’' | '»' | ')' | '\''), CLOSING)
        | bit(c.is_lowercase() || matches!(c, '.' | ')'), GLUE_END)
        | bit(c.is_uppercase() || c == '(', GLUE_START)
        | bit(matches!(c, '"' | '“' | '”' | '«' | '»' | '„' | '「'), QUOTE)
        | bit(matches!(c, '©' | '®' | '@' | '.' | ':'), SIGN)
}

/// The kinds of a character.
fn kinds(c: char) -> u16 {
    KINDS.get(c as usize).copied().unwrap_or_else(|| kinds_of(c))
}

/// Whether a character is a letter or a digit of any script.
pub(super) fn is_wordlike(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { kinds(c) & kind::WORDLIKE != 0 }
}

/// Counts of characters and words.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tally {
    /// Characters, and those of them that are letters, capitals, ASCII digits, and neither letters, digits nor
    /// blanks.
    pub(super) chars: u32,
    pub(super) letters: u32,
    pub(super) capitals: u32,
    pub(super) digits: u32,
    pub(super) marks: u32,
    pub(super) commas: u32,
    pub(super) separators: u32,
    /// Characters of scripts without blanks, Hangul not among them, and Hangul.
    unspaced: u32,
    hangul: u32,
    pub(super) particles: u32,
    /// What stands between blanks; what of it begins with a capital; what of it holds a letter or digit.
    pub(super) tokens: u32,
    pub(super) capitalised: u32,
    spaced_words: u32,
    /// Ends of sentences.
    pub(super) sentences: u32,
    /// Places where a small letter and a capital stand together: two texts glued.
    pub(super) glued: u32,
    pub(super) has_quote: bool,
    /// Whether there is a copyright or trade mark sign, and whether an address of the web or of mail.
    pub(super) has_rights: bool,
    pub(super) has_address: bool,
}

impl Tally {
    /// Looks over a text.
    pub(super) fn of(text: &str) -> Tally {
        let mut tally = Tally::default();
        // The line begins and ends as if between blanks.
        let mut before = kind::BLANK;
        let mut in_word = false;
        for (at, c) in text.char_indices() {
            let here = kinds(c);
            tally.count(here);
            tally.digits += u32::from(c.is_ascii_digit());
            let begins = before & kind::BLANK != 0 && here & kind::BLANK == 0;
            in_word &= !begins;
            tally.tokens += u32::from(begins);
            tally.capitalised += u32::from(begins && here & kind::UPPER != 0);
            tally.spaced_words += u32::from(!in_word && here & kind::WORDLIKE != 0);
            in_word |= here & kind::WORDLIKE != 0;
            tally.sentences += u32::from(before & kind::STOP != 0 && here & kind::CLOSING != 0);
            tally.glued += u32::from(before & kind::GLUE_END != 0 && here & kind::GLUE_START != 0);
            if here & kind::SIGN != 0 {
                tally.sign(text, at, c);
            }
            before = here;
        }
        tally.sentences += u32::from(before & kind::STOP != 0);
        tally
    }

    /// Counts a character by its kinds.
    fn count(&mut self, kinds: u16) {
        let is = |kind: u16| u32::from(kinds & kind != 0);
        self.chars += 1;
        self.letters += is(kind::LETTER);
        self.capitals += is(kind::UPPER);
        self.marks += 1 - is(kind::WORDLIKE | kind::BLANK);
        self.commas += is(kind::COMMA);
        self.separators += is(kind::SEPARATOR);
        self.unspaced += is(kind::UNSPACED);
        self.hangul += is(kind::HANGUL);
        self.particles += is(kind::PARTICLE);
        self.sentences += is(kind::FULL_STOP);
        self.has_quote |= kinds & kind::QUOTE != 0;
    }

    /// Looks at what stands around a sign that an address may hold.
    fn sign(&mut self, text: &str, at: usize, sign: char) {
        let (before, after) = (&text.as_bytes()[..at], &text.as_bytes()[at..]);
        match sign {
            '@' => self.has_address = true,
            '.' => self.has_address |= after.starts_with(b".com") || before.ends_with(b"www"),
            ':' => {
                let is_scheme = before.ends_with(b"http") || before.ends_with(b"https");
                self.has_address |= is_scheme && after.starts_with(b"://");
            }
            _ => self.has_rights = true,
        }
    }

    /// Words. In scripts without blanks, characters count by the length of a word.
    pub(super) fn words(&self) -> usize {
        match self.unspaced {
            0 => self.spaced_words as usize,
            unspaced => (f64::from(unspaced) / UNSPACED_CHARS_PER_WORD).ceil() as usize,
        }
    }

    /// Characters of scripts without blanks, or with few: Hangul too.
    pub(super) fn unspaced(&self) -> u32 {
        self.unspaced + self.hangul
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_in_any_script() {
        assert_eq!(Tally::of("one two – three").words(), 3);
        assert_eq!(Tally::of("これは日本語の文章です。").words(), 5);
        assert_eq!(Tally::of("").words(), 0);
    }

    #[test]
    fn counts_are_those_of_the_characters() {
        let tally = Tally::of("Yes, the Harbour (2 km) is open.It 'was'? “No!” 🙂");
        assert_eq!((tally.chars, tally.digits, tally.commas), (49, 1, 1));
        assert_eq!((tally.tokens, tally.capitalised, tally.capitals), (10, 2, 4));
        assert_eq!((tally.sentences, tally.glued), (2, 1));
        assert!(tally.has_quote && !tally.has_rights && !tally.has_address);
    }

    #[test]
    fn addresses_are_told_by_their_signs() {
        for text in ["https://a.example", "www.a.example", "a.com", "a@b"] {
            assert!(Tally::of(text).has_address, "{text}");
        }
        for text in ["Time: 10.15", "ftp://a.example", "www", "the .net"] {
            assert!(!Tally::of(text).has_address, "{text}");
        }
    }
}
