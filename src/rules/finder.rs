//! Finds which of some thousand short texts stand in a line, in one look.
//!
//! The method is that of Rabin and Karp ("Efficient randomized pattern-matching algorithms", 1987) for many texts: a
//! bit for the hash of the first bytes at each place of the line tells whether any of the texts may begin there.
//! Unlike an automaton it is made at once, and what it looks at fits into the nearest cache.
use super::BuildWordHasher;
use std::collections::HashMap;

/// Bytes by which texts are told apart, and those of the shorter ones.
const LONG: usize = 4;
const SHORT: usize = 2;

/// Bits of the hash of first bytes.
const HASH_BITS: u32 = 16;

/// An odd number without pattern, for the hash: a prime near the golden ratio's fraction of 2^32 (D. Knuth, "The Art of
/// Computer Programming", volume 3, 6.4).
const MIX: u32 = 0x9E37_79B1;

/// Finds texts, each of at least [`SHORT`] bytes.
#[derive(Default)]
pub(super) struct Finder {
    long: Beginnings<LONG>,
    short: Beginnings<SHORT>,
}

impl Finder {
    /// Looks for a text from now on; `says` is said where it stands.
    pub(super) fn add(&mut self, text: &str, says: usize) {
        match text.len() < LONG {
            true => self.short.add(text.as_bytes(), says),
            false => self.long.add(text.as_bytes(), says),
        }
    }

    /// Says what is to be said of each text that stands in a line, for each place where it does.
    pub(super) fn find(&self, line: &str, mut say: impl FnMut(usize)) {
        self.long.find(line.as_bytes(), &mut say);
        self.short.find(line.as_bytes(), &mut say);
    }
}

/// Texts by their first `N` bytes.
struct Beginnings<const N: usize> {
    /// A bit for each hash of first bytes; set for those of the texts.
    known: Box<[u64; 1 << HASH_BITS >> 6]>,
    /// What stands after them.
    rests: HashMap<u32, Vec<Rest>, BuildWordHasher>,
}

/// The rest of a text, and all that the text says.
type Rest = (Box<[u8]>, Vec<usize>);

impl<const N: usize> Default for Beginnings<N> {
    fn default() -> Self {
        Beginnings { known: Box::new([0; 1 << HASH_BITS >> 6]), rests: HashMap::default() }
    }
}

impl<const N: usize> Beginnings<N> {
    fn add(&mut self, text: &[u8], says: usize) {
        let Some((first, rest)) = text.split_first_chunk::<N>() else { return };
        let (word, bit) = place(number(first));
        self.known[word] |= bit;
        let rests = self.rests.entry(number(first)).or_default();
        match rests.iter_mut().find(|(known, _)| **known == *rest) {
            Some((_, all)) => all.push(says),
            None => rests.push((rest.into(), vec![says])),
        }
    }

    fn find(&self, line: &[u8], say: &mut impl FnMut(usize)) {
        for (at, first) in line.windows(N).enumerate() {
            let Some(first) = first.first_chunk::<N>().map(number) else { continue };
            let (word, bit) = place(first);
            if self.known[word] & bit != 0
                && let Some(rests) = self.rests.get(&first)
            {
                let after = &line[at + N..];
                let fits = |rest: &[u8]| {
                    rest.len() <= after.len() && rest.iter().zip(after).all(|(one, other)| one == other)
                };
                let found = rests.iter().filter(|(rest, _)| fits(rest));
                found.flat_map(|(_, all)| all).for_each(|&says| say(says));
            }
        }
    }
}

/// The first bytes of a text as a number.
fn number<const N: usize>(first: &[u8; N]) -> u32 {
    first.iter().rev().fold(0, |number, &byte| number << 8 | u32::from(byte))
}

/// The word and the bit of a number's hash.
fn place(number: u32) -> (usize, u64) {
    let hash = number.wrapping_mul(MIX) >> (32 - HASH_BITS);
    (hash as usize >> 6, 1 << (hash & 63))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_in_a_line_says_what_it_is_to_say() {
        let texts = ["by", "photo", "photograph", "foto", "年", "re", "read", "to", "reader"];
        let mut finder = Finder::default();
        texts.iter().enumerate().for_each(|(n, text)| finder.add(text, n));
        for line in ["a photograph by", "readers", "2026年", "", "b", "tophoto", "re", "rea", "no"] {
            let mut found = Vec::new();
            finder.find(line, |n| found.push(n));
            found.sort_unstable();
            found.dedup();
            let expected = (0..texts.len()).filter(|&n| line.contains(texts[n]));
            assert_eq!(found, expected.collect::<Vec<_>>(), "{line}");
        }
    }
}
