//! Parts at the end of a block: glued credits, links that hang on a paragraph.
use super::sheet::Sheet;
use super::{Asked, Judge, JudgeRule};
use crate::model::{FieldName, Verdict};
use crate::rules::{Action, Proof};

/// A rest of this many words, at most, goes with its credit; a longer one is a paragraph that has one.
const CAPTION_WORDS: usize = 80;

/// The row in `JUDGES`.
pub(super) const JUDGE: Judge = Judge { name: "credit", rules: &[REST], judge: Asked::Lines(judge) };

const REST: JudgeRule =
    JudgeRule { id: "credit/caption", summary: "The caption that a picture's credit hangs on." };

/// Whether the whole line is the value of a field: a credit at its end is a part of that.
fn says_more(sheet: &Sheet<'_>, line: usize) -> bool {
    let field = |action| matches!(action, Action::Field(field) if field != FieldName::ImageCredits);
    let mut strong = sheet.hits(line).filter(|hit| hit.rule.proof == Proof::Strong);
    strong.next().is_some_and(|hit| field(hit.rule.action))
}

/// Whether a character stands between a credit and what it hangs on.
fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | ';' | ':' | '|' | '·' | '-' | '–' | '—')
}

fn judge(sheet: &mut Sheet<'_>) {
    for n in 0..sheet.lines.len() {
        if !sheet.lines[n].is_open() || says_more(sheet, n) {
            continue;
        }
        let words = sheet.lines[n].words();
        let mut rest_too = false;
        for hit in sheet.part_hits(n).filter(|hit| words <= hit.rule.max_words) {
            let verdict = match hit.rule.action {
                Action::Cut => Verdict::Cut(hit.rule.id.clone()),
                Action::Field(field) => {
                    let value = sheet.lines[n].text[hit.value].trim_start_matches(is_separator).to_string();
                    sheet.note(field, &value);
                    Verdict::Field(field, hit.rule.id.clone())
                }
            };
            sheet.cut_part(n, hit.span, verdict);
            rest_too |= hit.rule.rest_too;
        }
        if rest_too && words <= CAPTION_WORDS {
            sheet.lines[n].cut(&REST);
        }
    }
}
