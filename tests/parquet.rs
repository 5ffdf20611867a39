//! Parquet in and out: rows as those of JSON Lines, columns with types, and damage that costs what is damaged.
#![cfg(feature = "parquet")]
mod place;
mod support;

use arrow_array::builder::{BinaryBuilder, StringBuilder};
use arrow_array::cast::AsArray;
use arrow_array::types::{Float32Type, Int64Type, TimestampMicrosecondType};
use arrow_array::{
    Array, ArrayRef, Date32Array, Int32Array, Int64Array, RecordBatch, StringArray, TimestampMillisecondArray,
};
use arrow_schema::{DataType, TimeUnit};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use place::{Place, paragraph};
use serde_json::{Value, json};
use std::fs::{self, File};
use std::sync::Arc;

/// Columns as a file, in row groups of so many rows.
fn file(columns: Vec<(&str, ArrayRef)>, rows: usize, packing: Compression) -> Vec<u8> {
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let properties =
        WriterProperties::builder().set_compression(packing).set_max_row_group_row_count(Some(rows)).build();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.into_inner().unwrap()
}

fn zstd() -> Compression {
    Compression::ZSTD(ZstdLevel::default())
}

fn strings(values: impl IntoIterator<Item = String>) -> ArrayRef {
    Arc::new(StringArray::from_iter_values(values))
}

/// Twenty texts in four row groups.
fn texts() -> Vec<u8> {
    file(vec![("text", strings((0..20).map(paragraph)))], 5, zstd())
}

#[test]
fn rows_are_those_of_json_lines() {
    let place = Place::new();
    let rows: Vec<Value> = (0..9)
        .map(|n| json!({ "id": 100 + n, "text": paragraph(n), "url": format!("https://a.example/{n}"), "date": "2024-12-31" }))
        .collect();
    let lines: Vec<String> = rows.iter().map(Value::to_string).collect();
    place.put("in/rows.jsonl", (lines.join("\n") + "\n").as_bytes());
    assert_eq!(place.run(&[]).code, 0);
    let expected = fs::read_to_string(place.path("out.jsonl")).unwrap().replace("rows.jsonl", "rows");
    fs::remove_file(place.path("in/rows.jsonl")).unwrap();
    let days = 20_088; // 2024-12-31
    for packing in [Compression::UNCOMPRESSED, Compression::SNAPPY, Compression::LZ4_RAW, zstd()] {
        let columns: Vec<(&str, ArrayRef)> = vec![
            ("other", Arc::new(Int64Array::from_iter_values(0..9))),
            ("id", Arc::new(Int32Array::from_iter_values(100..109))),
            ("TEXT", strings((0..9).map(paragraph))),
            ("url", strings((0..9).map(|n| format!("https://a.example/{n}")))),
            ("date", Arc::new(Date32Array::from_iter_values([days; 9]))),
        ];
        place.put("in/rows.parquet", &file(columns, 4, packing));
        let said = place.run(&[]);
        assert_eq!(said.code, 0, "{}", said.err);
        let text = fs::read_to_string(place.path("out.jsonl")).unwrap().replace("rows.parquet", "rows");
        let without_ids = |text: &str| {
            let rows = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
            rows.map(|mut row| row.as_object_mut().unwrap().remove("id").map(|_| row).unwrap())
                .collect::<Vec<_>>()
        };
        assert_eq!(without_ids(&text), without_ids(&expected), "{packing}");
    }
}

#[test]
fn pages_in_bytes_are_pages_and_instants_are_dates() {
    let place = Place::new();
    let page = format!(
        "<html><head><meta charset=windows-1252><title>Caf\u{e9}</title></head><p>{}</p>",
        paragraph(1)
    );
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(&page);
    let mut html = BinaryBuilder::new();
    html.append_value(&bytes);
    html.append_null();
    let mut text_column = StringBuilder::new();
    text_column.append_value("");
    text_column.append_null();
    let date: ArrayRef = Arc::new(TimestampMillisecondArray::from(vec![Some(1_735_632_000_000), None]));
    let columns: Vec<(&str, ArrayRef)> =
        vec![("html", Arc::new(html.finish())), ("text", Arc::new(text_column.finish())), ("date", date)];
    place.put("in/pages", &file(columns, 10, zstd()));
    let said = place.run(&[]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("in/pages#2: row 2 has neither html nor text"), "{}", said.err);
    let record = place.records().into_iter().find(|record| record["source"] == "in/pages#1").unwrap();
    assert_eq!(record["metadata"]["kind"], "html");
    assert_eq!(record["metadata"]["title"], "Caf\u{e9}");
    assert_eq!(record["created"], "2024-12-31T08:00:00Z");
}

#[test]
fn a_file_that_is_packed_or_comes_by_standard_input_is_read_too() {
    let place = Place::new();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, &texts()).unwrap();
    place.put("in/texts.parquet.gz", &packed.finish().unwrap());
    assert_eq!(place.run(&[]).code, 0);
    assert_eq!(place.records().len(), 21);
    let path = place.put("texts", &texts());
    let mut command = support::gleaner(&["run", "-", "--output", "-", "--quiet"]);
    let output = command.stdin(File::open(path).unwrap()).output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), 20);
}

#[test]
fn damage_costs_its_row_group_and_is_named() {
    let place = Place::new();
    let mut bytes = texts();
    let second = memchr::memmem::find_iter(&bytes, &0xFD2F_B528u32.to_le_bytes()).nth(2).unwrap();
    bytes[second..second + 4].fill(0);
    place.put("in/texts.parquet", &bytes);
    let said = place.run(&[]);
    assert_eq!(said.code, 1);
    assert!(
        said.err.contains("in/texts.parquet#6: rows 6 to 10, in row group 2, cannot be read"),
        "{}",
        said.err
    );
    assert_eq!(place.records().len(), 1 + 15);
}

#[test]
fn what_is_no_table_of_documents_says_so() {
    let place = Place::new();
    let numbers: ArrayRef = Arc::new(Int64Array::from_iter_values(0..3));
    let texts = texts();
    for (bytes, words) in [
        (
            file(vec![("words", strings(["a".to_string()]))], 9, zstd()),
            "none of its columns is called html or text",
        ),
        (file(vec![("text", numbers)], 9, zstd()), "its column text holds Int64 and no text"),
        (texts[..texts.len() - 3].to_vec(), "cut or damaged"),
        (texts[..100].to_vec(), "cut or damaged"),
        (b"PAR1\x15".to_vec(), "cut or damaged"),
        ([&texts[..texts.len() - 8], &[0xFF; 4], b"PAR1"].concat(), "is damaged"),
        ([&texts[..texts.len() - 8], &[0xFF, 0xFF, 0, 0], b"PAR1"].concat(), "is damaged"),
        ([&texts[..300], &[0x77; 900], b"\x84\x03\0\0PAR1"].concat(), "is damaged"),
    ] {
        place.put("in/odd.parquet", &bytes);
        let said = place.run(&[]);
        place.ended(&said, 1, "in/odd.parquet", "failed", words);
    }
}

#[test]
fn no_damage_at_all_stops_a_run() {
    let place = Place::new();
    let texts = texts();
    let mut state = 7u64;
    let mut draw = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    fs::create_dir_all(place.path("in/bad")).unwrap();
    for n in 0..400 {
        let mut bytes = texts.clone();
        for _ in 0..=draw(3) {
            let at = draw(bytes.len());
            bytes[at] = draw(256) as u8;
        }
        fs::write(place.path(&format!("in/bad/{n}.parquet")), bytes).unwrap();
    }
    let said = place.run(&["--duplicates", "keep"]);
    assert!(said.code < 2, "{}", said.err);
    let report = place.report();
    let (ok, failed) = (report["ok"].as_u64().unwrap(), report["failed"].as_u64().unwrap());
    assert!(ok > 1000 && failed > 100, "{ok} {failed}");
}

/// The batches of a file.
fn batches(path: &std::path::Path) -> Vec<RecordBatch> {
    let builder = ParquetRecordBatchReaderBuilder::try_new(File::open(path).unwrap()).unwrap();
    builder.build().unwrap().map(Result::unwrap).collect()
}

/// A corpus with dates, authors and repeats.
fn corpus(place: &Place) {
    for n in 0..30 {
        let page = format!(
            "<html><head><title>Day {n}</title><meta property='article:published_time' content='2024-03-{:02}T10:00:00+02:00'>\
             <meta name=author content='Ada Moor'></head><body><article><h1>Day {n}</h1><p>{}</p><p>{}</p></article>",
            n % 28 + 1,
            paragraph(n),
            paragraph(n / 2)
        );
        place.put(&format!("in/{n:02}.html"), page.as_bytes());
    }
}

#[test]
fn columns_have_their_types_and_hold_what_json_lines_hold() {
    let place = Place::new();
    corpus(&place);
    assert_eq!(place.run(&["--duplicates", "mark"]).code, 0);
    let records = place.records();
    let said = place.say(&["run", "in", "--output", "out.parquet", "--duplicates", "mark"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let batches = batches(&place.path("out.parquet"));
    let batch = &batches[0];
    assert_eq!((batches.len(), batch.num_rows()), (1, records.len()));
    let created = batch.schema().field_with_name("created").unwrap().data_type().clone();
    assert_eq!(created, DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())));
    let column = |name: &str| batch.column_by_name(name).unwrap();
    for (n, record) in records.iter().enumerate() {
        let metadata = &record["metadata"];
        for (name, value) in [("id", &record["id"]), ("text", &record["text"]), ("title", &metadata["title"])]
        {
            let cells = column(name).as_string::<i32>();
            assert_eq!(cells.is_valid(n).then(|| cells.value(n)), value.as_str(), "{name}");
        }
        let instants = column("created").as_primitive::<TimestampMicrosecondType>();
        let instant = record["created"].as_str().map(|words| words.parse::<jiff::Timestamp>().unwrap());
        assert_eq!(instants.is_valid(n).then(|| instants.value(n)), instant.map(|i| i.as_microsecond()));
        let authors = column("authors").as_list::<i32>().value(n);
        let authors: Vec<&str> = authors.as_string::<i32>().iter().map(Option::unwrap).collect();
        assert_eq!(json!(authors), metadata["authors"]);
        assert_eq!(
            column("blocks_kept").as_primitive::<Int64Type>().value(n),
            metadata["blocks_kept"].as_i64().unwrap()
        );
        let notes = column("duplicates").as_list::<i32>().value(n);
        let notes = notes.as_struct();
        let likeness = notes.column_by_name("similarity").unwrap().as_primitive::<Float32Type>();
        let expected = metadata["duplicates"].as_array().unwrap();
        let found: Vec<f32> = likeness.values().to_vec();
        assert_eq!(
            found,
            expected.iter().map(|note| note["similarity"].as_f64().unwrap() as f32).collect::<Vec<_>>()
        );
    }
    assert!(records.iter().any(|record| !record["metadata"]["duplicates"].as_array().unwrap().is_empty()));
}

#[test]
fn a_file_says_how_it_was_made_and_is_the_same_for_any_threads() {
    let place = Place::new();
    corpus(&place);
    let run = |threads: &str, out: &str| {
        let said = place.say(&["run", "in", "--output", out, "--threads", threads]);
        assert_eq!(said.code, 0, "{}", said.err);
        fs::read(place.path(out)).unwrap()
    };
    assert_eq!(run("1", "a.parquet"), run("2", "b.parquet"));
    assert!(place.path("a.removed.jsonl").is_file());
    let builder =
        ParquetRecordBatchReaderBuilder::try_new(File::open(place.path("a.parquet")).unwrap()).unwrap();
    let notes = builder.metadata().file_metadata().key_value_metadata().unwrap().clone();
    let note =
        |key: &str| notes.iter().find(|note| note.key == key).and_then(|note| note.value.clone()).unwrap();
    assert_eq!(note("gleaner.version"), env!("CARGO_PKG_VERSION"));
    let report: Value = serde_json::from_slice(&fs::read(place.path("a.report.json")).unwrap()).unwrap();
    assert_eq!(note("gleaner.config"), report["config"]);
    let packing = builder.metadata().row_group(0).column(1).compression();
    assert!(matches!(packing, Compression::ZSTD(_)));
    assert_eq!(place.say(&["verify", "a.parquet"]).code, 0);
    let mut bytes = fs::read(place.path("a.parquet")).unwrap();
    bytes.truncate(bytes.len() - 1);
    fs::write(place.path("a.parquet"), bytes).unwrap();
    assert_eq!(place.say(&["verify", "a.parquet"]).code, 1);
}

#[test]
fn folders_and_nights_of_parquet_are_added_to() {
    let place = Place::new();
    corpus(&place);
    let night = |out: &str, state: &str| {
        let shards: &[&str] =
            if out.ends_with('/') { &["--format", "parquet", "--shard-size", "4K"] } else { &[] };
        let said = place.say(&[&["run", "in", "--output", out, "--state", state][..], shards].concat());
        assert_eq!(said.code, 0, "{}", said.err);
        assert_eq!(place.say(&["verify", out]).code, 0);
    };
    let rows = |paths: &[std::path::PathBuf]| -> usize {
        paths.iter().flat_map(|path| batches(path)).map(|batch| batch.num_rows()).sum()
    };
    night("out/", "folder-state");
    night("one.parquet", "file-state");
    let shards = support::files(&place.path("out"), &["parquet"]);
    assert!(shards.len() > 3);
    let first = rows(&shards);
    assert_eq!(rows(&[place.path("one.parquet")]), first);
    for n in 40..45 {
        place.put(&format!("in/{n}.txt"), paragraph(n).as_bytes());
    }
    night("out/", "folder-state");
    night("one.parquet", "file-state");
    assert_eq!(rows(&support::files(&place.path("out"), &["parquet"])), first + 5);
    assert_eq!(rows(&[place.path("one.parquet")]), first + 5);
    let sheet = fs::read_to_string(place.path("out/croissant.json")).unwrap();
    assert!(sheet.contains("application/vnd.apache.parquet"));
}

#[test]
fn a_dataset_of_parquet_is_an_input_again() {
    let place = Place::new();
    corpus(&place);
    assert_eq!(place.say(&["run", "in", "--output", "first.parquet"]).code, 0);
    let said =
        place.say(&["run", "first.parquet", "--output", "out.jsonl", "--duplicates", "keep", "--no-strip"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let rows = batches(&place.path("first.parquet"))[0].num_rows();
    assert_eq!(place.records().len(), rows);
    let said = place.say(&["run", "in", "--output", "out.parquet.gz"]);
    assert!(said.code == 2 && said.err.contains("second ending"), "{}", said.err);
}
