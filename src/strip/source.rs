//! Texts that are written in Markdown: their code, headings and lists are the text, however unlike running text.
use crate::model::{Block, Document, Kind};
use std::ops::Range;

/// Marks of a fence around code, at least.
const FENCE_MARKS: usize = 3;

/// Marks of a heading, at most.
const HEADING_MARKS: usize = 6;

/// Headings that make a text without code one that is written in Markdown: a single one may be a hashtag.
const TELLING_HEADINGS: usize = 2;

/// What of a document is written in Markdown.
#[derive(Default)]
pub(super) struct Source {
    /// The blocks of each piece of fenced code, fences included.
    code: Vec<Range<usize>>,
    /// Whether lines that look like headings and items are such.
    is_markdown: bool,
}

impl Source {
    /// Looks over the open blocks of a document. Pages are written in HTML.
    pub(super) fn of(document: &Document) -> Source {
        let mut source = Source::default();
        if document.kind == Kind::Html {
            return source;
        }
        let (mut opened, mut headings) = (None, 0);
        for (n, block) in document.blocks.iter().enumerate().filter(|(_, block)| block.is_open()) {
            match (opened, fence(block.text())) {
                (None, Some(mark)) => opened = Some((n, mark)),
                (Some((from, mark)), Some(end)) if end == mark && is_bare(block) => {
                    source.code.push(from..n + 1);
                    opened = None;
                }
                (None, None) => headings += usize::from(is_heading(block.text())),
                _ => {}
            }
        }
        source.is_markdown = !source.code.is_empty() || headings >= TELLING_HEADINGS;
        source
    }

    /// Whether a block is code.
    pub(super) fn is_code(&self, block: usize) -> bool {
        let next = self.code.partition_point(|code| code.end <= block);
        self.code.get(next).is_some_and(|code| code.contains(&block))
    }

    /// Whether a line is a heading, an item of a list, or a row of a table.
    pub(super) fn is_structure(&self, line: &str) -> bool {
        let is_item = || line.strip_prefix(['-', '*', '+']).is_some_and(|rest| rest.starts_with(' '));
        let is_row = || line.len() > 1 && line.starts_with('|') && line.ends_with('|');
        self.is_markdown && (is_heading(line) || is_item() || is_row())
    }
}

/// The mark of which a line is a fence, if it is one.
fn fence(line: &str) -> Option<u8> {
    let mark = *line.as_bytes().first()?;
    let marks = || line.bytes().take_while(|&byte| byte == mark).count();
    (matches!(mark, b'`' | b'~') && marks() >= FENCE_MARKS).then_some(mark)
}

/// Whether a fence stands alone: one that names a language opens.
fn is_bare(fence: &Block) -> bool {
    !fence.text().contains(char::is_alphanumeric)
}

/// Whether a line is a heading of Markdown.
fn is_heading(line: &str) -> bool {
    let text = line.trim_start_matches('#');
    (1..=HEADING_MARKS).contains(&(line.len() - text.len())) && text.starts_with(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_tell_headings_and_fences() {
        assert!(
            is_heading("# One")
                && is_heading("###### Six")
                && !is_heading("#tag")
                && !is_heading("####### No")
        );
        assert_eq!(
            (fence("```rust"), fence("~~~~"), fence("``"), fence("")),
            (Some(b'`'), Some(b'~'), None, None)
        );
    }

    #[test]
    fn structure_is_told_where_there_is_markdown() {
        let markdown = Source { is_markdown: true, ..Source::default() };
        for line in ["# One", "- one", "* one", "| a | b |"] {
            assert!(markdown.is_structure(line) && !Source::default().is_structure(line), "{line}");
        }
        assert!(!markdown.is_structure("-one") && !markdown.is_structure("|"));
    }

    #[test]
    fn code_is_found_by_its_place() {
        let source = Source { code: vec![2..4, 7..9], is_markdown: true };
        let code: Vec<usize> = (0..10).filter(|&block| source.is_code(block)).collect();
        assert_eq!(code, [2, 3, 7, 8]);
    }
}
