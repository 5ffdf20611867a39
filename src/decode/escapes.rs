//! ISO-2022-JP: seven-bit text that switches its character sets by escape sequences.
use super::survey::Survey;
use super::with;
use crate::model::{DecidedBy, Text};
use encoding_rs::ISO_2022_JP;
use memchr::memchr;

/// Escapes that open a Japanese set: JIS X 0208 in both its editions, JIS X 0201 in both its halves.
const OPENERS: [&[u8]; 4] = [b"\x1B$@", b"\x1B$B", b"\x1B(J", b"\x1B(I"];

/// The bytes as ISO-2022-JP, if they are seven-bit, open a Japanese set and decode without damage; a
/// sequence that is cut off at the end is forgiven.
pub(super) fn decode<'a>(bytes: &'a [u8], survey: &Survey) -> Option<Text<'a>> {
    let mut chunks = survey.strange(0);
    let first = loop {
        let chunk = chunks.next()?;
        if !bytes[chunk.clone()].is_ascii() {
            return None;
        }
        if let Some(place) = memchr(0x1B, &bytes[chunk.clone()]) {
            break chunk.start + place;
        }
    };
    let opens = OPENERS.iter().any(|opener| bytes[first..].starts_with(opener));
    if !opens || !bytes.is_ascii() {
        return None;
    }
    let text = with(ISO_2022_JP, bytes, DecidedBy::Escapes, 1.0);
    (text.decoding.replacements <= 1).then_some(text)
}
