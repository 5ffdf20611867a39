//! Runs of lines after one that announces them: options of a selector, teasers under "Related", the second
//! half of an app's promotion.
use super::sheet::{Line, Sheet};
use super::{Asked, Judge, JudgeRule};
use crate::rules::Category;

/// Words of an option in a selector.
const OPTION_WORDS: usize = 3;

/// Options after the head of a selector.
const OPTIONS: usize = 300;

/// Words of a teaser in a list of other articles.
const TEASER_WORDS: usize = 30;

/// Teasers under one head.
const TEASERS: usize = 30;

/// Words of the rest of a promotion that began on the line above.
const REST_WORDS: usize = 14;

/// The row in `JUDGES`.
pub(super) const JUDGE: Judge =
    Judge { name: "run", rules: &[OPTION, TEASER, REST], judge: Asked::Lines(judge) };

const OPTION: JudgeRule =
    JudgeRule { id: "run/option", summary: "An option in a list of languages or countries." };
const TEASER: JudgeRule = JudgeRule {
    id: "run/teaser",
    summary: "A line under a head such as \"Related\": a link to another article.",
};
const REST: JudgeRule =
    JudgeRule { id: "run/rest", summary: "The rest of an appeal or promotion that began on the line above." };

fn judge(sheet: &mut Sheet<'_>) {
    for n in 0..sheet.lines.len() {
        let head = &sheet.lines[n];
        if head.is_open() {
            continue;
        }
        if head.was(Category::Selector) {
            follow(sheet, n, OPTIONS, &OPTION, |line| line.words() <= OPTION_WORDS && !line.ends);
        } else if head.was(Category::Related) {
            follow(sheet, n, TEASERS, &TEASER, |line| !line.ends && line.words() <= TEASER_WORDS);
        } else if head.was(Category::App) || head.was(Category::Supporter) {
            follow(sheet, n, 1, &REST, |line| starts_small(line) && line.words() <= REST_WORDS);
        }
    }
}

/// Cuts the lines after a head as long as they fit; lines that were cut already do not end the run.
fn follow(
    sheet: &mut Sheet<'_>,
    head: usize,
    most: usize,
    rule: &'static JudgeRule,
    fits: impl Fn(&Line<'_>) -> bool,
) {
    for line in sheet.lines[head + 1..].iter_mut().take(most) {
        if line.is_open() {
            if !fits(line) {
                return;
            }
            line.cut(rule);
        }
    }
}

fn starts_small(line: &Line<'_>) -> bool {
    line.text.starts_with(char::is_lowercase)
}
