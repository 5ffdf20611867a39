//! The list of kept paragraphs: what is in memory of each, beside its postings.
//!
//! Sizes stand apart from sketches: they are small enough to stay in the caches of a processor, and tell most
//! candidates apart without the rest.
use super::arena::Place;
use super::rules::Paragraph;
use super::shingles::Sketch;
use std::collections::BTreeMap;

/// The list grows by one in so many,
const GROWTH: usize = 16;
/// and so many more.
const GROWTH_LEAST: usize = 4096;

/// All kept paragraphs, by their numbers.
#[derive(Default)]
pub(super) struct KeptList {
    places: Vec<Place>,
    /// Distinct shingles; [`u16::MAX`] if there are more, or as many.
    sizes: Vec<u16>,
    sketches: Vec<Sketch>,
    /// The sizes that two bytes cannot hold.
    large: BTreeMap<u32, u32>,
}

/// One kept paragraph.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kept {
    pub(super) place: Place,
    /// Distinct shingles; 0 if it cannot be found by them.
    pub(super) size: u32,
    pub(super) sketch: Sketch,
}

impl KeptList {
    /// Kept paragraphs.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// Adds a paragraph.
    pub(super) fn push(&mut self, kept: Kept) {
        if self.places.len() == self.places.capacity() {
            let more = self.len() / GROWTH + GROWTH_LEAST;
            self.places.reserve_exact(more);
            self.sizes.reserve_exact(more);
            self.sketches.reserve_exact(more);
        }
        let size = kept.size.try_into().unwrap_or(u16::MAX);
        if size == u16::MAX {
            self.large.insert(self.len() as u32, kept.size);
        }
        self.places.push(kept.place);
        self.sizes.push(size);
        self.sketches.push(kept.sketch);
    }

    /// A paragraph.
    pub(super) fn get(&self, id: u32) -> Kept {
        Kept { place: self.place(id), size: self.size(id) as u32, sketch: self.sketch(id) }
    }

    /// Where a paragraph's words stand.
    pub(super) fn place(&self, id: u32) -> Place {
        self.places[id as usize]
    }

    /// Where the words of the paragraph behind one stand, if there is one.
    pub(super) fn next_place(&self, id: u32) -> Option<Place> {
        self.places.get(id as usize + 1).copied()
    }

    /// Where a paragraph's words stand, and those of the one behind it, if there is one.
    #[inline]
    pub(super) fn places(&self, id: u32) -> (Place, Option<Place>) {
        (self.place(id), self.next_place(id))
    }

    /// A paragraph's distinct shingles; 0 if it cannot be found by them.
    #[inline]
    pub(super) fn size(&self, id: u32) -> usize {
        match self.sizes[id as usize] {
            u16::MAX => self.large.get(&id).map_or(0, |&size| size as usize),
            size => size.into(),
        }
    }

    /// The sketch of a paragraph's shingles.
    #[inline]
    pub(super) fn sketch(&self, id: u32) -> Sketch {
        self.sketches[id as usize]
    }

    /// A first look at the sketches of some paragraphs, so that the waits for memory overlap.
    pub(super) fn look(&self, ids: impl Iterator<Item = u32>) {
        std::hint::black_box(ids.fold(0, |all, id| all ^ self.sketch(id).0[0]));
    }

    /// The same for their sizes.
    pub(super) fn look_at_sizes(&self, ids: impl Iterator<Item = u32>) {
        std::hint::black_box(ids.fold(0, |all, id| all ^ self.sizes[id as usize]));
    }

    /// Whether one can hold all shingles of a paragraph, or a paragraph all of its own.
    pub(super) fn may_overlap(&self, id: u32, paragraph: &Paragraph<'_>) -> bool {
        let (own, theirs) = (self.size(id), paragraph.size);
        own == 0 || self.sketch(id).most_shared(paragraph.sketch, own, theirs) >= own.min(theirs)
    }

    /// Bytes of memory it holds.
    pub(super) fn bytes(&self) -> usize {
        self.places.capacity() * size_of::<Place>()
            + self.sizes.capacity() * size_of::<u16>()
            + self.sketches.capacity() * size_of::<Sketch>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_of_any_length_come_back() {
        let mut list = KeptList::default();
        let sizes = [0, 1, 65_534, 65_535, 65_536, u32::MAX];
        for (place, &size) in (7..).zip(&sizes) {
            list.push(Kept { place, size, sketch: Sketch([1, u64::from(place)]) });
        }
        for (id, &size) in (0..).zip(&sizes) {
            let kept = list.get(id);
            assert_eq!((kept.place, kept.size, kept.sketch.0[1]), (7 + id, size, u64::from(7 + id)));
        }
        assert_eq!((list.next_place(0), list.next_place(5)), (Some(8), None));
    }
}
