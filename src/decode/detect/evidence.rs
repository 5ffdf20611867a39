//! What the detector looks at: the words with non-ASCII bytes, up to a cap.

/// Bytes of evidence at most. More does not change the verdict (measured: accuracy stops growing at 1 to 2 KB),
/// and so a legacy page costs the same however long it is.
const CAP: usize = 2048;

/// How often a pair of bytes counts at most, so that a menu that is repeated does not outvote the text.
const PAIR_CAP: u16 = 24;

/// Words with non-ASCII bytes, and their pairs of bytes.
pub(super) struct Evidence {
    /// The words, a space after each.
    pub(super) bytes: Vec<u8>,
    /// Whether the last word may end inside a character.
    pub(super) is_cut: bool,
    /// Each pair of neighbouring bytes of which one at least is not ASCII, and how often it stands there.
    pub(super) pairs: Vec<(u8, u8, f32)>,
}

impl Evidence {
    /// Collects the evidence from the start of a text.
    pub(super) fn of(text: &[u8]) -> Evidence {
        let bytes = words(text);
        let pairs = pairs(&bytes);
        let is_cut = bytes.len() >= CAP || text.last().is_some_and(|byte| !byte.is_ascii());
        Evidence { bytes, is_cut, pairs }
    }
}

/// The words that hold a non-ASCII byte. A word ends at ASCII white space, punctuation and markup below `@`,
/// which no multi-byte encoding uses as a second byte; digits are part of GB18030's longer sequences.
fn words(text: &[u8]) -> Vec<u8> {
    let mut words = Vec::with_capacity(CAP.min(text.len() + 1));
    let mut at = 0;
    while let Some(high) = text[at..].iter().position(|byte| !byte.is_ascii()) {
        let high = at + high;
        let start = text[at..high].iter().rposition(|&byte| is_break(byte)).map_or(at, |end| at + end + 1);
        let room = CAP - words.len();
        let rest = &text[high..];
        let end =
            high + rest.iter().take(room).position(|&byte| is_break(byte)).unwrap_or(rest.len().min(room));
        words.extend_from_slice(&text[start.max(end.saturating_sub(room))..end]);
        if words.len() + 1 >= CAP {
            break;
        }
        words.push(b' ');
        at = end;
    }
    words
}

fn is_break(byte: u8) -> bool {
    byte < b'@' && !byte.is_ascii_digit()
}

fn pairs(words: &[u8]) -> Vec<(u8, u8, f32)> {
    let mut counts = vec![0_u16; 1 << 16];
    let mut met = Vec::new();
    let mut before = b' ';
    for &byte in words {
        if !(before.is_ascii() && byte.is_ascii()) {
            let count = &mut counts[usize::from(before) << 8 | usize::from(byte)];
            if *count == 0 {
                met.push((before, byte));
            }
            *count = count.saturating_add(1).min(PAIR_CAP);
        }
        before = byte;
    }
    let count = |(a, b): (u8, u8)| f32::from(counts[usize::from(a) << 8 | usize::from(b)]);
    met.into_iter().map(|pair| (pair.0, pair.1, count(pair))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_is_the_words_with_high_bytes() {
        let evidence = Evidence::of(b"<p class=x>plain caf\xE9, <b>na\xEFve</b> text");
        assert_eq!(evidence.bytes, b"caf\xE9 na\xEFve ");
        assert!(evidence.pairs.contains(&(b'f', 0xE9, 1.0)) && evidence.pairs.contains(&(0xE9, b' ', 1.0)));
    }

    #[test]
    fn evidence_is_capped() {
        assert!(Evidence::of(&vec![0xE9; 1 << 20]).bytes.len() <= CAP);
        assert!(Evidence::of(&b"a\xE9 ".repeat(1 << 16)).bytes.len() <= CAP);
        assert!(Evidence::of(b"ASCII").bytes.is_empty());
    }
}
