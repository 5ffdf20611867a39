//! Where on the page a document or a family of duplicates is shown, so that one can lead to another.
use super::families::Families;
use super::html::Html;
use super::shown::Shown;
use crate::model::{BlockAddress, Origin};
use std::collections::HashMap;

/// What stands on the page.
#[derive(Default)]
pub(super) struct Places<'a> {
    documents: HashMap<&'a Origin, (usize, &'a Shown)>,
    families: HashMap<&'a BlockAddress, usize>,
}

impl<'a> Places<'a> {
    /// The places of these documents, and of the largest families.
    pub(super) fn new(documents: &[&'a Shown], families: &'a Families) -> Places<'a> {
        let numbered = documents.iter().zip(1..);
        let largest = families.largest().into_iter().zip(1..);
        Places {
            documents: numbered.map(|(shown, number)| (&shown.origin, (number, *shown))).collect(),
            families: largest.map(|((of, _), number)| (of, number)).collect(),
        }
    }

    /// The name of a family on the page.
    pub(super) fn family_id(&self, of: &BlockAddress) -> String {
        format!("f{}", self.families.get(of).copied().unwrap_or_default())
    }

    /// Names a block, with a link if it is shown.
    pub(super) fn link(&self, html: &mut Html, address: &BlockAddress) {
        let shown = self.documents.get(&address.origin);
        let has_block = |shown: &Shown| shown.blocks.iter().any(|block| block.number == address.block);
        let place = match shown {
            Some((number, shown)) if has_block(shown) => Some(block_id(*number, address.block)),
            Some((number, _)) => Some(document_id(*number)),
            None => None,
        };
        self.named(html, &address.origin, place);
        html.put(", block ").text(address.block);
    }

    /// Leads to the family of a block, if it is one of those shown.
    pub(super) fn link_family(&self, html: &mut Html, of: &BlockAddress) {
        if let Some(number) = self.families.get(of) {
            html.put(" <a").attr("href", format_args!("#f{number}")).put(">family ").text(number).put("</a>");
        }
    }

    /// Names a document, with a link if it is shown.
    pub(super) fn link_document(&self, html: &mut Html, origin: &Origin) {
        let place = self.documents.get(origin).map(|(number, _)| document_id(*number));
        self.named(html, origin, place);
    }

    fn named(&self, html: &mut Html, origin: &Origin, place: Option<String>) {
        let name = super::shown_name(&origin.to_string());
        match place {
            Some(place) => {
                html.put("<a").attr("href", format_args!("#{place}")).put(">").name(&name).put("</a>");
            }
            None => {
                html.name(&name);
            }
        }
    }
}

/// The name of a document on the page.
pub(super) fn document_id(number: usize) -> String {
    format!("d{number}")
}

/// The name of a block on the page.
pub(super) fn block_id(document: usize, block: u32) -> String {
    format!("d{document}b{block}")
}
