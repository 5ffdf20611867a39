//! The elements of a page that hold its blocks: what a judge may know of a block's surroundings.
use html5ever::LocalName;

/// One element of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// The element around it; `None` for the root.
    pub parent: Option<u32>,
    /// Its tag name, in lower case.
    pub tag: LocalName,
    /// Its class, id, role and itemprop, in lower case, one blank between words.
    pub words: Box<str>,
}

/// The elements around the blocks of a page, parents before children. Empty for plain text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    /// The elements.
    pub elements: Vec<Element>,
}

impl Outline {
    /// An element and all around it, from the inside out.
    pub fn upwards(&self, from: Option<u32>) -> impl Iterator<Item = (u32, &Element)> {
        let mut next = from;
        std::iter::from_fn(move || {
            let index = next?;
            let element = self.elements.get(index as usize)?;
            next = element.parent;
            Some((index, element))
        })
    }
}
