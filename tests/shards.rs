//! Shards and their merge: byte for byte what one run over the whole writes, or a refusal that says what is missing.
mod place;
mod support;

use place::{Place, paragraph};
use serde_json::{Value, json};
use std::fs;
use std::io::Write;
use support::Said;

/// A paragraph of its own for each number, and one that every fifth document has.
fn text(n: u64) -> String {
    let common =
        "The bridge was closed on Monday after the storm, and no ship has left the harbour since then.";
    let own = paragraph(n);
    if n.is_multiple_of(5) {
        format!(
            "{own}

{common}
"
        )
    } else {
        own
    }
}

fn record(n: u64, body: &str) -> Vec<u8> {
    format!(
        "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Record-ID: <urn:{n}>\r\nWARC-Target-URI: https://a.example/{n}\r\n\
         Content-Type: text/plain\r\nContent-Length: {}\r\n\r\n{body}\r\n\r\n",
        body.len()
    )
    .into_bytes()
}

/// A corpus of pages, a large file of rows that every shard reads, and a crawl that is broken in its middle.
fn corpus() -> Place {
    let place = Place::new();
    for n in 0..12 {
        place.put(&format!("in/pages/{n:02}.txt"), text(n).as_bytes());
    }
    let row = |n: u64| {
        format!("{}\n", json!({ "id": n, "text": text(n % 40), "url": format!("https://b.example/{n}") }))
    };
    let mut rows: String = (0..60).map(row).collect();
    rows.insert_str(rows.len() / 2, "\n{broken\n");
    place.put("in/rows.jsonl", rows.as_bytes());
    let mut crawl: Vec<u8> = (100..130).flat_map(|n| record(n, &text(n % 110))).collect();
    let middle = crawl.len() / 2;
    crawl[middle..middle + 300].fill(b'?');
    place.put("in/crawl.warc", &crawl);
    place.put("in/empty.txt", b"");
    place.put("in/picture.png", b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01");
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(text(500).as_bytes()).unwrap();
    place.put("in/zz.txt.gz", &packed.finish().unwrap());
    place
}

fn part(place: &Place, n: usize, of: usize, more: &[&str]) -> Said {
    let (shard, part) = (format!("{n}/{of}"), format!("parts/{n}-{of}.part"));
    place.say(&[&["run", "in", "--shard", &shard, "--output", &part][..], more].concat())
}

fn parts(place: &Place, of: usize, more: &[&str]) -> Vec<String> {
    fs::create_dir_all(place.path("parts")).unwrap();
    for n in 1..=of {
        let said = part(place, n, of, more);
        assert!(said.code < 2, "{}", said.err);
    }
    (1..=of).map(|n| format!("parts/{n}-{of}.part")).collect()
}

fn merge(place: &Place, parts: &[String], more: &[&str]) -> Said {
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    place.say(&[&["merge"][..], &parts, &["--output", "out.jsonl"], more].concat())
}

/// All that was written; of the report without times.
fn written(place: &Place) -> Vec<String> {
    let read = |name: &str| fs::read_to_string(place.path(name)).unwrap();
    let mut report = place.report();
    report.as_object_mut().unwrap().remove("slow");
    for stage in report["stages"].as_object_mut().unwrap().values_mut() {
        stage.as_object_mut().unwrap().remove("seconds");
    }
    vec![read("out.jsonl"), read("out.removed.jsonl"), read("out.manifest.json"), report.to_string()]
}

fn forget(place: &Place) {
    for name in ["out.jsonl", "out.removed.jsonl", "out.manifest.json", "out.report.json"] {
        fs::remove_file(place.path(name)).unwrap();
    }
}

#[test]
fn parts_in_any_order_make_what_one_run_makes() {
    let place = corpus();
    place.put("sites.toml", b"[strip.site_lines]\nenabled = true\nahead_documents = 10\n");
    let other = ["--config", "sites.toml", "--markdown", "--duplicates", "mark"];
    for (more, shards) in [(&[][..], &[1, 2, 7][..]), (&other, &[3])] {
        let whole = place.run(&[more, &["--threads", "1"]].concat());
        assert_eq!(whole.code, 1, "{}", whole.err);
        let expected = written(&place);
        assert!(expected[0].lines().count() > 50 && expected[1].contains("crawl.warc"));
        for &of in shards {
            forget(&place);
            let mut parts = parts(&place, of, more);
            parts.reverse();
            parts.rotate_left(of / 3);
            let said = merge(&place, &parts, &["--threads", "2"]);
            assert_eq!(said.code, 1, "{}", said.err);
            let named = |said: &Said| said.err.lines().filter(|line| line.starts_with("failed")).count();
            assert_eq!(named(&said), named(&whole), "{}", said.err);
            assert_eq!(written(&place), expected, "{of} shards, {more:?}");
        }
    }
}

#[test]
fn a_part_is_the_same_for_any_threads_and_says_whether_it_is_whole() {
    let place = corpus();
    let parts = parts(&place, 2, &["--threads", "1"]);
    let first = fs::read(place.path(&parts[0])).unwrap();
    assert!(part(&place, 1, 2, &["--threads", "2"]).code < 2);
    assert_eq!(fs::read(place.path(&parts[0])).unwrap(), first);
    assert_eq!(place.say(&["verify", &parts[0]]).code, 0);
    let report: Value =
        serde_json::from_slice(&fs::read(place.path("parts/1-2.report.json")).unwrap()).unwrap();
    let verified = place.say(&["verify", &parts[0]]).out;
    let documents = report["documents"].as_u64().unwrap();
    assert!(documents > 20 && verified.contains(&format!("{documents} records")), "{verified}");
    place.put(&parts[0], &first[..first.len() - 1]);
    assert_eq!(place.say(&["verify", &parts[0]]).code, 1);
}

#[test]
fn shards_without_documents_are_parts_too() {
    let place = Place::new();
    place.run(&[]);
    let expected = written(&place);
    let parts = parts(&place, 3, &[]);
    let empty = parts.iter().filter(|part| place.say(&["verify", part]).out.contains(" 0 records"));
    assert_eq!(empty.count(), 2);
    let said = merge(&place, &parts, &[]);
    assert_eq!((said.code, written(&place)), (0, expected), "{}", said.err);
}

/// Nothing is written, and the message says all of this.
fn refused(place: &Place, said: &Said, words: &[&str]) {
    assert_eq!(said.code, 2, "{}", said.err);
    assert!(words.iter().all(|word| said.err.contains(word)), "{}", said.err);
    assert!(!place.path("out.jsonl").exists());
}

#[test]
fn parts_that_do_not_make_a_whole_are_refused() {
    let place = corpus();
    let parts = parts(&place, 4, &[]);
    let some = [parts[0].clone(), parts[2].clone()];
    refused(&place, &merge(&place, &some, &[]), &["1-4.part", "4 shards", "missing: 2, 4"]);
    let twice = [&parts[..], &parts[2..3]].concat();
    refused(&place, &merge(&place, &twice, &[]), &["shard 3/4", "so is", "once"]);
    part(&place, 2, 5, &[]);
    let foreign = [&parts[..1], &["parts/2-5.part".to_string()]].concat();
    refused(&place, &merge(&place, &foreign, &[]), &["2-5.part", "one of 5 shards", "one of 4"]);
    part(&place, 2, 4, &["--strictness", "0.9"]);
    refused(&place, &merge(&place, &parts, &[]), &["2-4.part", "1-4.part", "other settings"]);
    let rule = "[boats]\ncategory = \"advert\"\nsummary = \"Offers of boats.\"\nline = [\"buy a boat\"]\n\
                cuts = [\"Buy a boat\"]\nkeeps = [\"He went to town to buy a boat.\"]\n";
    place.put("more.toml", rule.as_bytes());
    let said = part(&place, 2, 4, &["--rules", "more.toml"]);
    assert!(said.code < 2, "{}", said.err);
    refused(&place, &merge(&place, &parts, &[]), &["2-4.part", "other settings", "other rules"]);
    place.put("in/pages/new.txt", b"A page that the other machines do not have.");
    part(&place, 2, 4, &[]);
    refused(&place, &merge(&place, &parts, &[]), &["2-4.part", "names and sizes"]);
}

#[test]
fn cut_and_damaged_parts_are_refused_and_named() {
    let place = corpus();
    let parts = parts(&place, 2, &[]);
    let whole = fs::read(place.path(&parts[1])).unwrap();
    for cut in [whole.len() - 1, whole.len() / 2, 100, 12] {
        place.put(&parts[1], &whole[..cut]);
        refused(&place, &merge(&place, &parts, &[]), &["2-2.part"]);
    }
    for at in [whole.len() * 2 / 3, whole.len() - 60, whole.len() - 20] {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x20;
        place.put(&parts[1], &damaged);
        refused(&place, &merge(&place, &parts, &[]), &["2-2.part", "is damaged", "run its shard again"]);
    }
    place.put(&parts[1], b"A text, and no part.");
    refused(&place, &merge(&place, &parts, &[]), &["2-2.part", "is no part"]);
    fs::remove_file(place.path(&parts[1])).unwrap();
    refused(&place, &merge(&place, &parts, &[]), &["2-2.part"]);
}

#[test]
fn what_no_shard_can_do_is_refused() {
    let place = Place::new();
    let shard = |more: &[&str]| place.say(&[&["run", "in", "--shard", "1/2"][..], more].concat());
    for more in [&["--output", "a.part", "--state", "s"][..], &["--output", "a.part", "--removed", "x.jsonl"]]
    {
        assert_eq!(shard(more).code, 2);
    }
    let said = shard(&["--output", "a.jsonl"]);
    assert!(said.code == 2 && said.err.contains(".part"), "{}", said.err);
    place.put("state.toml", b"[dedup]\nstate = \"s\"\n");
    let said = shard(&["--output", "a.part", "--config", "state.toml"]);
    assert!(said.code == 2 && said.err.contains("--state"), "{}", said.err);
    let said = place.say(&["run", "in", "--shard", "3/2", "--output", "a.part"]);
    assert!(said.code == 2 && said.err.contains("from 1 to N"), "{}", said.err);
    assert!(!place.path("a.part").exists());
}
