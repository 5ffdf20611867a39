//! Mojibake: UTF-8 that was once decoded as a single-byte encoding, and undone here. Off by default.
//!
//! The method is that of ftfy (R. Speer, "ftfy: fixes text for you", 2012-2024): a line is touched only if
//! it looks wrong ([`suspicion`]), and changed only if its characters, put back to bytes in one encoding, are
//! UTF-8. What does not fit as a whole is repaired piece by piece.
mod codec;
mod suspicion;

use codec::{CODECS, Codec, WINDOWS_1252};
use suspicion::is_suspicious;

/// Times that a text may have been decoded wrongly, one over the other.
const LAYERS: usize = 4;

/// The byte that stands for a character that was lost on the way.
const LOST: u8 = 0x1A;

/// U+FFFD in UTF-8.
const REPLACEMENT: [u8; 3] = [0xEF, 0xBF, 0xBD];

/// The text repaired, and how many lines that were; `None` if nothing looked wrong and could be repaired.
pub(super) fn repair(text: &str) -> Option<(String, u64)> {
    let mut out = String::new();
    let mut done = 0;
    let mut count = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if let Some(repaired) = repair_line(line) {
            out.push_str(&text[done..at]);
            out.push_str(&repaired);
            done = at + line.len();
            count += 1;
        }
        at += line.len();
    }
    (count > 0).then(|| (out + &text[done..], count))
}

/// A line with all layers taken off.
fn repair_line(line: &str) -> Option<String> {
    let mut repaired: Option<String> = None;
    for _ in 0..LAYERS {
        let text = repaired.as_deref().unwrap_or(line);
        match take_off_a_layer(text) {
            Some(better) if better != text => repaired = Some(better),
            _ => break,
        }
    }
    repaired
}

fn take_off_a_layer(text: &str) -> Option<String> {
    if text.is_ascii() || !is_suspicious(text) {
        return None;
    }
    CODECS
        .iter()
        .find_map(|codec| as_utf8(text, codec))
        .or_else(|| by_pieces(text))
        .or_else(|| controls_as_windows_1252(text))
}

/// The text as the UTF-8 that its bytes in an encoding are.
fn as_utf8(text: &str, codec: &Codec) -> Option<String> {
    let mut bytes = text.chars().map(|c| codec.byte(c)).collect::<Option<Vec<u8>>>()?;
    if codec.is_lossy {
        bytes = with_spaces_restored(&bytes);
        bytes = with_losses_marked(&bytes);
    }
    let bytes = with_surrogates_joined(bytes);
    String::from_utf8(bytes).ok()
}

/// Puts back the byte A0 where it became a space, as it does where white space is normalised: after a lead
/// byte and within a sequence. `Ã` alone is the French and Portuguese word `à`.
fn with_spaces_restored(bytes: &[u8]) -> Vec<u8> {
    /// What follows `à` without a space in Portuguese.
    const JOINED: [&[u8]; 5] = [b" ", b"quele", b"quela", b"quilo", b"s "];
    let mut restored = Vec::with_capacity(bytes.len() + 8);
    for (at, &byte) in bytes.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| bytes[at]);
        let after = &bytes[at + 1..];
        let is_continuation = |byte: Option<&u8>| byte.is_some_and(|byte| matches!(byte, 0x80..=0xBF));
        match (before, byte) {
            (Some(0xC3), b' ') if !JOINED.iter().any(|joined| after.starts_with(joined)) => {
                restored.extend([0xA0, b' ']);
            }
            (Some(0xC2 | 0xC3 | 0xC5 | 0xCE | 0xD0 | 0xD9), b' ') => restored.push(0xA0),
            (Some(0xE2 | 0xE3), b' ') if is_continuation(after.first()) => restored.push(0xA0),
            (Some(0x80..=0xBF), b' ')
                if at >= 2 && matches!(bytes[at - 2], 0xE0..=0xE3) && !is_continuation(after.first()) =>
            {
                restored.push(0xA0);
            }
            (Some(0xF0), b' ') if is_continuation(after.first()) && is_continuation(after.get(1)) => {
                restored.push(0xA0);
            }
            _ => restored.push(byte),
        }
    }
    restored
}

/// Marks sequences of which a byte was lost, to a question mark or U+FFFD, as one U+FFFD.
fn with_losses_marked(bytes: &[u8]) -> Vec<u8> {
    let mut marked = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(&first) = rest.first() {
        let length = lost_sequence(rest);
        match length {
            0 => {
                marked.push(first);
                rest = &rest[1..];
            }
            _ => {
                marked.extend(REPLACEMENT);
                rest = &rest[length..];
            }
        }
    }
    marked
}

/// Bytes of a sequence with a loss at the start of the bytes; 0 if there is none.
fn lost_sequence(bytes: &[u8]) -> usize {
    let continues = |byte: &u8| matches!(byte, 0x80..=0xBF);
    let lost = |byte: &u8| matches!(*byte, LOST | b'?');
    match bytes {
        [LOST, ..] => 1,
        [0xC2..=0xDF, LOST, ..] | [0xC2 | 0xC3, b'?', ..] => 2,
        [0xE0..=0xEF, a, b, ..] if (lost(a) && (continues(b) || *b == LOST)) || (continues(a) && lost(b)) => {
            3
        }
        [0xF0..=0xF4, a, b, c, ..]
            if [a, b, c].iter().all(|byte| continues(byte) || lost(byte))
                && [a, b, c].iter().any(|byte| lost(byte)) =>
        {
            4
        }
        _ => 0,
    }
}

/// Joins surrogates that were written as UTF-8 of their own (CESU-8).
fn with_surrogates_joined(bytes: Vec<u8>) -> Vec<u8> {
    if !bytes.contains(&0xED) {
        return bytes;
    }
    let mut joined = Vec::with_capacity(bytes.len());
    let mut rest = bytes.as_slice();
    while let Some((&first, others)) = rest.split_first() {
        if let [0xED, a @ 0xA0..=0xAF, b @ 0x80..=0xBF, 0xED, c @ 0xB0..=0xBF, d @ 0x80..=0xBF, tail @ ..] =
            rest
        {
            let bits = |byte: &u8| u32::from(byte & 0x3F);
            let high = (bits(a) & 0xF) << 6 | bits(b);
            let low = (bits(c) & 0xF) << 6 | bits(d);
            if let Some(c) = char::from_u32(0x10000 + (high << 10 | low)) {
                joined.extend(c.encode_utf8(&mut [0; 4]).bytes());
            }
            rest = tail;
        } else {
            joined.push(first);
            rest = others;
        }
    }
    joined
}

/// Repairs the runs of a text that are UTF-8 by themselves and look wrong by themselves.
fn by_pieces(text: &str) -> Option<String> {
    CODECS.iter().filter(|codec| codec.is_lossy).find_map(|codec| pieces_as_utf8(text, codec))
}

fn pieces_as_utf8(text: &str, codec: &Codec) -> Option<String> {
    let mut out = String::new();
    let mut done = 0;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let length = match c {
            _ if c.is_ascii() || suspicion::is_inside(text[..at].chars().next_back()) => 0,
            'Ã' if suspicion::is_lone(text, at) => "Ã ".len(),
            _ => run_length(&text[at..], codec),
        };
        let piece = &text[at..at + length];
        let repaired = if is_suspicious(piece) { as_utf8(piece, codec) } else { None };
        if let Some(repaired) = repaired {
            out.push_str(&text[done..at]);
            out.push_str(&repaired);
            done = at + length;
        }
        at += length.max(c.len_utf8());
    }
    (done > 0).then(|| out + &text[done..])
}

/// Bytes of the run of whole UTF-8 sequences that a text begins with, once put back to bytes.
fn run_length(text: &str, codec: &Codec) -> usize {
    let mut length = 0;
    let mut rest = text.char_indices().map(|(at, c)| (at + c.len_utf8(), codec.byte(c)));
    while let Some((_, Some(lead))) = rest.next() {
        let more = match lead {
            0xC2..=0xDF => 1,
            0xE0..=0xEF => 2,
            0xF0..=0xF4 => 3,
            _ => break,
        };
        let mut end = None;
        for _ in 0..more {
            end = match rest.next() {
                Some((end, Some(0x80..=0xBF))) => Some(end),
                _ => return length,
            };
        }
        length = end.unwrap_or(length);
    }
    length
}

/// Reads C1 control characters, which no text has, as what windows-1252 has in their places.
fn controls_as_windows_1252(text: &str) -> Option<String> {
    let is_control = |c: char| ('\u{80}'..='\u{9F}').contains(&c);
    let read = |c: char| if is_control(c) { WINDOWS_1252.character(c as u32 as u8) } else { c };
    text.contains(is_control).then(|| text.chars().map(read).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repaired(text: &str) -> String {
        repair(text).map_or_else(|| text.to_string(), |(text, _)| text)
    }

    #[test]
    fn layers_are_taken_off() {
        for (damaged, text) in [
            ("cafÃ© crÃ¨me", "café crème"),
            ("donâ€™t", "don’t"),
            ("nÃƒÂ© en 1950", "né en 1950"),
            ("РїСЂРёРІРµС‚", "привет"),
            ("LiĂ¨ge", "Liège"),
            ("wei√ü", "weiß"),
            ("a \u{93}quote\u{94}", "a “quote”"),
        ] {
            assert_eq!(repaired(damaged), text, "{damaged}");
            assert_eq!(repair(text), None, "{text}");
        }
    }

    #[test]
    fn a_wrong_line_does_not_touch_the_others() {
        let (text, count) = repair("é à ç\ncafÃ©\nÉ…\n").unwrap();
        assert_eq!((text.as_str(), count), ("é à ç\ncafé\nÉ…\n", 1));
    }

    #[test]
    fn what_was_lost_is_marked() {
        assert_eq!(repaired("AmĂ©rica, Ă\u{FFFD}frica"), "América, \u{FFFD}frica");
    }
}
