//! Rows of all shapes: in UTF-16, with quotes that are not closed, in arrays of JSON, in feeds.
mod place;
mod support;

use place::{Place, paragraph};
use serde_json::{Value, json};
use std::fs;

/// A text in UTF-16, with the mark before it.
fn wide(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    format!("\u{FEFF}{text}").encode_utf16().flat_map(to_bytes).collect()
}

fn texts(place: &Place) -> Vec<String> {
    place.records().iter().map(|record| record["text"].as_str().unwrap().to_string()).collect()
}

/// Runs over one input.
fn over(place: &Place, name: &str, bytes: &[u8], code: i32) -> String {
    place.put(name, bytes);
    let _ = fs::remove_file(place.path("out.jsonl"));
    let said = place.run_over(&[name]);
    assert_eq!(said.code, code, "{name}: {}", said.err);
    said.err
}

#[test]
fn rows_in_utf_16_are_read() {
    let place = Place::new();
    let told: Vec<String> = (0..3).map(|n| paragraph(n).replace("council", "Räte")).collect();
    let table = |delimiter: char| {
        let rows = told.iter().enumerate().map(|(n, text)| format!("{n}{delimiter}\"{text}\"\r\n"));
        format!("id{delimiter}text\r\n{}", rows.collect::<String>())
    };
    let lines: String = told.iter().map(|text| json!({ "text": text }).to_string() + "\n").collect();
    let long = json!({ "title": "x".repeat(3000), "text": told[0] }).to_string();
    for (name, text, rows) in [
        ("a.tsv", table('\t'), 3),
        ("a.csv", table(','), 3),
        ("a.txt", table('\t'), 3),
        ("a.jsonl", lines, 3),
        ("b.txt", long + "\n", 1),
        ("a.json", format!("[{}]", json!({ "text": told[0] })), 1),
    ] {
        for to_bytes in [u16::to_le_bytes, u16::to_be_bytes] {
            over(&place, name, &wide(&text, to_bytes), 0);
            assert_eq!(texts(&place), told[..rows], "{name}");
        }
    }
    // A text stays what it is.
    over(&place, "c.txt", &wide(&told[0], u16::to_le_bytes), 0);
    assert_eq!(place.records()[0]["metadata"]["encoding"], "UTF-16LE");
}

#[test]
fn a_quote_that_is_not_closed_costs_its_row() {
    let place = Place::new();
    let told: Vec<String> = (0..4).map(paragraph).collect();
    let table =
        format!("id,text\n1,\"{}\n2,\"{}\"\n3,{}\n4,\"a\nb. {}\"\n", told[0], told[1], told[2], told[3]);
    let said = over(&place, "quote.csv", table.as_bytes(), 1);
    assert!(said.contains("quote.csv#2: line 2: a quote that is opened in it is not closed"), "{said}");
    assert_eq!(place.sources(), ["quote.csv#2", "quote.csv#3", "quote.csv#4"]);
    let table = format!("id,text\n1,{}\n2,\"{}\n3,{}\n4,{}", told[0], told[1], told[2], told[3]);
    over(&place, "open.csv", table.as_bytes(), 1);
    assert_eq!(place.sources(), ["open.csv#1", "open.csv#3", "open.csv#4"]);
}

#[test]
fn cells_behind_the_last_column_are_named() {
    let place = Place::new();
    let told: Vec<String> = (0..3).map(paragraph).collect();
    let table = format!("id,text\n1,{},, \n2,\"{}\"\n3,{}, said the mayor\n", told[0], told[1], told[2]);
    let said = over(&place, "wide.csv", table.as_bytes(), 1);
    assert!(said.contains("line 4: it has more cells than the header row (2)"), "{said}");
    assert_eq!(texts(&place), told[..2]);
}

#[test]
fn a_text_beside_a_blank_page_is_read() {
    let place = Place::new();
    let rows =
        json!([{ "id": 1, "html": " \n", "text": paragraph(1) }, { "id": 2, "html": " ", "text": "" }]);
    over(&place, "blank.json", rows.to_string().as_bytes(), 0);
    assert_eq!(texts(&place), [paragraph(1)]);
}

#[test]
fn arrays_of_json_are_rows() {
    let place = Place::new();
    let told: Vec<String> = (0..3).map(paragraph).collect();
    let rows: Vec<Value> = told
        .iter()
        .zip(["a", "b", "c"])
        .map(|(text, id)| json!({ "id": id, "text": text, "tags": [{}] }))
        .collect();
    over(&place, "rows.json", serde_json::to_string(&rows).unwrap().as_bytes(), 0);
    assert_eq!(texts(&place), told);
    let pretty = serde_json::to_string_pretty(&rows).unwrap();
    over(&place, "pretty.json", pretty.as_bytes(), 0);
    assert_eq!(place.sources(), ["pretty.json#a", "pretty.json#b", "pretty.json#c"]);
    over(&place, "one.json", serde_json::to_string_pretty(&rows[0]).unwrap().as_bytes(), 0);
    assert_eq!(texts(&place), told[..1]);
    let said = over(&place, "broken.json", pretty.replacen("\"b\"", "b", 1).as_bytes(), 1);
    assert!(said.contains("broken.json#2: item 2 is no JSON object"), "{said}");
    assert_eq!(place.sources(), ["broken.json#a", "broken.json#c"]);
    let said = over(&place, "other.json", b"[{\"body\": \"x\"}, {\"body\": \"y\"}]", 1);
    assert!(said.contains("1 failed") && said.contains("neither html nor text"), "{said}");
    over(&place, "settings.json", b"{\n  \"name\": \"x\"\n}\n", 0);
    assert_eq!(place.report()["skipped"], json!({ "json": 1 }));
}

#[test]
fn entries_of_feeds_are_pages() {
    let place = Place::new();
    let told: Vec<String> = (0..2).map(paragraph).collect();
    let items: String = told
        .iter()
        .map(|text| {
            format!(
                "<item><title>Head line</title><link>https://a.example/{}</link><pubDate>Mon, 02 Mar 2020 10:00:00 \
                 GMT</pubDate><description>&lt;p&gt;{text}&lt;/p&gt;</description></item>",
                text.len()
            )
        })
        .collect();
    let feed = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>A</title>{items}</channel></rss>"
    );
    over(&place, "feed.xml", feed.as_bytes(), 0);
    assert_eq!(place.sources(), ["feed.xml#1", "feed.xml#2"]);
    assert_eq!(texts(&place), told);
    let record = &place.records()[0];
    assert_eq!(record["created"], "2020-03-02T10:00:00+00:00");
    assert_eq!(record["metadata"]["title"], "Head line");
}

#[test]
fn seconds_after_1970_are_a_date() {
    let place = Place::new();
    let row = json!({ "text": paragraph(1), "date": 1583020800 }).to_string();
    over(&place, "rows.jsonl", row.as_bytes(), 0);
    assert_eq!(place.records()[0]["created"], "2020-03-01T00:00:00Z");
}
