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
use crate::model::{Document, Fields, Outline, PageClaims};
use choice::Choice;

/// Characters in `noscript`, at least, that may be a page's text: more than a request to allow scripts.
const NOSCRIPT_CHARACTERS: u64 = 500;

/// Times the text that the page shows, at least: a page may have all its text in `noscript` a second time.
const NOSCRIPT_TIMES: u64 = 2;

/// Parses a page into the document: fields, outline and blocks. One that has much more text for readers who run no
/// scripts than it shows before scripts have run is read as those see it.
pub(super) fn parse(page: &str, config: &Config, document: &mut Document) {
    let url = document.fields.url.clone();
    let unseen = read(page, true, config, document);
    if unseen >= NOSCRIPT_CHARACTERS.max(NOSCRIPT_TIMES * document.characters) {
        document.fields = Fields { url, ..Fields::default() };
        document.claims = PageClaims::default();
        document.outline = Outline::default();
        document.blocks.clear();
        document.characters = 0;
        read(page, false, config, document);
    }
}

/// Reads a page with scripts or without; says how many characters stand in `noscript`, unseen.
fn read(page: &str, scripts: bool, config: &Config, document: &mut Document) -> u64 {
    let attributes = config.reads_attributes(document.fields.url.as_deref());
    let keep = if attributes { Keep::Attributes } else { Keep::Lean };
    let parsed = tree::parse_as(page, keep, scripts);
    document.guarded = parsed.guarded;
    meta::read(&parsed.html, &mut document.fields, &mut document.claims);
    let selectors = config.selectors(document.fields.url.as_deref());
    blocks::gather(&parsed.html, scripts, Choice::new(selectors, page.len()), document)
}
