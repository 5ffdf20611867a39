//! The headline: found, taken into the title field, and cut wherever it is said again.
use super::sheet::{Line, Sheet};
use super::{Asked, Judge, JudgeRule};
use crate::model::{Block, BlockKind, FieldName, Verdict};
use crate::rules::{Category, fold};

/// Words of a headline.
const TITLE_WORDS: std::ops::RangeInclusive<usize> = 4..=30;

/// Words of a headline that is proven by its place and its neighbours.
const SHORT_TITLE_WORDS: usize = 2;

/// Words of a line that goes on with a sentence, at least: what begins small and is shorter may name who wrote it.
const PIECE_WORDS: usize = 4;

/// Lines that could be the headline, from which on they are a list, unless one speaks of what the body speaks of.
const LISTED: usize = 2;

/// Share of its longer words that a headline has in common with its body; a menu has next to none.
const ON_TOPIC: f32 = 0.25;

/// The row in `JUDGES`.
pub(super) const JUDGE: Judge =
    Judge { name: "headline", rules: &[TITLE, SECOND], judge: Asked::Lines(judge) };

const TITLE: JudgeRule =
    JudgeRule { id: "headline/title", summary: "The headline, which becomes the title, and its repeats." };

const SECOND: JudgeRule = JudgeRule {
    id: "headline/second",
    summary: "A line above the text that would pass for the headline, below the one that did.",
};

fn judge(sheet: &mut Sheet<'_>) {
    let Some(title) = title(sheet) else { return };
    let folded = fold(&title);
    sheet.note(FieldName::Title, &title);
    let page = sheet.is_page();
    let is_taken = |block: &Block| matches!(block.verdict(), Verdict::Field(FieldName::Title, _));
    let second = !page && sheet.document.blocks.iter().any(is_taken);
    for n in 0..sheet.lines.len() {
        // In a page a headline is a heading; elsewhere its words may be an item of a list or a part of the text.
        let elsewhere = page && !matches!(sheet.block(n).kind, BlockKind::Heading(_));
        let line = &mut sheet.lines[n];
        if line.folded() == folded && !line.is_prose() && !elsewhere {
            if second { line.cut(&SECOND) } else { line.take_as_title(&TITLE) }
        }
    }
}

/// The page's own title; else the first line above the body that could be one, at best one that speaks of what
/// the body speaks of: menus stand above headlines.
fn title(sheet: &Sheet<'_>) -> Option<String> {
    if let Some(title) = &sheet.document.fields.title
        && sheet.is_page()
    {
        return Some(title.clone());
    }
    let first = sheet.first_prose()?;
    let mut body = vec![false; sheet.memory.topics.len()];
    for line in sheet.lines[first..].iter().filter(|line| line.is_prose()) {
        line.topic().iter().for_each(|&word| body[word as usize] = true);
    }
    let shared = |line: &Line<'_>| line.topic().iter().filter(|&&word| body[word as usize]).count();
    let on_topic =
        |line: &Line<'_>| shared(line) > 0 && shared(line) as f32 >= ON_TOPIC * line.topic().len() as f32;
    let fits = |&n: &usize| {
        let line = &sheet.lines[n];
        let proven = n == 0 && (on_topic(line) || sheet.lines[1].is(Category::Byline));
        line.is_open()
            && line.words() <= *TITLE_WORDS.end()
            && line.words() >= if proven { SHORT_TITLE_WORDS } else { *TITLE_WORDS.start() }
            && !line.is_suspect()
            && !line.text.ends_with(['.', ':', '…'])
            && !is_broken(sheet, n)
    };
    let candidates = || (0..first).filter(fits);
    let only = || candidates().next().filter(|_| candidates().nth(LISTED).is_none());
    let found = candidates().find(|&n| on_topic(&sheet.lines[n])).or_else(only);
    found.map(|n| sheet.lines[n].text.clone().into_owned())
}

/// Whether a line is a piece of a sentence that goes on in the line after it, or began in the line before.
fn is_broken(sheet: &Sheet<'_>, n: usize) -> bool {
    let breaks = |n: usize| {
        let goes_on = |next: &Line<'_>| next.words() >= PIECE_WORDS && begins_small(&next.text);
        let (line, next) = (&sheet.lines[n], sheet.lines.get(n + 1));
        !line.ends && !line.is_suspect() && next.is_some_and(|next| !next.is_suspect() && goes_on(next))
    };
    breaks(n) || n > 0 && breaks(n - 1)
}

/// Whether the first word is of small letters alone: a name such as eBay is not.
fn begins_small(text: &str) -> bool {
    text.starts_with(char::is_lowercase)
        && text.split(' ').next().is_some_and(|word| !word.contains(char::is_uppercase))
}
