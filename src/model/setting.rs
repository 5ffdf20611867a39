//! How a block's text is set on its page: the cells and the lines that its words alone do not tell.
use super::{Block, BlockKind};
use std::borrow::Cow;

/// How a block's text is set on its page, where the text alone does not tell: for those who write it as such.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Setting {
    /// The cells of a table's row that begin inside the text.
    pub cells: Vec<Cell>,
    /// The bytes of the text at which a line begins that the page breaks, in order; the first apart.
    pub lines: Vec<u32>,
    /// Preformatted text as the page has it, with its line breaks; empty for any other.
    pub verbatim: String,
    /// Whether it goes on the preformatted text that the block before begins.
    pub goes_on: bool,
}

/// A cell of a table that begins inside a block's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// The byte of the text at which it begins.
    pub at: u32,
    /// Its column, from 0.
    pub column: u32,
}

impl Setting {
    /// Whether there is nothing to tell.
    pub fn is_plain(&self) -> bool {
        *self == Setting::default()
    }
}

impl Block {
    /// Its [`body`](Block::body) in the lines that the page sets it in: those of preformatted text, and those that
    /// line breaks part. Headings and rows of several cells are one line.
    pub fn body_in_lines(&self) -> Cow<'_, str> {
        let Some(setting) = &self.evidence.setting else { return self.body() };
        let is_row = self.kind == BlockKind::TableRow && !setting.cells.is_empty();
        if self.kind == BlockKind::Code && !setting.verbatim.is_empty() {
            return self.preformatted(&setting.verbatim);
        }
        if setting.lines.is_empty() || is_row || matches!(self.kind, BlockKind::Heading(_)) {
            return self.body();
        }
        Cow::Owned(self.broken(&setting.lines))
    }

    /// Whether it goes on the preformatted text of the block before.
    pub fn goes_on(&self) -> bool {
        self.evidence.setting.as_ref().is_some_and(|setting| setting.goes_on)
    }

    /// The body with a break before each of these bytes of the text.
    fn broken(&self, lines: &[u32]) -> String {
        let mut body = String::with_capacity(self.text().len());
        let mut breaks = lines.iter().map(|&at| at as usize).peekable();
        let mut last = 0;
        for piece in self.pieces_of_rest() {
            let mut is_broken = false;
            while breaks.next_if(|&at| at <= piece.start).is_some() {
                is_broken = true;
            }
            if !body.is_empty() && is_broken {
                body.push('\n');
            } else if !body.is_empty() && self.is_parted(last..piece.start) {
                body.push(' ');
            }
            let mut from = piece.start;
            while let Some(at) = breaks.next_if(|&at| at < piece.end) {
                body.push_str(self.text().get(from..at).unwrap_or_default().trim_end());
                body.push('\n');
                from = at;
            }
            body.push_str(self.text().get(from..piece.end).unwrap_or_default());
            last = piece.end;
        }
        body
    }

    /// Preformatted text without blank lines around it, and without what was cut of it.
    fn preformatted<'b>(&self, verbatim: &'b str) -> Cow<'b, str> {
        if self.has_cut_parts() {
            let kept = self.kept_of(verbatim);
            return Cow::Owned(without_blank_edges(&kept).to_string());
        }
        Cow::Borrowed(without_blank_edges(verbatim))
    }

    /// The text as the page has it without what was cut; lines of which nothing is left go too. Both texts have the
    /// same characters but for white space.
    fn kept_of(&self, verbatim: &str) -> String {
        let parts: Vec<_> = self.parts().map(|(span, _, inline)| (span, inline)).collect();
        let mut solid = self.text().char_indices().filter(|(_, c)| !c.is_whitespace());
        let mut next_is_cut = || {
            let (at, _) = solid.next()?;
            let (span, inline) = parts.get(parts.partition_point(|(span, _)| span.end <= at))?;
            (span.start <= at).then_some(*inline)
        };
        let mut kept = String::with_capacity(verbatim.len());
        for line in verbatim.split_inclusive('\n') {
            let start = kept.len();
            let (mut hole, mut lost) = (None, false);
            for c in line.chars() {
                if c.is_whitespace() {
                    kept.push(c);
                } else if let Some(inline) = next_is_cut() {
                    let (at, was_inline) = hole.unwrap_or((kept.len(), true));
                    kept.truncate(at);
                    (hole, lost) = (Some((at, was_inline && inline)), true);
                } else {
                    if let Some((at, false)) = hole.take() {
                        close_hole(&mut kept, start, at);
                    }
                    kept.push(c);
                }
            }
            if lost && kept[start..].trim().is_empty() {
                kept.truncate(start);
            }
        }
        kept
    }
}

/// Leaves one blank of the white space around what was cut at `at`; none at the start of the line, but its indent.
fn close_hole(kept: &mut String, start: usize, at: usize) {
    let before = kept[start..at].trim_end().len();
    kept.truncate(if before == 0 { at } else { start + before });
    if before > 0 {
        kept.push(' ');
    }
}

/// The text without the blank lines before and after it; its first line keeps its indent.
fn without_blank_edges(text: &str) -> &str {
    let text = text.trim_end();
    let blank = |line: &&str| line.trim().is_empty();
    let skipped: usize = text.split_inclusive('\n').take_while(blank).map(str::len).sum();
    &text[skipped..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Evidence, RuleId, Verdict};

    fn block(text: &str, kind: BlockKind, setting: Setting) -> Block {
        let evidence = Evidence { setting: Some(Box::new(setting)), ..Evidence::default() };
        Block::new(text.to_string(), kind, evidence)
    }

    fn cut() -> Verdict {
        Verdict::Cut(RuleId::new("test/rule"))
    }

    #[test]
    fn lines_stay_lines_whatever_is_cut() {
        let verse = || Setting { lines: vec![4, 8, 14], ..Setting::default() };
        let mut poem = block("one two three four", BlockKind::Paragraph, verse());
        assert_eq!(poem.body_in_lines(), "one\ntwo\nthree\nfour");
        poem.cut_part(4..7, cut());
        assert_eq!(poem.body_in_lines(), "one\nthree\nfour");
        poem.cut_part(16..18, cut());
        assert_eq!(poem.body_in_lines(), "one\nthree\nfo");
        assert_eq!(
            block("one two three four", BlockKind::Heading(1), verse()).body_in_lines(),
            "one two three four"
        );
    }

    #[test]
    fn code_keeps_its_lines_and_loses_what_was_cut() {
        let setting =
            Setting { verbatim: "\n  1 if x:\n  2     y()\n  3 # ad\n".to_string(), ..Setting::default() };
        let mut code = block("1 if x: 2 y() 3 # ad", BlockKind::Code, setting);
        assert_eq!(code.body_in_lines(), "  1 if x:\n  2     y()\n  3 # ad");
        [0..1, 8..9, 14..20].into_iter().for_each(|span| code.cut_inline(span, cut()));
        assert_eq!(code.body_in_lines(), "   if x:\n       y()");
    }

    #[test]
    fn what_is_cut_of_preformatted_text_leaves_one_blank() {
        let text = "  The bridge.Photo: A B  Then it fell.";
        let setting = || Setting { verbatim: text.to_string(), ..Setting::default() };
        let photo = text.find("Photo").unwrap()..text.find("  Then").unwrap();
        let cut_of = |span, verdict| {
            let mut block = block(text, BlockKind::Code, setting());
            block.cut_part(span, verdict);
            block.body_in_lines().into_owned()
        };
        assert_eq!(cut_of(photo, cut()), "  The bridge. Then it fell.");
        assert_eq!(cut_of(2..13, cut()), "  Photo: A B  Then it fell.");
    }
}
