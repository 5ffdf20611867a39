//! Is it text at all?
use super::survey::Survey;
use std::ops::Range;

/// First bytes of formats that are never text, in letters or signs that no text begins with.
const MAGIC: &[&[u8]] = &[
    b"%PDF-",
    b"\x89PNG\r\n\x1a\n",
    b"\xFF\xD8\xFF",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\x7FELF",
    b"\xCA\xFE\xBA\xBE",
    b"\xCF\xFA\xED\xFE",
    b"\xFE\xED\xFA\xCF",
    b"\0asm",
    b"SQLite format 3\0",
    b"\x1F\x8B",
    b"\x1A\x45\xDF\xA3",
    b"\0\x01\0\0\0",
    b"OTTO\0",
    b"II*\0",
    b"MM\0*",
    b"\0\0\x01\0",
    b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
    b"7z\xBC\xAF\x27\x1C",
    b"Rar!\x1A\x07",
    b"\xFD7zXZ\0",
    b"\x28\xB5\x2F\xFD",
    b"\x04\x22\x4D\x18",
    b"BZh91AY&SY",
    b"FLV\x01",
    b"\x93NUMPY",
];

/// First bytes of formats that a text about them may begin with too.
const WORDS: &[&[u8]] = &[b"GIF87a", b"GIF89a", b"RIFF", b"OggS", b"fLaC", b"ID3", b"wOFF", b"wOF2", b"PAR1"];

/// Bytes after these words among which each of the formats has sizes or flags that no text has.
const AFTER_WORD: usize = 16;

/// Where the type of an ISO media file (MP4, HEIF, AVIF) stands, and how it begins.
const ISO_MEDIA: (usize, &[u8]) = (4, b"ftyp");

/// Bytes looked at, at the start and again in the middle.
const SAMPLE: usize = 16 << 10;

/// One control byte in so many is more than text has. In random bytes it is one in ten; the legacy texts
/// that were measured stay below one in a hundred.
const CONTROL_SHARE: usize = 50;

/// Fewer control bytes than this are forgiven in short texts, unless there is little else.
const FORGIVEN: usize = 2;

/// Whether the bytes begin as a known binary format does, or hold more control bytes than text ever has.
/// Wide text must have been ruled out before.
pub(super) fn is_binary(bytes: &[u8], survey: &Survey) -> bool {
    if has_magic(bytes) {
        return true;
    }
    let head = 0..bytes.len().min(SAMPLE);
    let start = head.end.max(bytes.len() / 2);
    let middle = start..bytes.len().min(start + SAMPLE);
    [head, middle].into_iter().any(|sample| has_too_many_controls(bytes, sample, survey))
}

/// Whether the first bytes are those of a known binary format.
fn has_magic(bytes: &[u8]) -> bool {
    let (offset, brand) = ISO_MEDIA;
    let after = |rest: &[u8]| controls(&rest[..rest.len().min(AFTER_WORD)]) > 0;
    MAGIC.iter().any(|magic| bytes.starts_with(magic))
        || bytes.get(offset..).is_some_and(|rest| rest.starts_with(brand))
        || WORDS.iter().filter_map(|word| bytes.strip_prefix(*word)).any(after)
}

/// Whether a sample has more control bytes than text.
fn has_too_many_controls(bytes: &[u8], sample: Range<usize>, survey: &Survey) -> bool {
    let chunks = survey.strange(sample.start).take_while(|chunk| chunk.start < sample.end);
    let controls: usize = chunks.map(|chunk| controls(&bytes[chunk.start..chunk.end.min(sample.end)])).sum();
    controls > FORGIVEN.max(sample.len() / CONTROL_SHARE) || controls * 2 > sample.len()
}

/// The control bytes in a chunk, whose number fits a byte, that no text needs: not those of white space, nor the escape,
/// shift and end-of-file bytes that old text systems left. Written without branches, so that it becomes
/// vector instructions.
fn controls(bytes: &[u8]) -> usize {
    let is_control = |byte: u8| {
        (byte < 0x20) & (byte.wrapping_sub(0x09) > 0x0F - 0x09) & (byte.wrapping_sub(0x1A) > 0x1B - 0x1A)
    };
    usize::from(bytes.iter().map(|&byte| u8::from(is_control(byte))).sum::<u8>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_binary(bytes: &[u8]) -> bool {
        super::is_binary(bytes, &Survey::of(bytes))
    }

    #[test]
    fn binaries_are_told_by_magic_or_by_their_control_bytes() {
        assert!(is_binary(b"%PDF-1.7 and so on"));
        assert!(is_binary(b"\0\0\0\x18ftypmp42 and so on"));
        assert!(is_binary(b"RIFF\x24\x08\x20\x21WAVEfmt \x10\0\0\0"));
        assert!(is_binary(b"ID3\x04\0\0\0\0 and so on"));
        assert!(is_binary(&[0; 1000]));
        assert!(is_binary(b"\0"));
        let noise: Vec<u8> = (0..=255).cycle().take(4096).collect();
        assert!(is_binary(&noise));
    }

    #[test]
    fn a_text_may_begin_with_the_name_of_a_format() {
        for word in WORDS {
            let text = [word, &b" is how files of this format begin."[..]].concat();
            assert!(!is_binary(&text), "{}", String::from_utf8_lossy(word));
        }
    }

    #[test]
    fn a_few_control_bytes_do_not_make_a_binary() {
        assert!(!is_binary(b"a form feed \x0C, an escape \x1B[0m and a NUL \0"));
        assert!(!is_binary(b""));
    }
}
