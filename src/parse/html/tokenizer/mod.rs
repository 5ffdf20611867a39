//! The tokenizer: a page to tags, text, comments and doctypes, by the states of the HTML standard.
//!
//! The states of <https://html.spec.whatwg.org/multipage/parsing.html#tokenization> are folded into scans: text
//! runs to the next `<` that opens markup, a quoted value to its quote, a raw body to its end tag, each found by a
//! vectorised search. Nothing is copied: a [`Handler`] gets spans of the page and takes what it wants.
mod attributes;
mod declaration;
mod doctype;
mod input;
mod raw;
mod reference;

pub(super) use doctype::Doctype;
pub(super) use input::{cut, prepare};
pub(super) use reference::decode;

use memchr::memchr;
use std::ops::Range;

/// A span of the page, in bytes, at character boundaries.
pub(super) type Span = Range<usize>;

/// Whether a tag opens or closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TagKind {
    Start,
    End,
}

/// How the text after a tag is to be read. The tree builder decides it, as the standard has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Markup and text.
    Data,
    /// Text with character references, up to the end tag (`title`, `textarea`).
    Rcdata,
    /// Text up to the end tag (`style`, `iframe`, ...).
    Rawtext,
    /// The text of a script, which may hide end tags in comments.
    Script,
    /// Text up to the end of the page.
    Plaintext,
    /// Text up to `]]>`.
    Cdata,
}

/// What takes the tokens.
pub(super) trait Handler {
    /// Text, as it stands in the page.
    fn text(&mut self, span: Span);
    /// Text that is not in the page as such: references decoded, NULs replaced.
    fn decoded(&mut self, text: &str);
    /// A NUL where the tree builder decides what becomes of it.
    fn null(&mut self);
    /// A tag begins.
    fn open_tag(&mut self, kind: TagKind, name: Span);
    /// An attribute of the tag that began; its value is not decoded yet.
    fn attribute(&mut self, name: Span, value: Span);
    /// The tag is whole. Says how to read on.
    fn close_tag(&mut self, self_closing: bool) -> State;
    /// A comment.
    fn comment(&mut self, span: Span);
    /// A doctype.
    fn doctype(&mut self, doctype: Doctype);
    /// A parse error that a tree builder can tell from none.
    fn error(&mut self);
    /// Whether a byte order mark is skipped here: where html5ever stops for a script or for a declared encoding, it
    /// takes what follows for a new piece of input.
    fn skips_mark(&self) -> bool;
    /// Whether the body of the raw text element that was just opened is wanted.
    fn wants_raw_text(&self) -> bool;
    /// Whether CDATA sections may stand here.
    fn in_foreign_content(&self) -> bool;
    /// The page has ended.
    fn end(&mut self);
}

/// Reads a page that [`prepare`] made, from the given state. `raw_name` is the element whose end tag ends a raw
/// text, where that element was opened before the page.
pub(super) fn tokenize<H: Handler>(page: &str, from: State, raw_name: &str, handler: &mut H) {
    let bytes = page.as_bytes();
    let has_nul = memchr(0, bytes).is_some();
    let mut tokenizer = Tokenizer { page, bytes, at: 0, has_nul, scratch: String::new() };
    tokenizer.raw(from, raw_name.as_bytes(), handler);
    tokenizer.data(handler);
    handler.end();
}

/// Where the tokenizer stands in the page.
struct Tokenizer<'p> {
    page: &'p str,
    bytes: &'p [u8],
    at: usize,
    has_nul: bool,
    scratch: String,
}

impl<'p> Tokenizer<'p> {
    /// The data state and the tag open states, to the end of the page.
    fn data<H: Handler>(&mut self, handler: &mut H) {
        let mut text = self.at;
        while let Some(open) = self.next_open() {
            self.at = open + 1;
            match self.byte(open + 1) {
                Some(byte) if byte.is_ascii_alphabetic() => {
                    self.flush(text..open, handler);
                    self.tag(TagKind::Start, open + 1, handler);
                }
                Some(b'/') => match self.byte(open + 2) {
                    Some(byte) if byte.is_ascii_alphabetic() => {
                        self.flush(text..open, handler);
                        self.tag(TagKind::End, open + 2, handler);
                    }
                    Some(b'>') => {
                        self.flush(text..open, handler);
                        handler.error();
                        self.at = open + 3;
                    }
                    Some(_) => {
                        self.flush(text..open, handler);
                        self.bogus_comment(open + 2, handler);
                    }
                    None => continue,
                },
                Some(b'!') => {
                    self.flush(text..open, handler);
                    self.declaration(open + 2, handler);
                }
                Some(b'?') => {
                    self.flush(text..open, handler);
                    self.bogus_comment(open + 1, handler);
                }
                _ => continue,
            }
            text = self.at;
        }
        self.flush(text..self.bytes.len(), handler);
        self.at = self.bytes.len();
    }

    /// The place of the next `<`. Often one tag follows another, and there is nothing to search.
    fn next_open(&self) -> Option<usize> {
        let rest = &self.bytes[self.at..];
        if rest.first() == Some(&b'<') {
            return Some(self.at);
        }
        memchr(b'<', rest).map(|found| self.at + found)
    }

    /// Hands on text of the data state: as it stands, or with its references decoded; NULs apart.
    fn flush<H: Handler>(&mut self, span: Span, handler: &mut H) {
        if !self.has_nul {
            return self.flush_run(span, handler);
        }
        let mut from = span.start;
        while let Some(found) = memchr(0, &self.bytes[from..span.end]) {
            self.flush_run(from..from + found, handler);
            handler.null();
            from += found + 1;
        }
        self.flush_run(from..span.end, handler);
    }

    fn flush_run<H: Handler>(&mut self, span: Span, handler: &mut H) {
        if span.is_empty() {
            return;
        }
        let text = &self.page[span.clone()];
        if !has_reference(text.as_bytes()) {
            return handler.text(span);
        }
        self.scratch.clear();
        if decode(text, false, &mut self.scratch) {
            handler.error();
        }
        handler.decoded(&self.scratch);
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    /// The place of a byte at or after `from`, or the end of the page.
    fn find(&self, byte: u8, from: usize) -> usize {
        memchr(byte, &self.bytes[from..]).map_or(self.bytes.len(), |found| from + found)
    }
}

/// Bytes of a text that are looked at one by one, at most: no search could be set up in that time.
const SHORT: usize = 8;

fn has_reference(text: &[u8]) -> bool {
    if text.len() <= SHORT { text.contains(&b'&') } else { memchr(b'&', text).is_some() }
}
