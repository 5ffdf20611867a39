//! Where the kept paragraphs stand: a document each for a run of them, and a block number for each.
use crate::model::{BlockAddress, Origin};
use std::ops::Range;

/// The addresses of the kept paragraphs, by their number.
#[derive(Default)]
pub(super) struct Addresses {
    /// Documents with the number of the first paragraph that was kept of them.
    documents: Vec<(u32, Origin)>,
    blocks: Vec<u32>,
}

impl Addresses {
    /// Notes the next kept paragraph: this block of this document.
    pub(super) fn push(&mut self, origin: &Origin, block: u32) {
        if self.documents.last().is_none_or(|(_, last)| last != origin) {
            self.documents.push((self.blocks.len() as u32, origin.clone()));
        }
        self.blocks.push(block);
    }

    /// The documents from which some paragraphs were kept: the number of the first paragraph of each, and its
    /// origin. The first document may begin before them.
    pub(super) fn documents(&self, paragraphs: &Range<u32>) -> &[(u32, Origin)] {
        let from = self.documents.partition_point(|&(number, _)| number <= paragraphs.start).max(1) - 1;
        let to = self.documents.partition_point(|&(number, _)| number < paragraphs.end);
        &self.documents[from.min(to)..to]
    }

    /// The block numbers of the paragraphs from `first` on.
    pub(super) fn blocks(&self, first: u32) -> &[u32] {
        &self.blocks[first as usize..]
    }

    /// Adds those of an earlier run, as they were stored: numbers count from the first paragraph of the run.
    pub(super) fn extend(
        &mut self,
        blocks: impl Iterator<Item = u32>,
        documents: impl Iterator<Item = (u32, Origin)>,
    ) {
        let first = self.blocks.len() as u32;
        self.documents.extend(documents.map(|(number, origin)| (first + number, origin)));
        self.blocks.extend(blocks);
    }

    /// Where a kept paragraph stands.
    pub(super) fn get(&self, id: u32) -> BlockAddress {
        let after = self.documents.partition_point(|&(first, _)| first <= id);
        let (_, origin) = &self.documents[after - 1];
        BlockAddress { origin: origin.clone(), block: self.blocks[id as usize] }
    }
}
