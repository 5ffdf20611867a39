//! Bytes to text: a chain of decisions, the surest first. What decided goes into the record.
mod binary;
mod declared;

use crate::model::{DecidedBy, RawDocument, SkipReason, Text, Trouble};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// Bytes with the high bit set that the detector sees, with what stands between them: more evidence does
/// not change its mind, and it is slower than all else on the line.
const DETECTOR_BYTES: usize = 4096;

/// Decodes a document: byte order mark, valid UTF-8, what the document or its container declares, the
/// detector, and windows-1252 last.
///
/// # Errors
/// What is not text is skipped, never decoded into noise.
pub(crate) fn decode(raw: &RawDocument) -> Result<Text, Trouble> {
    let bytes = &raw.bytes;
    if let Some((encoding, bom)) = Encoding::for_bom(bytes) {
        return Ok(with(encoding, &bytes[bom..], DecidedBy::Bom));
    }
    if binary::is_binary(bytes) {
        return Err(Trouble::skipped(raw.origin.clone(), SkipReason::Binary));
    }
    if std::str::from_utf8(bytes).is_ok() {
        return Ok(with(UTF_8, bytes, DecidedBy::Utf8));
    }
    let declared = declared::candidates(raw).into_iter();
    for (label, decided_by) in declared {
        let Some(encoding) = Encoding::for_label(label.as_bytes()) else { continue };
        let text = with(encoding, bytes, decided_by);
        if text.replacements == 0 {
            return Ok(text);
        }
    }
    Ok(detected(bytes))
}

/// The detector's verdict on a capped sample of the non-ASCII bytes.
fn detected(bytes: &[u8]) -> Text {
    let start = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    let sample = &bytes[start..bytes.len().min(start + DETECTOR_BYTES)];
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(sample, sample.len() == bytes.len() - start);
    let encoding = detector.guess(None, chardetng::Utf8Detection::Deny);
    let decided_by = if encoding == WINDOWS_1252 { DecidedBy::Default } else { DecidedBy::Detected };
    with(encoding, bytes, decided_by)
}

fn with(encoding: &'static Encoding, bytes: &[u8], decided_by: DecidedBy) -> Text {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    let replacements = if damaged { text.matches('\u{FFFD}').count() } else { 0 };
    Text { text: text.into_owned(), encoding: encoding.name(), decided_by, replacements }
}
