//! Lines judged by the scorer: shape, place and company together, where no rule of words alone is proof.
use super::features::{FEATURES, Features};
use super::sheet::{Line, Sheet};
use super::{Asked, Judge, JudgeRule};
use crate::config::Scorer;
use crate::scorer::Forest;
use std::sync::LazyLock;

/// The table of the trees, made by `scripts/train/train.py`.
const TABLE: &str = include_str!("text.trees.json");

static FOREST: LazyLock<Forest> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the table is part of the program, and a test reads it")]
    Forest::parse(TABLE, FEATURES, "strip/text.trees.json").expect("the table fits the features")
});

/// Log odds more that it takes to cut a sentence right after a line that stays: the short last sentences of an
/// article look like teasers. By cross-validation 0 to 2 score alike.
const FOLLOWS: f32 = 1.5;

/// Words of a sentence, at least.
const SENTENCE_WORDS: usize = 3;

/// The row in `JUDGES`.
pub(super) const JUDGE: Judge = Judge { name: "score", rules: &[UNLIKE], judge: Asked::Lines(judge) };

const UNLIKE: JudgeRule = JudgeRule {
    id: "score/unlike-body",
    summary: "A line whose shape, place and company are those of cruft, says the scorer.",
};

fn judge(sheet: &mut Sheet<'_>) {
    // Without running text there is nothing to compare with: lists, tables and poems are no cruft.
    if sheet.config.scorer != Scorer::Trees || sheet.is_page() || sheet.first_prose().is_none() {
        return;
    }
    // From a probability to log odds, which is what the trees add up to.
    let limit = ((1.0 - sheet.config.strictness) / sheet.config.strictness).ln();
    let features = Features::new(sheet);
    let mut row = Vec::with_capacity(FEATURES.len());
    let mut unlike: Vec<usize> = Vec::new();
    for n in sheet.open() {
        let stays = |n: usize| sheet.lines[n].is_open() && unlike.last() != Some(&n);
        let follows = n > 0 && stays(n - 1) && is_plain_sentence(&sheet.lines[n]);
        features.fill(n, &mut row);
        if FOREST.exceeds(&row, limit + if follows { FOLLOWS } else { 0.0 }) {
            unlike.push(n);
        }
    }
    unlike.into_iter().for_each(|n| sheet.lines[n].cut(UNLIKE.id));
}

/// A whole sentence that no rule knows.
fn is_plain_sentence(line: &Line<'_>) -> bool {
    line.ends && line.words >= SENTENCE_WORDS && !line.is_suspect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_table_fits_the_features() {
        let blank = vec![0.0; super::FEATURES.len()];
        assert!(super::FOREST.score(&blank).is_finite());
    }
}
