//! A page to blocks: a tree, a walk over it, and what the page says of itself.
//!
//! The page goes through [`tokenizer`] and [`guard`] into html5ever's tree builder ([`tree`]); [`blocks`] and [`meta`]
//! read the tree. None of it recurses: builder, tree and walk hold their own stacks.
mod blocks;
mod flow;
mod guard;
mod meta;
mod tokenizer;
mod tree;

pub use tokenizer::State;
pub use tree::{KEPT_ATTRIBUTES, Keep, Parsed, parse as parse_page, tokens};

use crate::model::Document;

/// Parses a page into the document: fields, outline and blocks.
pub(super) fn parse(page: &str, document: &mut Document) {
    let parsed = tree::parse(page, Keep::Lean);
    document.guarded = parsed.guarded;
    meta::read(&parsed.html, &mut document.fields, &mut document.claims);
    blocks::gather(&parsed.html, document);
}
