//! Documents and what is to come of them: `NAME.html` or `NAME.txt`, and `NAME.expected.txt` beside it.
//!
//! An expectation is what a careful reader wants, not what the program does today. Those that do not pass yet
//! stand in `fixtures/pending.txt`; one that passes must leave that list, so it can only shrink.
//! `GLEANER_BLESS=1 cargo test --test fixtures` writes what came out into the expectations: read the diff
//! before it is committed.
mod support;

use gleaner::model::Record;
use gleaner::{Config, Duplicates};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use support::{clean, files, repo, rules};

/// Between the fields and the text of an expectation.
const RULE: &str = "---\n";

/// What must be the same: the fields that the expectation names, and the text.
fn outcome(record: Option<&Record>, names: &[&str]) -> String {
    let Some(record) = record else { return format!("{RULE}(passed over)\n") };
    let metadata = &record.metadata;
    let field = |name: &str| match name {
        "encoding" => metadata.encoding.to_string(),
        "language" => metadata.language.unwrap_or_default().to_string(),
        "title" => metadata.title.clone().unwrap_or_default(),
        "authors" => metadata.authors.join("; "),
        "published" => metadata.published.clone().unwrap_or_default(),
        "updated" => metadata.updated.clone().unwrap_or_default(),
        "site" => metadata.site.clone().unwrap_or_default(),
        "agency" => metadata.agency.join("; "),
        "url" => metadata.url.clone().unwrap_or_default(),
        _ => panic!("no field {name:?}"),
    };
    let head: String = names.iter().map(|name| format!("{name}: {}\n", field(name))).collect();
    format!("{head}{RULE}{}\n", record.text)
}

/// The fields that an expectation names.
fn names(expected: &str) -> Vec<&str> {
    let head = expected.split_once(RULE).map_or("", |(head, _)| head);
    head.lines().filter_map(|line| line.split_once(':')).map(|(name, _)| name).collect()
}

/// The lines that differ, `-` for those that were expected, `+` for those that came.
fn diff(expected: &str, got: &str) -> String {
    let lines = |text| -> Vec<&str> { str::lines(text).filter(|line| !line.is_empty()).collect() };
    let (a, b) = (lines(expected), lines(got));
    // Longest common subsequence, from the ends to the starts.
    let mut common = vec![vec![0u32; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            let longer = common[i + 1][j].max(common[i][j + 1]);
            common[i][j] = if a[i] == b[j] { common[i + 1][j + 1] + 1 } else { longer };
        }
    }
    let (mut i, mut j, mut lines) = (0, 0, Vec::new());
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i] == b[j] {
            (i, j) = (i + 1, j + 1);
        } else if j == b.len() || (i < a.len() && common[i + 1][j] >= common[i][j + 1]) {
            lines.push(format!("  - {}", a[i]));
            i += 1;
        } else {
            lines.push(format!("  + {}", b[j]));
            j += 1;
        }
    }
    if lines.is_empty() { "  only blank lines differ".to_string() } else { lines.join("\n") }
}

/// The document that an expectation belongs to.
fn document_of(expected: &Path) -> PathBuf {
    let name = expected.to_string_lossy().replace(".expected.txt", "");
    let found = ["html", "txt"].map(|ending| PathBuf::from(format!("{name}.{ending}")));
    found.into_iter().find(|path| path.exists()).unwrap_or_else(|| panic!("no document for {name}"))
}

fn expectations() -> Vec<PathBuf> {
    let mut all = files(&repo("fixtures"), &["txt"]);
    all.retain(|path| path.to_string_lossy().ends_with(".expected.txt"));
    all
}

/// The name of a fixture in the list: its path below `fixtures/`.
fn name_of(path: &Path) -> String {
    path.strip_prefix(repo("fixtures")).unwrap().to_string_lossy().replace('\\', "/")
}

fn pending() -> BTreeSet<String> {
    let list = fs::read_to_string(repo("fixtures/pending.txt")).unwrap();
    let lines = list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(str::to_string).collect()
}

#[test]
fn fixtures_come_out_as_expected() {
    let bless = std::env::var("GLEANER_BLESS").is_ok_and(|value| value == "1");
    let mut config = Config::default();
    config.dedup.duplicates = Duplicates::Keep;
    let mut pending = pending();
    let mut wrong = Vec::new();
    for path in expectations() {
        let document = document_of(&path);
        let name = name_of(&document);
        let expected = fs::read_to_string(&path).unwrap();
        let cleaned = clean(&config, rules(), &name, &fs::read(&document).unwrap());
        let got = outcome(cleaned.as_ref().map(Record::new).as_ref(), &names(&expected));
        match (got == expected, pending.remove(&name)) {
            (true, false) | (false, true) => {}
            (true, true) => wrong.push(format!("{name} passes now: take it out of fixtures/pending.txt")),
            (false, false) if bless => fs::write(&path, got).unwrap(),
            (false, false) => wrong.push(format!("{name}:\n{}", diff(&expected, &got))),
        }
    }
    wrong.extend(pending.into_iter().map(|name| format!("fixtures/pending.txt: no fixture {name}")));
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n\n"));
}

#[test]
fn the_diff_names_what_is_missing_and_what_is_too_much() {
    assert_eq!(diff("a\nb\nc\n", "a\nx\nc\nd\n"), "  - b\n  + x\n  + d");
    assert_eq!(diff("a\n\nb\n", "a\nb\n"), "  only blank lines differ");
}
