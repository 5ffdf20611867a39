//! Lines said again in the same document: menus above and below, teasers, logos.
use super::numbers::numbered;
use super::sheet::Sheet;
use super::{Asked, Judge, JudgeRule};

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
    let texts = numbered(sheet.lines.iter().map(|line| line.key));
    // How often each text stands there, and whether anywhere as a sentence.
    let mut counts = vec![(0, false); sheet.lines.len()];
    for (&text, line) in texts.iter().zip(&sheet.lines) {
        let (times, ends) = &mut counts[text as usize];
        *times += 1_u32;
        *ends |= line.ends;
    }
    let body = sheet.body();
    for ((n, line), text) in sheet.lines.iter_mut().enumerate().zip(texts) {
        let (times, ends) = counts[text as usize];
        if times < 2 || line.folded().is_empty() || !line.is_open() {
            continue;
        }
        if !line.ends && ends {
            line.cut(&ECHO);
        } else if !line.is_prose() && !line.ends && !body.contains(&n) {
            line.cut(&AGAIN);
        }
    }
}
