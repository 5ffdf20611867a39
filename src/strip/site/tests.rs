//! Sites made up for the purpose, and what is known of them.
use super::*;
use crate::model::{
    Block, BlockKind, DecidedBy, Decoding, Evidence, Fields, Kind, Origin, Outline, PageClaims,
};

fn page(site: &str, lines: &[&str]) -> Document {
    let block = |line: &&str| Block::new(line.to_string(), BlockKind::Line, Evidence::default());
    Document {
        origin: Origin::page("a.txt"),
        kind: Kind::Text,
        encoding: "UTF-8",
        decided_by: DecidedBy::Utf8,
        decoding: Decoding::default(),
        language: None,
        fields: Fields { url: Some(format!("https://{site}/a")), ..Fields::default() },
        claims: PageClaims::default(),
        outline: Outline::default(),
        blocks: lines.iter().map(block).collect(),
        characters: 0,
        guarded: 0,
        selected: false,
    }
}

fn prose(n: usize) -> String {
    format!("The {n}th report of the harbour master says that nobody was hurt when the ship ran aground.")
}

/// Meets all pages, then judges them: what each keeps.
fn kept(sites: &mut Sites, pages: &mut [Document]) -> Vec<Vec<String>> {
    let lines: Vec<SiteLines> = pages.iter().map(SiteLines::of).collect();
    lines.iter().for_each(|lines| sites.meet(lines));
    pages.iter_mut().zip(&lines).for_each(|(page, lines)| sites.judge(page, lines));
    let kept = |page: &Document| page.kept().map(|block| block.text().to_string()).collect();
    pages.iter().map(kept).collect()
}

fn sites() -> Sites {
    Sites::new(&SiteLinesConfig::default())
}

#[test]
fn lines_above_and_below_the_text_go_and_the_reason_names_the_pages() {
    let page = |n| page("bay.example", &["Bay Courier | Sunday", &prose(n), "Letters – the Bay Courier"]);
    let mut pages: Vec<Document> = (10..24).map(page).collect();
    let kept = kept(&mut sites(), &mut pages);
    assert_eq!(kept, (10..24).map(|n| vec![prose(n)]).collect::<Vec<_>>());
    let verdict = pages[0].blocks[0].verdict();
    assert_eq!(verdict.reason().as_deref(), Some("stands on 14 pages of bay.example"));
}

#[test]
fn lines_between_paragraphs_and_whole_sentences_stay() {
    let again = "Nobody was hurt when the ship ran aground, the master says.";
    let page = |n| page("bay.example", &[again, &prose(n), "Background", &prose(n + 100)]);
    let mut pages: Vec<Document> = (0..20).map(page).collect();
    assert!(kept(&mut sites(), &mut pages).iter().all(|kept| kept.len() == 4));
}

#[test]
fn few_pages_rare_lines_and_other_sites_prove_nothing() {
    let four = |n| page("bay.example", &["Bay Courier", &prose(n)]);
    assert!(kept(&mut sites(), &mut (0..4).map(four).collect::<Vec<_>>()).iter().all(|kept| kept.len() == 2));
    let rare = |n: usize| page("bay.example", &[if n.is_multiple_of(5) { "Bay" } else { "Sea" }, &prose(n)]);
    let kept_rare = kept(&mut sites(), &mut (0..200).map(rare).collect::<Vec<_>>());
    assert!(kept_rare.iter().enumerate().all(|(n, kept)| kept.len() == 1 + usize::from(n % 5 == 0)));
    let other = |n| page(&format!("{n}.example"), &["Bay Courier", &prose(n)]);
    assert!(
        kept(&mut sites(), &mut (0..20).map(other).collect::<Vec<_>>()).iter().all(|kept| kept.len() == 2)
    );
}

#[test]
fn a_page_that_comes_again_is_no_other_page() {
    let mut pages: Vec<Document> =
        (0..20).map(|n| page("bay.example", &["A boat", &prose(n % 4), "The crew"])).collect();
    assert!(kept(&mut sites(), &mut pages).iter().all(|kept| kept.len() == 3));
}

#[test]
fn a_page_of_nothing_else_stays() {
    let mut pages: Vec<Document> = (0..20).map(|n| page("bay.example", &["Bay", &prose(n)])).collect();
    pages.push(page("bay.example", &["Bay"]));
    assert_eq!(kept(&mut sites(), &mut pages).last().unwrap(), &["Bay"]);
}

#[test]
fn what_is_remembered_is_what_was_known() {
    let made = |n| page(&format!("{}.example", n % 7), &["Bay", &prose(n), "Sea"]);
    let config = SiteLinesConfig::default();
    let mut all = Sites::remembered(&config, &[]).unwrap();
    let judge = |sites: &mut Sites, n| {
        let lines = SiteLines::of(&made(n));
        sites.meet(&lines);
        sites.judge(&mut made(n), &lines);
    };
    (0..500).for_each(|n| judge(&mut all, n));
    let bytes = all.to_bytes().unwrap();
    let mut again = Sites::remembered(&config, &bytes).unwrap();
    assert_eq!(again.to_bytes().unwrap(), bytes);
    (500..900).for_each(|n| {
        judge(&mut all, n);
        judge(&mut again, n);
    });
    assert_eq!(again.to_bytes(), all.to_bytes());
    for cut in [0, 7, 20, bytes.len() - 1] {
        assert!(Counts::from_bytes(&bytes[..cut]).is_err(), "{cut}");
    }
    assert!(Counts::from_bytes(b"GLEANST2").is_err());
}

#[test]
fn frequent_lines_are_never_forgotten_and_rare_ones_are() {
    let mut counts = Counts::default();
    for n in 0..5_000 {
        let rare = format!("Only on page {}", ["a", "b", "c"][n % 3].repeat(n / 3 + 1));
        let now = if n % 10 == 0 { "Now and then" } else { "Ever" };
        counts.add(&SiteLines::of(&page("bay.example", &[now, &prose(n), &rare])));
    }
    let site = counts.site("bay.example").unwrap();
    assert!(site.lines.len() < 300, "{}", site.lines.len());
    let pages: Vec<u32> = site.lines.values().map(|count| count.pages).filter(|&pages| pages > 400).collect();
    assert_eq!(pages.len(), 2);
    // Two pages in many thousands look alike, and count as one.
    let about = |expected: u32| pages.iter().any(|pages| (expected - 5..=expected).contains(pages));
    assert!(about(500) && about(4_500), "{pages:?}");
}
