//! The guard: it stands between tokenizer and tree builder and keeps a hostile page from costing more than a
//! constant times its length.
//!
//! The tree builder looks through its open elements at nearly every tag and opens formatting elements again in each
//! new block, so nesting makes it quadratic, in time and in memory (servo/html5ever#788, whatwg/html#3732). The
//! guard drops start tags past its limits, never text, and counts what it dropped. It also keeps an account of what
//! the page costs, and a budget for it. A page that is nothing but tags uses that up: its open elements are closed,
//! and the rest is read [`flat`]. Within the limits the tree is the standard's.
mod census;
mod flat;
mod limits;
mod tags;

pub(super) use limits::{
    MAX_ATTRIBUTES, MAX_FORMATTING, MAX_NAME_BYTES, MAX_OPEN, MAX_OPEN_ITEMS, MAX_VALUE_BYTES,
};

use super::tree::{Handle, Sink};
use census::{Census, roll_call};
use flat::{Flat, bare_tag};
use html5ever::LocalName;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::TreeBuilder;
use limits::{
    CENSUS_TAGS, WORK_A_TAG, WORK_A_TEXT, WORK_AN_ATTRIBUTE, WORK_AN_ELEMENT, WORK_FREE, WORK_PER_BYTE,
};
use std::cell::{Cell, OnceCell};
pub(super) use tags::is_formatting;
use tags::{Nesting, breaks_text};

/// What a roll call names first, and what stays open in a page that is read flat: the document, `html`, and `body`.
const OUTERMOST: usize = 3;

/// What a page of this length may cost: its budget of work.
pub(super) fn budget_of(page_bytes: usize) -> u64 {
    WORK_FREE + WORK_PER_BYTE * page_bytes as u64
}

/// A token sink that passes tokens on to a tree builder, within limits. Once it [is flat](Guard::is_flat), it takes
/// names and texts instead, for which no tokens need be made, and of the tokens only the end.
pub(super) struct Guard<'n> {
    builder: TreeBuilder<Handle<'n>, Sink<'n>>,
    /// The last count of the builder's open elements, and how many had been made by then.
    census: Cell<Census>,
    made_at_census: Cell<u32>,
    tags_since_census: Cell<u32>,
    /// Whether a tag was passed on since the census, so that it may be out of date.
    passed_since_census: Cell<bool>,
    /// Work of tags and texts so far: open elements looked through, at most, and the passing on.
    work: Cell<u64>,
    /// What the page may cost in all.
    budget: u64,
    /// The reader of the rest, once the budget is used up.
    flat: OnceCell<Flat>,
    /// Whether a dropped block parts the last text from the next.
    parted: Cell<bool>,
    dropped: Cell<u32>,
}

impl<'n> Guard<'n> {
    /// Guards a builder that may cause so much work ([`budget_of`]).
    pub(super) fn new(builder: TreeBuilder<Handle<'n>, Sink<'n>>, budget: u64) -> Guard<'n> {
        Guard {
            builder,
            census: Cell::default(),
            made_at_census: Cell::default(),
            tags_since_census: Cell::default(),
            passed_since_census: Cell::default(),
            work: Cell::default(),
            budget,
            flat: OnceCell::new(),
            parted: Cell::default(),
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
        self.add_work(u64::from(census.open));
        self.made_at_census.set(self.builder.sink.made());
        self.tags_since_census.set(0);
        self.passed_since_census.set(false);
    }

    fn is_census_stale(&self) -> bool {
        self.passed_since_census.get() || self.builder.sink.made() > self.made_at_census.get()
    }

    fn add_work(&self, work: u64) {
        self.work.set(self.work.get() + work);
    }

    /// Counts a tag's cost. Says whether the page has used up its budget.
    fn account(&self) -> bool {
        self.tags_since_census.set(self.tags_since_census.get() + 1);
        if self.tags_since_census.get() >= CENSUS_TAGS {
            self.take_census();
        }
        self.add_work(WORK_A_TAG + u64::from(self.open_at_most()));
        let sink = &self.builder.sink;
        let made =
            WORK_AN_ELEMENT * u64::from(sink.made()) + WORK_AN_ATTRIBUTE * u64::from(sink.attributes());
        self.work.get() + made > self.budget
    }

    /// Closes the elements that are open or wait to be opened again, but `html` and `body`, and reads flat from here.
    fn go_flat(&self) {
        for name in roll_call(&self.builder).into_iter().skip(OUTERMOST).rev() {
            let _ = self.builder.process_token(bare_tag(TagKind::EndTag, name.clone()), 1);
        }
        self.flat.get_or_init(Flat::new);
    }

    /// Whether the page has used up its budget, so that the rest is read flat.
    pub(super) fn is_flat(&self) -> bool {
        self.flat.get().is_some()
    }

    /// Reads a text of a page that is read flat.
    pub(super) fn flat_text(&self, text: &str) {
        if let Some(flat) = self.flat.get() {
            flat.text(text, &self.builder);
        }
    }

    /// Reads a tag of a page that is read flat.
    pub(super) fn flat_tag(&self, kind: TagKind, name: &LocalName) -> TokenSinkResult<Handle<'n>> {
        self.count_dropped();
        self.flat.get().map_or(TokenSinkResult::Continue, |flat| flat.tag(kind, name))
    }

    /// Whether the raw text after the last tag is wanted, as far as flat reading goes.
    pub(super) fn wants_raw_text(&self) -> bool {
        self.flat.get().is_none_or(Flat::wants_raw_text)
    }

    /// Whether a start tag may pass.
    fn admits(&self, name: &LocalName) -> bool {
        if self.open_at_most() < MAX_FORMATTING {
            return true;
        }
        match Nesting::of(name) {
            Nesting::None => !self.in_foreign_content() || self.is_open_below(MAX_OPEN_ITEMS),
            Nesting::Item => self.is_open_below(MAX_OPEN_ITEMS),
            Nesting::Formatting => self.has_formatting_below(MAX_FORMATTING) && self.is_open_below(MAX_OPEN),
            Nesting::Inline | Nesting::Block => self.is_open_below(MAX_OPEN),
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

    fn in_foreign_content(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }

    fn count_dropped(&self) {
        self.dropped.set(self.dropped.get().saturating_add(1));
    }

    /// Passes a tag on, or leaves it out.
    fn tag(&self, tag: Tag, line: u64) -> TokenSinkResult<Handle<'n>> {
        if tag.kind == TagKind::StartTag && !self.admits(&tag.name) {
            self.count_dropped();
            self.parted.set(self.parted.get() || breaks_text(&tag.name));
            return TokenSinkResult::Continue;
        }
        self.passed_since_census.set(true);
        if self.dropped.get() > 0 && breaks_text(&tag.name) {
            // The end tag may be that of a dropped block.
            self.parted.set(tag.kind == TagKind::EndTag);
        }
        self.builder.process_token(Token::TagToken(tag), line)
    }

    /// Sends the line break that stands for a dropped block, so that its text does not grow together with the last.
    fn part_text(&self) {
        if self.parted.replace(false) {
            let _ = self.builder.process_token(Token::CharacterTokens(StrTendril::from_slice("\n")), 1);
        }
    }
}

impl<'n> TokenSink for Guard<'n> {
    type Handle = Handle<'n>;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Handle<'n>> {
        match token {
            Token::TagToken(tag) if self.account() => {
                self.go_flat();
                self.flat_tag(tag.kind, &tag.name)
            }
            Token::TagToken(tag) => self.tag(tag, line),
            Token::CharacterTokens(_) => {
                self.add_work(WORK_A_TEXT);
                self.part_text();
                self.builder.process_token(token, line)
            }
            Token::EOFToken => {
                if let Some(flat) = self.flat.get() {
                    flat.end(&self.builder);
                }
                self.builder.process_token(token, line)
            }
            token => self.builder.process_token(token, line),
        }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        !self.is_flat() && self.in_foreign_content()
    }
}
