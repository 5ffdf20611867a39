//! Tag soup gives the tree that scraper gives it, and no soup breaks a promise of the guard.
mod soup;

use gleaner::html::{Keep, parse};
use scraper::Html;
use soup::{Random, soup};

/// Soups of a run without `GLEANER_SOUPS`.
const SOUPS: u64 = 5_000;

fn seeds() -> std::ops::Range<u64> {
    let number = |name: &str| std::env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let first = number("GLEANER_SOUP_SEED").unwrap_or(0);
    first..first + number("GLEANER_SOUPS").unwrap_or(SOUPS)
}

#[test]
fn soup_gives_the_tree_of_scraper() {
    let (mut same, mut guarded, mut different) = (0, 0, Vec::new());
    for seed in seeds() {
        let page = soup(seed);
        let parsed = parse(&page, Keep::All);
        match parsed.html == Html::parse_document(&page) {
            true => same += 1,
            false if parsed.guarded > 0 => guarded += 1,
            false => different.push(format!("seed {seed}: {page:?}")),
        }
    }
    eprintln!("seeds {:?}: {same} the same, {guarded} met a limit, {} differ", seeds(), different.len());
    assert!(different.is_empty(), "{}", different[..different.len().min(5)].join("\n"));
    assert!(guarded * 1000 < same);
}

/// The elements and the solid text of a tree, without what the lean tree leaves out. A comment between white space
/// and text of a table decides where that white space goes, so white space is no part of it.
fn skeleton(html: &Html) -> String {
    let mut out = String::new();
    for edge in html.tree.root().traverse() {
        match edge {
            ego_tree::iter::Edge::Open(node) => match node.value() {
                scraper::Node::Element(element) => {
                    out.push('<');
                    out.push_str(element.name());
                }
                scraper::Node::Text(text) => {
                    let of_code = node.parent().and_then(|parent| parent.value().as_element());
                    if !of_code.is_some_and(|element| matches!(element.name(), "script" | "style")) {
                        out.extend(text.split_whitespace());
                    }
                }
                _ => {}
            },
            ego_tree::iter::Edge::Close(node) if node.value().is_element() => out.push('>'),
            ego_tree::iter::Edge::Close(_) => {}
        }
    }
    out
}

#[test]
fn the_lean_tree_has_the_same_elements_and_text() {
    for seed in seeds() {
        let page = soup(seed);
        let (lean, all) = (parse(&page, Keep::Lean), parse(&page, Keep::All));
        assert_eq!(skeleton(&lean.html), skeleton(&all.html), "seed {seed}: {page:?}");
    }
}

#[test]
fn the_text_of_a_guarded_soup_is_whole() {
    let mut random = Random(1);
    let names = ["div", "b", "i", "a", "font", "p", "li", "ul", "span", "section", "em", "h2", "blockquote"];
    let mut met = 0;
    for _ in 0..50 {
        let (mut page, mut words) = (String::new(), String::new());
        for n in 0..20_000 {
            match random.below(8) {
                0 => {
                    let word = format!("w{n} ");
                    words.push_str(&word);
                    page.push_str(&word);
                }
                1..=2 => page.push_str(&format!("</{}>", names[random.below(names.len())])),
                _ => page.push_str(&format!("<{} id={n}>", names[random.below(names.len())])),
            }
        }
        let parsed = parse(&page, Keep::Lean);
        met += u32::from(parsed.guarded > 0);
        let text: String = parsed.html.root_element().text().collect();
        let found: Vec<&str> = text.split_whitespace().collect();
        assert_eq!(found, words.split_whitespace().collect::<Vec<_>>());
    }
    assert_eq!(met, 50);
}
