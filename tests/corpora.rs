//! Containers of many documents: every good record comes out, a broken one is named and costs nothing else.
mod place;
mod support;

use place::{PROSE, Place};
use serde_json::json;
use std::io::Write;

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

/// A record of a crawl.
fn record(id: u32, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{id}>\r\nWARC-Target-URI: http://a.example/{id}\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body, b"\r\n\r\n"].concat()
}

/// A record of a crawl that holds a good page.
fn good(id: u32) -> Vec<u8> {
    let page = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>{PROSE}</p>");
    record(id, page.as_bytes())
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

/// Runs over one source beside the good text; the ids of the records that came out, and the names of failures.
fn crawl(name: &str, bytes: &[u8]) -> (Vec<String>, Vec<String>) {
    let place = Place::new();
    place.put(&format!("in/{name}"), bytes);
    place.run(&["--duplicates", "keep"]);
    let part = |source: &str| source.rsplit(['#', ':']).next().unwrap().to_string();
    let came =
        place.sources().iter().filter(|source| *source != "in/good.txt").map(|source| part(source)).collect();
    let report = place.report();
    let rows = report["troubles"].as_array().unwrap();
    (came, rows.iter().map(|row| part(row["source"].as_str().unwrap())).collect())
}

#[test]
fn records_of_a_crawl_become_documents() {
    let redirect = record(3, b"HTTP/1.1 301 Moved\r\nLocation: /\r\n\r\n<p>Moved</p>");
    let picture = record(4, b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nPNG");
    let request = good(5).to_vec();
    let request = String::from_utf8(request).unwrap().replace("WARC-Type: response", "WARC-Type: request");
    let all = [good(1), redirect, picture, request.into_bytes(), good(2)].concat();
    for (name, bytes) in [("a.warc", all.clone()), ("b.warc.gz", gzip(&all)), ("named-oddly.txt", all)] {
        let place = Place::new();
        place.put(&format!("in/{name}"), &bytes);
        let said = place.run(&["--duplicates", "keep"]);
        assert_eq!(said.code, 0, "{}", said.err);
        let records = place.records();
        let of_crawl: Vec<_> = records.iter().filter(|record| record["source"] != "in/good.txt").collect();
        assert_eq!(of_crawl.len(), 2);
        assert_eq!(of_crawl[0]["source"], format!("in/{name}#urn:uuid:1"));
        assert_eq!(of_crawl[1]["metadata"]["url"], "http://a.example/2");
        let skipped = &place.report()["skipped"];
        assert_eq!((&skipped["http-status"], &skipped["media-type"]), (&json!(1), &json!(1)));
        assert_eq!(skipped["other-record"], 1);
    }
}

#[test]
fn good_records_beside_a_broken_one_come_out() {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let with = |from: &str, to: &str| text(good(7)).replacen(from, to, 1).into_bytes();
    let length = good(7).len() - text(good(7)).find("HTTP/1.1").unwrap() - 4;
    let said = format!("Content-Length: {length}");
    let lies = |length: usize| with(&said, &format!("Content-Length: {length}"));
    let cases = [
        lies(40),
        lies(length + 90),
        lies(length + 100_000),
        with(&said, "Content-Length: many"),
        with(&said, "X-Length: 3"),
        with("WARC-Target", &format!("X-Big: {}\r\nWARC-Target", "h".repeat(1 << 20))),
        with("Content-Type: text/html", "Transfer-Encoding: chunked\r\nX: y")
            .replace_body("ffffffffffffffff\r\nabc\r\n"),
        vec![b'\xFE'; 70_000],
    ];
    for (n, bad) in cases.iter().enumerate() {
        let (came, failed) = crawl("a.warc", &[good(1), bad.clone(), good(2), good(3)].concat());
        assert_eq!(came, ["1", "2", "3"], "case {n}, failed {failed:?}");
        assert_eq!(failed.len(), 1, "case {n}: {failed:?}");
    }
}

/// Another body for a record, of which only the length must be told anew.
trait ReplaceBody {
    fn replace_body(self, body: &str) -> Vec<u8>;
}

impl ReplaceBody for Vec<u8> {
    fn replace_body(self, body: &str) -> Vec<u8> {
        let text = String::from_utf8(self).unwrap();
        let at = text.find("HTTP/1.1").unwrap();
        let http = &text[at..at + text[at..].find("\r\n\r\n").unwrap() + 4];
        record(7, format!("{http}{body}").as_bytes())
    }
}

#[test]
fn damaged_members_of_a_packed_crawl_cost_themselves() {
    let mut checksum = gzip(&good(7));
    let end = checksum.len();
    checksum[end - 6] ^= 1;
    let mut torn = gzip(&good(7));
    torn[30..90].fill(0);
    for bad in [checksum, torn, vec![b'x'; 100_000]] {
        let (came, failed) =
            crawl("a.warc.gz", &[gzip(&good(1)), bad, gzip(&good(2)), gzip(&good(3))].concat());
        assert_eq!(came, ["1", "2", "3"], "{failed:?}");
        assert_eq!(failed.len(), 1, "{failed:?}");
    }
    let cut = gzip(&good(2));
    let (came, failed) = crawl("a.warc.gz", &[gzip(&good(1)), cut[..cut.len() - 20].to_vec()].concat());
    assert_eq!((came, failed.len()), (vec!["1".to_string()], 1));
}

#[test]
fn a_crawl_of_lies_costs_no_more_than_a_few_times_its_length() {
    let lie = "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 60000000\r\n\r\n";
    let (came, failed) = crawl("a.warc", &[lie.repeat(50_000).as_bytes(), &good(1)].concat());
    assert!(came.len() <= 1 && !failed.is_empty());
}

#[test]
fn compressed_sources_are_told_by_their_content() {
    let rows = row("1", "text", PROSE);
    let page = format!("<p>{PROSE}</p>");
    let place = Place::new();
    place.put("in/rows.jsonl.zst", &zstd::encode_all(rows.as_bytes(), 1).unwrap());
    place.put("in/page.html", &gzip(page.as_bytes()));
    place.put("in/twice.gz.gz", &gzip(&gzip(page.as_bytes())));
    let said = place.run(&["--duplicates", "keep"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(place.sources(), ["in/good.txt", "in/page.html", "in/rows.jsonl.zst#1", "in/twice.gz.gz"]);
    place.put("in/cut.html", &gzip(page.as_bytes())[..60]);
    let said = place.run(&["--duplicates", "keep"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("in/cut.html") && said.err.contains("gzip data is damaged"), "{}", said.err);
}

#[test]
fn an_archive_that_is_a_bomb_ends_at_the_ratio() {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for n in 0..40 {
        zip.start_file(format!("{n}.txt"), zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&vec![b'a'; 1 << 20]).unwrap();
    }
    let place = Place::new();
    place.put("in/bomb.zip", &zip.finish().unwrap().into_inner());
    let said = place.run(&["--quiet"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("in/bomb.zip") && said.err.contains("read.max_unpack_ratio"), "{}", said.err);
    let documents = place.report()["documents"].as_u64().unwrap();
    assert!(documents < 20, "{documents}");
}

/// An entry of a tar archive.
fn tar_entry(name: &str, kind: u8, body: &[u8]) -> Vec<u8> {
    let mut block = vec![0; 512];
    block[..name.len()].copy_from_slice(name.as_bytes());
    block[100..108].copy_from_slice(b"0000644\0");
    block[124..135].copy_from_slice(format!("{:011o}", body.len()).as_bytes());
    block[148..156].fill(b' ');
    block[156] = kind;
    block[257..265].copy_from_slice(b"ustar\x0000");
    let sum: u32 = block.iter().map(|&byte| u32::from(byte)).sum();
    block[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
    block.extend_from_slice(body);
    block.resize(block.len().next_multiple_of(512), 0);
    block
}

#[test]
fn entries_of_archives_become_documents() {
    let page = format!("<p>{PROSE}</p>");
    let mut tar = tar_entry("folder/", b'5', b"");
    let long = format!("{}/long.html", "name".repeat(60));
    tar.extend(tar_entry("././@LongLink", b'L', format!("{long}\0").as_bytes()));
    tar.extend(tar_entry("cut off", b'0', page.as_bytes()));
    tar.extend(tar_entry("link.html", b'2', b""));
    tar.extend(tar_entry("../../packed.html.gz", b'0', &gzip(page.as_bytes())));
    tar.extend(tar_entry("rows.jsonl", b'0', row("1", "text", PROSE).as_bytes()));
    tar.extend([0; 1024]);
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for name in ["a.html", "b/c.html"] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(page.as_bytes()).unwrap();
    }
    let zip = zip.finish().unwrap().into_inner();
    let place = Place::new();
    place.put("in/a.tar", &tar);
    place.put("in/a.tgz", &gzip(&tar));
    place.put("in/a.zip", &zip);
    let said = place.run(&["--duplicates", "keep"]);
    assert_eq!(said.code, 1, "{}", said.err);
    let mut expected = Vec::new();
    for archive in ["in/a.tar", "in/a.tgz"] {
        expected.extend([format!("{archive}#{long}"), format!("{archive}#../../packed.html.gz")]);
    }
    expected.extend(["in/a.zip#a.html", "in/a.zip#b/c.html", "in/good.txt"].map(str::to_string));
    assert_eq!(place.sources(), expected);
    assert!(said.err.contains("rows.jsonl") && said.err.contains("inside an archive"), "{}", said.err);
    assert_eq!(place.report()["skipped"]["link"], 2);
}

#[test]
fn broken_archives_are_named() {
    let page = format!("<p>{PROSE}</p>");
    let tar =
        [tar_entry("a.html", b'0', page.as_bytes()), tar_entry("b.html", b'0', page.as_bytes())].concat();
    let (came, failed) = crawl("cut.tar", &tar[..tar.len() - 600]);
    assert_eq!((came.len(), failed.len()), (1, 1));
    let (came, failed) = crawl("noise.zip", &[b"PK\x03\x04".to_vec(), vec![7; 5000]].concat());
    assert_eq!((came.len(), failed.len()), (0, 1));
}
