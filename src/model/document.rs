//! A document in blocks.
use super::{Block, DecidedBy, Decoding, Fields, Origin, Outline, PageClaims};
use std::borrow::Cow;

/// What kind of text a document was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A web page.
    Html,
    /// Plain text.
    Text,
}

impl Kind {
    /// The name used in records.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Html => "html",
            Kind::Text => "text",
        }
    }
}

/// A document on its way down the line: its blocks, in order, and what is known of it.
#[derive(Debug, Clone)]
pub struct Document {
    /// Where it comes from.
    pub origin: Origin,
    /// What kind of text it was.
    pub kind: Kind,
    /// The encoding's name in the WHATWG Encoding Standard.
    pub encoding: &'static str,
    /// What decided the encoding.
    pub decided_by: DecidedBy,
    /// How sure the decoding is, and what it had to change.
    pub decoding: Decoding,
    /// The language of the body, as an ISO 639 code, where it is sure enough.
    pub language: Option<&'static str>,
    /// What the page says of itself.
    pub fields: Fields,
    /// What the page claims of its content; empty for plain text.
    pub claims: PageClaims,
    /// The elements around the blocks; empty for plain text.
    pub outline: Outline,
    /// Every non-blank block of the decoded text, in order.
    pub blocks: Vec<Block>,
    /// Characters of the decoded text that are not white space, counted before it was cut into blocks:
    /// what the blocks must add up to.
    pub characters: u64,
    /// Tags, attributes and values of a page that went over a limit of the parser and were left out; never text.
    /// Selectors that would have looked at more than a page is worth count as one.
    pub guarded: u32,
    /// Whether the user's selectors say what of the page is content, so that no judge need find it.
    pub selected: bool,
}

impl Document {
    /// The blocks of which any text is written.
    pub fn kept(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(|block| block.is_kept() && !block.body().is_empty())
    }

    /// The text that is written: kept blocks in the lines that the page sets them in, one blank line between two.
    /// Blocks of the same preformatted text are lines of it, and follow each other without one.
    pub fn body(&self) -> String {
        let mut body = String::new();
        let mut is_preformatted = false;
        for block in &self.blocks {
            is_preformatted &= block.goes_on();
            let text = if block.is_kept() { block.body_in_lines() } else { Cow::default() };
            if text.is_empty() {
                continue;
            }
            if !body.is_empty() {
                body.push_str(if is_preformatted { "\n" } else { "\n\n" });
            }
            body.push_str(&text);
            is_preformatted = true;
        }
        body
    }
}
