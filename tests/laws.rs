//! The laws that hold for every document: nothing vanishes, threads change nothing, clean stays clean.
mod support;

use gleaner::model::{Block, Document, solid};
use gleaner::{Config, Duplicates, RuleSet};
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use support::{all_fixtures, clean, rules, run};

/// A document with its file name and, where it is known by construction, the text that readers see.
#[derive(Debug, Clone)]
struct Made {
    name: &'static str,
    text: String,
    seen: Option<String>,
}

/// A config that cleans without looking for duplicates.
fn no_dedup() -> Config {
    let mut config = Config::default();
    config.dedup.duplicates = Duplicates::Keep;
    config
}

/// Sentences, with numbers and quotes, long enough to be prose.
fn prose() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "the",
        "council",
        "harbour",
        "said",
        "bridge",
        "would",
        "open",
        "after",
        "winter",
        "and",
        "12",
        "members",
        "“voted”",
        "against",
        "Größe",
        "été",
        "мост",
        "river",
        "of",
        "stone",
        "was",
        "closed",
    ]);
    prop::collection::vec(words, 4..40).prop_map(|words| format!("{}.", words.join(" ")))
}

/// Sentences that come again, in other documents too, whole or with a word changed.
fn repeated() -> impl Strategy<Value = String> {
    let sentences = vec![
        "The council voted on Monday to repair the old stone bridge before the winter storms arrive.",
        "Members of both parties said that the cost of the harbour wall had been known for years.",
        "“We have waited long enough for this,” the mayor told a crowd on the steps of the town hall.",
    ];
    let edits =
        prop::sample::select(vec![("Monday", "Tuesday"), ("both", "all"), ("town", "city"), ("", "")]);
    (prop::sample::select(sentences), edits).prop_map(|(sentence, (from, to))| sentence.replacen(from, to, 1))
}

/// Lines that a judge may take, wholly or in part.
fn cruft() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "Advertisement",
        "Read more: What we know so far",
        "Select Language",
        "English",
        "Share",
        "By Jane Roe",
        "4:19 am today",
        "Photo: Reuters",
        "The bridge at noon.Picture: Alamy",
        "The bridge at noon",
        "- AFP",
        "Listen to this article",
        "Loading audio...",
        "Down Icon",
        "Get our app",
        "for news on the move",
        "Follow live: the vote",
        "Anzeige",
        "Publicité",
        "Реклама",
        "© 2024",
        "* * *",
        "LAST UPDATE | 2 hrs ago",
        "Home",
        "Sport",
        "logo.png",
        "(file photo)",
        "Jane Roe, left, with John Doe at the bridge (Image: PA)",
    ])
    .prop_map(str::to_string)
}

/// Characters that trip programs: wide blanks, marks of direction, joiners, combining marks, line ends.
fn odd() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(vec![
        "\u{A0}",
        "\u{FEFF}",
        "\u{200B}",
        "\u{200D}",
        "\u{202E}",
        "\u{2066}",
        "x\u{302}",
        "👩‍👩‍👧",
        "漢字。",
        "עברית",
        "العربية",
        "ไทย",
        "\u{2028}",
        "\u{85}",
        "\t",
        "\r",
        "\u{FFFD}",
        "ﬁ",
        "Ⅷ",
        "<",
        "&amp;",
        "a < b",
        "\u{3000}",
    ]);
    prop::collection::vec(odd, 1..6).prop_map(|parts| parts.join(""))
}

fn line() -> impl Strategy<Value = String> {
    let glued = (prose(), cruft()).prop_map(|(prose, cruft)| format!("{prose} {cruft}"));
    prop_oneof![4 => prose(), 4 => cruft(), 2 => repeated(), 1 => odd(), 1 => glued]
}

/// A text of lines, with blank lines here and there.
fn text() -> impl Strategy<Value = Made> {
    let gap = prop::sample::select(vec!["\n", "\n\n", "\r\n", "\n \n\n"]);
    prop::collection::vec((line(), gap), 0..30).prop_map(|lines| {
        let text: String = lines.iter().flat_map(|(line, gap)| [line.as_str(), gap]).collect();
        Made { name: "made.txt", seen: Some(text.clone()), text }
    })
}

/// A page of the same lines in the elements that pages put them into, with things that nobody sees.
fn page() -> impl Strategy<Value = Made> {
    let tag = prop::sample::select(vec![
        "p",
        "div",
        "h2",
        "li",
        "blockquote",
        "aside",
        "nav",
        "footer",
        "figcaption",
    ]);
    let class = prop::sample::select(vec!["", "story", "share-bar", "comments", "cookie-banner", "related"]);
    prop::collection::vec((line(), tag, class), 1..25).prop_map(|blocks| {
        let mut html = "<!DOCTYPE html><html><head><title>A made page</title></head><body>".to_string();
        let mut seen = String::new();
        for (line, tag, class) in &blocks {
            // Left out of pages: what HTML itself rewrites or reads as markup.
            let line = line.replace(['<', '&', '\r'], "");
            html.push_str(&format!("<{tag} class=\"{class}\">{line}</{tag}>\n<script>unseen()</script>"));
            seen.push_str(&line);
            seen.push('\n');
        }
        html.push_str("</body></html>");
        Made { name: "made.html", text: html, seen: Some(seen) }
    })
}

/// Pages that no browser maker dreams of: tags that never close, and close what was never open.
fn soup() -> impl Strategy<Value = Made> {
    let tag = prop::sample::select(vec![
        "<p>",
        "</p>",
        "<div hidden>",
        "</div>",
        "<table><tr>",
        "<td>",
        "</table>",
        "<li>",
        "<b>",
        "</i>",
        "<br>",
        "<br/>",
        "<pre>",
        "</pre>",
        "<svg>",
        "</svg>",
        "<a href=x>",
        "</a>",
        "<!--",
        "-->",
        "<h1>",
        "<select><option>",
        "<template>",
        "</template>",
        "<textarea>",
        "<math>",
        "<plaintext",
        "&lt;",
        "&#0;",
        "&nbsp;",
    ]);
    let piece = prop_oneof![tag.prop_map(str::to_string), line()];
    prop::collection::vec(piece, 1..40).prop_map(|pieces| Made {
        name: "soup.html",
        text: format!("<html>{}", pieces.join("")),
        seen: None,
    })
}

fn document() -> impl Strategy<Value = Made> {
    prop_oneof![3 => text(), 2 => page(), 1 => soup()]
}

/// Letters and digits that no decoder rewrites: enough to see that nothing is lost, doubled or moved.
fn letters(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).collect()
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The pieces of a judged document are its text, in order, each character once.
fn nothing_vanishes(document: &Document) {
    let mut characters = 0;
    for block in &document.blocks {
        let pieces: Vec<_> = block.pieces();
        let joined: String = pieces.iter().map(|piece| squeeze(&block.text()[piece.span.clone()])).collect();
        assert_eq!(joined, squeeze(block.text()));
        assert!(pieces.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start), "pieces overlap");
        assert!(!joined.is_empty(), "a blank block");
        characters += solid(block.text());
    }
    assert_eq!(characters, document.characters, "characters of the blocks and of the decoded text");
}

/// Ledger rows by source.
type Ledger = BTreeMap<String, Vec<Value>>;

fn jsonl(path: &Path) -> Vec<Value> {
    fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn by_source(rows: Vec<Value>) -> Ledger {
    let mut by_source = Ledger::new();
    for row in rows {
        by_source.entry(row["source"].as_str().unwrap().to_string()).or_default().push(row);
    }
    by_source
}

/// What stays of the blocks when every stretch named by the ledger is taken out of them: one blank line between two,
/// none between lines of the same preformatted text.
fn rest(blocks: &[Block], rows: &[Value]) -> String {
    let mut left: Vec<Vec<char>> = blocks.iter().map(|block| block.text().chars().collect()).collect();
    let mut last = (0, 0);
    for row in rows {
        let number = |value: &Value| value.as_u64().unwrap() as usize;
        let (block, start, end) =
            (number(&row["block"]) - 1, number(&row["span"][0]), number(&row["span"][1]));
        assert!((block, start) >= last, "ledger rows are out of order, or overlap: {row}");
        last = (block, end);
        let taken: String = blocks[block].text().chars().skip(start).take(end - start).collect();
        assert_eq!(row["text"], taken.as_str());
        if row["verdict"] != "marked" {
            // A line end marks the hole: no block of these documents holds one.
            left[block][start..end].fill('\n');
        }
    }
    let mut rest = String::new();
    let mut parted = true;
    for (block, left) in blocks.iter().zip(left) {
        parted |= !block.goes_on();
        let left: String = left.into_iter().collect();
        let parts: Vec<_> = left.split('\n').map(str::trim).filter(|part| !part.is_empty()).collect();
        if parts.is_empty() {
            continue;
        }
        if !rest.is_empty() {
            rest.push_str(if parted { "\n\n" } else { "\n" });
        }
        rest.push_str(&parts.join(" "));
        parted = false;
    }
    rest
}

/// Runs the line over documents and checks data and ledger, as written, against the blocks.
fn ledger_law(made: &[Made], rules: &RuleSet, duplicates: Duplicates) {
    let dir = tempfile::tempdir().unwrap();
    let input = dir.path().join("in");
    fs::create_dir(&input).unwrap();
    for (n, made) in made.iter().enumerate() {
        fs::write(input.join(format!("{n:03}-{}", made.name)), &made.text).unwrap();
    }
    let mut config = Config::default();
    config.dedup.duplicates = duplicates;
    run(&config, rules, &input, &dir.path().join("out.jsonl"));
    let mut ledger = by_source(jsonl(&dir.path().join("out.removed.jsonl")));
    let mut records: BTreeMap<String, Value> = jsonl(&dir.path().join("out.jsonl"))
        .into_iter()
        .map(|record| (record["source"].as_str().unwrap().to_string(), record))
        .collect();
    config.strip.enabled = false;
    for (n, made) in made.iter().enumerate() {
        let source = input.join(format!("{n:03}-{}", made.name)).display().to_string();
        let rows = ledger.remove(&source).unwrap_or_default();
        let record = records.remove(&source);
        let Some(parsed) = clean(&config, rules, &source, made.text.as_bytes()) else {
            assert!(rows.is_empty() && record.is_none(), "{source} was passed over and written");
            continue;
        };
        let blocks = &parsed.blocks;
        if let Some(seen) = &made.seen {
            let texts: String = blocks.iter().map(Block::text).collect();
            assert_eq!(letters(&texts), letters(seen), "blocks are the text of {source}");
        }
        let text = record.as_ref().map_or("", |record| record["text"].as_str().unwrap());
        assert_eq!(squeeze(&rest(blocks, &rows)), squeeze(text), "{source}");
        // Blocks that are set in lines are the same but for white space.
        let in_lines = |block: &Block| block.text().contains('\n') || block.body_in_lines() != block.body();
        if !blocks.iter().any(in_lines) {
            assert_eq!(rest(blocks, &rows), text, "{source}");
        }
        if let Some(record) = record {
            let count = |key: &str| record["metadata"][key].as_u64().unwrap() as usize;
            assert_eq!(count("blocks_kept") + count("blocks_removed"), blocks.len());
        }
    }
    assert!(ledger.is_empty() && records.is_empty(), "rows of documents that do not exist");
}

/// Data and ledger of a run, as bytes.
fn bytes_of(input: &Path, rules: &RuleSet, ending: &str, threads: usize, batch: usize) -> [Vec<u8>; 2] {
    let dir = tempfile::tempdir().unwrap();
    let mut config = Config::default();
    config.run.threads = threads;
    config.run.batch_documents = batch;
    run(&config, rules, input, &dir.path().join("out").with_extension(ending));
    [ending, "removed.jsonl"].map(|ending| fs::read(dir.path().join("out").with_extension(ending)).unwrap())
}

fn thread_law(input: &Path, rules: &RuleSet) {
    for ending in ["jsonl", "csv"] {
        let expected = bytes_of(input, rules, ending, 1, 1_000);
        for (threads, batch) in [(1, 1), (2, 1), (2, 1_000), (8, 1), (8, 1_000)] {
            let got = bytes_of(input, rules, ending, threads, batch);
            assert!(got == expected, "{ending}: {threads} threads and batches of {batch} change the output");
        }
    }
}

/// Cleaning what was cleaned changes nothing.
fn clean_stays_clean(name: &str, bytes: &[u8], rules: &RuleSet) {
    let config = no_dedup();
    let Some(once) = clean(&config, rules, name, bytes) else { return };
    let body = once.body();
    let Some(twice) = clean(&config, rules, name, body.as_bytes()) else { return };
    assert_eq!(twice.body(), body, "{name}: the cleaned text was cleaned again");
}

/// So many cases, or as many as `PROPTEST_CASES` asks for on a hunt.
fn cases_or(cases: u32) -> ProptestConfig {
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if std::env::var_os("PROPTEST_CASES").is_some() { config } else { ProptestConfig { cases, ..config } }
}

/// The fixtures, copied into one folder under names in order.
fn fixture_folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (n, path) in all_fixtures().iter().enumerate() {
        let name = path.file_name().unwrap().to_string_lossy();
        fs::copy(path, dir.path().join(format!("{n:03}-{name}"))).unwrap();
    }
    dir
}

proptest! {
    #![proptest_config(cases_or(64))]

    #[test]
    fn law_1_nothing_vanishes_from_a_document(made in document()) {
        let rules = rules();
        if let Some(document) = clean(&Config::default(), rules, made.name, made.text.as_bytes()) {
            nothing_vanishes(&document);
        }
    }

    #[test]
    fn law_3_clean_stays_clean(made in text()) {
        clean_stays_clean(made.name, made.text.as_bytes(), rules());
    }
}

proptest! {
    #![proptest_config(cases_or(16))]

    #[test]
    fn law_1_data_and_ledger_make_up_the_text(
        made in prop::collection::vec(document(), 1..6),
        duplicates in prop::sample::select(vec![Duplicates::Drop, Duplicates::Mark, Duplicates::Keep]),
    ) {
        ledger_law(&made, rules(), duplicates);
    }
}

proptest! {
    #![proptest_config(cases_or(4))]

    #[test]
    fn law_2_threads_and_batches_change_nothing(made in prop::collection::vec(document(), 1..40)) {
        let dir = tempfile::tempdir().unwrap();
        for (n, made) in made.iter().enumerate() {
            fs::write(dir.path().join(format!("{n:03}-{}", made.name)), &made.text).unwrap();
        }
        thread_law(dir.path(), rules());
    }
}

#[test]
fn law_1_holds_for_the_fixtures() {
    let rules = rules();
    let mut made = Vec::new();
    for path in all_fixtures() {
        let bytes = fs::read(&path).unwrap();
        if let Some(document) = clean(&Config::default(), rules, &path.display().to_string(), &bytes) {
            nothing_vanishes(&document);
        }
        if let Ok(text) = String::from_utf8(bytes) {
            let html = path.extension().is_some_and(|ending| ending == "html");
            made.push(Made { name: if html { "f.html" } else { "f.txt" }, seen: None, text });
        }
    }
    assert!(made.len() >= 15, "only {} fixtures found", made.len());
    for duplicates in [Duplicates::Drop, Duplicates::Mark, Duplicates::Keep] {
        ledger_law(&made, rules, duplicates);
    }
}

#[test]
fn law_2_holds_for_the_fixtures() {
    thread_law(fixture_folder().path(), rules());
}

#[test]
fn law_3_holds_for_the_fixtures() {
    let rules = rules();
    for path in all_fixtures().iter().filter(|path| path.extension().is_some_and(|ending| ending == "txt")) {
        clean_stays_clean(&path.display().to_string(), &fs::read(path).unwrap(), rules);
    }
}
