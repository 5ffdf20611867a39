//! `gleaner diff`: it says what two runs would do otherwise, and its exit code is that of `diff`.
mod place;
mod support;

use gleaner::{Config, Observer, RuleSet, Side};
use place::{PROSE, Place};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use support::{files, repo, run};

/// Rules of a paper whose teasers no rule knows.
const RULES: &str = "[teaser]\ncategory = \"related\"\nsummary = \"Teasers.\"\nstart = [\"elsewhere in town\"]\n\
                     cuts = [\"Elsewhere in town: a fair\"]\n";

/// A text with such a teaser between its paragraphs.
fn with_teaser() -> String {
    "The harbour was closed on Friday after a storm had torn two boats from their moorings.\n\n\
     Elsewhere in town the fair opened its gates to all who came early.\n\n\
     Nobody was hurt, but the ferry will not sail before the divers have looked at the quay.\n"
        .to_string()
}

fn place() -> Place {
    let place = Place::new();
    place.put("in/teaser.txt", with_teaser().as_bytes());
    place.put("paper.toml", RULES.as_bytes());
    place
}

fn json(place: &Place, arguments: &[&str]) -> (i32, Value) {
    let said = place.say(&[&["diff", "--json"], arguments].concat());
    (said.code, serde_json::from_str(&said.out).unwrap_or_else(|_| panic!("{}", said.err)))
}

#[test]
fn a_new_rule_is_shown_with_what_it_would_cut() {
    let place = place();
    let said = place.say(&["diff", "defaults", "paper.toml", "in"]);
    assert_eq!(said.code, 1, "{}", said.err);
    let line = "Elsewhere in town the fair opened its gates to all who came early.";
    let expected = format!(
        "1 of 2 documents change: 1 of 5 blocks, 1 texts\n\n\
         kept -> cut by paper/teaser: 1 lines, {} characters\n  in/teaser.txt block 2: {line}\n\n\
         {:<32} {:>8} {:>8}\n{:<32} {:>8} {:>8}\n",
        line.chars().filter(|c| *c != ' ').count(),
        "lines by rule",
        "old",
        "new",
        "paper/teaser",
        0,
        1,
    );
    assert_eq!(said.out, expected);
    let (code, found) = json(&place, &["paper.toml", "defaults", "in"]);
    assert_eq!(code, 1);
    let change = &found["verdicts"][0];
    assert_eq!((&change["old"]["rule"], &change["new"]["verdict"]), (&"paper/teaser".into(), &"kept".into()));
    assert_eq!(change["samples"][0]["text"], line);
    assert_eq!(found["rules"], serde_json::json!([{ "rule": "paper/teaser", "old": 1, "new": 0 }]));
}

#[test]
fn nothing_changes_ends_with_0_and_nonsense_with_2() {
    let place = place();
    let said = place.say(&["diff", "paper.toml", "paper.toml", "in"]);
    assert_eq!((said.code, said.out.as_str()), (0, "0 of 2 documents change: 0 of 5 blocks, 0 texts\n"));
    place.put("wrong.toml", b"[strip]\nstrictnes = 1\n");
    for (arguments, word) in [
        (["defaults", "no-such.toml", "in"], "no-such.toml"),
        (["defaults", "wrong.toml", "in"], "strictnes"),
        (["defaults", "defaults", "no-such"], "no-such"),
    ] {
        let said = place.say(&[&["diff"], &arguments[..]].concat());
        assert_eq!(said.code, 2);
        assert!(said.out.is_empty() && said.err.contains(word), "{}", said.err);
    }
    assert!(!place.path("out.jsonl").exists());
}

#[test]
fn repeats_ends_fields_and_decoding_are_compared_too() {
    let place = place();
    place.put("in/zz-again.txt", PROSE.as_bytes());
    place.put("in/caf\u{e9}.txt", format!("Caf\u{ad}e Anna Berg\n\n{PROSE}").as_bytes());
    place.put("in/menu.txt", b"Advertisement\n");
    place.put("keep.toml", b"[dedup]\nduplicates = \"keep\"\n");
    place.put("raw.toml", b"[decode]\ninvisible = false\n");
    place.put("all.toml", b"[strip]\nenabled = false\n");
    place.put("english.toml", b"[parse]\nlanguages = [\"de\"]\n");

    let (_, found) = json(&place, &["defaults", "keep.toml", "in"]);
    let change = &found["verdicts"][0];
    assert_eq!((&change["old"]["verdict"], &change["new"]["verdict"]), (&"duplicate".into(), &"kept".into()));

    let (_, found) = json(&place, &["defaults", "raw.toml", "in"]);
    let sample = &found["verdicts"][0]["samples"][0];
    assert_eq!((&sample["was"], &sample["text"]), (&"Cafe Anna Berg".into(), &"Caf\u{ad}e Anna Berg".into()));

    let (_, found) = json(&place, &["defaults", "all.toml", "in/menu.txt"]);
    let outcome = &found["outcomes"][0];
    assert_eq!((&outcome["old"], &outcome["new"]), (&"skipped (nothing-kept)".into(), &"written".into()));

    let (_, found) = json(&place, &["defaults", "english.toml", "in/good.txt"]);
    assert_eq!(found["outcomes"][0]["new"], "skipped (language)");
}

struct Silent;

impl Observer for Silent {
    fn progress(&mut self, _documents: u64, _bytes: u64) {}
}

/// The records of an output by their source, without what follows from the blocks.
fn records(output: &Path) -> BTreeMap<String, Value> {
    let text = fs::read_to_string(output).unwrap();
    let records = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    records
        .map(|mut record| {
            let metadata = record["metadata"].as_object_mut().unwrap();
            metadata
                .retain(|name, _| !["blocks_kept", "blocks_removed", "duplicates"].contains(&name.as_str()));
            (record["source"].as_str().unwrap().to_string(), record)
        })
        .collect()
}

/// The sum of the rows of a ledger by rule.
fn cuts(ledger: &Path, rule: &str) -> u64 {
    let text = fs::read_to_string(ledger).unwrap();
    let rows = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    rows.filter(|row| row["rule"] == rule).count() as u64
}

#[test]
fn what_it_says_is_what_two_runs_do_for_any_number_of_threads() {
    let place = Place::new();
    for path in files(&repo("seeds"), &["txt"]).into_iter().chain(files(&repo("fixtures/html"), &["html"])) {
        let name = path.to_string_lossy().replace('/', "-");
        place.put(&format!("in/{name}"), &fs::read(&path).unwrap());
    }
    let old = Config::default();
    let text = "[run]\nbatch_documents = 7\n[strip]\nstrictness = 0.9\nwithout = [\"en/read-more\"]\n\
                [strip.site_lines]\nenabled = true\nmin_pages = 2\n[dedup]\nduplicates = \"mark\"\n";
    let new = Config::parse(text, "new").unwrap();
    let rules = |config: &Config| RuleSet::load(&[], &config.strip.without).unwrap();
    let (old_rules, new_rules) = (rules(&old), rules(&new));
    let compared = |threads: usize| {
        let new = Config { run: gleaner::RunConfig { threads, ..new.run.clone() }, ..new.clone() };
        let found = gleaner::find(&[place.path("in").display().to_string()]).unwrap();
        let (old, new) = (Side { config: &old, rules: &old_rules }, Side { config: &new, rules: &new_rules });
        gleaner::compare(old, new, found, 2, &mut Silent).unwrap()
    };
    let found = compared(1);
    let text = serde_json::to_string(&found).unwrap();
    assert_eq!(text, serde_json::to_string(&compared(3)).unwrap());

    let (was, is) = (place.path("old.jsonl"), place.path("new.jsonl"));
    let old_report = run(&old, &old_rules, &place.path("in"), &was);
    let new_report = run(&new, &new_rules, &place.path("in"), &is);
    let (was, is) = (records(&was), records(&is));
    let texts = is.iter().filter(|(source, record)| {
        was.get(*source).map_or("", |old| old["text"].as_str().unwrap()) != record["text"].as_str().unwrap()
    });
    let vanished = was.keys().filter(|source| !is.contains_key(*source)).count();
    assert_eq!(found.changed_texts as usize, texts.count() + vanished);
    assert!(found.changed_texts > 5 && found.changed_blocks > 20, "{text}");
    assert_eq!((found.documents, found.blocks), (new_report.documents, new_report.counts.blocks));
    for count in &found.rules {
        assert_eq!(count.old, cuts(&place.path("old.removed.jsonl"), &count.rule), "{}", count.rule);
        assert_eq!(count.new, cuts(&place.path("new.removed.jsonl"), &count.rule), "{}", count.rule);
    }
    let kept = |said: &gleaner::comparison::Said| matches!(said.verdict, "kept" | "marked");
    let more: i64 = found
        .verdicts
        .iter()
        .map(|change| match (kept(&change.old), kept(&change.new)) {
            (false, true) => change.characters as i64,
            (true, false) => -(change.characters as i64),
            _ => 0,
        })
        .sum();
    let real = new_report.counts.characters_kept as i64 - old_report.counts.characters_kept as i64;
    assert_eq!(more, real);
}
