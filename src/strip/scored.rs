//! Lines judged by the scorer: shape, place and company together, where no rule of words alone is proof.
use super::features::{FEATURES, Features};
use super::sheet::{Line, Sheet};
use super::{Asked, Judge, JudgeRule};
use crate::config::Scorer;
use crate::model::Result;
use crate::rules::Category;
use crate::scorer::{Forest, MAX_FEATURES, Row};
use std::ops::Range;
use std::sync::LazyLock;

/// Log odds more that it takes to cut a sentence in doubt: right after a line that stays, as the short last sentences
/// of an article look like teasers, or in a short text, as there is little to compare it with. By cross-validation 0
/// to 2 score alike.
const DOUBT: f32 = 1.5;

/// The same for a sentence between which and running text that stays nothing stands but the label of an advertisement:
/// the text goes on there. By cross-validation 3 and 4.5 score alike, and better than none; behind links to other
/// articles stand teasers and captions, so that they are no such labels.
const INTERRUPTED: f32 = 3.0;

/// Words of such a sentence, at least.
const GOING_ON_WORDS: usize = 4;

/// Lines that make up the label of an advertisement, at most.
const LABELS: usize = 3;

/// Words of running text up to which a text is short, and from which on it is not: by cross-validation fewer words of
/// the text are lost, and no more cruft stays.
const SHORT: Range<f32> = 150.0..400.0;

/// Words of a sentence, at least.
const SENTENCE_WORDS: usize = 2;

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
    let is_structure = |line: &Line<'_>| !line.is_suspect() && sheet.source.is_structure(&line.text);
    let open: Vec<usize> = sheet.open().into_iter().filter(|&n| !is_structure(&sheet.lines[n])).collect();
    let scores = table.scores(&Features::new(sheet), &open);
    let mut unlike: Vec<usize> = Vec::new();
    let short = shortness(sheet.prose_words());
    for (&n, score) in open.iter().zip(scores) {
        let stays = |n: usize| sheet.lines[n].is_open() && unlike.binary_search(&n).is_err();
        let is_sentence = is_plain_sentence(&sheet.lines[n]);
        let extra = if !is_sentence && !is_item(sheet, n) {
            0.0
        } else if n > 0 && stays(n - 1) {
            DOUBT
        } else if is_sentence && is_interrupted(sheet, n, stays) {
            INTERRUPTED
        } else {
            DOUBT * short
        };
        if score > limit + extra {
            unlike.push(n);
        }
    }
    unlike
}

/// Whether a line goes on a text that the label of an advertisement interrupts.
fn is_interrupted(sheet: &Sheet<'_>, n: usize, stays: impl Fn(usize) -> bool) -> bool {
    let is_label = |line: &&Line<'_>| line.was(Category::Advert);
    let labels = sheet.lines[..n].iter().rev().take(LABELS).take_while(is_label).count();
    let before = n.checked_sub(labels + 1).filter(|_| labels > 0);
    let goes_on = |before: usize| sheet.lines[before].is_prose() && stays(before);
    sheet.lines[n].words() >= GOING_ON_WORDS && before.is_some_and(goes_on)
}

/// How short a text of so many words of running text is, from 0 to 1.
fn shortness(words: usize) -> f32 {
    ((SHORT.end - words as f32) / (SHORT.end - SHORT.start)).clamp(0.0, 1.0)
}

/// A whole sentence that no rule knows.
fn is_plain_sentence(line: &Line<'_>) -> bool {
    line.ends && line.words() >= SENTENCE_WORDS && !line.is_suspect()
}

/// An item of a list in which the numbers stand written, that no rule knows.
fn is_item(sheet: &Sheet<'_>, n: usize) -> bool {
    let number = |n: usize| sheet.lines.get(n).and_then(|line| item_number(&line.text));
    let follows =
        |n: usize| number(n).zip(number(n + 1)).is_some_and(|(own, next)| next.checked_sub(1) == Some(own));
    !sheet.lines[n].is_suspect() && (follows(n) || n > 0 && follows(n - 1))
}

/// The number that a line begins with, as items of a list do: `1. One`, `2) Two`.
fn item_number(text: &str) -> Option<u32> {
    let (number, rest) = text.split_at(text.find(|c: char| !c.is_ascii_digit())?);
    let rest = rest.strip_prefix(['.', ')'])?;
    rest.starts_with(' ').then(|| number.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_fits_the_features() {
        assert!(Table::built_in().0.scores(&[[0.0; crate::scorer::MAX_FEATURES]])[0].is_finite());
    }

    #[test]
    fn items_begin_with_their_number() {
        assert_eq!((item_number("1. One"), item_number("12) Twelve")), (Some(1), Some(12)));
        for text in ["1.5 metres", "1 One", "One", "12", "99999999999. Many"] {
            assert_eq!(item_number(text), None, "{text}");
        }
    }

    #[test]
    fn texts_are_short_by_degrees() {
        assert_eq!((shortness(12), shortness(275), shortness(4_000)), (1.0, 0.5, 0.0));
    }
}
