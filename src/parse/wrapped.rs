//! Hard-wrapped text: lines that were broken where the next word no longer fitted, joined to paragraphs again.
use crate::model::{ends_like_a_sentence, is_unspaced};

/// Columns between which a hard-wrapped text breaks its lines: RFC 3676 says 66 to 78, typewriters 60.
const WRAP_COLUMNS: std::ops::RangeInclusive<usize> = 50..=100;

/// Columns of a tab at the begin of a line, as terminals show it.
const TAB_COLUMNS: usize = 8;

/// Share of the breaks inside paragraphs that must stand where the next word no longer fits.
const WRAPPED_SHARE: f64 = 0.9;

/// Fewer breaks than this tell nothing.
const TELLING_BREAKS: usize = 4;

/// The same of breaks inside sentences, which lists and verse seldom have.
const TELLING_INSIDE: usize = 2;

/// Share of the width that a line broken by hand may leave free.
const RAGGED: f64 = 0.1;

/// Share of the paragraphs of several lines that must end like a sentence: columns of a table do not.
const WHOLE_SHARE: f64 = 0.5;

/// A line that is not blank.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    /// The line without the blanks at its ends.
    pub(super) text: &'a str,
    /// The blanks before it.
    pub(super) margin: &'a str,
    /// Its number in the text, from 1.
    pub(super) number: u32,
    /// Whether it stands right below another one, without a blank line between.
    pub(super) goes_on: bool,
}

impl Line<'_> {
    fn columns(&self) -> usize {
        self.indent() + self.text.chars().count()
    }

    fn indent(&self) -> usize {
        self.margin.chars().map(|blank| if blank == '\t' { TAB_COLUMNS } else { 1 }).sum()
    }
}

/// The lines of each paragraph, where the text is hard-wrapped; else each line by itself.
pub(super) fn paragraphs<'l, 'a>(lines: &'l [Line<'a>]) -> impl Iterator<Item = &'l [Line<'a>]> {
    let wrap = Wrap::of(lines);
    lines.chunk_by(move |line, next| wrap.is_some_and(|wrap| wrap.joins(line, next)))
}

/// How a text is wrapped.
#[derive(Clone, Copy)]
struct Wrap {
    /// The columns that no line exceeds.
    column: usize,
    /// Of these, the columns that a line may leave free although the next word would have fitted.
    ragged: usize,
    /// Whether a line that stands further in than the one before begins a paragraph.
    by_indent: bool,
}

impl Wrap {
    /// How the text is wrapped, if it is. Either nearly every break inside a paragraph stands where the next word
    /// would not have fitted, and there are paragraphs, told by blank lines; or nearly every break inside a sentence
    /// stands near there.
    fn of(lines: &[Line<'_>]) -> Option<Wrap> {
        // No character has more than four bytes, so one long line is answer enough.
        let most = *WRAP_COLUMNS.end();
        if lines.iter().any(|line| line.text.len() > 4 * most) {
            return None;
        }
        let mut column = 0;
        for line in lines {
            column = column.max(line.columns());
            if column > most {
                return None;
            }
        }
        if !WRAP_COLUMNS.contains(&column) {
            return None;
        }
        let strict = Wrap { column, ragged: 0, by_indent: false };
        let loose = Wrap { column, ragged: (RAGGED * column as f64) as usize, by_indent: true };
        if strict.fits_all(lines) { Some(strict) } else { loose.fits_sentences(lines).then_some(loose) }
    }

    /// Whether nearly every break inside a paragraph was forced.
    fn fits_all(self, lines: &[Line<'_>]) -> bool {
        let paragraphs = lines.iter().filter(|line| !line.goes_on).count();
        let breaks = lines.len() - paragraphs;
        let forced = lines.windows(2).filter(|pair| self.joins(&pair[0], &pair[1])).count();
        paragraphs > 1 && breaks >= TELLING_BREAKS && forced as f64 >= WRAPPED_SHARE * breaks as f64
    }

    /// Whether nearly every break inside a sentence was forced, and the paragraphs end like sentences.
    fn fits_sentences(self, lines: &[Line<'_>]) -> bool {
        let inside =
            || lines.windows(2).filter(|pair| self.goes_on(&pair[0], &pair[1])).filter(breaks_a_sentence);
        let (breaks, forced) =
            (inside().count(), inside().filter(|pair| self.joins(&pair[0], &pair[1])).count());
        if forced < TELLING_INSIDE || (forced as f64) < WRAPPED_SHARE * breaks as f64 {
            return false;
        }
        let joined = || lines.chunk_by(|line, next| self.joins(line, next)).filter(|lines| lines.len() > 1);
        let whole = joined().filter(|lines| lines.last().is_some_and(|line| ends_like_a_sentence(line.text)));
        whole.count() as f64 >= WHOLE_SHARE * joined().count() as f64
    }

    /// Whether a line goes on where its first word would not have fitted on the line before.
    fn joins(self, line: &Line<'_>, next: &Line<'_>) -> bool {
        let word = next.text.split_whitespace().next().map_or(0, |word| word.chars().count());
        self.goes_on(line, next) && line.columns() + 1 + word + self.ragged > self.column
    }

    /// Whether a line belongs to the same paragraph as the one before.
    fn goes_on(self, line: &Line<'_>, next: &Line<'_>) -> bool {
        next.goes_on && !(self.by_indent && next.indent() > line.indent())
    }
}

/// Whether two lines are one sentence: the first has no end, and the second begins with a small letter, or with a
/// letter of a script that has none, but puts blanks between its words.
fn breaks_a_sentence(pair: &&[Line<'_>]) -> bool {
    let goes_on = |c: char| c.is_alphabetic() && !c.is_uppercase() && !is_unspaced(c);
    !ends_like_a_sentence(pair[0].text) && pair[1].text.starts_with(goes_on)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The paragraphs of a text, each with its lines joined.
    fn joined(text: &str) -> Vec<String> {
        let mut lines: Vec<Line<'_>> = Vec::new();
        let mut goes_on = false;
        for (line, number) in text.lines().zip(1..) {
            let text = line.trim_start();
            if !text.is_empty() {
                lines.push(Line { text, margin: &line[..line.len() - text.len()], number, goes_on });
            }
            goes_on = !text.is_empty();
        }
        let join = |lines: &[Line<'_>]| lines.iter().map(|line| line.text).collect::<Vec<_>>().join(" ");
        paragraphs(&lines).map(join).collect()
    }

    #[test]
    fn hard_wrapped_paragraphs_are_joined() {
        let text = "The harbour of the town was closed on Monday after a ship ran\n\
                    aground on the sandbank that the pilots had warned about for\n\
                    several years.\n\n\
                    Nobody was hurt, said the harbour master, but the oil must be\n\
                    pumped out of the wreck before it can be towed away to another\n\
                    port.\n";
        let blocks = joined(text);
        assert_eq!(blocks.len(), 2);
        assert!(blocks[0].ends_with("warned about for several years."));
    }

    #[test]
    fn few_breaks_inside_sentences_are_enough() {
        let text = "The ferry\n\nThe ferry that runs to the islands will stay here in the harbour\n\
                    on Monday, since the wind that blew for three days has not let up, the\n\
                    pilots say, and nobody knows when it will.\n\nThe islands have bread for a week.\n";
        let blocks = joined(text);
        assert_eq!(blocks.len(), 3);
        assert!(blocks[1].ends_with("the pilots say, and nobody knows when it will."));
    }

    #[test]
    fn paragraphs_are_told_by_their_first_lines() {
        let text = "    The ferry that runs to the islands will stay in the harbour on\n\
                    Monday, since the wind that blew for three days has not yet let up, the\n\
                    pilots say.\n\
                    \x20   The islands have bread for a week.\n\
                    \x20   Nobody on the islands, which are small, seems to be much afraid, for\n\
                    they have known worse.\n";
        let blocks = joined(text);
        assert_eq!(blocks.len(), 3);
        assert_eq!(blocks[1], "The islands have bread for a week.");
    }

    #[test]
    fn scripts_without_capitals_are_joined_too() {
        let text = "أعلن مدير الميناء أن العبارة التي تنقل الركاب إلى الجزر ستبقى في\n\
                    الميناء يوم الاثنين لأن الريح التي هبت منذ ثلاثة أيام لم تهدأ بعد\n\
                    كما قال البحارة.\n\nوفي الجزر خبز يكفي أسبوعا.\n";
        assert_eq!(joined(text).len(), 2);
    }

    #[test]
    fn other_lines_are_not_joined() {
        let verse = "Roses are red\nViolets are blue\n\nThe sea is deep\nAnd so are you\n\nA line\nAnother\n";
        assert_eq!(joined(verse).len(), 6);
        let listing = "drwxr-xr-x 2 keeper harbour  4096 2031-05-03 10:40 lamps of the lighthouse\n\
                       drwxr-xr-x 2 keeper harbour  4096 2031-05-03 10:41 ladders and long ropes\n\
                       drwxr-xr-x 2 keeper harbour  4096 2031-05-03 10:42 things for the garden\n";
        assert_eq!(joined(listing).len(), 3);
        let ideographs = "港口管理局星期一宣布开往各个岛屿的渡轮将继续停泊在港口直到大风停止为止而且不知道何时能够恢复\n\
                          岛上的居民表示他们已经习惯了这样的天气并且储存了足够一个星期食用的面包和其他各种生活必需品\n\
                          渡轮公司说所有乘客都可以退票。\n";
        assert_eq!(joined(ideographs).len(), 3);
    }
}
