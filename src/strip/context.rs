//! Lines judged by what stands around them: the body is the best run of prose, and short lines belong to it
//! only where prose stands on both sides.
use super::sheet::{Line, Sheet};
use super::{Asked, Judge, JudgeRule};
use crate::config::Scorer;

/// What a line that is not prose costs the run of prose it stands in, in words.
const GAP_COST: i64 = 6;

/// Words of a heading inside the body.
const HEADING_WORDS: usize = 14;

/// Words of a line outside the best run that may still be its first or last sentence.
const SENTENCE_WORDS: usize = 5;

/// The row in `JUDGES`.
pub(super) const JUDGE: Judge =
    Judge { name: "context", rules: &[OUTSIDE, UNFINISHED], judge: Asked::Lines(judge) };

const OUTSIDE: JudgeRule = JudgeRule {
    id: "context/outside",
    summary: "A line before or after the running text that is no sentence of it.",
};
const UNFINISHED: JudgeRule = JudgeRule {
    id: "context/unfinished",
    summary: "A line inside the running text that is neither a sentence nor a heading above one.",
};

fn judge(sheet: &mut Sheet<'_>) {
    if sheet.config.scorer != Scorer::Rules || sheet.is_page() {
        return;
    }
    let open = sheet.open();
    let Some((first, last)) = best_run(&open.iter().map(|&n| weight(&sheet.lines[n])).collect::<Vec<_>>())
    else {
        return;
    };
    for (at, &n) in open.iter().enumerate() {
        if at < first || at > last {
            sheet.lines[n].cut(&OUTSIDE);
            continue;
        }
        let line = &sheet.lines[n];
        if line.ends || line.is_prose() {
            continue;
        }
        let solid = |at: usize| {
            open.get(at).is_some_and(|&n| {
                let l = &sheet.lines[n];
                l.ends || l.is_prose()
            })
        };
        let between = at > 0 && solid(at - 1) && solid(at + 1);
        if !(between && line.words() <= HEADING_WORDS && !line.is_suspect()) {
            sheet.lines[n].cut(&UNFINISHED);
        }
    }
}

fn weight(line: &Line<'_>) -> i64 {
    if line.is_prose() {
        line.words() as i64
    } else if line.ends && line.words() >= SENTENCE_WORDS {
        0
    } else {
        -GAP_COST
    }
}

/// The run with the greatest sum (Kadane), trimmed of lines that add nothing.
fn best_run(weights: &[i64]) -> Option<(usize, usize)> {
    let (mut best, mut sum, mut start) = (None, 0, 0);
    let mut best_sum = 0;
    for (n, &weight) in weights.iter().enumerate() {
        if sum <= 0 {
            (sum, start) = (0, n);
        }
        sum += weight;
        if sum > best_sum {
            (best_sum, best) = (sum, Some((start, n)));
        }
    }
    best
}
