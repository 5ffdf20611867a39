//! Pages that are no ordinary articles: each has the outcome that ARCHITECTURE.md gives it.
mod cpu;
mod place;
mod support;

use gleaner::Config;
use gleaner::model::{Document, Record};
use place::Place;
use std::fs;
use support::{clean, rules};

const LONG: &str = "The council voted on Monday to repair the old stone bridge before the winter, and the work is to begin \
     in March, when the river is low enough for the scaffolding to stand on the gravel.";
const OTHER: &str = "A second boat will be bought for the ferry, the mayor promised in the evening, because the first one \
     has been late on more days of this year than it was on time, as everybody on the island knows.";
const THIRD: &str = "The school on the hill gets a new roof after all: the storm of last autumn had taken half of the old \
     one, and the children have been taught in the town hall and in two tents ever since.";

fn cleaned(page: &str) -> Option<Document> {
    clean(&Config::default(), rules(), "page.html", page.as_bytes())
}

/// The text of a page's record.
fn text(page: &str) -> String {
    cleaned(page).map(|document| document.body()).unwrap_or_default()
}

/// Runs the command over a page: how it ended, and how many rows the ledger has.
fn outcome(page: &str) -> (String, usize) {
    let place = Place::new();
    place.put("in/page.html", page.as_bytes());
    let said = place.run(&[]);
    assert_eq!(said.code, 0, "{}", said.err);
    let report = place.report();
    let rows = report["troubles"].as_array().unwrap();
    let row = rows.iter().find(|row| row["source"] == "in/page.html");
    let ledger = fs::read_to_string(place.path("out.removed.jsonl")).unwrap();
    let rows = ledger.lines().filter(|line| line.contains("in/page.html")).count();
    (row.map_or("ok".to_string(), |row| row["reason"].as_str().unwrap().to_string()), rows)
}

#[test]
fn pages_without_content_are_skipped() {
    for (page, reason) in [
        ("", "empty"),
        (" \n\t", "empty"),
        ("<!DOCTYPE html>", "nothing-kept"),
        ("<!DOCTYPE html><title>Only a title</title><body></body>", "nothing-kept"),
        ("<!DOCTYPE html><body><img src=a.png><div> &nbsp; </div>", "nothing-kept"),
    ] {
        assert_eq!(outcome(page), (reason.to_string(), 0), "{page}");
    }
}

/// What is content there, if anything, is for the judges to say; nothing is lost of it.
#[test]
fn of_a_page_of_nothing_but_furniture_each_block_stands_in_the_text_or_in_the_ledger() {
    let links: String = (0..20).map(|n| format!("<li><a href=/{n}>Part {n}</a>")).collect();
    let page = format!("<!DOCTYPE html><nav><ul>{links}</ul></nav><footer>All rights reserved.</footer>");
    let document = cleaned(&page).unwrap();
    let (_, rows) = outcome(&page);
    assert_eq!(document.kept().count() + rows, 21);
}

#[test]
fn text_in_scripts_only_is_no_text() {
    let page = format!(
        "<!DOCTYPE html><body><div id=app></div><script>window.state = {{\"text\": \"{LONG}\"}}</script>\
         <script type=application/json>{{\"body\": \"{OTHER}\"}}</script><template><p>{THIRD}</p></template>\
         <noscript>Please allow scripts.</noscript>"
    );
    assert_eq!(outcome(&page), ("nothing-kept".to_string(), 0));
}

/// A page that shows nothing before its scripts have run, but has its text for those who run none.
#[test]
fn text_for_readers_without_scripts_is_read_where_there_is_no_other() {
    let posts: String =
        [LONG, OTHER, THIRD].iter().map(|post| format!("<div class=post><p>{post}</p></div>")).collect();
    let body = format!("{posts}{}", posts.replace("the", "a"));
    let bare =
        format!("<!DOCTYPE html><body><section id=main></section><noscript><main>{body}</main></noscript>");
    let read = text(&bare);
    assert!([LONG, OTHER, THIRD].iter().all(|post| read.contains(post)), "{read}");
    let full = format!(
        "<!DOCTYPE html><body><main><p>{LONG}<p>{OTHER}<p>{THIRD}</main><noscript>{posts}</noscript>"
    );
    assert_eq!(text(&full).matches("stone bridge").count(), 1);
}

#[test]
fn a_page_of_one_line_is_that_line_or_nothing() {
    assert_eq!(text(&format!("<p>{LONG}")), LONG);
    assert_eq!(outcome("<!DOCTYPE html><body>Click here to continue"), ("nothing-kept".to_string(), 1));
}

#[test]
fn a_page_without_a_title_has_none() {
    let page = format!("<!DOCTYPE html><main><p>{LONG}<p>{OTHER}<p>{THIRD}</main>");
    let document = cleaned(&page).unwrap();
    assert_eq!(Record::new(&document).metadata.title, None);
    assert_eq!(document.body(), format!("{LONG}\n\n{OTHER}\n\n{THIRD}"));
}

#[test]
fn of_several_articles_all_stay_in_order() {
    let article = |title: &str, text: &str| {
        format!("<article><h2>{title}</h2><p class=byline>By Ada Moor</p><p>{text}</p></article>")
    };
    let page = format!(
        "<!DOCTYPE html><title>News of the island</title><nav><a href=/>Home</a></nav><main>{}{}{}</main>",
        article("The bridge", LONG),
        article("The ferry", OTHER),
        article("The school", THIRD)
    );
    let read = text(&page);
    let places: Vec<usize> = [LONG, OTHER, THIRD].iter().map(|text| read.find(text).unwrap()).collect();
    assert!(places.is_sorted(), "{read}");
    assert!(!read.contains("Home"));
}

/// Paragraphs of which no two are alike.
fn paragraphs(count: usize) -> String {
    (0..count)
        .map(|n| {
            format!("<p>Paragraph {n}: the council voted on day {n} to repair the old stone bridge.</p>\n")
        })
        .collect()
}

#[test]
fn of_ten_thousand_blocks_none_is_lost_for_being_late() {
    let page = format!(
        "<!DOCTYPE html><title>A long book</title><nav><a href=/>Home</a></nav><main><h1>A long book</h1>{}</main>",
        paragraphs(10_000)
    );
    let document = cleaned(&page).unwrap();
    assert!(document.blocks.len() > 10_000);
    let kept = document.kept().filter(|block| block.text().starts_with("Paragraph ")).count();
    assert!(kept >= 9_990, "{kept} of 10,000 paragraphs are kept");
    let last = document.blocks.iter().rev().find(|block| block.is_kept()).unwrap();
    assert!(last.text().starts_with("Paragraph 9999:"), "{}", last.text());
}

/// Ten times as many blocks may cost so many times as much a block: caches hold less of them. A square would be ten.
const DEARER: f64 = 4.0;

/// Cost grows with the blocks, not with their square.
#[test]
fn many_blocks_cost_what_they_are() {
    let readings = |count| format!("<p>{}</p><ruby>{}</ruby>", paragraphs(1), "a<rt>b".repeat(count));
    let shapes: [(&str, &dyn Fn(usize) -> String); 2] = [("blocks", &paragraphs), ("readings", &readings)];
    for (name, shape) in shapes {
        let seconds = |count| {
            let page = format!("<!DOCTYPE html><main>{}</main>", shape(count));
            let start = cpu::cpu_seconds();
            cleaned(&page).unwrap();
            cpu::cpu_seconds() - start
        };
        seconds(100);
        let (few, many) = (seconds(1_000), seconds(10_000));
        assert!(many < 10.0 * DEARER * few, "{few} s for 1,000 {name}, {many} s for 10,000");
    }
}
