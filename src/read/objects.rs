//! JSON that is no JSON Lines: one array of objects, or objects that take up several lines. Each is a document, from
//! its `html` or `text`. One is held at a time, whatever the length of the array.
use super::unpack::Damage;
use super::{BOM, Documents, Format, Item, Opened, jsonl, reading_failed};
use crate::config::ReadConfig;
use crate::model::{Origin, SkipReason, Stage, Trouble};
use memchr::memchr2;
use memchr::memmem::find_iter;
use std::io::{self, BufRead};

/// The row in `FORMATS`.
pub(super) const OBJECTS: Format = Format { name: "json", tells, open };

/// Told by an array that begins with an object with one of our keys; or by its name, if it begins with an object.
fn tells(head: &[u8], name: &str) -> bool {
    let head = bare(head);
    let array = head.strip_prefix(b"[");
    let object = array.unwrap_or(head).trim_ascii_start().strip_prefix(b"{");
    let is_object = object.is_some_and(|inside| inside.trim_ascii_start().starts_with(b"\""));
    is_object && (super::is_named(name, ".json") || (array.is_some() && is_keyed(head)))
}

/// Whether one of the keys that are read stands in a text.
fn is_keyed(text: &[u8]) -> bool {
    let is_key = |key: &[u8]| {
        find_iter(text, key).any(|at| text[at + key.len()..].trim_ascii_start().starts_with(b":"))
    };
    is_key(b"\"html\"") || is_key(b"\"text\"")
}

fn open(opened: Opened) -> Documents {
    let is_array = bare(&opened.head).starts_with(b"[");
    let (source, limits) = (opened.source.name, opened.limits);
    let values = Values { input: opened.stream, limit: limits.max_line_bytes, bytes: Vec::new() };
    Box::new(Objects { source, values, limits, number: 0, is_array, ended: false })
}

/// A head without the mark and the blanks before it.
fn bare(head: &[u8]) -> &[u8] {
    head.strip_prefix(BOM).unwrap_or(head).trim_ascii_start()
}

struct Objects<R> {
    source: String,
    values: Values<R>,
    limits: ReadConfig,
    /// The number of the value that was read last, from 1.
    number: u64,
    is_array: bool,
    ended: bool,
}

impl<R: BufRead> Iterator for Objects<R> {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        if self.ended {
            return None;
        }
        let met = self.values.next_value();
        self.number += 1;
        let (number, limit) = (self.number, self.limits.max_line_bytes);
        let failed = |message: String| Some(Err(self.failed(message)));
        match met {
            Ok(None) => None,
            Ok(Some(Value::Whole)) if number == 1 && !is_keyed(&self.values.bytes) => {
                self.ended = true;
                Some(Err(self.other_data()))
            }
            Ok(Some(Value::Whole)) => match jsonl::row(self.values.bytes.trim_ascii()) {
                Ok(row) => Some(row.document(&self.source, ("item", number), &self.limits)),
                Err(message) => {
                    failed(format!("item {number} is no JSON object with html or text: {message}"))
                }
            },
            Ok(Some(Value::TooLong)) => failed(format!(
                "item {number} is longer than {limit} bytes: raise read.max_line_bytes to take it in"
            )),
            Ok(Some(Value::Cut)) => failed(format!("item {number} is cut: the end of it is missing")),
            Err(error) => {
                self.ended = !Damage::goes_on(&error);
                Some(Err(self.failed(format!("item {number}: {}", reading_failed(&error)))))
            }
        }
    }
}

impl<R> Objects<R> {
    /// What becomes of a source whose first object has no key that is read: rows that were meant to be read fail, an
    /// object alone is passed over.
    fn other_data(&self) -> Trouble {
        let origin = Origin::page(&self.source);
        if !self.is_array {
            return Trouble::skipped(origin, SkipReason::Json);
        }
        let message =
            "is an array whose first object has neither html nor text, which are what is read of JSON";
        Trouble::failed(origin, Stage::Read, message)
    }

    fn failed(&self, message: String) -> Trouble {
        Trouble::failed(Origin::record(&self.source, &self.number.to_string()), Stage::Read, message)
    }
}

/// A value that was met.
#[derive(Debug, PartialEq, Eq)]
enum Value {
    /// Its bytes are in the buffer.
    Whole,
    /// It is longer than the limit, and was passed over.
    TooLong,
    /// The stream ends in it.
    Cut,
}

/// The values of an array, or of a stream, one after another; what stands between them is passed.
struct Values<R> {
    input: R,
    limit: usize,
    /// The bytes of the value that was read last.
    bytes: Vec<u8>,
}

/// Where a look over a value stands.
#[derive(Default)]
struct Inside {
    depth: usize,
    in_string: bool,
    escaped: bool,
}

impl<R: BufRead> Values<R> {
    /// Reads the next value; none at the end.
    ///
    /// # Errors
    /// What the stream says. The value is lost; the next call goes on where the stream does.
    fn next_value(&mut self) -> io::Result<Option<Value>> {
        self.bytes.clear();
        let (mut inside, mut begun, mut too_long) = (Inside::default(), false, false);
        loop {
            let ready = match self.input.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                ready => ready?,
            };
            if ready.is_empty() {
                let whole = inside.depth == 0 && !inside.in_string;
                return Ok(begun.then_some(if whole { Value::Whole } else { Value::Cut }));
            }
            let between = if begun { 0 } else { ready.iter().take_while(|byte| is_between(**byte)).count() };
            let rest = &ready[between..];
            begun |= !rest.is_empty();
            let end = inside.end(rest);
            let piece = &rest[..end.unwrap_or(rest.len())];
            too_long |= self.bytes.len() + piece.len() > self.limit;
            if too_long {
                self.bytes = Vec::new();
            } else {
                self.bytes.extend_from_slice(piece);
            }
            let used = between + piece.len();
            self.input.consume(used);
            if end.is_some() {
                return Ok(Some(if too_long { Value::TooLong } else { Value::Whole }));
            }
        }
    }
}

/// What stands between two values, or around them. (The mark before UTF-8 is no value either.)
fn is_between(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b',' | b'[' | b']') || BOM.contains(&byte)
}

impl Inside {
    /// Looks over bytes of a value; where it ends, if it does so in them.
    fn end(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut at = 0;
        while at < bytes.len() {
            let byte = bytes[at];
            if self.escaped {
                self.escaped = false;
            } else if self.in_string {
                at += memchr2(b'"', b'\\', &bytes[at..])?;
                self.escaped = bytes[at] == b'\\';
                self.in_string = self.escaped;
                if !self.in_string && self.depth == 0 {
                    return Some(at + 1);
                }
            } else {
                match byte {
                    b'"' => self.in_string = true,
                    b'{' | b'[' => self.depth += 1,
                    b'}' | b']' if self.depth > 1 => self.depth -= 1,
                    b'}' | b']' => {
                        self.depth = 0;
                        return Some(at + 1);
                    }
                    _ if self.depth == 0 && is_between(byte) => return Some(at),
                    _ => {}
                }
            }
            at += 1;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrays_and_objects_of_several_lines_are_told_from_texts() {
        for (head, name) in [
            ("[{\"id\": 1, \"text\" : \"a\"}]", "-"),
            ("\u{FEFF} [\n {\n  \"html\": \"\"", "a.txt"),
            ("{\n \"name\": 1\n}", "a.json"),
        ] {
            assert!(tells(head.as_bytes(), name), "{head}");
        }
        for (head, name) in [
            ("[{\"name\": 1}]", "-"),
            ("[\"text\", 1]", "a.json"),
            ("{\n \"text\": 1\n}", "a.txt"),
            ("[1] The \"text\": a note", "a.txt"),
            ("", "a.json"),
        ] {
            assert!(!tells(head.as_bytes(), name), "{head}");
        }
    }

    fn values(text: &str, limit: usize) -> Vec<(Value, String)> {
        let input = io::BufReader::with_capacity(3, text.as_bytes());
        let mut values = Values { input, limit, bytes: Vec::new() };
        let mut met = Vec::new();
        while let Some(value) = values.next_value().unwrap() {
            met.push((value, String::from_utf8(values.bytes.clone()).unwrap()));
        }
        met
    }

    #[test]
    fn values_end_where_they_end() {
        let text = r#"[ {"a":"}\"]\\"}, 17 ,"x,{", {"b":[{}]}] {"c":{"cut""#;
        let whole = |text: &str| (Value::Whole, text.to_string());
        let expected = [whole(r#"{"a":"}\"]\\"}"#), whole("17"), whole(r#""x,{""#), whole(r#"{"b":[{}]}"#)];
        let met = values(text, 99);
        assert_eq!(met[..4], expected);
        assert_eq!((met.len(), &met[4].0), (5, &Value::Cut));
        let met = values(r#"[{"long":"too long"},{"a":1}]"#, 9);
        assert_eq!(met, [(Value::TooLong, String::new()), whole(r#"{"a":1}"#)]);
    }
}
