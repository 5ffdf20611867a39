//! One look over all bytes, so that the steps of the chain need not look again at what is plain ASCII: of a page
//! in UTF-8 that is most.
use std::ops::Range;

/// Bytes that are looked at together.
pub(super) const CHUNK: usize = 64;

/// Chunks of one word of a map.
const WORD: usize = u64::BITS as usize;

/// What the chunks of some bytes hold.
#[derive(Debug)]
pub(super) struct Survey {
    marks: Vec<Marks>,
    /// Bytes in all.
    len: usize,
}

/// The marks of [`WORD`] chunks: a bit for each, the first in the lowest bit.
#[derive(Debug, Clone, Copy, Default)]
struct Marks {
    strange: u64,
    ampersand: u64,
}

impl Survey {
    /// Looks over some bytes.
    pub(super) fn of(bytes: &[u8]) -> Survey {
        Survey { marks: bytes.chunks(CHUNK * WORD).map(marks).collect(), len: bytes.len() }
    }

    /// The bytes that this is of, in number.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// The chunks from a byte on that hold anything but plain ASCII: a control character other than tab and
    /// newline, or a byte that is not ASCII. The first begins no earlier than that byte.
    pub(super) fn strange(&self, from: usize) -> impl Iterator<Item = Range<usize>> {
        self.chunks(from, |marks| marks.strange)
    }

    /// The chunks that hold an ampersand.
    pub(super) fn ampersands(&self) -> impl Iterator<Item = Range<usize>> {
        self.chunks(0, |marks| marks.ampersand)
    }

    fn chunks(&self, from: usize, kind: fn(&Marks) -> u64) -> impl Iterator<Item = Range<usize>> {
        let (first, place) = (from / CHUNK / WORD, from / CHUNK % WORD);
        let mut words = self.marks.iter().map(kind).enumerate().skip(first);
        let (mut number, mut left) = words.next().unwrap_or_default();
        left &= u64::MAX << place;
        std::iter::from_fn(move || {
            while left == 0 {
                (number, left) = words.next()?;
            }
            let start = (number * WORD + left.trailing_zeros() as usize) * CHUNK;
            left &= left - 1;
            Some(start.max(from)..(start + CHUNK).min(self.len))
        })
    }
}

/// The marks of at most [`WORD`] chunks.
fn marks(block: &[u8]) -> Marks {
    let (chunks, rest) = block.as_chunks::<CHUNK>();
    let mark = |marks: Marks, place: usize, strange: bool, ampersand: bool| Marks {
        strange: marks.strange | u64::from(strange) << place,
        ampersand: marks.ampersand | u64::from(ampersand) << place,
    };
    let marks = chunks.iter().enumerate().fold(Marks::default(), |marks, (place, chunk)| {
        mark(marks, place, any(chunk, is_strange), any(chunk, is_ampersand))
    });
    if rest.is_empty() {
        return marks;
    }
    let holds = |wanted: fn(u8) -> bool| rest.iter().any(|&byte| wanted(byte));
    mark(marks, chunks.len(), holds(is_strange), holds(is_ampersand))
}

/// Whether a chunk holds a byte of a kind. Written without branches, as are the kinds, so that it becomes vector
/// instructions.
fn any(chunk: &[u8; CHUNK], is_wanted: impl Fn(u8) -> bool) -> bool {
    chunk.iter().fold(0, |any, &byte| any | u8::from(is_wanted(byte))) != 0
}

/// Whether a byte is no plain ASCII. As signed numbers, and one higher, the bytes that are not ASCII and the
/// delete character are below the control characters.
fn is_strange(byte: u8) -> bool {
    ((byte.wrapping_add(1) as i8) < 0x21) & (byte != b'\t') & (byte != b'\n')
}

fn is_ampersand(byte: u8) -> bool {
    byte == b'&'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_plain_is_strange() {
        for byte in 0..=u8::MAX {
            assert_eq!(is_strange(byte), !matches!(byte, b'\t' | b'\n' | 0x20..=0x7E), "{byte:#x}");
        }
    }

    #[test]
    fn every_strange_byte_is_found_from_anywhere() {
        for len in [0_usize, 1, 63, 64, 65, 4095, 4096, 4097, 10_000] {
            for place in [0, len / 3, len / 3 + CHUNK, len.saturating_sub(1)] {
                let mut bytes = vec![b'a'; len];
                if let Some(byte) = bytes.get_mut(place) {
                    *byte = 0xC3;
                }
                let survey = Survey::of(&bytes);
                for from in [0, 1, CHUNK, len / 2, len] {
                    let looked_at: Vec<usize> = survey.strange(from).flatten().collect();
                    assert_eq!(
                        looked_at.contains(&place),
                        (from..len).contains(&place),
                        "{len} {place} {from}"
                    );
                    assert!(
                        looked_at.len() <= CHUNK && looked_at.iter().all(|&at| (from..len).contains(&at))
                    );
                }
                assert_eq!(survey.ampersands().count(), 0);
            }
        }
    }

    #[test]
    fn ampersands_are_marked_apart() {
        let text = format!("{}&{}é", "a".repeat(100), "b".repeat(100));
        let survey = Survey::of(text.as_bytes());
        assert!(survey.ampersands().eq(std::iter::once(64..128)));
        assert!(survey.strange(0).eq(std::iter::once(192..203)));
    }
}
