//! The scan for characters that a rule of hygiene is about: fast over all that no rule is about.
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

/// Bytes that are looked at together.
const CHUNK: usize = 32;

/// Code points of the Basic Multilingual Plane.
const PLANE: u32 = 0x10000;

/// The kinds of every character of the Basic Multilingual Plane.
static KINDS: LazyLock<Vec<u8>> =
    LazyLock::new(|| (0..PLANE).map(|code| char::from_u32(code).map_or(0, kinds_of)).collect());

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
        '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}' => INVISIBLE,
        _ => 0,
    };
    let is_stable = is_nfc_quick(std::iter::once(c)) == IsNormalized::Yes;
    let order = if canonical_combining_class(c) == 0 { 0 } else { MARK };
    shape | order | if is_stable { 0 } else { NOT_NFC }
}

/// The next character of one of the wanted kinds: where it begins, and its kinds.
pub(super) fn next(bytes: &[u8], mut at: usize, wanted: u8) -> Option<(usize, u8)> {
    loop {
        let chunk = bytes.get(at..)?;
        let chunk = &chunk[..chunk.len().min(CHUNK)];
        if chunk.is_empty() {
            return None;
        }
        if !is_plain(chunk) {
            for (offset, &byte) in chunk.iter().enumerate().filter(|(_, byte)| is_suspect(**byte)) {
                let kinds = code_point(byte, &bytes[at + offset + 1..]).map_or(0, kinds);
                if kinds & wanted != 0 {
                    return Some((at + offset, kinds));
                }
            }
        }
        at += chunk.len();
    }
}

/// Whether no byte of a chunk can begin a character of any kind. Written without branches, so that it
/// becomes vector instructions.
fn is_plain(chunk: &[u8]) -> bool {
    match <&[u8; CHUNK]>::try_from(chunk) {
        Ok(chunk) => !chunk.iter().fold(false, |any, &byte| any | is_suspect(byte)),
        Err(_) => !chunk.iter().any(|&byte| is_suspect(byte)),
    }
}

/// Whether a byte is a control character or the lead byte of a block that holds characters of some kind. The
/// letters of Latin (`C3`-`C9`), most of Cyrillic (`D0`, `D1`), the ideographs (`E4`-`E9`) and most Hangul
/// syllables (`EB`, `EC`) are of none; a test checks it.
fn is_suspect(byte: u8) -> bool {
    let is_control = (byte < 0x20) & (byte != b'\t') & (byte != b'\n') | (byte == 0x7F);
    let is_lead = byte >= 0xC0;
    let is_safe = (byte.wrapping_sub(0xC3) <= 6)
        | (byte.wrapping_sub(0xD0) <= 1)
        | (byte.wrapping_sub(0xE4) <= 5)
        | (byte.wrapping_sub(0xEB) <= 1);
    is_control | (is_lead & !is_safe)
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
            assert_eq!(code_point(bytes[0], &bytes[1..]), Some(c));
        }
    }

    #[test]
    fn the_next_of_a_kind_is_found_wherever_it_stands() {
        for before in 0..70 {
            for (found, kind) in [("\r", LINE_END), ("\u{AD}", INVISIBLE), ("\u{301}", NOT_NFC)] {
                let text = format!("{}{found}{}", "é".repeat(before), "z".repeat(40));
                let (at, kinds) = next(text.as_bytes(), 0, kind).unwrap();
                assert!(at == before * 2 && kinds & kind != 0);
                assert_eq!(next(text.as_bytes(), at + 1, kind), None);
            }
        }
    }
}
