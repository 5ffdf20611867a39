//! Any text gives the tokens that html5ever's tokenizer gives it, from every state a parser can be started in.
#![no_main]
use gleaner::html::{State, tokens};
use html5ever::TokenizerResult;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::{self, RawKind};
use html5ever::tokenizer::{BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use libfuzzer_sys::fuzz_target;
use std::cell::RefCell;

/// Names longer than the tokenizer's limit are cut: no such page is compared.
const LONGEST_PAGE: usize = 4096;

/// Keeps tokens: text joined, errors left out, and of end tags what a tree builder looks at.
#[derive(Default)]
struct Collector(RefCell<Vec<Token>>);

impl TokenSink for Collector {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let mut tokens = self.0.borrow_mut();
        match (tokens.last_mut(), token) {
            (_, Token::ParseError(_)) => {}
            (Some(Token::CharacterTokens(last)), Token::CharacterTokens(text)) => last.push_tendril(&text),
            (_, Token::CharacterTokens(text)) if text.is_empty() => {}
            (_, Token::TagToken(mut tag)) => {
                tag.had_duplicate_attributes = false;
                if tag.kind == html5ever::tokenizer::EndTag {
                    tag.attrs.clear();
                    tag.self_closing = false;
                }
                tokens.push(Token::TagToken(tag));
            }
            (_, token) => tokens.push(token),
        }
        TokenSinkResult::Continue
    }
}

fn theirs(page: &str, state: states::State, raw_name: &str) -> Vec<Token> {
    let options = TokenizerOpts {
        discard_bom: false,
        initial_state: Some(state),
        last_start_tag_name: Some(raw_name.to_owned()),
        ..TokenizerOpts::default()
    };
    let tokenizer = Tokenizer::new(Collector::default(), options);
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(page));
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    tokenizer.sink.0.into_inner()
}

fuzz_target!(|input: (u8, &str)| {
    let (choice, page) = input;
    if page.len() > LONGEST_PAGE {
        return;
    }
    let (ours, state, name) = match choice % 6 {
        0 => (State::Data, states::Data, ""),
        1 => (State::Rcdata, states::RawData(RawKind::Rcdata), "title"),
        2 => (State::Rawtext, states::RawData(RawKind::Rawtext), "style"),
        3 => (State::Script, states::RawData(RawKind::ScriptData), "script"),
        4 => (State::Plaintext, states::Plaintext, "plaintext"),
        _ => (State::Cdata, states::CdataSection, ""),
    };
    let found = tokens(page, ours, name, Collector::default()).0.into_inner();
    assert_eq!(found, theirs(page, state, name));
});
