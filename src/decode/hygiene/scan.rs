//! The scan for characters that a rule of hygiene is about: fast over all that no rule is about.
use crate::decode::survey::{CHUNK, Survey};
use std::ops::{Range, RangeInclusive};
use std::sync::LazyLock;
use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, is_nfc_quick};

/// A character that may not stand in NFC, or not after every other.
pub(super) const NOT_NFC: u8 = 1;
/// A combining mark, whose order counts.
pub(super) const MARK: u8 = 2;
/// A character that takes no room and is no letter.
pub(super) const INVISIBLE: u8 = 4;
/// A control character.
pub(super) const CONTROL: u8 = 8;
/// A line end other than `\n`.
pub(super) const LINE_END: u8 = 16;

/// Bytes of a chunk that are looked at together.
const PART: usize = 16;

/// Code points of the Basic Multilingual Plane.
const PLANE: u32 = 0x10000;

/// Ideographs, syllables of Hangul and the area for private use: most of the plane, and of no kind. A test looks.
const PLAIN: [RangeInclusive<u32>; 3] = [0x3400..=0x9FFF, 0xAC00..=0xD7A3, 0xE000..=0xF8FF];

/// The first two bytes of characters of some kind beyond the plane, in scripts and symbols, ideographs for
/// compatibility, tags: the first byte and what may be the second. A test looks.
const BEYOND: [(u8, &[u8]); 2] = [(0xF0, &[0x90, 0x91, 0x96, 0x9B, 0x9D, 0x9E, 0xAF]), (0xF3, &[0xA0])];

/// The kinds of every character of the Basic Multilingual Plane.
static KINDS: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut kinds = vec![0; PLANE as usize];
    for c in looked_at().filter_map(char::from_u32) {
        kinds[c as usize] = kinds_of(c);
    }
    kinds
});

/// The code points of the plane that may be of some kind.
fn looked_at() -> impl Iterator<Item = u32> {
    (0..PLANE).filter(|code| !PLAIN.iter().any(|plain| plain.contains(code)))
}

/// Whether a byte and the one after it may begin a character of any kind; the first is the high half of the
/// index.
static PAIRS: LazyLock<Vec<bool>> = LazyLock::new(|| {
    let mut pairs = vec![false; 1 << 16];
    let mut buffer = [0; 4];
    for c in looked_at().filter_map(char::from_u32).filter(|&c| kinds(c) != 0) {
        match c.encode_utf8(&mut buffer).as_bytes() {
            [only] => pairs[pair(*only, 0)..=pair(*only, u8::MAX)].fill(true),
            [first, second, ..] => pairs[pair(*first, *second)] = true,
            [] => {}
        }
    }
    for (first, seconds) in BEYOND {
        seconds.iter().for_each(|&second| pairs[pair(first, second)] = true);
    }
    pairs
});

fn pair(first: u8, second: u8) -> usize {
    usize::from(first) << 8 | usize::from(second)
}

/// The kinds of a character.
pub(super) fn kinds(c: char) -> u8 {
    KINDS.get(c as usize).copied().unwrap_or_else(|| kinds_of(c))
}

fn kinds_of(c: char) -> u8 {
    let shape = match c {
        '\t' | '\n' => 0,
        '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => LINE_END,
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' => CONTROL,
        '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' => INVISIBLE,
        '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206F}' | '\u{FEFF}' => INVISIBLE,
        '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}' | '\u{E0100}'..='\u{E01EF}' => INVISIBLE,
        _ => 0,
    };
    let is_stable = is_nfc_quick(std::iter::once(c)) == IsNormalized::Yes;
    let order = if canonical_combining_class(c) == 0 { 0 } else { MARK };
    shape | order | if is_stable { 0 } else { NOT_NFC }
}

/// The next character of one of the wanted kinds: where it begins, and its kinds. A mark counts where it stands
/// after another.
pub(super) fn next(bytes: &[u8], survey: &Survey, from: usize, wanted: u8) -> Option<(usize, u8)> {
    survey.strange(from).find_map(|chunk| next_in(bytes, chunk, wanted))
}

/// The same in a chunk; most hold letters of no kind alone.
fn next_in(bytes: &[u8], chunk: Range<usize>, wanted: u8) -> Option<(usize, u8)> {
    let whole: Option<&[u8; CHUNK]> = bytes[chunk.clone()].try_into().ok();
    if whole.is_some_and(is_plain) {
        return None;
    }
    let (table, pairs) = (KINDS.as_slice(), PAIRS.as_slice());
    for (part, start) in bytes[chunk.clone()].chunks(PART).zip((chunk.start..).step_by(PART)) {
        let whole: Option<&[u8; PART]> = part.try_into().ok();
        if whole.is_some_and(is_plain) || !may_begin_a_kind(table, pairs, &bytes[start..], part.len()) {
            continue;
        }
        for (&byte, place) in part.iter().zip(start..) {
            if SUSPECT[usize::from(byte)] {
                let kinds = kinds_at(table, byte, &bytes[place + 1..]);
                let is_wanted = match kinds & wanted {
                    0 => false,
                    MARK => follows_mark(table, &bytes[..place]),
                    _ => true,
                };
                if is_wanted {
                    return Some((place, kinds));
                }
            }
        }
    }
    None
}

/// Whether the last character is a mark: only then does the order count of the mark that comes next.
fn follows_mark(table: &[u8], before: &[u8]) -> bool {
    let lead = before.iter().rposition(|&byte| byte & 0xC0 != 0x80);
    lead.is_some_and(|lead| kinds_at(table, before[lead], &before[lead + 1..]) & MARK != 0)
}

/// Whether a character of some kind may begin in the first bytes, so many of them. Without branches, which the
/// scripts of India would mislead: all their blocks hold marks.
fn may_begin_a_kind(table: &[u8], pairs: &[bool], bytes: &[u8], length: usize) -> bool {
    let Some(window) = bytes.first_chunk::<{ PART + 2 }>() else { return length > 0 };
    let seconds = window[..PART].iter().zip(&window[1..]);
    if !seconds.clone().fold(false, |any, (&first, &second)| any | pairs[pair(first, second)]) {
        return false;
    }
    seconds.zip(&window[2..]).fold(false, |any, ((&first, &second), &third)| {
        let is_of_none = (first & 0xF0 == 0xE0) & (table[three(first, second, third)] == 0);
        any | (pairs[pair(first, second)] & !is_of_none)
    })
}

/// The code point of three bytes.
fn three(first: u8, second: u8, third: u8) -> usize {
    usize::from(first & 0xF) << 12 | usize::from(second & 0x3F) << 6 | usize::from(third & 0x3F)
}

/// Whether no byte can begin a character of any kind. Written without branches, so that it becomes vector
/// instructions.
fn is_plain<const SIZE: usize>(part: &[u8; SIZE]) -> bool {
    part.iter().fold(0, |any, &byte| any | u8::from(is_suspect(byte))) == 0
}

/// Whether a byte is a control character or the lead byte of a block that holds characters of some kind. The
/// letters of Latin (`C3`-`C9`), most of Cyrillic (`D0`, `D1`), the ideographs (`E4`-`E9`) and most Hangul
/// syllables (`EB`, `EC`) are of none; a test checks it.
const fn is_suspect(byte: u8) -> bool {
    let is_control = (byte < 0x20) & (byte != b'\t') & (byte != b'\n') | (byte == 0x7F);
    let is_lead = byte >= 0xC0;
    let is_safe = (byte.wrapping_sub(0xC3) <= 6)
        | (byte.wrapping_sub(0xD0) <= 1)
        | (byte.wrapping_sub(0xE4) <= 5)
        | (byte.wrapping_sub(0xEB) <= 1);
    is_control | (is_lead & !is_safe)
}

/// [`is_suspect`] of every byte.
static SUSPECT: [bool; 256] = {
    let mut suspect = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        suspect[byte] = is_suspect(byte as u8);
        byte += 1;
    }
    suspect
};

/// The kinds of the character that a byte begins; most are in the table.
fn kinds_at(table: &[u8], lead: u8, rest: &[u8]) -> u8 {
    let code = match (lead, rest) {
        (0..=0x7F, _) => usize::from(lead),
        (0xC0..=0xDF, [second, ..]) => usize::from(lead & 0x1F) << 6 | usize::from(second & 0x3F),
        (0xE0..=0xEF, [second, third, ..]) => three(lead, *second, *third),
        _ => return code_point(lead, rest).map_or(0, kinds_of),
    };
    table.get(code).copied().unwrap_or(0)
}

/// The character that a lead byte begins; the bytes are valid UTF-8.
fn code_point(lead: u8, rest: &[u8]) -> Option<char> {
    let low = |at: usize| rest.get(at).map(|&byte| u32::from(byte & 0x3F));
    let lead_bits = u32::from(lead);
    let code = match lead {
        0..=0x7F => lead_bits,
        0xC0..=0xDF => (lead_bits & 0x1F) << 6 | low(0)?,
        0xE0..=0xEF => (lead_bits & 0xF) << 12 | low(0)? << 6 | low(1)?,
        _ => (lead_bits & 7) << 18 | low(0)? << 12 | low(1)? << 6 | low(2)?,
    };
    char::from_u32(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_of_some_kind_begins_with_a_suspect_byte() {
        let mut buffer = [0; 4];
        for c in (0..=char::MAX as u32).filter_map(char::from_u32) {
            let bytes = c.encode_utf8(&mut buffer).as_bytes();
            assert!(kinds(c) == 0 || is_suspect(bytes[0]), "{c:?}");
            assert_eq!(kinds(c), kinds_of(c), "{c:?}");
            assert_eq!(code_point(bytes[0], &bytes[1..]), Some(c));
        }
    }

    #[test]
    fn pairs_beyond_the_plane_are_those_of_characters_of_some_kind() {
        let mut pairs = std::collections::BTreeSet::new();
        for c in (PLANE..=char::MAX as u32).filter_map(char::from_u32).filter(|&c| kinds_of(c) != 0) {
            let mut buffer = [0; 4];
            let bytes = c.encode_utf8(&mut buffer).as_bytes();
            pairs.insert((bytes[0], bytes[1]));
        }
        let of = |(first, seconds): (u8, &'static [u8])| seconds.iter().map(move |&second| (first, second));
        assert_eq!(pairs, BEYOND.into_iter().flat_map(of).collect(), "{pairs:x?}");
    }

    #[test]
    fn the_next_of_a_kind_is_found_wherever_it_stands() {
        for before in 0..70 {
            for (found, kind) in [("\r", LINE_END), ("\u{AD}", INVISIBLE), ("\u{301}", NOT_NFC)] {
                let text = format!("{}{found}{}", "é".repeat(before), "z".repeat(40));
                let next = |from| next(text.as_bytes(), &Survey::of(text.as_bytes()), from, kind);
                let (at, kinds) = next(0).unwrap();
                assert!(at == before * 2 && kinds & kind != 0);
                assert_eq!(next(at + 1), None);
            }
        }
    }
}
