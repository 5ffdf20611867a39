//! Markdown: what a page becomes, that no letter is lost or added on the way, and that nothing else changes.
mod place;
mod support;

use gleaner::Config;
use gleaner::model::Document;
use place::Place;
use pulldown_cmark::{Event, Options, Parser};
use std::fs;
use support::{all_fixtures, clean, repo, rules};

fn cleaned(page: &str) -> Document {
    let config =
        Config { strip: gleaner::StripConfig { enabled: false, ..Default::default() }, ..Config::default() };
    clean(&config, rules(), "page.html", page.as_bytes()).unwrap()
}

/// The Markdown of a page of which everything is kept.
fn markdown(page: &str) -> String {
    gleaner::markdown(&cleaned(&format!("<!DOCTYPE html><body>{page}")))
}

/// The letters that a reader of Markdown sees, blank space apart.
fn letters_seen(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let texts = Parser::new_ext(markdown, options).map(|event| match event {
        Event::Text(text) => letters(&text),
        Event::Start(_) | Event::End(_) | Event::SoftBreak | Event::HardBreak => String::new(),
        other => format!("[{other:?}]"),
    });
    texts.collect()
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn a_page_with_all_kinds_of_blocks() {
    let page = fs::read_to_string(repo("fixtures/markdown/mill.html")).unwrap();
    let document = clean(&Config::default(), rules(), "mill.html", page.as_bytes()).unwrap();
    let expected = repo("fixtures/markdown/mill.expected.md");
    let got = gleaner::markdown(&document) + "\n";
    if std::env::var("GLEANER_BLESS").is_ok_and(|value| value == "1") {
        fs::write(&expected, &got).unwrap();
    }
    assert_eq!(got, fs::read_to_string(expected).unwrap());
}

#[test]
fn no_letter_is_lost_or_added() {
    let pages =
        all_fixtures().into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "html"));
    let mut count = 0;
    for path in pages {
        for strip in [true, false] {
            let mut config = Config::default();
            config.strip.enabled = strip;
            let Some(document) = clean(&config, rules(), "page.html", &fs::read(&path).unwrap()) else {
                continue;
            };
            let plain = letters(&document.body());
            assert_eq!(letters_seen(&gleaner::markdown(&document)), plain, "{}", path.display());
            count += 1;
        }
    }
    assert!(count > 20);
}

#[test]
fn lists_nest_and_go_on() {
    let page =
        "<ol><li>one<ul><li>a<li><p>b<p>b2</ul>rest of one<li>two</ol><p>after<dl><dt>word<dd>meaning</dl>";
    let expected =
        "1. one\n   - a\n   - b\n\n     b2\n\n   rest of one\n2. two\n\nafter\n\n- word\n- meaning";
    assert_eq!(markdown(page), expected);
}

#[test]
fn quotes_hold_what_is_in_them() {
    let page = "<blockquote><p>one<ul><li>a<li>b</ul><blockquote>deep</blockquote></blockquote><p>out";
    assert_eq!(markdown(page), "> one\n>\n> - a\n> - b\n>\n> > deep\n\nout");
}

#[test]
fn tables_that_set_the_page_are_none() {
    let page = "<table><tr><td><p>one<p>two</td><td>side</td></tr><tr><td>three<td>four</table>";
    assert_eq!(markdown(page), "one\n\ntwo\n\nside\n\nthree four");
    let page = "<table><tr><td>head<td>x<tr><td><table><tr><td>1<td>2<tr><td>3<td>4</table><td>y</table>";
    assert_eq!(markdown(page), "head x\n\n| 1 | 2 |\n| --- | --- |\n| 3 | 4 |\n\ny");
    assert_eq!(markdown("<table><tr><td>only<td>row</table>"), "only row");
}

#[test]
fn code_keeps_its_lines() {
    let page = "<pre>\nfn main() {\n\tlet a = \"```\";  \n\n}\n</pre><p>x<pre>one <b>line</b></pre>";
    assert_eq!(
        markdown(page),
        "````\nfn main() {\n\tlet a = \"```\";  \n\n}\n````\n\nx\n\n```\none line\n```"
    );
}

/// Each step of nesting costs bytes before every line, so only some are written.
#[test]
fn nesting_does_not_grow_the_text_out_of_bounds() {
    let page = "<blockquote>".repeat(400) + &"<p>x".repeat(500);
    let text = markdown(&page);
    assert!(text.len() < 500 * 40, "{}", text.len());
    let wide = "<table>".to_string() + &"<tr><td colspan=1000>a<td colspan=1000>b".repeat(200);
    assert!(markdown(&wide).len() < 200 * 100);
}

#[test]
fn a_text_comes_as_it_is() {
    let text = "# A text\n\n* that may be Markdown *already*, and is a sentence that ends with a stop.\n";
    let document = clean(&Config::default(), rules(), "a.txt", text.as_bytes()).unwrap();
    assert_eq!(gleaner::markdown(&document), document.body());
}

#[test]
fn a_run_writes_markdown_only_where_it_is_asked_for() {
    let place = Place::new();
    fs::remove_file(place.path("in/good.txt")).unwrap();
    place.put("in/mill.html", &fs::read(repo("fixtures/markdown/mill.html")).unwrap());
    let outcome = |arguments: &[&str]| {
        let said = place.run(arguments);
        assert_eq!(said.code, 0, "{}", said.err);
        let ledger = fs::read_to_string(place.path("out.removed.jsonl")).unwrap();
        let manifest: serde_json::Value =
            serde_json::from_slice(&fs::read(place.path("out.manifest.json")).unwrap()).unwrap();
        let config = manifest["config"].as_str().unwrap().to_string();
        (place.records()[0].clone(), ledger, config)
    };
    let (mut plain, ledger, config) = outcome(&[]);
    let (mut marked, same_ledger, other_config) = outcome(&["--markdown"]);
    let (text, with_marks) = (plain["text"].take(), marked["text"].take());
    assert_eq!(
        with_marks.as_str().unwrap().to_owned() + "\n",
        fs::read_to_string(repo("fixtures/markdown/mill.expected.md")).unwrap()
    );
    assert_eq!(letters_seen(with_marks.as_str().unwrap()), letters(text.as_str().unwrap()));
    assert_eq!((plain, ledger), (marked, same_ledger));
    assert_ne!(config, other_config);
}
