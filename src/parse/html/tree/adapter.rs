//! The adapter: what the tokenizer finds, made into the tokens that html5ever's tree builder takes.
use super::super::guard::{MAX_ATTRIBUTES, MAX_NAME_BYTES, MAX_VALUE_BYTES, is_formatting};
use super::super::tokenizer::{self, Handler, Span, State, cut, decode};
use super::keep::{Keep, is_code, is_data_script, is_kept_attribute};
use super::names::Names;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Doctype, Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::{Attribute, LocalName, QualName, local_name, ns};
use memchr::{memchr, memchr2};

/// Bytes that a tendril holds in place. To share so few costs more than to copy them.
const INLINE_BYTES: usize = 8;

/// Makes tokens and gives them to a token sink.
pub(in super::super) struct Adapter<S> {
    pub(super) sink: S,
    pub(super) page: StrTendril,
    keep: Keep,
    names: Names,
    scratch: String,
    /// The tag that is being read.
    kind: tokenizer::TagKind,
    name: LocalName,
    attributes: Vec<Attribute>,
    all_attributes: bool,
    wants_raw_text: bool,
    stopped: bool,
    /// Attributes and values that went over a limit.
    pub(in super::super) over_limit: u32,
}

impl<S: TokenSink> Adapter<S> {
    pub(in super::super) fn new(page: StrTendril, keep: Keep, sink: S) -> Adapter<S> {
        Adapter {
            sink,
            page,
            keep,
            names: Names::new(),
            scratch: String::new(),
            kind: tokenizer::TagKind::Start,
            name: LocalName::default(),
            attributes: Vec::new(),
            all_attributes: true,
            wants_raw_text: true,
            stopped: false,
            over_limit: 0,
        }
    }

    pub(in super::super) fn into_sink(self) -> S {
        self.sink
    }

    fn send(&self, token: Token) {
        // Only tags change the state, and those go through `close_tag`.
        let _ = self.sink.process_token(token, 1);
    }

    /// The atom of a tag's name.
    pub(super) fn tag_name(&mut self, name: Span) -> LocalName {
        self.names.get(cut(&self.page[name], MAX_NAME_BYTES))
    }

    fn share(&self, span: Span) -> StrTendril {
        if span.len() <= INLINE_BYTES {
            return StrTendril::from_slice(&self.page[span]);
        }
        self.page.subtendril(span.start as u32, span.len() as u32)
    }

    /// A value, decoded: a part of the page where it is as written.
    fn value(&mut self, span: Span) -> StrTendril {
        let mut text = &self.page[span.clone()];
        if text.len() > MAX_VALUE_BYTES {
            text = cut(text, MAX_VALUE_BYTES);
            self.over_limit += 1;
        }
        if memchr2(0, b'&', text.as_bytes()).is_none() {
            return self.page.subtendril(span.start as u32, text.len() as u32);
        }
        self.scratch.clear();
        decode(text, true, &mut self.scratch);
        if memchr(0, self.scratch.as_bytes()).is_some() {
            self.scratch = self.scratch.replace('\0', "\u{FFFD}");
        }
        StrTendril::from_slice(&self.scratch)
    }

    fn replaced(&self, span: Span) -> StrTendril {
        let text = &self.page[span.clone()];
        match memchr(0, text.as_bytes()) {
            None => self.share(span),
            Some(_) => text.replace('\0', "\u{FFFD}").into(),
        }
    }

    /// Whether the text of the raw text element that was just read is wanted.
    fn wants_text_of_tag(&self) -> bool {
        let wanted_type = |attribute: &Attribute| {
            attribute.name.local == local_name!("type") && is_data_script(&attribute.value)
        };
        self.keep == Keep::All
            || !is_code(&self.name)
            || (self.name == local_name!("script") && self.attributes.iter().any(wanted_type))
    }
}

/// The kind of a tag, as html5ever has it.
pub(super) fn kind_of(kind: tokenizer::TagKind) -> TagKind {
    match kind {
        tokenizer::TagKind::Start => TagKind::StartTag,
        tokenizer::TagKind::End => TagKind::EndTag,
    }
}

/// How to read on after a tag.
pub(super) fn state_after<H>(result: &TokenSinkResult<H>) -> State {
    match result {
        TokenSinkResult::RawData(RawKind::Rcdata) => State::Rcdata,
        TokenSinkResult::RawData(RawKind::Rawtext) => State::Rawtext,
        TokenSinkResult::RawData(_) => State::Script,
        TokenSinkResult::Plaintext => State::Plaintext,
        _ => State::Data,
    }
}

impl<S: TokenSink> Handler for Adapter<S> {
    fn text(&mut self, span: Span) {
        self.send(Token::CharacterTokens(self.share(span)));
    }

    fn decoded(&mut self, text: &str) {
        self.send(Token::CharacterTokens(StrTendril::from_slice(text)));
    }

    fn null(&mut self) {
        self.send(Token::NullCharacterToken);
    }

    fn open_tag(&mut self, kind: tokenizer::TagKind, name: Span) {
        self.kind = kind;
        self.attributes.clear();
        self.name = self.tag_name(name);
        self.all_attributes = self.keep != Keep::Lean || is_formatting(&self.name);
    }

    fn attribute(&mut self, name: Span, value: Span) {
        if self.kind == tokenizer::TagKind::End {
            return;
        }
        let name = &self.page[name];
        if !self.all_attributes && !is_kept_attribute(name.as_bytes()) {
            return;
        }
        if self.attributes.len() == MAX_ATTRIBUTES || name.len() > MAX_NAME_BYTES {
            self.over_limit += 1;
            return;
        }
        let name = self.names.get(name);
        if self.attributes.iter().all(|attribute| attribute.name.local != name) {
            let value = self.value(value);
            self.attributes.push(Attribute { name: QualName::new(None, ns!(), name), value });
        }
    }

    fn close_tag(&mut self, self_closing: bool) -> State {
        self.wants_raw_text = self.wants_text_of_tag();
        let tag = Tag {
            kind: kind_of(self.kind),
            name: self.name.clone(),
            self_closing,
            attrs: std::mem::take(&mut self.attributes),
            // Only scripts with a nonce care, and none is run here.
            had_duplicate_attributes: false,
        };
        let result = self.sink.process_token(Token::TagToken(tag), 1);
        self.stopped = matches!(result, TokenSinkResult::Script(_) | TokenSinkResult::EncodingIndicator(_));
        state_after(&result)
    }

    fn comment(&mut self, span: Span) {
        if self.keep == Keep::All {
            self.send(Token::CommentToken(self.replaced(span)));
        }
    }

    fn doctype(&mut self, doctype: tokenizer::Doctype) {
        self.send(Token::DoctypeToken(Doctype {
            name: doctype.name.map(StrTendril::from),
            public_id: doctype.public_id.map(StrTendril::from),
            system_id: doctype.system_id.map(StrTendril::from),
            force_quirks: doctype.force_quirks,
        }));
    }

    fn error(&mut self) {
        self.send(Token::ParseError("".into()));
    }

    fn skips_mark(&self) -> bool {
        self.stopped
    }

    fn wants_raw_text(&self) -> bool {
        self.wants_raw_text
    }

    fn in_foreign_content(&self) -> bool {
        self.sink.adjusted_current_node_present_but_not_in_html_namespace()
    }

    fn end(&mut self) {
        self.send(Token::EOFToken);
        self.sink.end();
    }
}
