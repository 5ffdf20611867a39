//! A page to blocks: a tree, a walk over it, and what the page says of itself.
//!
//! The page goes through [`tokenizer`] and [`guard`] into html5ever's tree builder ([`tree`]); [`blocks`] and [`meta`]
//! read the tree. None of it recurses: builder, tree and walk hold their own stacks.
mod blocks;
mod choice;
mod flow;
mod guard;
mod meta;
mod setting;
mod tokenizer;
mod tree;

pub use tokenizer::State;
pub use tree::{KEPT_ATTRIBUTES, Keep, Parsed, parse as parse_page, tokens};

use crate::config::Config;
use crate::model::Document;
use choice::Choice;

/// Parses a page into the document: fields, outline and blocks.
pub(super) fn parse(page: &str, config: &Config, document: &mut Document) {
    let attributes = config.reads_attributes(document.fields.url.as_deref());
    let parsed = tree::parse(page, if attributes { Keep::Attributes } else { Keep::Lean });
    document.guarded = parsed.guarded;
    meta::read(&parsed.html, &mut document.fields, &mut document.claims);
    let selectors = config.selectors(document.fields.url.as_deref());
    blocks::gather(&parsed.html, Choice::new(selectors, page.len()), document);
}
