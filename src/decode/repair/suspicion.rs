//! Does a text look as if it had been decoded wrongly?
//!
//! Letters with diacritics, signs and punctuation follow each other at random in mojibake, and only in some
//! ways in text. Characters fall into classes, and pairs of classes that text does not have are suspicious,
//! as are some sequences that are typical of one misreading. After the classes of ftfy.

/// Classes of characters, as bits.
mod class {
    pub(super) const SPACE: u32 = 1;
    pub(super) const ASCII_LOWER: u32 = 1 << 1;
    pub(super) const ASCII_UPPER: u32 = 1 << 2;
    /// Marks that stand after anything: no-break space, dashes, ellipsis, apostrophe.
    pub(super) const COMMON: u32 = 1 << 3;
    /// Control characters.
    pub(super) const CONTROL: u32 = 1 << 4;
    /// Signs that are rare in any text.
    pub(super) const RARE: u32 = 1 << 5;
    /// Section and paragraph signs.
    pub(super) const LAW: u32 = 1 << 6;
    pub(super) const CURRENCY: u32 = 1 << 7;
    /// Punctuation that opens, or stands before a word.
    pub(super) const OPENING: u32 = 1 << 8;
    /// Punctuation that closes, or stands after a word.
    pub(super) const CLOSING: u32 = 1 << 9;
    pub(super) const NUMERIC: u32 = 1 << 10;
    /// Letters of faces drawn in characters.
    pub(super) const FACE: u32 = 1 << 11;
    pub(super) const UPPER: u32 = 1 << 12;
    pub(super) const LOWER: u32 = 1 << 13;
    /// Capitals of Greek and Cyrillic.
    pub(super) const OTHER_UPPER: u32 = 1 << 14;
    pub(super) const OTHER_LOWER: u32 = 1 << 15;
    pub(super) const BOX: u32 = 1 << 16;
}
use class::*;
use std::sync::LazyLock;

/// Anything that is no letter of text: what stands beside it is judged by it.
const SIGNS: u32 = BOX | OPENING | CLOSING | CURRENCY | NUMERIC | LAW;
const ACCENTED: u32 = LOWER | UPPER;
const ASCII: u32 = SPACE | ASCII_LOWER | ASCII_UPPER;

/// Pairs of classes that text does not have: any of the first, then any of the second.
const PAIRS: &[(u32, u32)] = &[
    (RARE | ACCENTED | SIGNS, RARE),
    (RARE, ACCENTED | SIGNS),
    (LOWER | OTHER_LOWER | BOX | CLOSING | CURRENCY | NUMERIC, UPPER),
    (BOX | CLOSING | CURRENCY | NUMERIC, LOWER),
    (LOWER | BOX | CLOSING, CURRENCY),
    (UPPER | BOX, NUMERIC | LAW),
    (CURRENCY | NUMERIC | BOX, OPENING),
    (BOX, FACE | CLOSING),
    (ACCENTED | CURRENCY | NUMERIC | OPENING | CLOSING | LAW, BOX),
];

/// Triples of classes that text does not have.
const TRIPLES: &[(u32, u32, u32)] = &[
    (ASCII_LOWER | ASCII_UPPER, OTHER_LOWER | OTHER_UPPER, RARE),
    (SPACE, UPPER, CURRENCY),
    (ACCENTED | BOX | CURRENCY | CLOSING, OPENING, NUMERIC),
    (ACCENTED | CURRENCY | NUMERIC | BOX | LAW, CLOSING, OPENING),
    (ASCII_LOWER, UPPER, OPENING | CURRENCY),
    (ACCENTED, OPENING | CLOSING, ASCII_LOWER | ASCII_UPPER | ACCENTED),
];

/// Sequences that are typical of a misreading, told by their first character and those that may follow.
const FOLLOWED: &[(&str, &str)] = &[
    // Latin-1 letters and marks, misread as windows-1252.
    ("ÂÃÎÐ", "€œŠš¢£Ÿž\u{A0}\u{AD}®©°·»«¡¿¨´–—‘“”„‚•›‹™"),
    ("Ã", "¢"),
    ("×", "²³"),
    ("Œœ", "€‚„…†‡ˆ‰‹‘’“”•–—™›¡¢£¤¥¦§¨©ª«¬®¯°±²³´µ¶·¸¹º»¼½¾¿"),
    ("à", "²µ¹¼½¾"),
    ("â", "€"),
    ("ï", "¿¼"),
    // Misread as MacRoman.
    ("√", "±∂†≠®™´≤≥¥µø©¢üßòáç"),
    ("≈", "°¢Üìæí"),
    ("ƒ", "Åìíït´"),
    ("Ä", "ìîôòúùû†°¢π"),
    // Misread as windows-1250.
    ("Ă", "©¨´Ş"),
    // Misread as windows-1251.
    ("В", "ЈЎЏ®©°·"),
    ("Г", "©ЁЄЎ«»їґ"),
    ("в", "Ђ"),
    ("п", "¬"),
    // Misread as windows-1253.
    ("β", "€"),
];

/// The letters that every other letter of Russian becomes when UTF-8 is misread as windows-1251, and those
/// that stand between.
const RUSSIAN_LEADS: &str = "РС";
const RUSSIAN_TAILS: &str = "\u{98}\u{A0}ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—™љ›њќћџЎўЈ¤Ґ¦§Ё©Є«¬®Ї°±Ііґµ¶·ё№є»јЅѕї";

/// Characters below this have their class in a table.
const TABLE: usize = 0x2600;

/// Marks a character that begins one of the sequences above, or may be what is left of one.
const LEAD: u32 = 1 << 31;

struct Tables {
    /// The class of each character, and [`LEAD`].
    classes: Vec<u32>,
    /// For each class, by its bit, the classes that may not follow it.
    after: [u32; 32],
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let is_lead = |c: char| RUSSIAN_LEADS.contains(c) || FOLLOWED.iter().any(|(leads, _)| leads.contains(c));
    let entry = |c: char| class_of(c) | if is_lead(c) { LEAD } else { 0 };
    let classes = (0..TABLE as u32).map(|code| char::from_u32(code).map_or(0, entry)).collect();
    let after = std::array::from_fn(|bit| {
        PAIRS.iter().filter(|(first, _)| first >> bit & 1 != 0).fold(0, |any, (_, second)| any | second)
    });
    Tables { classes, after }
});

/// Whether a text looks as if it had been decoded wrongly.
pub(super) fn is_suspicious(text: &str) -> bool {
    let tables = &*TABLES;
    let (mut before, mut here) = (0, 0);
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let entry = tables.classes.get(c as usize).copied().unwrap_or_else(|| class_of(c));
        let class = entry & !LEAD;
        if class & CONTROL != 0 || (here | class) & !ASCII != 0 && tables.is_wrong(before, here, class) {
            return true;
        }
        if entry & LEAD != 0
            && let Some(&(_, next)) = chars.peek()
            && (followed(c, next) || alternates(&text[at..]) || is_lone(text, at))
        {
            return true;
        }
        (before, here) = (here, class);
    }
    false
}

impl Tables {
    /// Whether a character may not follow the one before it, or the two before it.
    fn is_wrong(&self, before: u32, here: u32, class: u32) -> bool {
        let after = if here == 0 { 0 } else { self.after[here.trailing_zeros() as usize] };
        after & class != 0
            || TRIPLES.iter().any(|&(first, second, third)| {
                here & second != 0 && before & first != 0 && class & third != 0
            })
    }
}

fn followed(here: char, next: char) -> bool {
    !next.is_ascii() && FOLLOWED.iter().any(|&(leads, tails)| leads.contains(here) && tails.contains(next))
}

/// Whether a text begins with Russian misread as windows-1251, two letters of it: one is a Ukrainian word.
fn alternates(text: &str) -> bool {
    let sets = [RUSSIAN_LEADS, RUSSIAN_TAILS, RUSSIAN_LEADS, RUSSIAN_TAILS];
    let mut chars = text.chars();
    sets.iter().all(|set| chars.next().is_some_and(|c| set.contains(c)))
}

/// Whether there is `Ã` or `Â` before a space at a place, and the text before is in small letters or there is
/// none: what is left of `à` and of a no-break space once white space is normalised.
pub(super) fn is_lone(text: &str, at: usize) -> bool {
    let is_left = text[at..].strip_prefix(['Ã', 'Â']).is_some_and(|after| after.starts_with(' '));
    let before = text[..at].trim_end_matches(' ').chars().next_back();
    is_left && before.is_none_or(|before| before.is_ascii_lowercase())
}

/// Whether a character is a sign that was the middle or the end of a UTF-8 sequence rather than a sign, so
/// that what follows it does not stand by itself.
pub(super) fn is_inside(before: Option<char>) -> bool {
    before.is_some_and(|c| class_of(c) & (CONTROL | RARE | LAW | CURRENCY | NUMERIC) != 0)
}

fn class_of(c: char) -> u32 {
    match c {
        ' ' | '\t' | '\n' | '\r' => SPACE,
        'a'..='z' => ASCII_LOWER,
        'A'..='Z' => ASCII_UPPER,
        '\0'..='\u{7F}' => 0,
        '\u{80}'..='\u{9F}' => CONTROL,
        '\u{A0}' | '\u{AD}' | '·' | '´' | '–' | '—' | '…' | '’' => COMMON,
        '¦' | '¤' | '¨' | '¬' | '¯' | '¸' | 'ƒ' | 'ˆ' | 'ˇ' | '˘' | '˛' | '˜' | '†' | '‡' | '‰' => {
            RARE
        }
        '⌐' | '◊' | '\u{FFFD}' | 'ª' | 'º' => RARE,
        '¶' | '§' => LAW,
        '¢' | '£' | '¥' | '₧' | '€' => CURRENCY,
        '¡' | '«' | '¿' | '©' | '΄' | '΅' | '‘' | '‚' | '“' | '„' | '•' | '‹' | '\u{F8FF}' => {
            OPENING
        }
        '®' | '»' | '˝' | '”' | '›' | '™' => CLOSING,
        '²' | '³' | '¹' | '±' | '¼' | '½' | '¾' | '×' | 'µ' | '÷' | '⁄' | '∂' | '∆' | '∏' | '∑' | '√'
        | '∞' => NUMERIC,
        '∩' | '∫' | '≈' | '≠' | '≡' | '≤' | '≥' | '№' => NUMERIC,
        'Ò'..='Ö' | 'Ù'..='Ü' | 'ò'..='ö' | 'ø'..='ü' | 'Ő' | '°' => FACE,
        'À'..='Ñ' | 'Ø' | 'Ý' => UPPER,
        'ß'..='ñ' | 'ÿ' => LOWER,
        'Þ' | 'Α'..='Ω' | 'Ё'..='Я' | 'Ґ' => OTHER_UPPER,
        'α'..='ω' | 'а'..='џ' | 'ґ' => OTHER_LOWER,
        '─'..='▓' => BOX,
        'ﬁ' | 'ﬂ' => LOWER,
        // The vowels with a macron stand beside signs in transcriptions.
        'Ā' | 'ā' | 'Ē' | 'ē' | 'Ī' | 'ī' | 'Ō' | 'ō' | 'Ū' | 'ū' => 0,
        '\u{100}'..='\u{17F}' if c.is_uppercase() => UPPER,
        '\u{100}'..='\u{17F}' => LOWER,
        _ => 0,
    }
}
