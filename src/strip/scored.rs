//! Lines judged by the scorer: shape, place and company together, where no rule of words alone is proof.
use super::features::{FEATURES, Features};
use super::sheet::{Line, Sheet};
use super::{Asked, Judge, JudgeRule};
use crate::config::Scorer;
use crate::model::Result;
use crate::scorer::{Forest, MAX_FEATURES, Row};
use std::sync::LazyLock;

/// Log odds more that it takes to cut a sentence right after a line that stays: the short last sentences of an
/// article look like teasers. By cross-validation 0 to 2 score alike.
const FOLLOWS: f32 = 1.5;

/// Words of a sentence, at least.
const SENTENCE_WORDS: usize = 3;

/// Lines whose features stand in memory at the same time.
const LINES_AT_ONCE: usize = 64;

/// The row in `JUDGES`.
pub(super) const JUDGE: Judge = Judge { name: "score", rules: &[UNLIKE], judge: Asked::Lines(judge) };

const UNLIKE: JudgeRule = JudgeRule {
    id: "score/unlike-body",
    summary: "A line whose shape, place and company are those of cruft, says the scorer.",
};

/// The trees that judge lines, made by `scripts/train/train.py`.
pub(crate) struct Table(Forest);

impl Table {
    /// Reads a table.
    ///
    /// # Errors
    /// A table that is not whole, or made for other features.
    pub(crate) fn parse(table: &str) -> Result<Table> {
        Forest::parse(table, FEATURES, "strip/text.trees.json").map(Table)
    }

    /// The table built in.
    fn built_in() -> &'static Table {
        static TABLE: LazyLock<Table> = LazyLock::new(|| {
            #[expect(clippy::expect_used, reason = "the table is part of the program, and a test reads it")]
            Table::parse(include_str!("text.trees.json")).expect("the table fits the features")
        });
        &TABLE
    }

    /// The log odds that each of some lines is cruft: many lines go down the trees side by side.
    fn scores(&self, features: &Features<'_>, lines: &[usize]) -> Vec<f32> {
        let mut scores = Vec::with_capacity(lines.len());
        let mut row = Vec::with_capacity(FEATURES.len());
        let mut rows: Vec<Row> = Vec::with_capacity(LINES_AT_ONCE.min(lines.len()));
        for some in lines.chunks(LINES_AT_ONCE) {
            rows.clear();
            for &n in some {
                row.clear();
                features.append(n, &mut row);
                let mut padded = [0.0; MAX_FEATURES];
                padded[..row.len()].copy_from_slice(&row);
                rows.push(padded);
            }
            scores.extend(self.0.scores(&rows));
        }
        scores
    }
}

fn judge(sheet: &mut Sheet<'_>) {
    // Without running text there is nothing to compare with: lists, tables and poems are no cruft.
    if sheet.config.scorer != Scorer::Trees || sheet.is_page() || sheet.first_prose().is_none() {
        return;
    }
    for n in unlike(sheet) {
        sheet.lines[n].cut(&UNLIKE);
    }
}

/// The open lines that are rather cruft than text, in order.
fn unlike(sheet: &Sheet<'_>) -> Vec<usize> {
    let table = sheet.table.unwrap_or_else(|| Table::built_in());
    // From a probability to log odds, which is what the trees add up to.
    let limit = ((1.0 - sheet.config.strictness) / sheet.config.strictness).ln();
    let open = sheet.open();
    let scores = table.scores(&Features::new(sheet), &open);
    let mut unlike: Vec<usize> = Vec::new();
    for (&n, score) in open.iter().zip(scores) {
        let stays = |n: usize| sheet.lines[n].is_open() && unlike.last() != Some(&n);
        let follows = n > 0 && stays(n - 1) && is_plain_sentence(&sheet.lines[n]);
        if score > limit + if follows { FOLLOWS } else { 0.0 } {
            unlike.push(n);
        }
    }
    unlike
}

/// A whole sentence that no rule knows.
fn is_plain_sentence(line: &Line<'_>) -> bool {
    line.ends && line.words() >= SENTENCE_WORDS && !line.is_suspect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_fits_the_features() {
        assert!(Table::built_in().0.scores(&[[0.0; crate::scorer::MAX_FEATURES]])[0].is_finite());
    }
}
