//! Lines in a row that end alike, and what a line shares with those beside it: paragraphs stand together, and so
//! do labels.
use super::{flag, share};
use crate::strip::sheet::Line;

/// Lines of running text from the first on that open a text: what it is about is said there.
const OPENING: usize = 3;

/// What the words of a text's running lines come to on average where it has none.
const USUAL_WORDS: f32 = 20.0;

/// Digits of a year.
const YEAR_DIGITS: usize = 4;

/// What the blocks of a document's lines tell.
pub(super) struct Blocks {
    /// The words of the block that each line stands in: lines in a row that end like sentences, or, counted below
    /// nothing, lines that do not.
    words: Vec<f32>,
    /// Words of a line of running text, on average.
    usual_words: f32,
    /// The share of each line's words that stand in the line before it, in the line after it, in the opening.
    before: Vec<f32>,
    after: Vec<f32>,
    opening: Vec<f32>,
}

impl Blocks {
    /// Looks over all lines.
    pub(super) fn new(lines: &[Line<'_>], words_in_all: usize) -> Blocks {
        let prose: Vec<&Line<'_>> = lines.iter().filter(|line| line.is_prose()).collect();
        let sum: usize = prose.iter().map(|line| line.words()).sum();
        let usual_words = if prose.is_empty() { USUAL_WORDS } else { sum as f32 / prose.len() as f32 };
        let mut opens = vec![false; words_in_all];
        for line in prose.iter().take(OPENING) {
            line.topic().iter().for_each(|&word| opens[word as usize] = true);
        }
        let in_opening = |line: &Line<'_>| {
            let shared = line.topic().iter().filter(|&&word| opens[word as usize]).count();
            share(shared, line.topic().len())
        };
        let (before, after) = beside(lines, words_in_all);
        Blocks {
            words: block_words(lines),
            usual_words,
            before,
            after,
            opening: lines.iter().map(in_opening).collect(),
        }
    }

    /// Adds the features of a line to a row.
    pub(super) fn append(&self, n: usize, line: &Line<'_>, row: &mut Vec<f32>) {
        row.extend([
            self.words[n],
            line.words() as f32 / self.usual_words,
            self.before[n],
            self.after[n],
            self.opening[n],
        ]);
    }
}

/// The words of the block of each line.
fn block_words(lines: &[Line<'_>]) -> Vec<f32> {
    let mut words = Vec::with_capacity(lines.len());
    for block in lines.chunk_by(|a, b| a.ends == b.ends) {
        let sum = block.iter().map(|line| line.words()).sum::<usize>() as f32;
        let sum = if block[0].ends { sum } else { -sum };
        words.extend(std::iter::repeat_n(sum, block.len()));
    }
    words
}

/// The share of each line's words that the line before it has too, and the line after it.
fn beside(lines: &[Line<'_>], words_in_all: usize) -> (Vec<f32>, Vec<f32>) {
    // The place, from 1, of the line that each word was met in last.
    let mut met = vec![0; words_in_all];
    let (mut before, mut after) = (Vec::with_capacity(lines.len()), vec![0.0; lines.len()]);
    for (n, line) in lines.iter().enumerate() {
        let mut shared = 0;
        for &word in line.topic() {
            let last = std::mem::replace(&mut met[word as usize], n + 1);
            shared += usize::from(n > 0 && last == n);
        }
        before.push(share(shared, line.topic().len()));
        if let Some(above) = n.checked_sub(1) {
            after[above] = share(shared, lines[above].topic().len());
        }
    }
    (before, after)
}

/// Whether a text names a year of the last or this century.
pub(super) fn names_a_year(text: &str) -> bool {
    let stands_alone = |at: usize| {
        let before = text[..at].chars().next_back();
        let after = text[at + YEAR_DIGITS..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    };
    let is_year = |four: &[u8]| {
        matches!(four, [b'1', b'9', ..] | [b'2', b'0', ..]) && four.iter().all(u8::is_ascii_digit)
    };
    let mut fours = text.as_bytes().windows(YEAR_DIGITS).enumerate();
    fours.any(|(at, four)| is_year(four) && stands_alone(at))
}

/// What a line begins with: a small letter, a digit, a quote.
pub(super) fn begins(text: &str) -> [f32; 3] {
    [
        flag(text.starts_with(char::is_lowercase)),
        flag(text.starts_with(|c: char| c.is_ascii_digit())),
        flag(text.starts_with(['"', '\'', '“', '„', '«', '»', '‘', '”'])),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::strip::features::tests::with_sheet;

    #[test]
    fn lines_in_a_row_make_blocks() {
        let text = "Menu\nShare\nThe old harbour was closed.\nThe harbour master was sorry.\nMore\n";
        with_sheet(text, |sheet, topics| {
            assert_eq!(block_words(&sheet.lines), [-2.0, -2.0, 10.0, 10.0, -1.0]);
            let (before, after) = beside(&sheet.lines, topics);
            assert_eq!((before[3], after[3], after[1]), (1.0 / 3.0, 0.0, 0.0));
            assert_eq!(after[2], 1.0 / 2.0);
        });
    }

    #[test]
    fn years_are_four_digits() {
        assert!(names_a_year("In May 2031, he") && names_a_year("(1999)"));
        assert!(!names_a_year("20311 or 203 or 2150s or 3000"));
    }
}
