//! Hostile pages: each gives a tree with its text, on a small stack, with no more nodes than its length pays for.
mod hostile;

use gleaner::html::{Keep, parse};
use hostile::{FAMILIES, TEXT};

/// Bytes of a page here.
const BYTES: usize = 200_000;

/// Bytes of the stack that must suffice: far less than any worker has.
const STACK: usize = 256 << 10;

/// Nodes for a byte of a page, at most: `<p>` makes one of three bytes, and what nests may add as many.
const NODES_PER_BYTE: f64 = 0.75;

#[test]
fn every_family_gives_a_tree_with_its_text_on_a_small_stack() {
    let worker = std::thread::Builder::new().stack_size(STACK);
    let check = || {
        for family in FAMILIES {
            let page = family.page(BYTES);
            for keep in [Keep::Lean, Keep::All] {
                let parsed = parse(&page, keep);
                let text: String = parsed.html.root_element().text().collect();
                assert!(text.contains(TEXT), "{}", family.name);
                let nodes = parsed.html.tree.values().count() as f64;
                assert!(nodes < NODES_PER_BYTE * page.len() as f64, "{}: {nodes} nodes", family.name);
            }
        }
    };
    worker.spawn(check).unwrap().join().unwrap();
}

#[test]
fn the_whole_line_bears_every_family_on_a_small_stack() {
    use gleaner::model::{Declared, Origin, RawDocument};
    let (config, rules) = (gleaner::Config::default(), gleaner::RuleSet::load(&[], &[]).unwrap());
    let check = move || {
        for family in FAMILIES {
            let bytes = family.page(BYTES).into_bytes();
            let raw = RawDocument { origin: Origin::page("x.html"), bytes, declared: Declared::default() };
            let document = gleaner::clean(&config, &rules, &raw, &mut gleaner::Work::default()).unwrap();
            let found = document.blocks.iter().filter(|block| block.text().contains(TEXT)).count();
            assert_eq!(found, 1, "{}", family.name);
        }
    };
    std::thread::Builder::new().stack_size(STACK).spawn(check).unwrap().join().unwrap();
}

#[test]
fn past_the_limit_text_stays_in_its_blocks() {
    let page = format!("{}<p>one</p><p>two</p><ul><li>three<li>four</ul>", "<div>".repeat(600));
    let parsed = parse(&page, Keep::Lean);
    assert!(parsed.guarded >= 600 - 512);
    let paragraphs = parsed.html.tree.values().filter_map(|node| node.as_element());
    assert_eq!(paragraphs.clone().filter(|element| element.name() == "p").count(), 2);
    assert_eq!(paragraphs.filter(|element| element.name() == "li").count(), 2);
}

#[test]
fn words_of_dropped_blocks_do_not_grow_together() {
    let page = format!("{}one<h3>two</h3>three<b>four</b>", "<div>".repeat(600));
    let text: String = parse(&page, Keep::Lean).html.root_element().text().collect();
    assert_eq!(text.trim(), "one\ntwo\nthreefour");
}

#[test]
fn a_page_within_the_limits_is_left_alone() {
    let page = format!("{}<p>deep</p>", "<div>".repeat(400));
    let parsed = parse(&page, Keep::All);
    assert_eq!(parsed.guarded, 0);
    assert!(parsed.html == scraper::Html::parse_document(&page));
}

#[test]
fn an_element_may_have_so_many_attributes_and_no_more() {
    let attributes = |count: usize| (0..count).map(|n| format!(" a{n}=x")).collect::<String>();
    assert_eq!(parse(&format!("<p{}>", attributes(64)), Keep::All).guarded, 0);
    assert_eq!(parse(&format!("<p{}>", attributes(70)), Keep::All).guarded, 6);
    let merged = format!("<html{}><html{}>", attributes(60), attributes(64).replace('a', "b"));
    assert_eq!(parse(&merged, Keep::All).guarded, 60);
}

/// A table so long and so dense that its page is read flat before it ends.
fn dense_table() -> String {
    let rows = (0..60_000).map(|n| format!("<tr><td>{n}<td>x"));
    format!("<p>{TEXT}</p><table>{}</table>", rows.collect::<String>())
}

#[test]
fn a_page_of_little_but_tags_is_read_flat_and_keeps_its_text_in_order() {
    let parsed = parse(&dense_table(), Keep::All);
    assert!(parsed.guarded > 10_000);
    let text: String = parsed.html.root_element().text().collect();
    let table = text.split_once(TEXT).unwrap().1;
    let numbers: String = table.split(|c: char| !c.is_ascii_digit()).collect::<Vec<_>>().join("");
    assert_eq!(numbers, (0..60_000).map(|n| n.to_string()).collect::<String>());
}

#[test]
fn paragraphs_of_a_flat_page_stay_paragraphs() {
    let long = "A sentence that is long enough to stand in a paragraph of its own, and does.";
    let page =
        format!("{}<h2>Short</h2><p>{long}</p> <div>{long}<br>one<b>word</b> two</div>", dense_table());
    let parsed = parse(&page, Keep::Lean);
    let selector = scraper::Selector::parse("p").unwrap();
    let texts: Vec<String> = parsed.html.select(&selector).map(|p| p.text().collect()).collect();
    let last = texts.len() - 1;
    assert!(texts[last - 3].ends_with("59999\nx\nShort"));
    assert_eq!(texts[last - 2..], [long, long, "oneword two"]);
}

#[test]
fn raw_text_of_a_flat_page_is_read_as_such() {
    let raw =
        "<script>a<p></script><style>b</style><title>c</title><textarea>d&amp;<p></textarea>e<plaintext>f<p>";
    for keep in [Keep::Lean, Keep::All] {
        let parsed = parse(&format!("{}{raw}", dense_table()), keep);
        let text: String = parsed.html.root_element().text().collect();
        assert!(text.ends_with("59999\nx\nd&<p>\ne\nf<p>"));
    }
}
