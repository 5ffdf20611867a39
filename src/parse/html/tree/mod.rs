//! A page to a tree: our tokenizer, html5ever's tree builder, scraper's tree.
mod adapter;
mod arena;
mod keep;
mod names;
mod reader;
mod sink;

pub(super) use sink::{Handle, Sink};

pub use keep::{KEPT_ATTRIBUTES, Keep};

use super::guard::{Guard, budget_of};
use super::tokenizer::{State, prepare, tokenize};
use adapter::Adapter;
use arena::Arena;
use html5ever::tokenizer::TokenSink;
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use reader::Reader;
use scraper::Html;

/// A page's tree, and what was left out of it to bound its cost.
#[derive(Debug, Clone)]
pub struct Parsed {
    /// The tree.
    pub html: Html,
    /// Tags, attributes and values that went over a limit.
    pub guarded: u32,
}

/// Parses a page into the tree that the HTML standard gives it (with scripting on, as browsers have it), in time
/// and memory linear in its length.
///
/// ```
/// use gleaner::html::{Keep, parse};
/// use scraper::Selector;
///
/// let parsed = parse("<title>Ferry</title><p>It <b>sails</b>.", Keep::All);
/// let paragraph = parsed.html.select(&Selector::parse("body > p").unwrap()).next().unwrap();
/// assert_eq!(paragraph.text().collect::<String>(), "It sails.");
/// ```
pub fn parse(page: &str, keep: Keep) -> Parsed {
    parse_within(budget_of(page.len()), page, keep)
}

/// Parses a page that may cause so much work, and is read flat from where it has.
fn parse_within(budget: u64, page: &str, keep: Keep) -> Parsed {
    let page = prepare(page.strip_prefix('\u{FEFF}').unwrap_or(page));
    let names = Arena::new();
    let builder = TreeBuilder::new(Sink::new(&names, page.len()), TreeBuilderOpts::default());
    let mut reader = Reader::new(Adapter::new(page.clone(), keep, Guard::new(builder, budget)));
    tokenize(&page, State::Data, "", &mut reader);
    let adapter = reader.into_adapter();
    let attributes = adapter.over_limit;
    let (sink, tags) = adapter.into_sink().finish();
    let (html, merged) = sink.into_tree();
    Parsed { html, guarded: attributes.saturating_add(tags).saturating_add(merged) }
}

/// Reads a page's tokens into any html5ever token sink, all kept: for those who want tokens and no tree. `from` and
/// `raw_name` say where it begins: [`State::Data`], or inside the raw text of an element.
pub fn tokens<S: TokenSink>(page: &str, from: State, raw_name: &str, sink: S) -> S {
    let page = prepare(page);
    let mut adapter = Adapter::new(page.clone(), Keep::All, sink);
    tokenize(&page, from, raw_name, &mut adapter);
    adapter.into_sink()
}
