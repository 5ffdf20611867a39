//! A block: one paragraph-like piece of a document, with its evidence and its verdict.
use super::{FieldName, RuleId, Setting, Verdict};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// What a block is on its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// A heading of this level, 1 to 6.
    Heading(u8),
    /// An item of a list.
    ListItem,
    /// A quotation.
    Quote,
    /// A row of a table, cells joined.
    TableRow,
    /// Preformatted text.
    Code,
    /// The caption of a picture or a table.
    Caption,
    /// A line of plain text: nothing more is known.
    Line,
}

/// All that a judge may look at, beside the text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Evidence {
    /// The first line of the block in the decoded text, from 1; 0 where lines mean nothing (HTML).
    pub line: u32,
    /// The innermost element around the block: an index into the document's outline.
    pub element: Option<u32>,
    /// Bytes of the block's text that stand inside links.
    pub link_bytes: u32,
    /// The page hides it from readers (`hidden`, `aria-hidden`, `display: none`).
    pub hidden: bool,
    /// Stretches of the text that the user's selectors rule out, or that the page sets apart, in order.
    pub marks: Vec<Mark>,
    /// In a table: the column in which the text begins, from 0.
    pub column: u32,
    /// How the text is set on the page, where it does not tell by itself.
    pub setting: Option<Box<Setting>>,
}

/// A stretch of a block's text that the user's selectors rule out, or that the page sets apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Where it stands, in bytes of the block's text; begins and ends with a word.
    pub span: Range<usize>,
    /// What rules it out.
    pub by: MarkedBy,
}

/// How the user's selectors rule a text out, or a page sets it apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MarkedBy {
    /// It stands in an element that this selector drops.
    Drop(Arc<str>),
    /// It stands in none of those that are selected.
    NotSelected,
    /// It is the sign of a heading's link to itself.
    Anchor,
    /// It says how the word before it is read (ruby), without brackets of its own.
    Reading,
}

/// A part of a block that was taken out of it.
#[derive(Debug, Clone, PartialEq)]
struct Part {
    span: Range<usize>,
    verdict: Verdict,
    /// Whether what stands before it and what stands after it are parts of one word, where no blank parts them.
    inline: bool,
}

/// A stretch of a block's text with the verdict on it. The pieces of a block make up its text.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece<'a> {
    /// Where it stands, in bytes of the block's text; trimmed of white space.
    pub span: Range<usize>,
    /// What becomes of it.
    pub verdict: &'a Verdict,
}

/// One paragraph-like piece of a document. Its text is never changed; verdicts are set on it.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    text: String,
    /// What it is on its page.
    pub kind: BlockKind,
    /// What judges may look at.
    pub evidence: Evidence,
    parts: Vec<Part>,
    verdict: Verdict,
}

impl Block {
    /// A block, kept until a judge says otherwise. White space in `text` should be folded already.
    pub fn new(text: String, kind: BlockKind, evidence: Evidence) -> Block {
        Block { text, kind, evidence, parts: Vec::new(), verdict: Verdict::Keep }
    }

    /// The whole text, as parsed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The verdict on the block, its cut parts apart.
    pub fn verdict(&self) -> &Verdict {
        &self.verdict
    }

    /// Whether any of its text is written.
    pub fn is_kept(&self) -> bool {
        self.verdict.is_kept()
    }

    /// Whether no judge has said anything of the block as a whole yet.
    pub fn is_open(&self) -> bool {
        self.verdict == Verdict::Keep
    }

    /// The text without the parts that were cut: what is written if the block is kept.
    pub fn body(&self) -> Cow<'_, str> {
        if self.parts.is_empty() {
            return Cow::Borrowed(self.text.trim());
        }
        let mut body = String::with_capacity(self.text.len());
        let mut last = 0;
        for piece in self.pieces_of_rest() {
            if !body.is_empty() && self.is_parted(last..piece.start) {
                body.push(' ');
            }
            last = piece.end;
            body.push_str(&self.text[piece]);
        }
        Cow::Owned(body)
    }

    /// Whether a blank stands in the body where this stretch was: always, but for an inline cut inside a word.
    pub(super) fn is_parted(&self, gap: Range<usize>) -> bool {
        let mut at = gap.start;
        let first = self.parts.partition_point(|part| part.span.start < gap.start);
        for part in self.parts[first..].iter().take_while(|part| part.span.end <= gap.end) {
            if !part.inline || at < part.span.start {
                return true;
            }
            at = part.span.end;
        }
        at < gap.end
    }

    /// Whether some of it was cut.
    pub fn has_cut_parts(&self) -> bool {
        !self.parts.is_empty()
    }

    /// Cuts the block. The first verdict on a block stands.
    pub fn cut(&mut self, rule: &RuleId) {
        self.set(Verdict::Cut(rule.clone()));
    }

    /// Takes the block out of the text into a field. The first verdict on a block stands.
    pub fn take(&mut self, field: FieldName, rule: &RuleId) {
        self.set(Verdict::Field(field, rule.clone()));
    }

    /// Sets the verdict of the whole block. The first verdict on a block stands.
    pub fn set(&mut self, verdict: Verdict) {
        if self.is_open() {
            self.verdict = verdict;
        }
    }

    /// Cuts a part (bytes of the text, on character borders). What overlaps an earlier part is left alone.
    pub fn cut_part(&mut self, span: Range<usize>, verdict: Verdict) {
        self.add_part(span, verdict, false);
    }

    /// Cuts a part that an inline element holds: a word that goes on after it stays one word.
    pub fn cut_inline(&mut self, span: Range<usize>, verdict: Verdict) {
        self.add_part(span, verdict, true);
    }

    fn add_part(&mut self, span: Range<usize>, verdict: Verdict, inline: bool) {
        debug_assert!(self.text.is_char_boundary(span.start) && self.text.is_char_boundary(span.end));
        let span = trimmed(&self.text, span);
        let at = self.parts.partition_point(|part| part.span.start < span.start);
        let clear = self.parts[..at].last().is_none_or(|before| before.span.end <= span.start)
            && self.parts.get(at).is_none_or(|after| span.end <= after.span.start);
        if !span.is_empty() && clear {
            self.parts.insert(at, Part { span, verdict, inline });
        }
    }

    /// Cuts a part that is given in bytes of [`body`](Block::body): what stands between earlier cuts.
    pub fn cut_in_body(&mut self, span: Range<usize>, verdict: &Verdict) {
        let mut at = 0;
        let pieces: Vec<Range<usize>> = self.pieces_of_rest().collect();
        let parted = |pair: &[Range<usize>]| self.is_parted(pair[0].end..pair[1].start);
        let gaps: Vec<usize> = pieces.windows(2).map(|pair| usize::from(parted(pair))).chain([0]).collect();
        for (piece, gap) in pieces.into_iter().zip(gaps) {
            let start = span.start.max(at) - at;
            let end = span.end.min(at + piece.len()).saturating_sub(at);
            if start < end {
                self.cut_part(piece.start + start..piece.start + end, verdict.clone());
            }
            at += piece.len() + gap;
        }
    }

    /// The parts that were cut, in order: where each stands, the verdict on it, and whether it was cut inline.
    pub(crate) fn parts(&self) -> impl ExactSizeIterator<Item = (&Range<usize>, &Verdict, bool)> {
        self.parts.iter().map(|part| (&part.span, &part.verdict, part.inline))
    }

    /// The block's text as an ordered run of pieces, each with its verdict. Together they hold every
    /// character that is not white space, exactly once.
    pub fn pieces(&self) -> Vec<Piece<'_>> {
        if self.parts.is_empty() {
            let whole = trimmed(&self.text, 0..self.text.len());
            let piece = |span| Piece { span, verdict: &self.verdict };
            return Some(whole).filter(|span| !span.is_empty()).map(piece).into_iter().collect();
        }
        let mut pieces: Vec<Piece<'_>> =
            self.parts.iter().map(|part| Piece { span: part.span.clone(), verdict: &part.verdict }).collect();
        pieces.extend(self.pieces_of_rest().map(|span| Piece { span, verdict: &self.verdict }));
        pieces.sort_by_key(|piece| piece.span.start);
        pieces
    }

    /// The spans between the cut parts, trimmed, those with text only.
    pub(super) fn pieces_of_rest(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        let starts = std::iter::once(0).chain(self.parts.iter().map(|part| part.span.end));
        let ends = self.parts.iter().map(|part| part.span.start).chain(std::iter::once(self.text.len()));
        starts.zip(ends).map(|(start, end)| trimmed(&self.text, start..end)).filter(|span| !span.is_empty())
    }
}

fn trimmed(text: &str, span: Range<usize>) -> Range<usize> {
    let inner = &text[span.clone()];
    let inside = inner.trim_start();
    let start = span.start + (inner.len() - inside.len());
    start..(start + inside.trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(text: &str) -> Block {
        Block::new(text.to_string(), BlockKind::Line, Evidence::default())
    }

    fn cut() -> Verdict {
        Verdict::Cut(RuleId::new("test/rule"))
    }

    #[test]
    fn first_verdict_stands() {
        let mut block = block("text");
        block.cut(&RuleId::new("a/one"));
        block.cut(&RuleId::new("a/two"));
        assert_eq!(*block.verdict(), Verdict::Cut(RuleId::new("a/one")));
    }

    #[test]
    fn parts_leave_the_rest_in_order() {
        let mut block = block("At the gate(Image: XY) on Monday. Read more");
        block.cut_part(11..22, cut());
        block.cut_part(34..43, cut());
        block.cut_part(15..18, cut());
        assert_eq!(block.body(), "At the gate on Monday.");
        let texts: Vec<&str> = block.pieces().iter().map(|piece| &block.text()[piece.span.clone()]).collect();
        assert_eq!(texts, ["At the gate", "(Image: XY)", "on Monday.", "Read more"]);
    }

    #[test]
    fn parts_of_the_body_are_found_in_the_text() {
        let mut block = block("one (x) two three");
        block.cut_part(4..7, cut());
        assert_eq!(block.body(), "one two three");
        block.cut_in_body(4..7, &cut());
        assert_eq!(block.body(), "one three");
        block.cut_in_body(2..6, &cut());
        assert_eq!(block.body(), "on ree");
    }

    #[test]
    fn inline_cuts_leave_words_whole() {
        let mut block = block("Berlin[1][2], (x) the capital(y) ");
        for span in [6..9, 9..12, 14..17, 29..32] {
            block.cut_inline(span, cut());
        }
        assert_eq!(block.body(), "Berlin, the capital");
        block.cut_in_body(8..11, &cut());
        assert_eq!(block.body(), "Berlin, capital");
    }

    #[test]
    fn pieces_hold_every_character_once() {
        let mut block = block("  a b c  ");
        block.cut_part(3..6, cut());
        let joined: String = block.pieces().iter().map(|piece| &block.text()[piece.span.clone()]).collect();
        assert_eq!(joined.replace(' ', ""), "abc");
    }
}
