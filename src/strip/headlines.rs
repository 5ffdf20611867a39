//! The headline: found, taken into the title field, and cut wherever it is said again.
use super::sheet::Sheet;
use super::{Judge, JudgeRule};
use crate::model::{FieldName, RuleId, Verdict};
use crate::rules::fold;

/// Words of a headline.
const TITLE_WORDS: std::ops::RangeInclusive<usize> = 4..=30;

/// The row in `JUDGES`.
pub(super) const JUDGE: Judge = Judge { name: "headline", rules: &[TITLE], judge };

const TITLE: JudgeRule =
    JudgeRule { id: "headline/title", summary: "The headline, which becomes the title, and its repeats." };

fn judge(sheet: &mut Sheet<'_>) {
    let Some(title) = title(sheet) else { return };
    let folded = fold(&title);
    sheet.note(FieldName::Title, &title);
    for line in &mut sheet.lines {
        if line.folded == folded && !line.is_prose() {
            line.set(Verdict::Field(FieldName::Title, RuleId::new(TITLE.id)));
        }
    }
}

/// The page's own title, or the first line above the body that could be one.
fn title(sheet: &Sheet<'_>) -> Option<String> {
    if let Some(title) = &sheet.document.fields.title
        && sheet.is_page()
    {
        return Some(title.clone());
    }
    let body = sheet.first_prose()?;
    let head = sheet.lines[..body].iter();
    let fits = |line: &&super::sheet::Line<'_>| {
        line.is_open()
            && TITLE_WORDS.contains(&line.words)
            && line.hits.is_empty()
            && !line.text.ends_with(['.', ':', '…'])
    };
    head.clone().find(fits).map(|line| line.text.clone().into_owned())
}
