//! The guard: it stands between tokenizer and tree builder and keeps a hostile page from costing more than a
//! constant times its length.
//!
//! The tree builder looks through its open elements at nearly every tag and opens formatting elements again in each
//! new block, so nesting makes it quadratic, in time and in memory (servo/html5ever#788, whatwg/html#3732). The
//! guard drops start tags past its limits, never text, and counts what it dropped. A page that still makes the
//! builder work too hard for its length is unwound: its open elements are closed, and from there on it may
//! nest a little only. Within the limits the tree is the standard's.
mod census;
mod limits;
mod tags;

pub(super) use limits::{
    MAX_ATTRIBUTES, MAX_FORMATTING, MAX_NAME_BYTES, MAX_OPEN, MAX_OPEN_ITEMS, MAX_OPEN_UNWOUND,
    MAX_VALUE_BYTES,
};

use super::tree::{Handle, Sink};
use census::{Census, roll_call};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::TreeBuilder;
use html5ever::{LocalName, local_name};
use limits::{CENSUS_TAGS, WORK_AN_ATTRIBUTE, WORK_AN_ELEMENT, WORK_FREE, WORK_PER_BYTE};
use std::cell::Cell;
use tags::Nesting;

/// A token sink that passes tokens on to a tree builder, within limits.
pub(super) struct Guard<'n> {
    builder: TreeBuilder<Handle<'n>, Sink<'n>>,
    /// The last count of the builder's open elements, and how many had been made by then.
    census: Cell<Census>,
    made_at_census: Cell<u32>,
    tags_since_census: Cell<u32>,
    /// Whether a tag was passed on since the census, so that it may be out of date.
    passed_since_census: Cell<bool>,
    /// Elements looked through, at most, by all tags so far.
    looked_through: Cell<u64>,
    /// What the page may cost in all.
    budget: u64,
    /// Whether the budget was used up, and the page unwound.
    unwound: Cell<bool>,
    /// Whether a dropped block parts the last text from the next.
    parted: Cell<bool>,
    /// Whether the last tag was `</p>`.
    after_end_of_p: Cell<bool>,
    dropped: Cell<u32>,
}

impl<'n> Guard<'n> {
    /// Guards a builder that is to read a page of this length.
    pub(super) fn new(builder: TreeBuilder<Handle<'n>, Sink<'n>>, page_bytes: usize) -> Guard<'n> {
        Guard {
            builder,
            census: Cell::default(),
            made_at_census: Cell::default(),
            tags_since_census: Cell::default(),
            passed_since_census: Cell::default(),
            looked_through: Cell::default(),
            budget: WORK_FREE + WORK_PER_BYTE * page_bytes as u64,
            unwound: Cell::default(),
            parted: Cell::default(),
            after_end_of_p: Cell::default(),
            dropped: Cell::default(),
        }
    }

    /// The tree's sink, and how many tags were dropped.
    pub(super) fn finish(self) -> (Sink<'n>, u32) {
        (self.builder.sink, self.dropped.get())
    }

    /// Open and listed elements, at most: those of the last census and all made since.
    fn open_at_most(&self) -> u32 {
        self.census.get().open + self.builder.sink.made() - self.made_at_census.get()
    }

    fn take_census(&self) {
        let census = Census::take(&self.builder);
        self.census.set(census);
        self.looked_through.set(self.looked_through.get() + u64::from(census.open));
        self.made_at_census.set(self.builder.sink.made());
        self.tags_since_census.set(0);
        self.passed_since_census.set(false);
    }

    fn is_census_stale(&self) -> bool {
        self.passed_since_census.get() || self.builder.sink.made() > self.made_at_census.get()
    }

    /// Counts a tag's cost; unwinds the page if it is one too many.
    fn account(&self) {
        self.tags_since_census.set(self.tags_since_census.get() + 1);
        if self.tags_since_census.get() >= CENSUS_TAGS {
            self.take_census();
        }
        let looked_through = self.looked_through.get() + u64::from(self.open_at_most());
        self.looked_through.set(looked_through);
        let sink = &self.builder.sink;
        let making =
            WORK_AN_ELEMENT * u64::from(sink.made()) + WORK_AN_ATTRIBUTE * u64::from(sink.attributes());
        if looked_through + making > self.budget && !self.unwound.get() {
            self.unwind();
        }
    }

    /// Closes the elements that are open or wait to be opened again, but the outermost.
    fn unwind(&self) {
        self.unwound.set(true);
        for name in roll_call(&self.builder).into_iter().skip(1 + MAX_OPEN_UNWOUND as usize).rev() {
            let tag = Tag {
                kind: TagKind::EndTag,
                name: name.clone(),
                self_closing: false,
                attrs: Vec::new(),
                had_duplicate_attributes: false,
            };
            let _ = self.builder.process_token(Token::TagToken(tag), 1);
        }
        self.take_census();
    }

    /// Whether a start tag may pass.
    fn admits(&self, name: &LocalName) -> bool {
        let (open_limit, formatting_limit) =
            if self.unwound.get() { (MAX_OPEN_UNWOUND, 0) } else { (MAX_OPEN, MAX_FORMATTING) };
        if self.open_at_most() < open_limit.min(MAX_FORMATTING) && !self.unwound.get() {
            return true;
        }
        let items_limit = open_limit + MAX_OPEN_ITEMS - MAX_OPEN;
        match Nesting::of(name) {
            Nesting::None => !self.in_foreign_content() || self.is_open_below(items_limit),
            Nesting::Item => self.is_open_below(items_limit),
            Nesting::Formatting => {
                self.has_formatting_below(formatting_limit) && self.is_open_below(open_limit)
            }
            Nesting::Inline | Nesting::Block => self.is_open_below(open_limit),
        }
    }

    /// Whether fewer elements than this are open. Counts anew where the estimate says no.
    fn is_open_below(&self, limit: u32) -> bool {
        if self.open_at_most() >= limit && self.is_census_stale() {
            self.take_census();
        }
        self.open_at_most() < limit
    }

    fn has_formatting_below(&self, limit: u32) -> bool {
        let formatting_at_most =
            || self.census.get().formatting + self.builder.sink.made() - self.made_at_census.get();
        if formatting_at_most() >= limit && self.is_census_stale() {
            self.take_census();
        }
        formatting_at_most() < limit
    }

    /// Whether an end tag may pass. In an unwound page, runs of `</p>` do not: each would make an empty paragraph.
    fn admits_end(&self, name: &LocalName) -> bool {
        let is_p = *name == local_name!("p");
        let repeats = self.after_end_of_p.replace(is_p) && is_p;
        !self.unwound.get() || (!repeats && self.is_open_below(MAX_OPEN))
    }

    fn in_foreign_content(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }

    /// Leaves a tag out.
    fn leave_out(&self, tag: &Tag) -> TokenSinkResult<Handle<'n>> {
        self.dropped.set(self.dropped.get().saturating_add(1));
        self.parted.set(self.parted.get() || parts_text(&tag.name));
        TokenSinkResult::Continue
    }

    /// Sends the line break that stands for a dropped block, so that its text does not grow together with the last.
    fn part_text(&self) {
        if self.parted.replace(false) {
            let _ = self.builder.process_token(Token::CharacterTokens(StrTendril::from_slice("\n")), 1);
        }
    }
}

/// Whether text before a tag and text after it are no neighbours.
fn parts_text(name: &LocalName) -> bool {
    matches!(Nesting::of(name), Nesting::Block | Nesting::Item)
}

impl<'n> TokenSink for Guard<'n> {
    type Handle = Handle<'n>;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Handle<'n>> {
        if let Token::CharacterTokens(_) = &token {
            self.part_text();
        }
        if let Token::TagToken(tag) = &token {
            self.account();
            let admitted = match tag.kind {
                TagKind::StartTag => {
                    self.after_end_of_p.set(false);
                    self.admits(&tag.name)
                }
                TagKind::EndTag => self.admits_end(&tag.name),
            };
            if !admitted {
                return self.leave_out(tag);
            }
            self.passed_since_census.set(true);
            if self.dropped.get() > 0 && parts_text(&tag.name) {
                // The end tag may be that of a dropped block.
                self.parted.set(tag.kind == TagKind::EndTag);
            }
        }
        self.builder.process_token(token, line)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.in_foreign_content()
    }
}
