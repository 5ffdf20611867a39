//! Parts at the end of a block: glued credits, links that hang on a paragraph.
use super::sheet::{Line, Sheet};
use super::{Asked, Judge, JudgeRule};
use crate::model::{FieldName, Verdict};
use crate::rules::Action;

/// A rest of this many words, at most, goes with its credit; a longer one is a paragraph that has one.
const CAPTION_WORDS: usize = 80;

/// The row in `JUDGES`.
pub(super) const JUDGE: Judge = Judge { name: "credit", rules: &[REST], judge: Asked::Lines(judge) };

const REST: JudgeRule =
    JudgeRule { id: "credit/caption", summary: "The caption that a picture's credit hangs on." };

/// Whether the whole line is the value of a field: a credit at its end is a part of that.
fn says_more(line: &Line<'_>) -> bool {
    let field = |action| matches!(action, Action::Field(field) if field != FieldName::ImageCredits);
    line.strong_hit().is_some_and(|hit| field(hit.rule.action))
}

fn judge(sheet: &mut Sheet<'_>) {
    let rules = sheet.rules;
    for n in 0..sheet.lines.len() {
        if !sheet.lines[n].is_open() || says_more(&sheet.lines[n]) {
            continue;
        }
        let (words, text) = (sheet.lines[n].words, sheet.lines[n].text.clone());
        let hits = rules.parts_within(&text, &sheet.lines[n].folded, words);
        let mut rest_too = None;
        for hit in hits.iter().filter(|hit| words <= hit.rule.max_words) {
            let verdict = match hit.rule.action {
                Action::Cut => Verdict::Cut(hit.rule.id.clone()),
                Action::Field(field) => {
                    sheet.note(field, &text[hit.value.clone()]);
                    Verdict::Field(field, hit.rule.id.clone())
                }
            };
            sheet.lines[n].cut_part(hit.span.clone(), verdict);
            rest_too = rest_too.or(hit.rule.rest_too.then_some(hit));
        }
        if rest_too.is_some() && sheet.lines[n].words <= CAPTION_WORDS {
            sheet.lines[n].cut(REST.id);
        }
    }
}
