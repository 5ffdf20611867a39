//! JSON Lines: an object a line, with `html` or `text`. A broken line is counted and costs nothing else.
use super::json::{self, scalar};
use super::lines::{Line, Lines};
use super::row::Row;
use super::unpack::Damage;
use super::{BOM, Documents, Format, Item, Opened, reading_failed};
use crate::config::ReadConfig;
use crate::model::{Origin, Stage, Trouble};
use serde::Deserialize;
use serde_json::Value;
use std::io::BufRead;
use std::sync::Arc;

/// The row in `FORMATS`.
pub(super) const JSONL: Format = Format { name: "jsonl", tells, open };

/// What a file of such lines is called.
const ENDINGS: &[&str] = &[".jsonl", ".ndjson"];

/// Told by its name, or by a first line that is, or may become, an object with one of our keys.
fn tells(head: &[u8], name: &str) -> bool {
    let head = head.strip_prefix(BOM).unwrap_or(head).trim_ascii_start();
    let named = ENDINGS.iter().any(|ending| super::is_named(name, ending));
    let Some(inside) = head.strip_prefix(b"{") else { return named };
    let first = head.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let keyed = |key: &str| memchr::memmem::find(first, format!("\"{key}\"").as_bytes()).is_some();
    let cut = first.len() == head.len() && head.len() > FIRST_LINE_BYTES;
    let object =
        inside.trim_ascii_start().starts_with(b"\"") && (cut || first.trim_ascii_end().ends_with(b"}"));
    named || (object && (keyed("html") || keyed("text")))
}

/// A first line of more bytes than this may go on after the head.
const FIRST_LINE_BYTES: usize = super::SNIFF_BYTES / 2;

fn open(opened: Opened) -> Documents {
    let source: Arc<str> = opened.source.name.as_str().into();
    let limits = opened.limits.clone();
    let lines = Lines::new(opened.stream, limits.max_line_bytes);
    Box::new(Rows { source, lines, limits, ended: false })
}

struct Rows<R> {
    source: Arc<str>,
    lines: Lines<R>,
    limits: ReadConfig,
    ended: bool,
}

impl<R: BufRead> Iterator for Rows<R> {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        while !self.ended {
            let read = self.lines.next_line();
            let line = self.lines.number;
            match read {
                Ok(None) => self.ended = true,
                Ok(Some(Line::TooLong)) => {
                    let limit = self.limits.max_line_bytes;
                    return Some(Err(self.failed(format!(
                        "line {line} is longer than {limit} bytes: raise read.max_line_bytes to take it in"
                    ))));
                }
                Ok(Some(Line::Whole)) if self.lines.bytes.trim_ascii().is_empty() => {}
                Ok(Some(Line::Whole)) => return Some(self.row(line)),
                Err(error) => {
                    self.ended = !Damage::goes_on(&error);
                    return Some(Err(self.failed(format!("line {line}: {}", reading_failed(&error)))));
                }
            }
        }
        None
    }
}

impl<R> Rows<R> {
    fn failed(&self, message: String) -> Trouble {
        Trouble::failed(Origin::record(&self.source, &self.lines.number.to_string()), Stage::Read, message)
    }

    /// The document of the line that was just read.
    fn row(&self, line: u64) -> Item {
        let bytes = &self.lines.bytes;
        let bytes = bytes.strip_prefix(BOM).unwrap_or(bytes);
        let row = row(bytes).map_err(|message| {
            self.failed(format!("line {line} is no JSON object with html or text: {message}"))
        })?;
        row.document(&self.source, ("line", line), &self.limits)
    }
}

/// The row of an object, or what is wrong with it. Only what takes a closer look is left to `serde_json`.
pub(super) fn row(bytes: &[u8]) -> Result<Row, String> {
    json::row(bytes).map_or_else(|| serde_json::from_slice(bytes).map(Object::row), Ok).map_err(|error| {
        // The message ends with a place of its own, in which every line is the first.
        error.to_string().replace(" at line 1 column ", " at column ")
    })
}

/// The keys of a line that are read; others are passed over.
#[derive(Deserialize)]
#[serde(expecting = "an object")]
struct Object {
    html: Option<String>,
    text: Option<String>,
    #[serde(default)]
    id: Value,
    #[serde(default)]
    url: Value,
    #[serde(default)]
    title: Value,
    #[serde(default)]
    date: Value,
}

impl Object {
    fn row(self) -> Row {
        Row {
            html: self.html.map(String::into_bytes),
            text: self.text.map(String::into_bytes),
            id: scalar(self.id),
            url: scalar(self.url),
            title: scalar(self.title),
            date: scalar(self.date),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_told_from_texts_and_pages() {
        for (head, name) in [
            (r#"{"html": "<p>"}"#, "-"),
            ("\u{FEFF}{ \"id\": 1, \"text\": \"a\" }\n{", "-"),
            ("17", "a.jsonl"),
            ("", "b.NDJSON"),
        ] {
            assert!(tells(head.as_bytes(), name), "{head}");
        }
        for head in ["{", "{\n \"text\": 1\n}", r#"{"name": "x"}"#, "{curly \"text\"}", "<html>", ""] {
            assert!(!tells(head.as_bytes(), "a.json"), "{head}");
        }
    }
}
