//! Names of elements and attributes as atoms, without asking the global table each time.
use html5ever::LocalName;

/// Letters of a name that is cached: what fits a machine word. Nearly all names of pages do.
const CACHED_BYTES: usize = 8;

/// Slots of the cache. A page uses some 60 to 150 different short names.
const SLOTS: usize = 1024;

/// Slots that are looked at before the cache is passed by.
const PROBES: usize = 4;

/// 2^64 divided by the golden ratio: Knuth's multiplicative hash (The Art of Computer Programming 3, 6.4).
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// A cache from the lower-case letters of a short name to its atom.
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
        match key(name.as_bytes()) {
            Some(key) => self.cached(key, name),
            None => self.fresh(name),
        }
    }

    fn cached(&mut self, key: u64, name: &str) -> LocalName {
        let first = (key.wrapping_mul(GOLDEN) >> (u64::BITS - SLOTS.ilog2())) as usize;
        for probe in 0..PROBES {
            let slot = (first + probe) % SLOTS;
            if self.slots[slot].0 == key {
                return self.slots[slot].1.clone();
            }
            if self.slots[slot].0 == 0 {
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

/// A short name's lower-case letters in one word. No name with a NUL has a key, so no key is 0.
fn key(name: &[u8]) -> Option<u64> {
    if name.len() > CACHED_BYTES {
        return None;
    }
    let mut key = 0;
    for &byte in name {
        if byte == 0 {
            return None;
        }
        key = key << 8 | u64::from(byte.to_ascii_lowercase());
    }
    Some(key)
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
