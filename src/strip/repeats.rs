//! Lines said again in the same document: menus above and below, teasers, logos.
use super::sheet::Sheet;
use super::{Judge, JudgeRule};
use std::collections::HashMap;

/// The row in `JUDGES`.
pub(super) const JUDGE: Judge = Judge { name: "repeat", rules: &[AGAIN, ECHO], judge };

const AGAIN: JudgeRule = JudgeRule {
    id: "repeat/again",
    summary: "A short line outside the running text that stands more than once in the document.",
};

const ECHO: JudgeRule = JudgeRule {
    id: "repeat/echo",
    summary: "A line without a full stop that says a sentence of the body again: a caption or a teaser.",
};

fn judge(sheet: &mut Sheet<'_>) {
    let mut count: HashMap<String, (usize, bool)> = HashMap::new();
    for line in &sheet.lines {
        let entry = count.entry(line.folded.clone()).or_default();
        entry.0 += 1;
        entry.1 |= line.ends;
    }
    let body = sheet.body();
    for (n, line) in sheet.lines.iter_mut().enumerate() {
        let (times, ends) = count.get(&line.folded).copied().unwrap_or_default();
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
