//! A page to blocks: a tree, a walk over it, and what the page says of itself.
mod blocks;
mod meta;

use crate::model::Document;
use scraper::Html;

/// Parses a page into the document: fields, outline and blocks.
pub(super) fn parse(page: &str, document: &mut Document) {
    let tree = Html::parse_document(page);
    meta::read(&tree, &mut document.fields);
    blocks::gather(&tree, document);
}
