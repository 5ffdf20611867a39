//! Where the kept paragraphs stand: a document each for a run of them, and a block number for each.
use crate::model::{BlockAddress, Origin};

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

    /// Where a kept paragraph stands.
    pub(super) fn get(&self, id: u32) -> BlockAddress {
        let after = self.documents.partition_point(|&(first, _)| first <= id);
        let (_, origin) = &self.documents[after - 1];
        BlockAddress { origin: origin.clone(), block: self.blocks[id as usize] }
    }
}
