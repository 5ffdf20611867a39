//! A line of JSON to a row, in one look over it. A line that is out of the ordinary is left to `serde_json`.
use super::row::{Column, Row};
use memchr::memchr2;
use serde::de::IgnoredAny;
use serde_json::{Deserializer, Value};

/// Bytes between two escapes that are copied at once: most stretches of a page are shorter.
const SHORT: usize = 32;

/// Bytes of `\u` and its four digits.
const UNIT: usize = 6;

/// The row of a line that is an object; nothing where it is none, or takes a closer look to tell.
pub(super) fn row(line: &[u8]) -> Option<Row> {
    let (mut row, mut met) = (Row::default(), 0_u8);
    let mut reader = Reader { line, at: 0 };
    reader.take(b'{')?;
    loop {
        reader.take(b'"')?;
        let column = reader.key()?;
        reader.take(b':')?;
        match column {
            None => drop(reader.pass()?),
            Some(column) => {
                let bit = 1 << column as u8;
                if met & bit != 0 {
                    return None;
                }
                met |= bit;
                reader.cell(column, &mut row)?;
            }
        }
        match reader.next()? {
            b',' => {}
            b'}' => break,
            _ => return None,
        }
    }
    reader.next().is_none().then_some(row)
}

/// A string or a number as text; anything else is no value.
pub(super) fn scalar(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Where the look stands in the line.
struct Reader<'a> {
    line: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    /// The next byte that is not blank; it is passed.
    fn next(&mut self) -> Option<u8> {
        let rest = &self.line[self.at..];
        let blanks = rest.iter().position(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n'));
        self.at += blanks.unwrap_or(rest.len()) + 1;
        blanks.map(|blanks| rest[blanks])
    }

    /// Passes a mark that must come next.
    fn take(&mut self, mark: u8) -> Option<()> {
        (self.next()? == mark).then_some(())
    }

    /// The column that a key names, if any. Its opening quote is passed.
    fn key(&mut self) -> Option<Option<Column>> {
        let rest = &self.line[self.at..];
        let key = &rest[..memchr2(b'"', b'\\', rest)?];
        self.at += key.len() + 1;
        let is_plain = rest[key.len()] == b'"' && key.iter().all(|byte| matches!(byte, 0x20..=0x7E));
        let named = Column::named(key).filter(|_| key.iter().all(u8::is_ascii_lowercase));
        is_plain.then_some(named)
    }

    /// Passes a value, and says where it stands.
    fn pass(&mut self) -> Option<&'a [u8]> {
        let rest = &self.line[self.at..];
        let mut values = Deserializer::from_slice(rest).into_iter::<IgnoredAny>();
        values.next()?.ok()?;
        self.at += values.byte_offset();
        Some(&rest[..values.byte_offset()])
    }

    /// Reads the value of a column into the row.
    fn cell(&mut self, column: Column, row: &mut Row) -> Option<()> {
        match column {
            Column::Html => row.html = self.text()?,
            Column::Text => row.text = self.text()?,
            Column::Id => row.id = self.scalar()?,
            Column::Url => row.url = self.scalar()?,
            Column::Title => row.title = self.scalar()?,
            Column::Date => row.date = self.scalar()?,
        }
        Some(())
    }

    fn scalar(&mut self) -> Option<Option<String>> {
        serde_json::from_slice(self.pass()?).ok().map(scalar)
    }

    /// A string, or `null`.
    fn text(&mut self) -> Option<Option<Vec<u8>>> {
        if self.next()? != b'"' {
            self.at -= 1;
            return (self.pass()?.trim_ascii() == b"null").then_some(None);
        }
        let (text, length) = string(&self.line[self.at..])?;
        self.at += length;
        Some(Some(text))
    }
}

/// The string whose opening quote stands before these bytes, and how many of them it takes up.
fn string(bytes: &[u8]) -> Option<(Vec<u8>, usize)> {
    // No character takes more bytes than what it is written as.
    let mut text = vec![0; bytes.len()];
    let (mut at, mut to) = (0, 0);
    loop {
        let (from, into) = (&bytes[at..], &mut text[to..]);
        let plain = memchr2(b'"', b'\\', from)?;
        match (from.first_chunk::<SHORT>(), into.first_chunk_mut::<SHORT>()) {
            // A copy of a known length is a few instructions; what is too much of it is written over.
            (Some(from), Some(into)) if plain <= SHORT => *into = *from,
            _ => into[..plain].copy_from_slice(&from[..plain]),
        }
        (at, to) = (at + plain, to + plain);
        if bytes[at] == b'"' {
            break;
        }
        let (length, written) = escape(&bytes[at..], &mut text[to..])?;
        (at, to) = (at + length, to + written);
    }
    text.truncate(to);
    let is_control = |any: bool, &byte: &u8| any | (byte < b' ');
    let is_whole = !bytes[..at].iter().fold(false, is_control) && simdutf8::basic::from_utf8(&text).is_ok();
    is_whole.then_some((text, at + 1))
}

/// Writes the character that an escape stands for; says how long the escape is, and how many bytes were written.
fn escape(bytes: &[u8], out: &mut [u8]) -> Option<(usize, usize)> {
    out[0] = match *bytes.get(1)? {
        byte @ (b'"' | b'\\' | b'/') => byte,
        b'n' => b'\n',
        b't' => b'\t',
        b'r' => b'\r',
        b'b' => 0x08,
        b'f' => 0x0C,
        b'u' => {
            let (length, c) = code_point(bytes)?;
            return Some((length, c.encode_utf8(out).len()));
        }
        _ => return None,
    };
    Some((2, 1))
}

/// The character of `\uXXXX`, or of a pair of those, and their length.
fn code_point(bytes: &[u8]) -> Option<(usize, char)> {
    let first = unit(bytes)?;
    if let Some(c) = char::from_u32(first.into()) {
        return Some((UNIT, c));
    }
    let second = unit(&bytes[UNIT..])?;
    let c = char::decode_utf16([first, second]).next()?.ok()?;
    Some((2 * UNIT, c))
}

fn unit(bytes: &[u8]) -> Option<u16> {
    let digits = bytes.get(..UNIT)?.strip_prefix(b"\\u")?;
    digits.iter().try_fold(0, |unit, &digit| Some(unit << 4 | char::from(digit).to_digit(16)? as u16))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(line: &str) -> Option<String> {
        row(line.as_bytes())?.html.map(|html| String::from_utf8(html).unwrap())
    }

    #[test]
    fn strings_are_those_of_serde() {
        for text in [
            "",
            "a",
            "plain text of some length",
            "\"\\/\u{8}\u{c}\n\r\t",
            "ä€😀 ends",
            "\u{7f}\u{80}",
            "1234567\"",
        ] {
            for pad in 0..2 * SHORT {
                let text = "x".repeat(pad) + text;
                let line = serde_json::json!({ "html": text }).to_string();
                assert_eq!(html(&line).as_ref(), Some(&text), "{line}");
            }
        }
        assert_eq!(html(r#"{"html":"\u00e4\ud83d\ude00\u0000\/"}"#).as_deref(), Some("ä😀\0/"));
    }

    #[test]
    fn all_columns_are_read_and_others_passed() {
        let line = r#" { "x" : {"html": [1, "}"]}, "html":null,"id": 1.50, "url":"a\"b" , "text" : "t","date":[],"title":true } "#;
        let row = row(line.as_bytes()).unwrap();
        assert_eq!((row.html, row.text.as_deref()), (None, Some(&b"t"[..])));
        assert_eq!((row.id.as_deref(), row.url.as_deref()), (Some("1.5"), Some("a\"b")));
        assert_eq!((row.date, row.title), (None, None));
    }

    #[test]
    fn what_is_out_of_the_ordinary_is_left_alone() {
        for line in [
            r#"{"html":"a","html":"b"}"#,
            r#"{"html":"a",}"#,
            r#"{"html":"a"} x"#,
            r#"{"html":1}"#,
            r#"{"html":"\ud800"}"#,
            r#"{"html":"\ud800\u0041"}"#,
            r#"{"html":"\u+041"}"#,
            r#"{"html":"\x"}"#,
            r#"{"html":"cut"#,
            r#"{"ht\u006dl":"a"}"#,
            "{\"html\":\"a\nb\"}",
            "[]",
            "{}",
            "",
        ] {
            assert!(row(line.as_bytes()).is_none(), "{line}");
        }
        assert!(row(b"{\"html\":\"\xFF\"}").is_none());
        assert!(row(b"{\"html\":\"\\u00e4\xA4\"}").is_none());
    }
}
