//! UTF-8: valid, cut off at its end, or nearly valid.
use super::{text_of, with};
use crate::model::{DecidedBy, Text};
use encoding_rs::UTF_8;
use std::borrow::Cow;

/// The byte order mark of UTF-8.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// Valid sequences that must stand against each broken one for a text to be nearly valid UTF-8. Bytes of
/// the legacy encodings rarely form one valid sequence, and then break the next.
const NEARLY: usize = 4;

/// The bytes as UTF-8, if that is what they are.
pub(super) fn decode(bytes: &[u8]) -> Option<Text<'_>> {
    let (bytes, decided_by) = match bytes.strip_prefix(MARK) {
        Some(rest) => (rest, DecidedBy::Bom),
        None => (bytes, DecidedBy::Utf8),
    };
    match simdutf8::compat::from_utf8(bytes) {
        Ok(text) => Some(text_of(Cow::Borrowed(text), UTF_8.name(), decided_by, 1.0, 0)),
        Err(_) if decided_by == DecidedBy::Bom => Some(with(UTF_8, bytes, decided_by, 1.0)),
        Err(error) if error.error_len().is_none() && has_sequence(&bytes[..error.valid_up_to()]) => {
            Some(with(UTF_8, bytes, decided_by, 1.0))
        }
        Err(error) => nearly(bytes, error.valid_up_to()),
    }
}

fn has_sequence(valid: &[u8]) -> bool {
    !valid.is_ascii()
}

/// Text of which nearly all non-ASCII bytes are valid UTF-8, whatever is declared.
fn nearly(bytes: &[u8], valid: usize) -> Option<Text<'_>> {
    let (sequences, broken) = evidence(bytes, valid);
    (sequences >= NEARLY * broken.max(1)).then(|| {
        let margin = 1.0 - broken as f32 / sequences as f32;
        with(UTF_8, bytes, DecidedBy::Utf8, margin)
    })
}

/// Counts valid non-ASCII sequences and broken ones; looks no further once there are too many broken ones
/// for the valid ones met so far.
pub(super) fn evidence(bytes: &[u8], valid: usize) -> (usize, usize) {
    /// Broken sequences after which a text without valid ones is given up.
    const PATIENCE: usize = 64;
    let (head, tail) = bytes.split_at(valid);
    let mut sequences = leads(head);
    let mut broken = 0;
    for chunk in tail.utf8_chunks() {
        sequences += leads(chunk.valid().as_bytes());
        broken += usize::from(!chunk.invalid().is_empty());
        if broken > PATIENCE && broken > sequences {
            break;
        }
    }
    (sequences, broken)
}

/// Lead bytes of the sequences in valid UTF-8.
fn leads(valid: &[u8]) -> usize {
    valid.iter().filter(|&&byte| byte >= 0xC0).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_off_tail_is_counted_and_no_more() {
        let text = decode(b"caf\xC3\xA9 na\xC3").unwrap();
        assert_eq!((&*text.text, text.decoding.replacements), ("café na\u{FFFD}", 1));
    }

    #[test]
    fn a_lone_high_byte_at_the_end_is_not_utf_8() {
        assert!(decode(b"caf\xE9").is_none());
    }

    #[test]
    fn a_broken_sequence_among_many_is_replaced() {
        let mut bytes = "é".repeat(10).into_bytes();
        bytes.extend(b"\xFF ok");
        let text = decode(&bytes).unwrap();
        assert_eq!(text.decoding.replacements, 1);
        assert!(text.decoding.margin < 1.0);
    }

    #[test]
    fn a_mark_is_no_text() {
        let text = decode(b"\xEF\xBB\xBFa").unwrap();
        assert_eq!((&*text.text, text.decided_by), ("a", DecidedBy::Bom));
    }
}
