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

/// A byte in each place of a word.
const EACH: u64 = 0x0101_0101_0101_0101;

/// Fills the places of a word that a short name leaves free. No byte of UTF-8 has this value.
const FILL: u64 = 0xFF;

/// The highest byte of the key of a long name: no byte of UTF-8 either, so no short name has such a key.
const LONG: u64 = 0xFE;

/// The key of a slot that is free: that of no name.
const FREE: u64 = u64::MAX;

/// A cache from the letters of a name to its atom.
pub(super) struct Names {
    slots: Vec<(u64, LocalName)>,
    scratch: String,
}

impl Names {
    pub(super) fn new() -> Names {
        Names { slots: vec![(FREE, LocalName::default()); SLOTS], scratch: String::new() }
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
            if *found == key && (name.len() <= WORD || str::eq_ignore_ascii_case(atom, name)) {
                return atom.clone();
            }
            if *found == FREE {
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

/// A number for a name, the same for capital and small letters. No two short names share one; long ones may.
fn key(name: &[u8]) -> u64 {
    if let Some(word) = short(name) {
        return lower(word);
    }
    let mut key = name.len() as u64;
    let (words, rest) = name.as_chunks::<WORD>();
    for word in words.iter().map(|word| u64::from_le_bytes(*word)).chain(short(rest)) {
        key = key.rotate_left(5).wrapping_mul(GOLDEN) ^ lower(word);
    }
    key >> 8 | LONG << 56
}

/// The bytes of a name as a word, if they fit: read in two or three pieces that may overlap.
fn short(name: &[u8]) -> Option<u64> {
    let length = name.len();
    let byte = |at: usize| u64::from(name[at]) << (8 * at);
    let word = match length {
        0 => 0,
        1..4 => byte(0) | byte(length / 2) | byte(length - 1),
        4..=WORD => {
            let [first, last] =
                [name.first_chunk()?, name.last_chunk()?].map(|half| u32::from_le_bytes(*half));
            u64::from(first) | u64::from(last) << (8 * (length - 4))
        }
        _ => return None,
    };
    let free = (WORD - length) as u32 * 8;
    Some(word | (FILL * EACH).checked_shl(u64::BITS - free).unwrap_or(0))
}

/// Makes the ASCII capitals in a word small, and nothing else: all places at once.
fn lower(word: u64) -> u64 {
    let low_bits = word & (0x7F * EACH);
    let past_z = low_bits + (0x7F - u64::from(b'Z')) * EACH;
    let from_a = low_bits + (0x80 - u64::from(b'A')) * EACH;
    let capital = !word & (from_a ^ past_z) & (0x80 * EACH);
    word | capital >> 2
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
    fn keys_of_short_names_tell_them_apart() {
        let names = [
            "a",
            "a\0",
            "aa",
            "\0a",
            "aaa",
            "a\0\0a",
            "@[`{",
            "`{",
            "div",
            "d1v",
            "é",
            "É",
            "\0\0\0\0\0\0\0\0",
        ];
        let keys: std::collections::HashSet<_> = names.iter().map(|name| key(name.as_bytes())).collect();
        assert_eq!(keys.len(), names.len());
        assert_eq!(key(b"SECTION"), key(b"section"));
        assert_eq!(key(b"BLOCKQUOTE"), key(b"blockquote"));
        for length in 1..=WORD {
            let name = &b"abcdefgh"[..length];
            assert_eq!(key(name).to_le_bytes()[..length], *name);
            assert_eq!(key(&name.to_ascii_uppercase()), key(name));
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
