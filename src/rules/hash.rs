//! A fast hash for words and lines, the same on every machine; in tables it begins with a secret of the process.
use crate::model::secret;
use std::hash::{BuildHasher, Hasher};

/// An odd number without pattern: the golden ratio's fraction, in 64 bits (D. Knuth, "The Art of Computer
/// Programming", volume 3, 6.4).
const MIX: u64 = 0x9E37_79B9_7F4A_7C15;

/// A hasher for words: the halves of a product, folded together, for every eight bytes.
#[derive(Default)]
pub(crate) struct WordHasher(u64);

impl Hasher for WordHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        let (whole, rest) = bytes.as_chunks::<8>();
        for &chunk in whole {
            self.write_u64(u64::from_le_bytes(chunk));
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        self.write_u64(u64::from_le_bytes(last) ^ (bytes.len() as u64) << 56);
    }

    fn write_u8(&mut self, byte: u8) {
        self.write_u64(u64::from(byte));
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    #[inline]
    fn write_u64(&mut self, number: u64) {
        let product = u128::from(self.0 ^ number ^ MIX) * u128::from(MIX);
        self.0 = product as u64 ^ (product >> 64) as u64;
    }
}

/// Hashers of maps and sets: they begin with a [`secret`], so the order of such a map says nothing.
#[derive(Clone)]
pub(crate) struct BuildWordHasher(u64);

impl Default for BuildWordHasher {
    fn default() -> BuildWordHasher {
        BuildWordHasher(secret())
    }
}

impl BuildHasher for BuildWordHasher {
    type Hasher = WordHasher;

    fn build_hasher(&self) -> WordHasher {
        WordHasher(self.0)
    }
}

/// The hash of a text.
pub(crate) fn hash(text: &str) -> u64 {
    let mut hasher = WordHasher::default();
    hasher.write(text.as_bytes());
    hasher.finish()
}

/// The hash of the bytes from `start` to `end`: that of [`hash`], found without copying where eight bytes stand
/// there, as in all but the last words of a line.
#[inline]
pub(crate) fn hash_within(text: &[u8], start: usize, end: usize) -> u64 {
    let mut hasher = WordHasher::default();
    let mut at = start;
    while at + 8 <= end {
        hasher.write_u64(number(&text[at..at + 8]));
        at += 8;
    }
    let rest = end - at;
    let last = match text.get(at..at + 8) {
        Some(bytes) => number(bytes) & ((1 << (8 * rest)) - 1),
        None => text[at..end].iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte)),
    };
    hasher.write_u64(last ^ ((end - start) as u64) << 56);
    hasher.finish()
}

/// Eight bytes as a number.
fn number(bytes: &[u8]) -> u64 {
    bytes.first_chunk().map_or(0, |&bytes| u64::from_le_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_hashes_of_their_own() {
        let words = ["", "a", "b", "ab", "ba", "harbour", "harbours", "harbour master", "港", "橋"];
        let hashes: std::collections::BTreeSet<u64> = words.iter().map(|word| hash(word)).collect();
        assert_eq!(hashes.len(), words.len());
    }

    #[test]
    fn a_word_has_the_same_hash_wherever_it_stands() {
        let text = "the old harbour, the harbourmasters of it";
        for start in 0..text.len() {
            for end in start..=text.len() {
                assert_eq!(
                    hash_within(text.as_bytes(), start, end),
                    hash(&text[start..end]),
                    "{start} {end}"
                );
            }
        }
    }
}
