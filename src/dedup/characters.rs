//! What becomes of a character when a text is reduced to its words.
use std::sync::LazyLock;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// Code points with a place in the table: all scripts of letters below the CJK blocks.
const TABLE: u32 = 0x3000;

/// What a character is to a text reduced to words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// It parts words.
    Blank,
    /// It is as if it were not there: apostrophes, soft hyphens, zero-width characters.
    Gone,
    /// A letter or digit, in lower case; whether it was a capital.
    Letter(char, bool),
    /// A character of a script without spaces: a word of its own.
    Solo(char),
    /// It becomes several characters, none of which combines with its neighbours.
    Several,
    /// It may combine with its neighbours: the text must be normalised as a whole.
    Combining,
}

static KINDS: LazyLock<Vec<Kind>> =
    LazyLock::new(|| (0..TABLE).map(|c| char::from_u32(c).map_or(Kind::Blank, work_out)).collect());

/// What a character is.
pub(super) fn kind(c: char) -> Kind {
    match c as u32 {
        code @ 0..TABLE => KINDS[code as usize],
        // Those that NFKC leaves alone and that have no case, for speed.
        0x3400..=0x9fff | 0x3041..=0x3096 | 0x30a1..=0x30fa => Kind::Solo(c),
        0xac00..=0xd7a3 => Kind::Letter(c, false),
        _ => work_out(c),
    }
}

fn work_out(c: char) -> Kind {
    if is_gone(c) {
        return Kind::Gone;
    }
    if combines(c) {
        return Kind::Combining;
    }
    let mut folded = Vec::new();
    spell_out(c, &mut folded);
    match folded[..] {
        _ if folded.iter().any(|&c| combines(c)) => Kind::Combining,
        [one] if is_solo(one) => Kind::Solo(one),
        [one] if is_letter(one) => Kind::Letter(one, is_capital(c)),
        [_] => Kind::Blank,
        _ if !folded.iter().any(|&c| is_letter(c)) => Kind::Blank,
        _ => Kind::Several,
    }
}

/// The compatibility form (NFKC) of one character, case folded.
pub(super) fn spell_out(c: char, out: &mut Vec<char>) {
    for c in std::iter::once(c).nfkc() {
        fold_case(c, |c| out.push(c));
    }
}

/// Lower case, with sharp s as ss and final sigma as sigma, as Unicode's case folding has it.
pub(super) fn fold_case(c: char, mut put: impl FnMut(char)) {
    for c in c.to_lowercase() {
        match c {
            'ß' => {
                put('s');
                put('s');
            }
            'ς' => put('σ'),
            c => put(c),
        }
    }
}

/// Apostrophes and characters without width: they stand inside words and do not part them.
pub(super) fn is_gone(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '\u{2bc}' | '`' | '\u{b4}' | '\u{2032}')
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Scripts written without spaces: Thai, Lao, Burmese, Khmer, kana, Han.
pub(super) fn is_solo(c: char) -> bool {
    matches!(c as u32, 0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x3040..=0x30ff)
        || matches!(c as u32, 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff)
}

/// Marks that belong to the word they stand in: accents, Hebrew and Arabic points, signs of Indic scripts.
fn is_mark(c: char) -> bool {
    matches!(c as u32, 0x300..=0x36f | 0x591..=0x5c7 | 0x64b..=0x65f | 0x900..=0xdff)
}

/// Whether it is part of a word.
pub(super) fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || is_mark(c)
}

/// Whether a word that begins so is written with a capital.
pub(super) fn is_capital(c: char) -> bool {
    c.is_uppercase() || c.nfkc().next().is_some_and(char::is_uppercase)
}

/// Whether NFKC may join it with a neighbour or move it: most marks, and the parts of Hangul syllables.
fn combines(c: char) -> bool {
    let stays =
        || canonical_combining_class(c) == 0 && is_nfkc_quick(std::iter::once(c)) == IsNormalized::Yes;
    is_combining_mark(c) && !stays()
        || matches!(c as u32, 0x1100..=0x11ff | 0xa960..=0xa97f | 0xd7b0..=0xd7ff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_what_they_are() {
        for (c, expected) in [
            ('a', Kind::Letter('a', false)),
            ('É', Kind::Letter('é', true)),
            ('７', Kind::Letter('7', false)),
            ('—', Kind::Blank),
            ('_', Kind::Blank),
            ('\u{a0}', Kind::Blank),
            ('’', Kind::Gone),
            ('ß', Kind::Several),
            ('½', Kind::Several),
            ('漢', Kind::Solo('漢')),
            ('ｶ', Kind::Solo('カ')),
            ('\u{301}', Kind::Combining),
            ('😀', Kind::Blank),
            ('한', Kind::Letter('한', false)),
        ] {
            assert_eq!(kind(c), expected, "{c}");
        }
    }
}
