//! The documents of many parts, one after the other in the order of the corpus.
use super::parts::{Part, refused};
use crate::model::Result;
use crate::pipeline::batch::Load;
use crate::write::{PartReader, Place};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::path::PathBuf;

/// The documents of all parts in the order of the corpus. Each part is opened when its first document may be next,
/// and closed after its last one.
pub(super) struct InOrder {
    parts: Vec<Side>,
    /// The place from which each part goes on, the first on top.
    next: BinaryHeap<Reverse<(Place, usize)>>,
    last: Option<Place>,
}

/// A part on its way.
struct Side {
    path: PathBuf,
    reader: Option<PartReader>,
    /// The document that comes next.
    document: Option<Vec<u8>>,
}

impl InOrder {
    pub(super) fn of(parts: Vec<Part>) -> InOrder {
        let begin = |(n, part): (usize, &Part)| Reverse((Place { source: part.header.first, number: 0 }, n));
        let next = parts.iter().enumerate().map(begin).collect();
        let side = |part: Part| Side { path: part.path, reader: None, document: None };
        InOrder { parts: parts.into_iter().map(side).collect(), next, last: None }
    }

    /// The next document, and the part it is of.
    fn next_document(&mut self) -> Result<Option<(PathBuf, Vec<u8>)>> {
        while let Some(Reverse((place, n))) = self.next.pop() {
            let side = &mut self.parts[n];
            let document = side.document.take();
            if let Some(next) = side.go_on()? {
                self.next.push(Reverse((next, n)));
            }
            let Some(document) = document else { continue };
            let side = &self.parts[n];
            if self.last.is_some_and(|last| last >= place) {
                return Err(refused(&side.path, "holds a document that another part holds too".to_string()));
            }
            self.last = Some(place);
            return Ok(Some((side.path.clone(), document)));
        }
        Ok(None)
    }
}

impl Side {
    /// Reads the next document; its place.
    fn go_on(&mut self) -> Result<Option<Place>> {
        let reader = match &mut self.reader {
            Some(reader) => reader,
            None => self.reader.insert(PartReader::open(&self.path)?),
        };
        let Some((place, document)) = reader.next_document()? else {
            self.reader = None;
            return Ok(None);
        };
        self.document = Some(document);
        Ok(Some(place))
    }
}

/// A document of a part, or why there is none.
pub(super) struct Met(pub(super) Result<(PathBuf, Vec<u8>)>);

impl Load for Met {
    fn bytes(&self) -> usize {
        self.0.as_ref().map_or(0, |(_, bytes)| bytes.len())
    }
}

impl Iterator for InOrder {
    type Item = Met;

    fn next(&mut self) -> Option<Met> {
        let met = self.next_document();
        if met.is_err() {
            self.next.clear();
        }
        met.transpose().map(Met)
    }
}
