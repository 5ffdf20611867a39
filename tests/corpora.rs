//! Containers of many documents: every good record comes out, a broken one is named and costs nothing else.
mod place;
mod support;

use place::{PROSE, Place};
use serde_json::json;

/// A line of JSON Lines.
fn row(id: &str, key: &str, value: &str) -> String {
    format!("{}\n", json!({ "id": id, key: value }))
}

#[test]
fn rows_become_documents_under_their_ids_and_lines() {
    let place = Place::new();
    let page = format!("<title>t</title><p>{}</p>", PROSE.replace("\n\n", "</p><p>"));
    let lines =
        [row("7", "html", &page), "\n".to_string(), format!("{}\n", json!({ "text": PROSE }))].concat();
    place.put("in/rows.jsonl", lines.as_bytes());
    let table = format!("ID,Text,url\n,\"{PROSE}\",http://a.example/b\n");
    place.put("in/table.csv", table.as_bytes());
    let said = place.run(&["--duplicates", "keep"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(place.sources(), ["in/good.txt", "in/rows.jsonl#7", "in/rows.jsonl#3", "in/table.csv#2"]);
    let records = place.records();
    assert_eq!(records[1]["metadata"]["kind"], "html");
    assert_eq!(records[3]["metadata"]["url"], "http://a.example/b");
    assert!(records.iter().all(|record| record["text"] == records[0]["text"]), "{records:?}");
}

#[test]
fn what_a_row_says_of_its_document_goes_before_what_the_page_says() {
    let place = Place::new();
    let page = format!("<title>Of the page</title><meta name=date content=2001-01-01><p>{PROSE}</p>");
    let line = json!({ "html": page, "title": " Of the\u{0}\nrow ", "date": "2024-05-16", "url": "http://a.example/" });
    place.put("in/rows.jsonl", line.to_string().as_bytes());
    place.run(&["--duplicates", "keep"]);
    let record = &place.records()[1];
    assert_eq!(record["metadata"]["title"], "Of the row");
    assert_eq!(record["created"], "2024-05-16T00:00:00Z");
    assert_eq!(record["metadata"]["url"], "http://a.example/");
}

#[test]
fn broken_rows_are_named_by_their_lines_and_cost_nothing_else() {
    let place = Place::new();
    let bad: [&[u8]; 8] = [
        b"17",
        b"{\"text\": \"never closed",
        b"{\"url\": \"http://a.example/\"}",
        b"{\"text\": [\"a\"]}",
        b"{\"text\": \"\xff\xfe\"}",
        b"{\"text\": \"\\ud800\"}",
        &b"[".repeat(200_000),
        b"null",
    ];
    let mut lines = Vec::new();
    for bad in bad {
        lines.extend_from_slice(row("good", "text", PROSE).as_bytes());
        lines.extend_from_slice(bad);
        lines.push(b'\n');
    }
    lines.extend_from_slice(row("last", "text", PROSE).as_bytes());
    place.put("in/rows.jsonl", &lines);
    let said = place.run(&["--duplicates", "keep"]);
    assert_eq!(said.code, 1, "{}", said.err);
    assert_eq!(place.sources().len(), 10);
    let report = place.report();
    let failed: Vec<&str> =
        report["troubles"].as_array().unwrap().iter().map(|row| row["source"].as_str().unwrap()).collect();
    assert_eq!(failed, [2, 4, 6, 8, 10, 12, 14, 16].map(|line| format!("in/rows.jsonl#{line}")));
}

#[test]
fn a_row_over_the_limit_is_named_and_costs_nothing_else() {
    let place = Place::new();
    place.put("small.toml", b"[read]\nmax_line_bytes = 1000\n");
    let lines =
        [row("a", "text", PROSE), row("b", "text", &PROSE.repeat(9)), row("c", "text", PROSE)].concat();
    place.put("in/rows.jsonl", lines.as_bytes());
    let said = place.run(&["--duplicates", "keep", "--config", "small.toml"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("in/rows.jsonl#2") && said.err.contains("read.max_line_bytes"), "{}", said.err);
    assert_eq!(place.sources(), ["in/good.txt", "in/rows.jsonl#a", "in/rows.jsonl#c"]);
}

#[test]
fn a_table_without_documents_is_named() {
    let place = Place::new();
    place.put("in/table.csv", b"name,price\nbread,3\n");
    place.ended(&place.run(&[]), 1, "in/table.csv", "failed", "no column of its header row");
}
