//! UTF-16 and UTF-32, by byte order mark or by the lanes their bytes fall into.
use super::{replaced, text_of};
use crate::model::{DecidedBy, Text};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// Bytes looked at where there is no mark; a multiple of four.
const SAMPLE: usize = 4096;

/// Fewer bytes than this without a mark are not worth a guess.
const SMALLEST: usize = 8;

/// One unit in so many may be odd in wide text: a control character, half a surrogate pair, private use.
const ODD_SHARE: usize = 32;

/// One unit in so many, at least, is a space, a line end or ASCII in wide text of nearly any language.
const PLAIN_SHARE: usize = 64;

/// One byte in so many, or more, is zero in wide text of plain letters; and in narrow text with a stray zero all but one
/// in so many are printable ASCII.
const NARROW_SHARE: usize = 8;

/// Or else so large a share of the units is in one alphabet: Thai writes without spaces.
const ALPHABET_SHARE: (usize, usize) = (3, 4);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Little,
    Big,
}

/// Text that begins with a mark of UTF-32 or UTF-16.
pub(super) fn by_mark(bytes: &[u8]) -> Option<Text<'_>> {
    // The mark of UTF-32LE begins with that of UTF-16LE.
    let decided_by = DecidedBy::Bom;
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE\0\0") {
        return Some(utf32(rest, Order::Little, decided_by));
    }
    if let Some(rest) = bytes.strip_prefix(b"\0\0\xFE\xFF") {
        return Some(utf32(rest, Order::Big, decided_by));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        return Some(utf16(rest, UTF_16LE, decided_by));
    }
    bytes.strip_prefix(b"\xFE\xFF").map(|rest| utf16(rest, UTF_16BE, decided_by))
}

/// Text without a mark whose zero bytes, or the high bytes of its characters, stand in one lane.
pub(super) fn by_lanes(bytes: &[u8]) -> Option<Text<'_>> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    if sample.len() < SMALLEST || memchr::memchr(0, sample).is_none() {
        return None;
    }
    let decided_by = DecidedBy::WideLanes;
    for order in [Order::Little, Order::Big] {
        if textual_units(units32(sample, order)).is_some() {
            return Some(utf32(bytes, order, decided_by));
        }
    }
    let textual = |order| textual_units(units16(sample, order)).filter(|_| !is_narrow(sample));
    match (textual(Order::Little), textual(Order::Big)) {
        (Some(little), big) if big.is_none_or(|big| little > big) => Some(utf16(bytes, UTF_16LE, decided_by)),
        (_, Some(_)) => Some(utf16(bytes, UTF_16BE, decided_by)),
        _ => None,
    }
}

/// Whether bytes are narrow text with a stray zero: nearly all printable ASCII, and few zeros. The units of
/// wide Chinese have no zeros either, but half of their low bytes are not ASCII.
fn is_narrow(bytes: &[u8]) -> bool {
    let zeros = bytes.iter().filter(|&&byte| byte == 0).count();
    let ascii = bytes.iter().filter(|&&byte| matches!(byte, 0x20..=0x7E | 0x09..=0x0D)).count();
    zeros * NARROW_SHARE < bytes.len() && (bytes.len() - ascii) * NARROW_SHARE < bytes.len()
}

/// How many units are plain, or letters of the text's one alphabet, if they read as text; `None` if not.
fn textual_units(units: impl Iterator<Item = u32>) -> Option<usize> {
    let (mut all, mut odd, mut plain) = (0, 0, 0);
    let mut alphabets = [0; 0x20];
    for unit in units {
        all += 1;
        match unit {
            0x20..=0x7E | 0x09 | 0x0A | 0x0D | 0x3000..=0x3002 | 0xFF0C => plain += 1,
            0..=0x1F | 0x7F..=0x9F | 0xE000..=0xF8FF | 0xFFFE | 0xFFFF | 0x110000.. => odd += 1,
            0x100..=0x1FFF => alphabets[(unit >> 8) as usize] += 1,
            _ => {}
        }
    }
    let letters = alphabets.into_iter().max().unwrap_or(0);
    let is_text = plain * PLAIN_SHARE >= all || letters * ALPHABET_SHARE.1 >= all * ALPHABET_SHARE.0;
    (all > 0 && odd * ODD_SHARE <= all && is_text).then_some(plain + letters)
}

fn units16(bytes: &[u8], order: Order) -> impl Iterator<Item = u32> + '_ {
    bytes.chunks_exact(2).map(move |unit| {
        let unit = [unit[0], unit[1]];
        u32::from(if order == Order::Little { u16::from_le_bytes(unit) } else { u16::from_be_bytes(unit) })
    })
}

fn units32(bytes: &[u8], order: Order) -> impl Iterator<Item = u32> + '_ {
    bytes.chunks_exact(4).map(move |unit| {
        let unit = [unit[0], unit[1], unit[2], unit[3]];
        if order == Order::Little { u32::from_le_bytes(unit) } else { u32::from_be_bytes(unit) }
    })
}

fn utf16<'a>(bytes: &'a [u8], encoding: &'static Encoding, decided_by: DecidedBy) -> Text<'a> {
    super::with(encoding, bytes, decided_by, 1.0)
}

/// Decodes UTF-32, which the Encoding Standard does not know. A cut-off unit at the end is one replacement.
fn utf32<'a>(bytes: &'a [u8], order: Order, decided_by: DecidedBy) -> Text<'a> {
    let mut text: String = units32(bytes, order)
        .map(|unit| char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect();
    if !bytes.len().is_multiple_of(4) {
        text.push(char::REPLACEMENT_CHARACTER);
    }
    let replacements = replaced(&text);
    let name = if order == Order::Little { "UTF-32LE" } else { "UTF-32BE" };
    text_of(Cow::Owned(text), name, decided_by, 1.0, replacements)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes16(text: &str, to: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to).collect()
    }

    fn bytes32(text: &str, to: fn(u32) -> [u8; 4]) -> Vec<u8> {
        text.chars().flat_map(|c| to(c as u32)).collect()
    }

    #[test]
    fn lanes_tell_the_encoding_and_the_order() {
        for text in
            ["Hello, wide world", "Привет, мир и всё", "你好，世界。 今天天气很好。\n", "日本語 のテキスト"]
        {
            for (bytes, name) in [
                (bytes16(text, u16::to_le_bytes), "UTF-16LE"),
                (bytes16(text, u16::to_be_bytes), "UTF-16BE"),
                (bytes32(text, u32::to_le_bytes), "UTF-32LE"),
                (bytes32(text, u32::to_be_bytes), "UTF-32BE"),
            ] {
                let decoded = by_lanes(&bytes).unwrap_or_else(|| panic!("{name}: {text}"));
                assert_eq!((decoded.encoding, &*decoded.text), (name, text));
            }
        }
    }

    #[test]
    fn marks_are_read_and_left_out() {
        let utf32 = by_mark(b"\xFF\xFE\0\0a\0\0\0").unwrap();
        assert_eq!((utf32.encoding, &*utf32.text), ("UTF-32LE", "a"));
        let utf16 = by_mark(b"\xFE\xFF\0a\0").unwrap();
        assert_eq!((utf16.encoding, &*utf16.text, utf16.decoding.replacements), ("UTF-16BE", "a\u{FFFD}", 1));
    }

    #[test]
    fn zeros_alone_are_no_text() {
        assert!(by_lanes(&[0; 64]).is_none());
        assert!(by_lanes(b"plain text with a \0 in it").is_none());
    }
}
