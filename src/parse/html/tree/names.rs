//! Names of elements and attributes as atoms, without asking the global table each time.
use html5ever::LocalName;

/// Letters of a name that is its own key: what fits a machine word. Most names of pages do.
const WORD: usize = 8;

/// Bytes of a name that is cached, at most.
const CACHED_BYTES: usize = 48;

/// Slots of the cache. A page uses some 60 to 150 different names.
const SLOTS: usize = 1024;

/// Slots that are looked at before the cache is passed by.
const PROBES: usize = 4;

/// 2^64 divided by the golden ratio: Knuth's multiplicative hash (The Art of Computer Programming 3, 6.4).
pub(super) const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// The bit that makes a letter lower-case, in each byte of a word.
const LOWER: u64 = 0x2020_2020_2020_2020;

/// A cache from the letters of a name to its atom.
pub(super) struct Names {
    slots: Vec<(u64, LocalName)>,
    scratch: String,
}

impl Names {
    pub(super) fn new() -> Names {
        Names { slots: vec![(0, LocalName::default()); SLOTS], scratch: String::new() }
    }

    /// The atom of a name as written: letters in lower case, NULs replaced.
    pub(super) fn get(&mut self, name: &str) -> LocalName {
        if name.is_empty() || name.len() > CACHED_BYTES {
            return self.fresh(name);
        }
        let key = key(name.as_bytes());
        let first = (key.wrapping_mul(GOLDEN) >> (u64::BITS - SLOTS.ilog2())) as usize;
        for slot in first..first + PROBES {
            let slot = slot % SLOTS;
            let (found, atom) = &self.slots[slot];
            if *found == key && str::eq_ignore_ascii_case(atom, name) {
                return atom.clone();
            }
            if *found == 0 {
                let atom = self.fresh(name);
                self.slots[slot] = (key, atom.clone());
                return atom;
            }
        }
        self.fresh(name)
    }

    fn fresh(&mut self, name: &str) -> LocalName {
        self.scratch.clear();
        self.scratch.push_str(name);
        self.scratch.make_ascii_lowercase();
        if self.scratch.contains('\0') {
            self.scratch = self.scratch.replace('\0', "\u{FFFD}");
        }
        LocalName::from(self.scratch.as_str())
    }
}

/// A number for a name, never 0, the same for capital and small letters.
fn key(name: &[u8]) -> u64 {
    let mut key = name.len() as u64;
    let (words, rest) = name.as_chunks::<WORD>();
    let tail = rest.iter().fold(0, |word, &byte| word << 8 | u64::from(byte));
    for word in words.iter().map(|word| u64::from_le_bytes(*word)).chain([tail]) {
        key = key.rotate_left(5).wrapping_mul(GOLDEN) ^ (word | LOWER);
    }
    key.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_atom_cached_or_not() {
        let mut names = Names::new();
        for _ in 0..2 {
            for name in ["a", "DIV", "blockquote", "d\0v", "\0\0", "ÄB", "x-1"] {
                let expected = name.to_ascii_lowercase().replace('\0', "\u{FFFD}");
                assert_eq!(&*names.get(name), expected);
            }
        }
    }

    #[test]
    fn more_names_than_slots_are_no_harm() {
        let mut names = Names::new();
        for n in 0..4 * SLOTS {
            assert_eq!(&*names.get(&format!("x{n}")), format!("x{n}"));
        }
    }
}
