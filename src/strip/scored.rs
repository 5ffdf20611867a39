//! Lines judged by the scorer: shape, place and company together, where no rule of words alone is proof.
use super::features::{FEATURES, features};
use super::sheet::Sheet;
use super::{Judge, JudgeRule};
use crate::config::Scorer;
use crate::scorer::Forest;
use std::sync::LazyLock;

/// The table of the trees, made by `scripts/train/train.py`.
const TABLE: &str = include_str!("text.trees.json");

static FOREST: LazyLock<Forest> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the table is part of the program, and a test reads it")]
    Forest::parse(TABLE, FEATURES, "strip/text.trees.json").expect("the table fits the features")
});

/// The row in `JUDGES`.
pub(super) const JUDGE: Judge = Judge { name: "score", rules: &[UNLIKE], judge };

const UNLIKE: JudgeRule = JudgeRule {
    id: "score/unlike-body",
    summary: "A line whose shape, place and company are those of cruft, says the scorer.",
};

fn judge(sheet: &mut Sheet<'_>) {
    if sheet.config.scorer != Scorer::Trees || sheet.is_page() || sheet.open().is_empty() {
        return;
    }
    let rows = features(sheet);
    // From a probability to log odds, which is what the trees add up to.
    let limit = ((1.0 - sheet.config.strictness) / sheet.config.strictness).ln();
    for n in sheet.open() {
        if FOREST.score(&rows[n]) > limit {
            sheet.lines[n].cut(UNLIKE.id);
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_table_fits_the_features() {
        let blank = vec![0.0; super::FEATURES.len()];
        assert!(super::FOREST.score(&blank).is_finite());
    }
}
