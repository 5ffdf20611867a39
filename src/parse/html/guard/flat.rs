//! How the rest of a page is read once its budget is used up: as blocks of text, without further elements.
//!
//! Tags still say where raw text begins and where one block ends and the next begins. Texts are gathered, and given
//! to the tree builder as paragraphs that are long enough to pay for themselves.
use super::super::tree::{Handle, Sink};
use super::limits::FLAT_BLOCK_BYTES;
use super::tags::{Nesting, breaks_text};
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
    pub(super) fn tag<H>(&self, tag: &Tag) -> TokenSinkResult<H> {
        self.silent.set(false);
        if parts(&tag.name) {
            self.gap.set(Gap::Break);
        }
        if tag.kind == TagKind::EndTag || Nesting::of(&tag.name) != Nesting::None {
            return TokenSinkResult::Continue;
        }
        let (kind, silent) = match tag.name {
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

    /// Takes a text.
    pub(super) fn text<'n>(&self, text: &str, builder: &TreeBuilder<Handle<'n>, Sink<'n>>) {
        if self.silent.get() {
            return;
        }
        if text.bytes().all(|byte| byte.is_ascii_whitespace()) {
            return self.gap.set(self.gap.get().max(Gap::Blank));
        }
        let gap = self.gap.replace(Gap::Nothing);
        let held = self.held.borrow().len();
        if gap == Gap::Break && held.max(text.len()) >= FLAT_BLOCK_BYTES {
            self.release(builder);
        }
        let mut held = self.held.borrow_mut();
        match gap {
            _ if held.is_empty() => {}
            Gap::Nothing => {}
            Gap::Blank => held.push(' '),
            Gap::Break => held.push('\n'),
        }
        held.push_str(text);
    }

    /// Gives what was gathered to the tree builder, as a paragraph.
    pub(super) fn release<'n>(&self, builder: &TreeBuilder<Handle<'n>, Sink<'n>>) {
        let mut held = self.held.borrow_mut();
        if !held.is_empty() {
            let paragraph = bare_tag(TagKind::StartTag, local_name!("p"));
            let _ = builder.process_token(paragraph, 1);
            let _ = builder.process_token(Token::CharacterTokens(StrTendril::from_slice(&held)), 1);
            held.clear();
        }
    }
}

/// Whether a tag of this name parts the text before it from the text after it.
fn parts(name: &LocalName) -> bool {
    breaks_text(name)
        || matches!(
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
