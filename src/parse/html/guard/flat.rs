//! How the rest of a page is read once its budget is used up: as blocks of text, without further elements.
//!
//! Tags still say where raw text begins and where one block ends and the next begins. Texts are gathered, and given
//! to the tree builder as paragraphs that are long enough to pay for themselves.
use super::super::tree::{Handle, Sink};
use super::limits::FLAT_BLOCK_BYTES;
use super::tags::Nesting;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::TreeBuilder;
use html5ever::{LocalName, local_name};
use std::cell::{Cell, RefCell};

/// What parts two texts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    Nothing,
    Blank,
    Break,
}

/// The reader of a flat page.
pub(super) struct Flat {
    /// The text of the block that is being gathered.
    held: RefCell<String>,
    /// What stands between that text and the next.
    gap: Cell<Gap>,
    /// Whether the text that comes is code or a title.
    silent: Cell<bool>,
}

impl Flat {
    pub(super) fn new() -> Flat {
        Flat { held: RefCell::default(), gap: Cell::new(Gap::Break), silent: Cell::new(false) }
    }

    /// Takes a tag. Where it begins raw text, the result tells the tokenizer, as the tree builder would have.
    pub(super) fn tag<H>(&self, kind: TagKind, name: &LocalName) -> TokenSinkResult<H> {
        self.silent.set(false);
        match Nesting::of(name) {
            Nesting::Block | Nesting::Item => self.gap.set(Gap::Break),
            Nesting::None => return self.unnested(kind, name),
            Nesting::Formatting | Nesting::Inline => {}
        }
        TokenSinkResult::Continue
    }

    /// Takes a tag of an element that holds no others.
    fn unnested<H>(&self, kind: TagKind, name: &LocalName) -> TokenSinkResult<H> {
        if parts(name) {
            self.gap.set(Gap::Break);
        }
        if kind == TagKind::EndTag {
            return TokenSinkResult::Continue;
        }
        let (kind, silent) = match *name {
            local_name!("plaintext") => return TokenSinkResult::Plaintext,
            local_name!("script") => (RawKind::ScriptData, true),
            local_name!("title") => (RawKind::Rcdata, true),
            local_name!("textarea") => (RawKind::Rcdata, false),
            local_name!("xmp") => (RawKind::Rawtext, false),
            local_name!("iframe")
            | local_name!("noembed")
            | local_name!("noframes")
            | local_name!("noscript")
            | local_name!("style") => (RawKind::Rawtext, true),
            _ => return TokenSinkResult::Continue,
        };
        self.silent.set(silent);
        TokenSinkResult::RawData(kind)
    }

    /// Whether the raw text that comes is neither code nor a title.
    pub(super) fn wants_raw_text(&self) -> bool {
        !self.silent.get()
    }

    /// Takes a text.
    pub(super) fn text<'n>(&self, text: &str, builder: &TreeBuilder<Handle<'n>, Sink<'n>>) {
        if text.bytes().all(|byte| byte.is_ascii_whitespace()) {
            return self.gap.set(self.gap.get().max(Gap::Blank));
        }
        let gap = self.gap.replace(Gap::Nothing);
        let mut held = self.held.borrow_mut();
        if gap == Gap::Break && held.len().max(text.len()) >= FLAT_BLOCK_BYTES {
            release(&mut held, builder);
        }
        match gap {
            _ if held.is_empty() => {}
            Gap::Nothing => {}
            Gap::Blank => held.push(' '),
            Gap::Break => held.push('\n'),
        }
        held.push_str(text);
    }

    /// Gives the last of the text to the tree builder.
    pub(super) fn end<'n>(&self, builder: &TreeBuilder<Handle<'n>, Sink<'n>>) {
        release(&mut self.held.borrow_mut(), builder);
    }
}

/// Gives what was gathered to the tree builder, as a paragraph.
fn release<'n>(held: &mut String, builder: &TreeBuilder<Handle<'n>, Sink<'n>>) {
    if !held.is_empty() {
        let paragraph = bare_tag(TagKind::StartTag, local_name!("p"));
        let _ = builder.process_token(paragraph, 1);
        let _ = builder.process_token(Token::CharacterTokens(StrTendril::from_slice(held)), 1);
        held.clear();
    }
}

/// Whether a tag of an element that holds no others parts the text before it from the text after it.
fn parts(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("br")
            | local_name!("hr")
            | local_name!("plaintext")
            | local_name!("textarea")
            | local_name!("xmp")
    )
}

/// A tag without attributes.
pub(super) fn bare_tag(kind: TagKind, name: LocalName) -> Token {
    let attrs = Vec::new();
    Token::TagToken(Tag { kind, name, self_closing: false, attrs, had_duplicate_attributes: false })
}
