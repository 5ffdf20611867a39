//! What selectors choose on small pages, and what they may cost on hostile ones.
use crate::config::Config;
use crate::model::{DecidedBy, Declared, Decoding, Document, MarkedBy, Origin, RawDocument, Text};

fn config(select: &[&str], drop: &[&str]) -> Config {
    let mut config = Config::default();
    config.strip.select = select.iter().map(|css| css.parse().unwrap()).collect();
    config.strip.drop = drop.iter().map(|css| css.parse().unwrap()).collect();
    config
}

fn parsed(page: &str, config: &Config) -> Document {
    let origin = Origin::page("t.html");
    let raw = RawDocument { origin, bytes: Vec::new(), declared: Declared::default() };
    let (decided_by, decoding) = (DecidedBy::Utf8, Decoding::default());
    let text = Text { text: page.into(), encoding: "UTF-8", decided_by, decoding };
    crate::parse::parse(&raw, text, config)
}

/// The marked stretches, each with the selector that drops it, or nothing.
fn marks(document: &Document) -> Vec<(&str, &str)> {
    let all = document.blocks.iter().flat_map(|block| {
        block.evidence.marks.iter().map(|mark| {
            let by = match &mark.by {
                MarkedBy::Drop(selector) => selector,
                _ => "",
            };
            (&block.text()[mark.span.clone()], by)
        })
    });
    all.collect()
}

const PAGE: &str = "<body><p>Top<div id=main><p>One <i class=ad>bad</i> two<sup>1</sup>.\
    <div class=ad><p>All bad<p data-x=1>Bad</div><p data-x=1>Last</div><p>End";

#[test]
fn drops_mark_blocks_and_parts_of_blocks() {
    let document = parsed(PAGE, &config(&[], &[".ad", "#main sup", "[data-x]"]));
    let expected =
        [("bad", ".ad"), ("1", "#main sup"), ("All bad", ".ad"), ("Bad", ".ad"), ("Last", "[data-x]")];
    assert_eq!(marks(&document), expected);
    assert!(!document.selected);
}

#[test]
fn selects_mark_what_stands_outside() {
    let document = parsed(PAGE, &config(&["#main", "h1"], &[".ad"]));
    assert_eq!(
        marks(&document),
        [("Top", ""), ("bad", ".ad"), ("All bad", ".ad"), ("Bad", ".ad"), ("End", "")]
    );
    assert!(document.selected);
}

#[test]
fn without_selectors_nothing_is_marked() {
    let document = parsed(PAGE, &Config::default());
    assert!(marks(&document).is_empty() && !document.selected && document.guarded == 0);
}

/// Counting siblings is linear; looking back over all of them for what is not there is not, up to a few thousand.
#[test]
fn long_lists_are_within_the_bound() {
    let list = |items| "<ul>".to_string() + &"<li>item of a list".repeat(items);
    let document = parsed(&list(10_000), &config(&[], &["li:nth-child(2n)", "li:nth-last-child(-n+3)"]));
    assert_eq!((marks(&document).len(), document.guarded), (5_001, 0));
    let document = parsed(&list(500), &config(&[], &["p ~ li", "li:last-child"]));
    assert_eq!((marks(&document).len(), document.guarded), (1, 0));
}

/// Steps end long before a quadratic look at the page would.
#[test]
fn hostile_pages_use_up_their_steps() {
    let siblings = "<ul>".to_string() + &"<li>x".repeat(50_000);
    let nested = "<div>".repeat(500) + &"<b>x</b>".repeat(20_000);
    for (page, css) in [
        (&siblings, "p ~ li:nth-child(3n)"),
        (&siblings, "p ~ b ~ li"),
        (&siblings, "li:has(~ p)"),
        (&nested, "p p p p b"),
        (&nested, ":has(u) b"),
    ] {
        let start = std::time::Instant::now();
        let document = parsed(page, &config(&[], &[css]));
        assert_eq!(marks(&document), [], "{css}");
        assert!(start.elapsed().as_secs() < 20, "{css}");
        assert!(!document.blocks.is_empty());
    }
    let list = "<ul>".to_string() + &"<li>item of a list".repeat(10_000);
    assert_eq!(parsed(&list, &config(&[], &["p ~ li"])).guarded, 1);
    assert_eq!(parsed(&list, &Config::default()).guarded, 0);
}

/// A page that is read flat has paragraphs of its body from there on, and selectors see those.
#[test]
fn on_a_flat_page_selectors_see_paragraphs() {
    let table = format!("<p class=ad>First</p><table>{}</table>", "<tr><td>1<td>".repeat(60_000));
    let page = table + "<p class=ad>A sentence that is long enough to be a block of its own here.";
    let document = parsed(&page, &config(&[], &[".ad"]));
    assert!(document.guarded > 0);
    assert_eq!(marks(&document), [("First", ".ad")]);
    let document = parsed(&page, &config(&[".ad"], &[]));
    assert!(document.blocks.len() > 1_000);
    assert_eq!(marks(&document).len(), document.blocks.len() - 1);
}
