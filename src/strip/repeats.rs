//! Lines said again in the same document: menus above and below, teasers, logos.
use super::sheet::Sheet;
use super::topics::BuildWordHasher;
use super::{Asked, Judge, JudgeRule};
use std::collections::HashMap;

/// The row in `JUDGES`.
pub(super) const JUDGE: Judge = Judge { name: "repeat", rules: &[AGAIN, ECHO], judge: Asked::Lines(judge) };

const AGAIN: JudgeRule = JudgeRule {
    id: "repeat/again",
    summary: "A short line outside the running text that stands more than once in the document.",
};

const ECHO: JudgeRule = JudgeRule {
    id: "repeat/echo",
    summary: "A line without a full stop that says a sentence of the body again: a caption or a teaser.",
};

fn judge(sheet: &mut Sheet<'_>) {
    // In a page, repeats are among what the scorer knows of a block; listings and threads repeat lines for good.
    if sheet.is_page() {
        return;
    }
    let mut count: HashMap<u64, (usize, bool), BuildWordHasher> = HashMap::default();
    for line in &sheet.lines {
        let entry = count.entry(line.key).or_default();
        entry.0 += 1;
        entry.1 |= line.ends;
    }
    let counts: Vec<(usize, bool)> = sheet.lines.iter().map(|line| count[&line.key]).collect();
    let body = sheet.body();
    for ((n, line), (times, ends)) in sheet.lines.iter_mut().enumerate().zip(counts) {
        if times < 2 || line.folded.is_empty() || !line.is_open() {
            continue;
        }
        if !line.ends && ends {
            line.cut(ECHO.id);
        } else if !line.is_prose() && !line.ends && !body.contains(&n) {
            line.cut(AGAIN.id);
        }
    }
}
