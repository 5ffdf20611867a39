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

/// Anything that is no letter of text: what stands beside it is judged by it.
const SIGNS: u32 = BOX | OPENING | CLOSING | CURRENCY | NUMERIC | LAW;
const ACCENTED: u32 = LOWER | UPPER;

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
    ("ÂÃÎÐ", "€œŠš¢£Ÿž\u{A0}\u{AD}®©°·»«¡¿¨´–—‘’“”„‚•›‹™"),
    ("Ã", "\u{A0}¡"),
    ("×", "²³"),
    ("à", "²µ¹¼½¾"),
    ("Ð", "\u{A0}"),
    // Misread as MacRoman.
    ("√", "±∂†≠®™´≤≥¥µø©¢üßòáç"),
    ("≈", "°¢Üìæí"),
    ("ƒ", "Åìíït´"),
    ("Ä", "ìîôòúùû†°¢π"),
    // Misread as windows-1251.
    ("В", "ЈЎЏ®©°·"),
    ("Г", "©ЁЄЎ«»їґ"),
    // Misread as windows-1253.
    ("β", "€"),
];

/// Longer sequences that are typical of a misreading.
const SEQUENCES: &[&str] = &["вЂ", "â€", "Ã¢", "ï¿½", "ï¼", "п¬", "Ă©", "Ă¨", "Ă´", "ĂŞ"];

/// Whether a text looks as if it had been decoded wrongly.
pub(super) fn is_suspicious(text: &str) -> bool {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return false };
    let (mut before, mut here) = (' ', first);
    let mut classes = (0, class_of(first));
    if classes.1 & CONTROL != 0 || lone_capital(text) {
        return true;
    }
    for next in chars {
        let class = class_of(next);
        if class & CONTROL != 0
            || (!(here.is_ascii() && before.is_ascii()) && wrong(classes, class, (before, here, next)))
        {
            return true;
        }
        if !here.is_ascii() && followed(here, next) {
            return true;
        }
        classes = (classes.1, class);
        (before, here) = (here, next);
    }
    SEQUENCES.iter().any(|sequence| text.contains(sequence))
}

fn wrong(classes: (u32, u32), class: u32, _chars: (char, char, char)) -> bool {
    PAIRS.iter().any(|&(first, second)| classes.1 & first != 0 && class & second != 0)
        || TRIPLES.iter().any(|&(first, second, third)| {
            classes.0 & first != 0 && classes.1 & second != 0 && class & third != 0
        })
}

fn followed(here: char, next: char) -> bool {
    FOLLOWED.iter().any(|&(leads, tails)| leads.contains(here) && tails.contains(next))
}

/// `Ã` or `Â` before a space, where the text before is in small letters or there is none: what is left of
/// `à` and of a no-break space once white space is normalised.
fn lone_capital(text: &str) -> bool {
    text.match_indices(['Ã', 'Â']).any(|(at, capital)| {
        let after = &text[at + capital.len()..];
        let before = text[..at].trim_end_matches(' ').chars().next_back();
        after.starts_with(' ') && before.is_none_or(|before| before.is_ascii_lowercase())
    })
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
        '\u{100}'..='\u{17F}' if c.is_uppercase() => UPPER,
        '\u{100}'..='\u{17F}' => LOWER,
        _ => 0,
    }
}
