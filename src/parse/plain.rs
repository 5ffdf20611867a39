//! Plain text to blocks: a line each, or the lines of a paragraph where the text is hard-wrapped.
use crate::model::{Block, BlockKind, Document, Evidence, solid};

/// Columns between which a hard-wrapped text breaks its lines: RFC 3676 says 66 to 78, typewriters 60.
const WRAP_COLUMNS: std::ops::RangeInclusive<usize> = 50..=100;

/// Share of the breaks inside paragraphs that must stand where the next word no longer fits.
const WRAPPED_SHARE: f64 = 0.9;

/// Fewer breaks than this tell nothing.
const TELLING_BREAKS: usize = 4;

/// Cuts a text into blocks.
pub(super) fn parse(text: &str, document: &mut Document) {
    document.characters = solid(text);
    let lines = solid_lines(text);
    match wrap_column(&lines) {
        Some(column) => join_wrapped(&lines, column, &mut document.blocks),
        None => document.blocks.extend(lines.iter().map(|line| block(fold(line.text), line.number))),
    }
}

#[derive(Clone, Copy)]
struct Line<'a> {
    text: &'a str,
    number: u32,
    /// Whether it stands right below another one, without a blank line between.
    goes_on: bool,
}

/// The lines that are not blank.
fn solid_lines(text: &str) -> Vec<Line<'_>> {
    let mut found = Vec::new();
    let mut goes_on = false;
    for (line, number) in lines(text).zip(1..) {
        let line = line.trim();
        if !line.is_empty() {
            found.push(Line { text: line, number, goes_on });
        }
        goes_on = !line.is_empty();
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

/// The column at which the text is hard-wrapped, if it is: nearly every break inside a paragraph stands
/// where the next word would not have fitted, and there are paragraphs, told by blank lines.
fn wrap_column(lines: &[Line<'_>]) -> Option<usize> {
    // No character has more than four bytes, so one long line is answer enough.
    let most = *WRAP_COLUMNS.end();
    if lines.iter().any(|line| line.text.len() > 4 * most) {
        return None;
    }
    let mut column = 0;
    for line in lines {
        column = column.max(columns(line.text));
        if column > most {
            return None;
        }
    }
    let paragraphs = lines.iter().filter(|line| !line.goes_on).count();
    if paragraphs < 2 || !WRAP_COLUMNS.contains(&column) {
        return None;
    }
    let breaks = lines.len() - paragraphs;
    let forced = lines.windows(2).filter(|pair| is_forced(pair[0], pair[1], column)).count();
    (breaks >= TELLING_BREAKS && forced as f64 >= WRAPPED_SHARE * breaks as f64).then_some(column)
}

/// Whether the next line goes on where its first word would not have fitted on this one.
fn is_forced(line: Line<'_>, next: Line<'_>, column: usize) -> bool {
    if !next.goes_on {
        return false;
    }
    let word = next.text.split_whitespace().next().map_or(0, columns);
    columns(line.text) + 1 + word > column
}

fn columns(text: &str) -> usize {
    text.chars().count()
}

/// Joins the lines that were broken by force; other breaks stay.
fn join_wrapped(lines: &[Line<'_>], column: usize, blocks: &mut Vec<Block>) {
    let mut from = 0;
    for at in 0..lines.len() {
        let ends = lines.get(at + 1).is_none_or(|&next| !is_forced(lines[at], next, column));
        if ends {
            let joined: Vec<&str> = lines[from..=at].iter().map(|line| line.text).collect();
            blocks.push(block(fold(&joined.join(" ")), lines[from].number));
            from = at + 1;
        }
    }
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

    #[test]
    fn hard_wrapped_paragraphs_are_joined() {
        let text = "The harbour of the town was closed on Monday after a ship ran\n\
                    aground on the sandbank that the pilots had warned about for\n\
                    several years.\n\n\
                    Nobody was hurt, said the harbour master, but the oil must be\n\
                    pumped out of the wreck before it can be towed away to another\n\
                    port.\n";
        let blocks = blocks(text);
        assert_eq!(blocks.len(), 2);
        assert!(blocks[0].ends_with("warned about for several years."));
    }

    #[test]
    fn short_lines_are_not_joined() {
        let poem = "Roses are red\nViolets are blue\n\nThe sea is deep\nAnd so are you\n\nA line\nAnother\n";
        assert_eq!(blocks(poem).len(), 6);
    }
}
