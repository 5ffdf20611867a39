//! Folding: what the eye takes for the same words becomes the same string.

use std::ops::Range;

/// A folded text has at most so many times the bytes of the text: the letters that grow when they become small
/// ones grow from two to three.
pub(crate) const FOLDED_GROWTH: usize = 2;

/// Folds a line: lower case, straight quotes, narrow forms, one blank between words, no marks at the edges.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let kept = fold_onto(text, &mut folded);
    if kept.len() == folded.len() { folded } else { folded[kept].to_string() }
}

/// Folds a line onto the end of a text: where in it the folded line stands.
pub(crate) fn fold_onto(text: &str, folded: &mut String) -> Range<usize> {
    let from = folded.len();
    // A blank at the start is left out, as is one after another.
    let mut blank = true;
    let mut rest = text;
    while !rest.is_empty() {
        let run = plain_run(rest.as_bytes(), blank);
        if run > 0 {
            let (start, plain) = (folded.len(), &rest[..run]);
            folded.push_str(plain);
            folded[start..].make_ascii_lowercase();
            blank = plain.ends_with(' ');
        }
        rest = &rest[run..];
        if let Some(c) = rest.chars().next() {
            blank = fold_char(c, blank, from, folded);
            rest = &rest[c.len_utf8()..];
        }
    }
    let end = from + folded[from..].trim_end_matches(is_edge_mark).len();
    let start = end - folded[from..end].trim_start_matches(is_edge_mark).len();
    start..end
}

/// Bytes that only their case is taken from: ASCII without controls, but for blanks in a row and those few marks
/// that are folded.
fn plain_run(text: &[u8], mut blank: bool) -> usize {
    text.iter()
        .position(|&byte| {
            let second = blank && byte == b' ';
            blank = byte == b' ';
            second || SPECIAL[usize::from(byte)]
        })
        .unwrap_or(text.len())
}

/// The bytes that need a closer look.
const SPECIAL: [bool; 256] = {
    let (mut special, mut byte) = ([true; 256], 0x20);
    while byte < 0x80 {
        special[byte] = matches!(byte as u8, b'`' | b':');
        byte += 1;
    }
    special
};

/// Folds a character onto a line that begins at `from`; says whether the line ends with a blank then.
fn fold_char(c: char, blank: bool, from: usize, folded: &mut String) -> bool {
    match if c.is_ascii() { char::from(ASCII[c as usize]) } else { plain(c) } {
        ' ' => {
            if !blank {
                folded.push(' ');
            }
            true
        }
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\u{2060}' => blank,
        '…' => {
            folded.push_str("...");
            false
        }
        // French sets a blank before a colon.
        ':' => {
            if blank && folded.len() > from {
                folded.pop();
            }
            folded.push(':');
            false
        }
        c if c.is_ascii() => {
            folded.push(c.to_ascii_lowercase());
            false
        }
        // Letters without case, by far the most of them: no need to look them up.
        c @ ('\u{3001}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}') => {
            folded.push(c);
            false
        }
        c => {
            folded.extend(c.to_lowercase());
            false
        }
    }
}

/// What ASCII characters are folded to: one blank for all, small letters, one apostrophe.
const ASCII: [u8; 128] = {
    let mut folded = [0; 128];
    let mut byte = 0;
    while byte < 128 {
        folded[byte as usize] = match byte {
            b'`' => b'\'',
            b'\t'..=b'\r' => b' ',
            _ => byte.to_ascii_lowercase(),
        };
        byte += 1;
    }
    folded
};

/// The text without the marks, bullets and arrows at its edges.
pub fn trim_marks(text: &str) -> &str {
    text.trim_matches(is_edge_mark)
}

fn is_edge_mark(c: char) -> bool {
    !c.is_alphanumeric() && !matches!(c, '©' | '@' | '#' | '&' | '%' | '+')
}

fn plain(c: char) -> char {
    match c {
        '\u{2018}' | '\u{2019}' | '\u{201A}' | '\u{201B}' | '\u{2032}' | '\u{60}' | '\u{B4}' => '\'',
        '\u{201C}'..='\u{201F}' | '\u{2033}' | '«' | '»' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        // Fullwidth forms stand at a fixed distance from ASCII (Unicode, Halfwidth and Fullwidth Forms).
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        // Turkish capitals and small letters of i meet in no other way.
        'İ' | 'ı' => 'i',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_the_same_is_the_same() {
        for line in
            ["READ MORE »", "Read\u{A0} more", "– Read more:", "ＲＥＡＤ　ｍｏｒｅ", "re\u{AD}ad more…"]
        {
            assert_eq!(fold(line), "read more", "{line}");
        }
        assert_eq!(fold("Don’t “go”"), "don't \"go");
        assert_eq!(fold("YAYINLANMA"), fold("yayınlanma"));
        assert_eq!(fold("Lire aussi\u{A0}: le port"), "lire aussi: le port");
        assert_eq!(fold(" a  b \u{200B} c : d\t\tE "), "a b c: d e");
    }

    #[test]
    fn lines_are_folded_one_after_the_other() {
        let mut folded = String::from("before ");
        let at = fold_onto("» Read MORE : ", &mut folded);
        assert_eq!(&folded[at], "read more");
        let at = fold_onto(": 港", &mut folded);
        assert_eq!(&folded[at], "港");
    }
}
