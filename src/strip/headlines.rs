//! The headline: found, taken into the title field, and cut wherever it is said again.
use super::sheet::{Line, Sheet};
use super::{Asked, Judge, JudgeRule};
use crate::model::{BlockKind, FieldName};
use crate::rules::fold;

/// Words of a headline.
const TITLE_WORDS: std::ops::RangeInclusive<usize> = 4..=30;

/// Share of its longer words that a headline has in common with its body; a menu has next to none.
const ON_TOPIC: f32 = 0.25;

/// The row in `JUDGES`.
pub(super) const JUDGE: Judge = Judge { name: "headline", rules: &[TITLE], judge: Asked::Lines(judge) };

const TITLE: JudgeRule =
    JudgeRule { id: "headline/title", summary: "The headline, which becomes the title, and its repeats." };

fn judge(sheet: &mut Sheet<'_>) {
    let Some(title) = title(sheet) else { return };
    let folded = fold(&title);
    sheet.note(FieldName::Title, &title);
    let page = sheet.is_page();
    for n in 0..sheet.lines.len() {
        // In a page a headline is a heading; elsewhere its words may be an item of a list or a part of the text.
        let elsewhere = page && !matches!(sheet.block(n).kind, BlockKind::Heading(_));
        let line = &mut sheet.lines[n];
        if line.folded() == folded && !line.is_prose() && !elsewhere {
            line.take_as_title(&TITLE);
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
    let fits = |line: &&Line<'_>| {
        line.is_open()
            && TITLE_WORDS.contains(&line.words())
            && !line.is_suspect()
            && !line.text.ends_with(['.', ':', '…'])
    };
    let on_topic = |line: &&Line<'_>| {
        let shared = line.topic().iter().filter(|&&word| body[word as usize]).count();
        shared as f32 >= ON_TOPIC * line.topic().len() as f32
    };
    let candidates = || sheet.lines[..first].iter().filter(fits);
    candidates().find(on_topic).or_else(|| candidates().next()).map(|line| line.text.clone().into_owned())
}
