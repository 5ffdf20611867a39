//! What a page itself sets apart from its text, inside a line: the sign of a heading's own link, and the reading beside
//! a word.
use super::JudgeRule;
use crate::model::{Document, MarkedBy, RuleId, Verdict};

pub(super) const ANCHOR: JudgeRule =
    JudgeRule { id: "page/anchor", summary: "The sign of a heading's link to itself (¶)." };
pub(super) const READING: JudgeRule = JudgeRule {
    id: "page/reading",
    summary: "How a word is read, set small beside it (ruby) and without brackets of its own.",
};

/// Cuts what parse marked as such.
pub(super) fn judge(document: &mut Document) {
    for block in &mut document.blocks {
        for n in 0..block.evidence.marks.len() {
            let mark = &block.evidence.marks[n];
            let rule = match mark.by {
                MarkedBy::Anchor => ANCHOR,
                MarkedBy::Reading => READING,
                MarkedBy::Drop(_) | MarkedBy::NotSelected => continue,
            };
            let (span, id) = (mark.span.clone(), RuleId::new(rule.id));
            if span.len() == block.text().len() {
                block.cut(&id);
            } else {
                block.cut_inline(span, Verdict::Cut(id));
            }
        }
    }
}
