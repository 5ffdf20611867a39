//! Captions that no credit gives away: said twice, pointing into the picture, or named as handed out.
use super::sheet::Sheet;
use super::tally::Tally;
use super::topics::BuildWordHasher;
use super::{Asked, Judge, JudgeRule};
use regex::Regex;
use std::sync::LazyLock;

/// Bytes from which a line that begins the next one is more than a word they share.
const PREFIX_BYTES: usize = 16;

/// Share of the shorter line's words that must stand in the longer one beside it, in whatever order.
const OVERLAP: f64 = 0.8;

/// Words of a line from which a share of them says something.
const OVERLAP_WORDS: usize = 8;

/// The row in `JUDGES`.
pub(super) const JUDGE: Judge =
    Judge { name: "caption", rules: &[DOUBLED, POSITIONS], judge: Asked::Lines(judge) };

const DOUBLED: JudgeRule = JudgeRule {
    id: "caption/doubled",
    summary: "A line said twice in a row, the second time perhaps with a credit: a picture's alternative text and its caption.",
};

const POSITIONS: JudgeRule = JudgeRule {
    id: "caption/positions",
    summary: "A line that says who stands where in a picture: (left), second from right, (centre 3rd L).",
};

#[expect(clippy::unwrap_used, reason = "an expression written here, parsed by the tests")]
static POSITION: LazyLock<Regex> = LazyLock::new(|| {
    let side = r"(?:left|right|cent(?:re|er)|middle|top|bottom|above|below|[lr])";
    let more = format!(r"(?:{side}|c|side|front|back|row|\d(?:st|nd|rd|th)|second|third|fourth|from|to)");
    Regex::new(&format!(
        r"(?x) (?: (?-i:\p{{Lu}}) [\p{{L}}\p{{M}}.'’-]* | \d ) ,\s (?i:(?:far\s|{side}\s)? (?:left|right|cent(?:re|er)) (?:,|\s(?:and|with)\s))
            | \s \( (?i:(?:{more}[\s,-]+){{0,4}} (?:{side}|(?:front|back)\srow) (?:[\s,-]+{more}){{0,4}}) \)"
    ))
    .unwrap()
});

/// Whether a text says who stands where in a picture.
pub(super) fn points(text: &str, tally: &Tally) -> bool {
    // Where there is neither comma nor bracket the expression need not look.
    (tally.commas > 0 || text.contains('('))
        && POSITION.is_match(text)
        && !text.contains(['"', '“', '”', '«', '„'])
}

fn judge(sheet: &mut Sheet<'_>) {
    // A page's elements tell captions; what they left is said twice for other reasons.
    if sheet.is_page() {
        return;
    }
    doubled(sheet);
    for line in &mut sheet.lines {
        if line.is_open() && line.points {
            line.cut(&POSITIONS);
        }
    }
}

/// Two lines in a row that say the same, cut parts apart: both are captions.
fn doubled(sheet: &mut Sheet<'_>) {
    for n in 1..sheet.lines.len() {
        let (before, this) = (&sheet.lines[n - 1], &sheet.lines[n]);
        let prefix = before.folded().len() >= PREFIX_BYTES && this.folded().starts_with(before.folded());
        let same =
            prefix && (this.folded().len() == before.folded().len() || !this.is_open() || !before.ends);
        if same || (!this.is_open() && overlap(this.folded(), before.folded()) >= OVERLAP) {
            sheet.lines[n - 1].cut(&DOUBLED);
            sheet.lines[n].cut(&DOUBLED);
        }
    }
}

/// The share of the shorter line's words that stand in the longer one; none if it has too few.
fn overlap(a: &str, b: &str) -> f64 {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let words: std::collections::HashSet<&str, BuildWordHasher> = long.split(' ').collect();
    let of = short.split(' ').count();
    if of < OVERLAP_WORDS {
        return 0.0;
    }
    short.split(' ').filter(|word| words.contains(word)).count() as f64 / of as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_stand_in_brackets_of_their_own_or_behind_a_name() {
        let points = |text| points(text, &Tally::of(text));
        for text in [
            "Ada Novak (left) and Bo Lind",
            "Ada Novak (second from right) opens the lock",
            "Keepers (back row, from left) of the lamp",
            "Ada Novak, left, and Bo Lind",
            "Bo Lind, 45, right, with a lamp",
        ] {
            assert!(points(text), "{text}");
        }
        for text in [
            "print(row)",
            "(c) Every lamp has its keeper.",
            "She is its chief technician (CTO).",
            "Ada Novak (2nd)",
            "They spoke of wrong and right, right and wrong.",
        ] {
            assert!(!points(text), "{text}");
        }
    }
}
