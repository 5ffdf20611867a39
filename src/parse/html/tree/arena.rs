//! Where the names of a tree's elements stand while it is built, so that a handle can point at its own.
use super::names::GOLDEN;
use html5ever::QualName;
use std::cell::{Cell, OnceCell};

/// Slots of the first shelf; each shelf has twice as many as the one before.
const FIRST_SHELF: usize = 64;

/// Shelves: enough for any page that fits a buffer of 32 bits.
const SHELVES: usize = 26;

/// Slots of the cache that finds a name again.
const CACHE: usize = 256;

/// Names that stay where they are: a list that only grows, behind a shared reference.
pub(super) struct Arena {
    shelves: [OnceCell<Box<[OnceCell<QualName>]>>; SHELVES],
    next: Cell<usize>,
    /// For a hash of a name: one more than where such a name stands, 0 for nowhere.
    cache: [Cell<u32>; CACHE],
}

impl Arena {
    pub(super) fn new() -> Arena {
        Arena {
            shelves: [const { OnceCell::new() }; SHELVES],
            next: Cell::new(0),
            cache: [const { Cell::new(0) }; CACHE],
        }
    }

    /// The place of a name: an old one if it was met before and not forgotten, else a new one.
    pub(super) fn place(&self, name: &QualName) -> &QualName {
        let slot =
            &self.cache[(name.local.get_hash().wrapping_mul(GOLDEN) >> (u64::BITS - CACHE.ilog2())) as usize];
        if let Some(known) = (slot.get() as usize).checked_sub(1).and_then(|at| self.get(at))
            && known == name
        {
            return known;
        }
        let at = self.next.get();
        self.next.set(at + 1);
        slot.set(at as u32 + 1);
        let (shelf, slot) = address(at);
        let shelf = self.shelves[shelf].get_or_init(|| vec![OnceCell::new(); FIRST_SHELF << shelf].into());
        shelf[slot].get_or_init(|| name.clone())
    }

    fn get(&self, at: usize) -> Option<&QualName> {
        let (shelf, slot) = address(at);
        self.shelves[shelf].get()?.get(slot)?.get()
    }
}

/// The shelf of a number, and the slot on it.
fn address(at: usize) -> (usize, usize) {
    let shelf = (at / FIRST_SHELF + 1).ilog2() as usize;
    (shelf, at - FIRST_SHELF * ((1 << shelf) - 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use html5ever::{LocalName, ns};

    #[test]
    fn names_stay_in_their_places() {
        let arena = Arena::new();
        let names: Vec<_> =
            (0..1000).map(|n| QualName::new(None, ns!(html), LocalName::from(format!("x{n}")))).collect();
        let placed: Vec<_> = names.iter().map(|name| arena.place(name)).collect();
        assert!(names.iter().zip(&placed).all(|(name, placed)| name == *placed));
        let again = arena.place(&names[999]);
        assert!(std::ptr::eq(again, placed[999]));
    }

    #[test]
    fn addresses_fill_each_shelf_before_the_next() {
        assert_eq!([0, 63, 64, 191, 192].map(address), [(0, 0), (0, 63), (1, 0), (1, 127), (2, 0)]);
    }
}
