//! What the characters of a line count up to, in one look over them.
use super::kinds::{CHARS_AT_ONCE, Lanes, Pair, Sums, count, kinds, page, pair};

/// Characters of a script without blanks that make a word, on average.
pub(super) const UNSPACED_CHARS_PER_WORD: f64 = 2.2;

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
    /// Characters of scripts without blanks, or with few: Hangul too.
    pub(super) unspaced: u32,
    pub(super) particles: u32,
    /// What stands between blanks; what of it begins with a capital; what of it holds a letter or digit.
    pub(super) tokens: u32,
    pub(super) capitalised: u32,
    /// Words. In scripts without blanks, characters count by the length of a word.
    pub(super) words: u32,
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
        let mut counted = Sums::default();
        let first_page = page(0);
        // The line begins and ends as if between blanks.
        let blank = first_page[usize::from(b' ')].bits;
        let (mut before, mut in_word) = (blank, 0);
        let mut chars = text.char_indices();
        while chars.offset() < text.len() {
            let mut lanes = Lanes::default();
            for (at, c) in chars.by_ref().take(CHARS_AT_ONCE) {
                let far;
                let here = match first_page.get(c as usize) {
                    Some(here) => here,
                    None => {
                        far = kinds(c);
                        &far
                    }
                };
                let is_wordlike = here.is(count::WORDLIKE);
                lanes.add(here, pair(before, here.bits), is_wordlike & !in_word);
                in_word = is_wordlike | in_word & !here.is(count::BLANK);
                if here.is(count::SIGN) == 1 {
                    tally.sign(text, at, c);
                }
                before = here.bits;
            }
            counted.add(&lanes);
        }
        let of = |kind: u32| counted.of(kind);
        let ends = pair(before, blank) & Pair::Stop as u32;
        Tally {
            chars: counted.chars,
            letters: of(count::LETTER),
            capitals: of(count::UPPER),
            digits: of(count::DIGIT),
            marks: counted.chars - of(count::WORDLIKE) - of(count::BLANK),
            commas: of(count::COMMA),
            separators: of(count::SEPARATOR),
            unspaced: of(count::UNSPACED) + of(count::HANGUL),
            particles: of(count::PARTICLE),
            tokens: counted.pairs(Pair::Begin),
            capitalised: counted.pairs(Pair::Capital),
            words: words(&counted),
            sentences: counted.pairs(Pair::Stop) + of(count::FULL_STOP) + u32::from(ends != 0),
            glued: counted.pairs(Pair::Glue),
            has_quote: of(count::QUOTE) > 0,
            ..tally
        }
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
}

fn words(counted: &Sums) -> u32 {
    match counted.of(count::UNSPACED) {
        0 => counted.words(),
        unspaced => (f64::from(unspaced) / UNSPACED_CHARS_PER_WORD).ceil() as u32,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_in_any_script() {
        assert_eq!(Tally::of("one two – three").words, 3);
        assert_eq!(Tally::of("これは日本語の文章です。").words, 5);
        assert_eq!(Tally::of("").words, 0);
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
    fn long_lines_are_counted_to_their_end() {
        let tally = Tally::of(&"One, two. ".repeat(1_000));
        assert_eq!((tally.chars, tally.letters, tally.commas), (10_000, 6_000, 1_000));
        assert_eq!((tally.tokens, tally.capitalised, tally.sentences), (2_000, 1_000, 1_000));
        assert_eq!(tally.words, 2_000);
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
