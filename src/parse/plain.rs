//! Plain text to blocks: a line each, or the lines of a paragraph where the text is hard-wrapped.
use super::wrapped::{self, Line};
use crate::model::{Block, BlockKind, Document, Evidence, solid};

/// Cuts a text into blocks.
pub(super) fn parse(text: &str, document: &mut Document) {
    document.characters = solid(text);
    let lines = solid_lines(text);
    for lines in wrapped::paragraphs(&lines) {
        let text = match lines {
            [line] => fold(line.text),
            _ => fold(&lines.iter().map(|line| line.text).collect::<Vec<_>>().join(" ")),
        };
        document.blocks.push(block(text, lines[0].number));
    }
}

/// The lines that are not blank.
fn solid_lines(text: &str) -> Vec<Line<'_>> {
    let mut found = Vec::new();
    let mut goes_on = false;
    for (line, number) in lines(text).zip(1..) {
        let end = line.trim_end();
        let text = end.trim_start();
        if !text.is_empty() {
            found.push(Line { text, margin: &end[..end.len() - text.len()], number, goes_on });
        }
        goes_on = !text.is_empty();
    }
    found
}

/// Lines by any line end: LF, CRLF, CR, and the separators of Unicode.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    // After hygiene there are no others, unless it was switched off; one kind is found faster than six.
    let others = ['\r', '\u{B}', '\u{C}', '\u{85}', '\u{2028}', '\u{2029}'];
    let has_others = others.iter().any(|&end| text.contains(end));
    let of_one_kind = (!has_others).then(|| text.split('\n'));
    let of_any_kind = has_others.then(|| {
        text.split(['\n', '\u{85}', '\u{2028}', '\u{2029}', '\u{B}', '\u{C}'])
            .flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
    });
    of_one_kind.into_iter().flatten().chain(of_any_kind.into_iter().flatten())
}

fn block(text: String, line: u32) -> Block {
    Block::new(text, BlockKind::Line, Evidence { line, ..Evidence::default() })
}

/// Runs of white space become one blank.
fn fold(text: &str) -> String {
    if is_folded(text.as_bytes()) {
        return text.to_string();
    }
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}

/// Whether a line without blanks at its ends holds no white space but single blanks, for sure: written without
/// branches, so that it becomes vector instructions. The bytes that white space beyond ASCII begins with are not
/// looked into, but for those of quotes and dashes (`E2 80 93` and on), which are everywhere.
fn is_folded(line: &[u8]) -> bool {
    let is_other = |byte: u8| (byte < 0x20) | (byte == 0xC2) | (byte == 0xE1) | (byte == 0xE3);
    let (second, third) = (line.get(1..).unwrap_or_default(), line.get(2..).unwrap_or_default());
    let pairs = || line.iter().zip(second);
    let double = pairs().fold(0, |any, (&a, &b)| any | u8::from((a == b' ') & (b == b' ')));
    let other = line.iter().fold(0, |any, &byte| any | u8::from(is_other(byte)));
    if double | other != 0 {
        return false;
    }
    let wide = pairs().zip(third).fold(0, |any, ((&a, &b), &c)| {
        // U+2000-200A, 2028, 2029, 202F and 205F.
        let is_blank = ((b == 0x80) & !(0x93..=0xA7).contains(&c)) | (b == 0x81);
        any | u8::from((a == 0xE2) & is_blank)
    });
    wide == 0
}

#[cfg(test)]
mod tests {

    fn blocks(text: &str) -> Vec<String> {
        let raw = crate::model::RawDocument {
            origin: crate::model::Origin::page("t"),
            bytes: Vec::new(),
            declared: crate::model::Declared::default(),
        };
        let text = crate::model::Text {
            text: text.into(),
            encoding: "UTF-8",
            decided_by: crate::model::DecidedBy::Utf8,
            decoding: crate::model::Decoding::default(),
        };
        let config = crate::Config::default();
        super::super::parse(&raw, text, &config).blocks.iter().map(|block| block.text().to_string()).collect()
    }

    #[test]
    fn lines_that_are_folded_stay_as_they_are() {
        for line in ["", "a", "one two", "“one” – ‘two’ …", "Привет, мир"] {
            assert!(super::is_folded(line.as_bytes()), "{line}");
        }
        for space in (1..=char::MAX as u32).filter_map(char::from_u32).filter(|c| c.is_whitespace()) {
            for line in [format!("a{space} b"), format!("a{space}b")] {
                assert!(space == ' ' && line == "a b" || !super::is_folded(line.as_bytes()), "{line:?}");
            }
        }
    }

    #[test]
    fn a_line_is_a_block() {
        assert_eq!(blocks("one\r\ntwo\u{A0} 2\n\n\n three\rfour"), ["one", "two 2", "three", "four"]);
    }
}
