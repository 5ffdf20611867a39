//! What the user's selectors rule out is cut, whatever judges would say.
use super::{Asked, Judge, JudgeRule};
use crate::model::{Block, Document, Mark, MarkedBy, RuleId, Verdict};

/// The row in `JUDGES`.
pub(super) const JUDGE: Judge = Judge { name: "user", rules: &[DROP, SELECT], judge: Asked::User };

const DROP: JudgeRule = JudgeRule {
    id: "user/drop",
    summary: "Text in an element that a selector of yours drops; the ledger names the selector after it.",
};
const SELECT: JudgeRule =
    JudgeRule { id: "user/select", summary: "Text outside the elements that your selectors select." };

/// Cuts what was marked: whole blocks, or parts of them.
pub(super) fn obey(document: &mut Document) {
    for block in &mut document.blocks {
        for mark in block.evidence.marks.clone() {
            cut(block, &mark);
        }
    }
}

fn cut(block: &mut Block, mark: &Mark) {
    let rule = match &mark.by {
        MarkedBy::Drop(selector) => RuleId::new(&format!("{}: {selector}", DROP.id)),
        MarkedBy::NotSelected => RuleId::new(SELECT.id),
        MarkedBy::Anchor | MarkedBy::Reading => return,
    };
    if mark.span.len() == block.text().len() {
        block.cut(&rule);
    } else {
        block.cut_inline(mark.span.clone(), Verdict::Cut(rule));
    }
}
