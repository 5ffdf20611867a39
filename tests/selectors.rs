//! The user's selectors, from outside: what they keep and cut, how the ledger names them, what is refused.
mod place;
mod support;

use place::Place;
use serde_json::Value;
use std::fs;

const LONG: &str =
    "The ferry left the harbour an hour late, and nobody on the quay could say why it had waited.";

const TIP: &str = "Readers who want to see the old lighthouse should come before noon, when the tide is low.";
const END: &str = "In the evening the mayor promised that a second boat would be bought before next summer.";

/// A page of a site: a story, a box beside it, a remark inside a sentence.
fn page() -> String {
    format!(
        "<!DOCTYPE html><link rel=canonical href='https://news.example.org/a'><body><nav>Home</nav>\
         <div id=story><h2>Late again</h2><p>{LONG}</p><p>Short words<sup>1</sup>, then more.</p>\
         <div class='tip box' data-kind=tip><p>{TIP}</p></div></div><p id=last>{END}</p>"
    )
}

/// The text of the one record, and the rules and texts of the ledger.
fn outcome(place: &Place, arguments: &[&str]) -> (String, Vec<(String, String)>) {
    let said = place.run(arguments);
    assert_eq!(said.code, 0, "{}", said.err);
    let rows = |name: &str| -> Vec<Value> {
        let text = fs::read_to_string(place.path(name)).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let text = rows("out.jsonl").first().map(|row| row["text"].as_str().unwrap().to_string());
    let word = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_string();
    let ledger = rows("out.removed.jsonl").iter().map(|row| (word(row, "rule"), word(row, "text"))).collect();
    (text.unwrap_or_default(), ledger)
}

fn place() -> Place {
    let place = Place::new();
    fs::remove_file(place.path("in/good.txt")).unwrap();
    place.put("in/a.html", page().as_bytes());
    place
}

fn pairs(rows: &[(&str, &str)]) -> Vec<(String, String)> {
    rows.iter().map(|(rule, text)| (rule.to_string(), text.to_string())).collect()
}

#[test]
fn what_is_selected_is_the_content_and_what_is_dropped_is_none() {
    let place = place();
    let (text, ledger) = outcome(&place, &["--select", "#story", "--drop", ".tip", "--drop", "sup"]);
    assert_eq!(text, format!("{LONG}\n\nShort words, then more."));
    let expected = [
        ("user/select", "Home"),
        ("headline/title", "Late again"),
        ("user/drop: sup", "1"),
        ("user/drop: .tip", TIP),
        ("user/select", END),
    ];
    assert_eq!(ledger, pairs(&expected));
}

#[test]
fn selectors_are_obeyed_where_nothing_else_is_stripped() {
    let (text, ledger) = outcome(&place(), &["--no-strip", "--drop", "nav, #story > :not(p)"]);
    assert_eq!(text, format!("{LONG}\n\nShort words1, then more.\n\n{END}"));
    assert_eq!(ledger.len(), 3);
    assert!(ledger.iter().all(|(rule, _)| rule == "user/drop: nav, #story > :not(p)"));
}

#[test]
fn a_site_has_selectors_of_its_own() {
    let place = place();
    let config = "[strip]\nselect = ['#nothing']\n\
        [[site]]\nhost = 'example.org'\nselect = ['#last']\n[[site]]\nhost = 'example.com'\ndrop = ['p']\n";
    place.put("sites.toml", config.as_bytes());
    let (text, _) = outcome(&place, &["--config", &place.path("sites.toml").display().to_string()]);
    assert_eq!(text, END);
}

#[test]
fn a_page_of_which_nothing_is_selected_is_skipped_and_stands_in_the_ledger() {
    let (text, ledger) = outcome(&place(), &["--select", ".no-such-class"]);
    assert!(text.is_empty());
    assert_eq!(ledger.len(), 6);
    assert!(ledger.iter().all(|(rule, _)| rule == "user/select"));
}

#[test]
fn attributes_of_any_name_can_be_asked_for() {
    let (text, ledger) = outcome(&place(), &["--no-strip", "--drop", "[data-kind=tip]"]);
    assert!(!text.contains(TIP));
    assert_eq!(ledger.len(), 1);
}

#[test]
fn what_is_no_selector_is_refused_at_the_start() {
    let place = place();
    for (arguments, words) in [
        (vec!["--drop", "p:hover"], ["--drop", "p:hover", "pseudo class"]),
        (vec!["--select", "div >"], ["--select", "div >", "dangling"]),
    ] {
        let said = place.run(&arguments);
        assert_eq!(said.code, 2, "{}", said.err);
        assert!(words.iter().all(|word| said.err.contains(word)), "{}", said.err);
    }
    place.put("bad.toml", b"[[site]]\nhost = 'example.org'\ndrop = ['.a', '..b']\n");
    let said = place.run(&["--config", &place.path("bad.toml").display().to_string()]);
    assert_eq!(said.code, 2);
    assert!(["bad.toml", "line 3", "..b"].iter().all(|word| said.err.contains(word)), "{}", said.err);
    assert!(!place.path("out.jsonl").exists());
}

#[test]
fn show_and_rules_know_them() {
    let place = place();
    let said = place.say(&["show", "in/a.html", "--drop", ".tip"]);
    assert!(said.out.contains("[user/drop: .tip]"), "{}", said.out);
    let said = place.say(&["rules", "user/drop: .tip"]);
    assert!(said.code == 0 && said.out.starts_with("user/drop\n"), "{}", said.out);
}
