//! Kinds of characters, a bit each, and how often each kind is met: many counters side by side in one number.
use crate::model::is_unspaced;
use std::sync::OnceLock;

/// Characters whose kinds are looked up together: the first time one of them is met.
const PAGE: usize = 256;

/// Pages up to the end of the Basic Multilingual Plane; what lies beyond, emoji most of all, is asked of the
/// tables of Unicode each time.
const PAGES: usize = 256;

/// Kinds that are counted.
pub(super) mod count {
    pub(crate) const LETTER: u32 = 1;
    pub(crate) const WORDLIKE: u32 = 1 << 1;
    pub(crate) const BLANK: u32 = 1 << 2;
    pub(crate) const UPPER: u32 = 1 << 3;
    pub(crate) const COMMA: u32 = 1 << 4;
    pub(crate) const SEPARATOR: u32 = 1 << 5;
    /// Thai, kana and ideographs, which make words without blanks.
    pub(crate) const UNSPACED: u32 = 1 << 6;
    pub(crate) const HANGUL: u32 = 1 << 7;
    /// Particles of Japanese, Chinese and Korean: what function words are elsewhere.
    pub(crate) const PARTICLE: u32 = 1 << 8;
    /// Ends a sentence whatever follows.
    pub(crate) const FULL_STOP: u32 = 1 << 9;
    pub(crate) const DIGIT: u32 = 1 << 10;
    pub(crate) const QUOTE: u32 = 1 << 11;
    /// A copyright or trade mark sign, or a sign that addresses hold.
    pub(crate) const SIGN: u32 = 1 << 12;
}

/// What two characters in a row may be, by a bit of the first (from [`BEFORE`] on) and one of the second (from
/// [`HERE`] on).
#[derive(Debug, Clone, Copy)]
pub(super) enum Pair {
    /// A blank and the begin of what stands between blanks.
    Begin = 1,
    /// A blank and a capital.
    Capital = 2,
    /// A stop and what may follow the end of a sentence.
    Stop = 4,
    /// What may end a text, and what may begin the one glued to it.
    Glue = 8,
}

const BEFORE: u32 = 16;
const HERE: u32 = 20;
const PAIRS: u32 = 15;

/// The pairs that two characters in a row are, as bits of [`Pair`].
#[inline]
pub(super) fn pair(before: u32, here: u32) -> u32 {
    before >> BEFORE & here >> HERE & PAIRS
}

/// The kinds of a character, and the same as counters that each stand at 0 or 1.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Kinds {
    /// A bit of [`count`] for each kind, and those of [`pair`].
    pub(super) bits: u32,
    counters: [u64; 2],
}

impl Kinds {
    fn of(c: char) -> Kinds {
        let bits = bits_of(c);
        let spread = |bits: u32| SPREAD[(bits & 0xFF) as usize];
        Kinds { bits, counters: [spread(bits), spread(bits >> COUNTERS)] }
    }

    /// Whether the character is of a kind: 0 or 1.
    #[inline]
    pub(super) fn is(&self, kind: u32) -> u32 {
        self.bits >> kind.trailing_zeros() & 1
    }
}

fn bits_of(c: char) -> u32 {
    use count::*;
    let bit = |is: bool, kind: u32| if is { kind } else { 0 };
    let before = |is: bool, pair: Pair| bit(is, (pair as u32) << BEFORE);
    let here = |is: bool, pair: Pair| bit(is, (pair as u32) << HERE);
    let blank = c.is_whitespace();
    bit(c.is_alphabetic(), LETTER)
        | bit(c.is_alphanumeric(), WORDLIKE)
        | bit(blank, BLANK)
        | bit(c.is_uppercase(), UPPER)
        | bit(matches!(c, ',' | '、' | '，' | '،'), COMMA)
        | bit(matches!(c, '|' | '»' | '›' | '•' | '·' | '/' | '>'), SEPARATOR)
        | bit(is_unspaced(c), UNSPACED)
        | bit(matches!(c, '\u{AC00}'..='\u{D7AF}'), HANGUL)
        | bit("のをはがにとでたる的了是在和有이가은는을를에의".contains(c), PARTICLE)
        | bit(matches!(c, '。' | '！' | '？' | '।' | '؟'), FULL_STOP)
        | bit(c.is_ascii_digit(), DIGIT)
        | bit(matches!(c, '"' | '“' | '”' | '«' | '»' | '„' | '「'), QUOTE)
        | bit(matches!(c, '©' | '®' | '@' | '.' | ':'), SIGN)
        | before(blank, Pair::Begin)
        | here(!blank, Pair::Begin)
        | before(blank, Pair::Capital)
        | here(c.is_uppercase(), Pair::Capital)
        | before(matches!(c, '.' | '!' | '?' | '…'), Pair::Stop)
        | here(blank || matches!(c, '"' | '”' | '’' | '»' | ')' | '\''), Pair::Stop)
        | before(c.is_lowercase() || matches!(c, '.' | ')'), Pair::Glue)
        | here(c.is_uppercase() || c == '(', Pair::Glue)
}

/// The kinds of the characters of a page, found once.
pub(super) fn page(number: usize) -> &'static [Kinds; PAGE] {
    static KINDS: [OnceLock<Box<[Kinds; PAGE]>>; PAGES] = [const { OnceLock::new() }; PAGES];
    KINDS[number].get_or_init(|| {
        let code = |at: usize| char::from_u32((number * PAGE + at) as u32);
        Box::new(std::array::from_fn(|at| code(at).map_or_else(Kinds::default, Kinds::of)))
    })
}

/// The kinds of a character.
#[inline]
pub(super) fn kinds(c: char) -> Kinds {
    let code = c as usize;
    if code < PAGE * PAGES { page(code / PAGE)[code % PAGE] } else { Kinds::of(c) }
}

/// Whether a character is a letter or a digit of any script.
pub(super) fn is_wordlike(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { kinds(c).is(count::WORDLIKE) == 1 }
}

/// Counters of eight bits side by side.
const COUNTERS: usize = 8;

/// Of each byte, its bits spread out to eight counters.
static SPREAD: [u64; 256] = {
    let (mut spread, mut byte) = ([0; 256], 0);
    while byte < 256 {
        let mut bit = 0;
        while bit < COUNTERS {
            spread[byte] |= ((byte as u64 >> bit) & 1) << (8 * bit);
            bit += 1;
        }
        byte += 1;
    }
    spread
};

/// The place of a word's begin among the counters, after those of the pairs.
const WORD: u32 = 4;

/// Characters whose counters cannot run over.
pub(super) const CHARS_AT_ONCE: usize = u8::MAX as usize;

/// Counters of so many characters at most, side by side.
#[derive(Debug, Default)]
pub(super) struct Lanes {
    side_by_side: [u64; 3],
    chars: u32,
}

impl Lanes {
    /// Counts a character by its kinds, by the pairs that it makes with the one before, and, where `begins_word` is
    /// 1, as the begin of a word.
    #[inline]
    pub(super) fn add(&mut self, kinds: &Kinds, pairs: u32, begins_word: u32) {
        self.side_by_side[0] += kinds.counters[0];
        self.side_by_side[1] += kinds.counters[1];
        self.side_by_side[2] += SPREAD[(pairs | begins_word << WORD) as usize % SPREAD.len()];
        self.chars += 1;
    }
}

/// How often each kind, each pair and the begin of a word was met; and the characters.
#[derive(Debug, Default)]
pub(super) struct Sums {
    sums: [[u32; COUNTERS]; 3],
    pub(super) chars: u32,
}

impl Sums {
    /// Adds what was counted side by side.
    pub(super) fn add(&mut self, lanes: &Lanes) {
        for (lane, sums) in lanes.side_by_side.iter().zip(&mut self.sums) {
            sums.iter_mut().zip(lane.to_le_bytes()).for_each(|(sum, count)| *sum += u32::from(count));
        }
        self.chars += lanes.chars;
    }

    /// How often a kind was met.
    pub(super) fn of(&self, kind: u32) -> u32 {
        let bit = kind.trailing_zeros() as usize;
        self.sums[bit / COUNTERS][bit % COUNTERS]
    }

    /// How often a pair was met.
    pub(super) fn pairs(&self, pair: Pair) -> u32 {
        self.sums[2][(pair as u32).trailing_zeros() as usize]
    }

    /// How many words began.
    pub(super) fn words(&self) -> u32 {
        self.sums[2][WORD as usize]
    }
}
