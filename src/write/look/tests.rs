//! The page of a run: hostile text stays text, a million documents stay a page, and links lead somewhere.
use super::group::Notes;
use super::{DocumentPage, Look};
use crate::model::{
    Block, BlockAddress, BlockKind, DecidedBy, Decoding, Document, Evidence, FieldName, Fields, Kind, Origin,
    Outline, PageClaims, Record, RuleId, RunReport, Skipped, Stage, Trouble, Verdict, solid,
};
use crate::rules::RuleSet;
use scraper::{Html, Selector};

/// Text that would be markup, a script or a mess, if a page let it.
const HOSTILE: &str = "</title></style></script><script>alert(1)</script><img src=x onerror=alert(1)>\u{202E}\0\u{1b}[2J\
                       \" onclick=\"alert(1)' style='x' &lt;b&gt; <!-- --> ]]> javascript:alert(1)";

/// The most that a page may be, in bytes: it is to open on a phone.
const PAGE_BYTES: usize = 5_000_000;

fn notes() -> Notes {
    Notes::new(&RuleSet::compile(Vec::new()).unwrap(), [("page/links", "Mostly links.")])
}

/// A document with a block for each of these verdicts.
fn document(source: &str, blocks: &[(&str, Verdict)]) -> Document {
    let block = |(text, verdict): &(&str, Verdict)| {
        let mut block = Block::new(text.to_string(), BlockKind::Line, Evidence::default());
        block.set(verdict.clone());
        block
    };
    Document {
        origin: Origin::record("rows.jsonl", source),
        kind: Kind::Text,
        encoding: "UTF-8",
        decided_by: DecidedBy::Utf8,
        decoding: Decoding::default(),
        language: None,
        fields: Fields { title: Some(source.to_string()), ..Fields::default() },
        claims: PageClaims::default(),
        outline: Outline::default(),
        blocks: blocks.iter().map(block).collect(),
        characters: blocks.iter().map(|(text, _)| solid(text)).sum(),
        guarded: 0,
        selected: false,
    }
}

fn repeats(source: &str, block: u32) -> Verdict {
    let of = Box::new(BlockAddress { origin: Origin::record("rows.jsonl", source), block });
    Verdict::Duplicate { of, similarity: 0.875, kept: false }
}

fn meet(look: &mut Look, report: &mut RunReport, document: &Document) {
    report.add_document(document);
    look.document(document, &Record::new(document));
    report.add_written();
}

fn hostile() -> Document {
    let blocks = [
        (HOSTILE, Verdict::Keep),
        (HOSTILE, Verdict::Cut(RuleId::new(HOSTILE))),
        (HOSTILE, Verdict::Field(FieldName::Site, RuleId::new(HOSTILE))),
        (HOSTILE, Verdict::Repeated { site: HOSTILE.into(), pages: 7 }),
        (HOSTILE, repeats(HOSTILE, 1)),
    ];
    document(HOSTILE, &blocks)
}

/// Documents of the large run: a million, and fewer where the compiler leaves everything slow. Nothing on the page
/// grows after the first few thousand.
const MANY: u64 = if cfg!(debug_assertions) { 100_000 } else { 1_000_000 };

/// No element or attribute that our own code does not write, no address but places on the page itself.
fn is_harmless(page: &str) {
    let unseen =
        page.chars().find(|c| (c.is_control() && *c != '\n') || matches!(c, '\u{202A}'..='\u{202E}'));
    assert_eq!(unseen, None);
    let tree = Html::parse_document(page);
    let known = "html head meta title style body a header p h1 nav ul li main section h2 h3 h4 figure figcaption svg \
                 rect path text tspan table caption thead tbody tfoot tr th td details summary i span strong code bdi \
                 ol dl dt dd div article small del label input footer";
    let known: Vec<&str> = known.split(' ').collect();
    let attributes = "lang charset http-equiv content name class href id aria-label aria-labelledby aria-hidden role \
                      scope dir type open x y d width height viewBox preserveAspectRatio";
    let attributes: Vec<&str> = attributes.split(' ').collect();
    for element in tree.select(&Selector::parse("*").unwrap()) {
        assert!(known.contains(&element.value().name()), "<{}>", element.value().name());
        for (name, value) in element.value().attrs() {
            assert!(attributes.contains(&name), "{name}={value}");
        }
    }
    for link in tree.select(&Selector::parse("[href]").unwrap()) {
        let place = link.attr("href").unwrap().strip_prefix('#').expect("a place on the page");
        assert!(tree.select(&Selector::parse(&format!("#{place}")).unwrap()).next().is_some(), "{place}");
    }
    let policy = tree.select(&Selector::parse("meta[http-equiv]").unwrap()).next().unwrap();
    assert!(policy.attr("content").unwrap().starts_with("default-src 'none'; style-src 'unsafe-inline';"));
}

#[test]
fn hostile_text_stays_text_in_a_report() {
    let (mut look, mut report) = (Look::new(notes()), RunReport::new());
    meet(&mut look, &mut report, &hostile());
    report.add_trouble(&Trouble::failed(Origin::page(HOSTILE), Stage::Read, HOSTILE));
    let skipped = Skipped { origin: Origin::page(HOSTILE), reason: crate::model::SkipReason::Empty };
    report.add_trouble(&Trouble::Skipped(skipped));
    report.add_slow(&hostile(), 11.0);
    let page = look.page(&report);
    is_harmless(&page);
    assert!(page.contains("&lt;script&gt;alert(1)"), "the text is there");
    assert!(page.contains("[U+202E][U+0000][U+001B]"), "what is not seen is named");
}

#[test]
fn hostile_text_stays_text_on_the_page_of_a_document() {
    let mut page = DocumentPage::new(notes());
    let mut text = page.begin();
    text += &page.document(&hostile(), &vec![HOSTILE.to_string(); 5]);
    text += &page.trouble(&Trouble::failed(Origin::page(HOSTILE), Stage::Parse, HOSTILE), HOSTILE);
    text += &page.end();
    is_harmless(&text);
    let tree = Html::parse_document(&text);
    assert_eq!(tree.select(&Selector::parse("del").unwrap()).count(), 3, "cut, repeated, duplicate");
}

#[test]
fn a_report_of_nothing_is_a_page() {
    let page = Look::new(notes()).page(&RunReport::new());
    is_harmless(&page);
    assert!(!page.contains("NaN"));
}

#[test]
fn a_duplicate_leads_to_what_it_repeats() {
    let (mut look, mut report) = (Look::new(notes()), RunReport::new());
    meet(&mut look, &mut report, &document("first", &[("The bridge was closed.", Verdict::Keep)]));
    meet(&mut look, &mut report, &document("second", &[("The bridge was closed.", repeats("first", 1))]));
    let page = look.page(&report);
    assert!(page.contains("repeats <a href=\"#d1b1\"><bdi>rows.jsonl#first</bdi></a>, block 1, 87 % alike"));
    assert!(page.contains("<a href=\"#f1\">family 1</a>") && page.contains("id=\"f1\""));
    assert!(page.contains("<a href=\"#d2\"><bdi>rows.jsonl#second</bdi></a>"), "the pair");
}

#[test]
fn a_report_over_a_million_documents_stays_small() {
    let (mut look, mut report) = (Look::new(notes()), RunReport::new());
    let long = "\"<&>\u{202E}'".repeat(120);
    let cut = Verdict::Cut(RuleId::new("page/links"));
    let blocks: Vec<(&str, Verdict)> = (1..=80).map(|n| (long.as_str(), repeats(&long, n))).collect();
    // The large ones are met in full; of the others it matters only that there are very many.
    let large = document(&long, &blocks);
    for _ in 0..50 {
        meet(&mut look, &mut report, &large);
        report.add_trouble(&Trouble::failed(Origin::page(&long), Stage::Read, &long));
    }
    let mut small = document("small", &[("A line.", Verdict::Keep), ("A line.", cut), ("A", Verdict::Keep)]);
    let mut record = Record::new(&small);
    for n in 0..MANY {
        // Spread like the hashes that ids are.
        record.id = format!("{:016x}", n.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        small.origin = Origin::page("small");
        small.blocks[2] = Block::new("A".to_string(), BlockKind::Line, Evidence::default());
        small.blocks[2].set(repeats(if n % 2 == 0 { "one" } else { "other" }, n as u32));
        look.document(&small, &record);
    }
    for n in 0..150_000 {
        report.add_trouble(&Trouble::failed(Origin::page(&n.to_string()), Stage::Parse, "broken"));
    }
    let page = look.page(&report);
    println!("a page of {} bytes", page.len());
    assert!(page.len() < PAGE_BYTES, "{} bytes", page.len());
    assert!(page.len() > 500_000, "the documents of the sample are as large as they may be");
    is_harmless(&page);
}

#[test]
fn short_blocks_that_went_alike_stand_on_one_line_each_with_its_place() {
    let cut = |rule| Verdict::Cut(RuleId::new(rule));
    let long = "A line of a menu that is longer than any line of a menu has ever been before.";
    let blocks = [
        ("Home", cut("page/links")),
        ("Sport", cut("page/links")),
        ("Prose.", Verdict::Keep),
        ("Mail", cut("page/links")),
        ("Reply", cut("page/other")),
        (long, cut("page/other")),
    ];
    let page = DocumentPage::new(notes()).document(&document("menu", &blocks), &[]);
    let tree = Html::parse_fragment(&page);
    let lines: Vec<String> =
        tree.select(&Selector::parse(".b .number").unwrap()).map(|number| number.text().collect()).collect();
    assert_eq!(lines, ["1–2", "3", "4", "5", "6"]);
    for number in 1..=6 {
        let place = Selector::parse(&format!("#d1b{number}")).unwrap();
        assert_eq!(tree.select(&place).count(), 1, "block {number}");
    }
}

#[test]
fn the_sample_is_the_first_the_chosen_and_what_repeats_them() {
    let mut look = Look::new(notes());
    for n in 0..1_000 {
        let of = if n == 999 { repeats("4", 1) } else { Verdict::Keep };
        let document = document(&n.to_string(), &[("A sentence of some words.", of)]);
        look.document(&document, &Record::new(&document));
    }
    let shown: Vec<String> =
        look.sample.documents().iter().map(|shown| shown.title.clone().unwrap_or_default()).collect();
    let mut ids: Vec<(String, u32)> =
        (10..999).map(|n| (Record::new(&document(&n.to_string(), &[])).id, n)).collect();
    ids.sort();
    let mut expected: Vec<u32> = (0..10).chain(ids[..30].iter().map(|(_, n)| *n)).chain([999]).collect();
    expected.sort_unstable();
    assert_eq!(shown, expected.iter().map(u32::to_string).collect::<Vec<_>>());
}
