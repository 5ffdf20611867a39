//! What a page's elements say of its blocks: hidden text, menus, footers, comments, and what lies outside the
//! main content.
use super::sheet::{Line, Sheet};
use super::{Asked, Judge, JudgeRule};
use crate::config::Scorer;
use crate::model::{Element, Outline};
use crate::strip::topics::BuildWordHasher;
use std::collections::HashMap;

/// Elements that hold a page's furniture, never its text.
const CHROME_TAGS: &[&str] = &[
    "nav", "footer", "aside", "form", "button", "select", "option", "dialog", "menu", "fieldset", "textarea",
    "legend",
];

/// Words of class, id or role that say the same. A word counts where it begins a part of a name.
const CHROME_WORDS: &[&str] = &[
    "advert",
    "banner",
    "breadcrumb",
    "comment",
    "complementary",
    "consent",
    "contentinfo",
    "cookie",
    "disqus",
    "footer",
    "gdpr",
    "menu",
    "modal",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "outbrain",
    "pagination",
    "paywall",
    "popup",
    "promo",
    "recirc",
    "recommend",
    "related",
    "share",
    "sharing",
    "sidebar",
    "signup",
    "skip",
    "social",
    "sponsor",
    "subscribe",
    "taboola",
    "toolbar",
    "tooltip",
    "widget",
];

/// Elements so large that a word on them says nothing of the text within.
const WHOLE_PAGE: &[&str] = &["html", "body", "main", "article"];

/// Share of the page's running text that no furniture holds: a form around the whole page is none.
const TOO_MUCH: f64 = 0.4;

/// Share of a page's running text that it hides above which scripts will show it, and it may be content.
const MOSTLY_HIDDEN: f64 = 0.4;

/// What a block that is not running text costs the element around it, in words.
const GAP_COST: f64 = 6.0;

/// Share of a block's text inside links above which it is a link, not text.
const LINK_SHARE: f64 = 0.5;

/// The row in `JUDGES`.
pub(super) const JUDGE: Judge =
    Judge { name: "chrome", rules: &[HIDDEN, FURNITURE, LINKS, OUTSIDE], judge: Asked::Lines(judge) };

const HIDDEN: JudgeRule =
    JudgeRule { id: "chrome/hidden", summary: "Text that the page hides from its readers." };
const FURNITURE: JudgeRule = JudgeRule {
    id: "chrome/furniture",
    summary: "Text in menus, footers, forms, side bars, comments, share bars.",
};
const LINKS: JudgeRule = JudgeRule { id: "chrome/links", summary: "A short block that is mostly links." };
const OUTSIDE: JudgeRule =
    JudgeRule { id: "chrome/outside", summary: "Text outside the element that holds the most running text." };

fn judge(sheet: &mut Sheet<'_>) {
    if !sheet.is_page() || sheet.document.selected || sheet.config.scorer != Scorer::Rules {
        return;
    }
    let outline = &sheet.document.outline;
    let prose = sums(sheet, |line, _| if line.is_prose() { line.words() as f64 } else { 0.0 });
    let too_much = TOO_MUCH * prose.first().copied().unwrap_or_default();
    let furniture = furniture(outline, |element| prose[element] <= too_much);
    let hidden = hidden_share(sheet);
    for n in 0..sheet.lines.len() {
        let evidence = &sheet.block(n).evidence;
        let line = &mut sheet.lines[n];
        if evidence.hidden && hidden <= MOSTLY_HIDDEN {
            line.cut(&HIDDEN);
        } else if evidence.element.is_some_and(|element| furniture[element as usize]) {
            line.cut(&FURNITURE);
        }
    }
    let Some(main) = main_element(sheet) else { return };
    for n in sheet.open() {
        let evidence = &sheet.block(n).evidence;
        let inside = outline.upwards(evidence.element).any(|(element, _)| element == main);
        let link_share = f64::from(evidence.link_bytes) / sheet.lines[n].text.len().max(1) as f64;
        let line = &mut sheet.lines[n];
        if !inside {
            line.cut(&OUTSIDE);
        } else if link_share > LINK_SHARE && !line.is_prose() {
            line.cut(&LINKS);
        }
    }
}

/// Of each element, whether it is, or stands in, the page's furniture; large elements are none.
pub(super) fn furniture(outline: &Outline, small: impl Fn(usize) -> bool) -> Vec<bool> {
    let mut inside = Vec::with_capacity(outline.elements.len());
    let mut named: HashMap<&str, bool, BuildWordHasher> = HashMap::default();
    let mut names = |words| *named.entry(words).or_insert_with(|| name_furniture(words));
    for (n, element) in outline.elements.iter().enumerate() {
        // Parents stand before children, so theirs is known.
        let above = element.parent.is_some_and(|parent| inside[parent as usize]);
        inside.push(above || (is_furniture(element, outline, &mut names) && small(n)));
    }
    inside
}

/// The share of the page's running text that the page hides: where it is most of it, scripts will show it.
fn hidden_share(sheet: &Sheet<'_>) -> f64 {
    let words = |hidden: bool| -> usize {
        let lines = (0..sheet.lines.len()).filter(|&n| sheet.lines[n].is_prose());
        lines.filter(|&n| !hidden || sheet.block(n).evidence.hidden).map(|n| sheet.lines[n].words()).sum()
    };
    words(true) as f64 / words(false).max(1) as f64
}

/// Whether an element is furniture; `names` says whether its words name any.
fn is_furniture<'a>(
    element: &'a Element,
    outline: &Outline,
    names: &mut impl FnMut(&'a str) -> bool,
) -> bool {
    let tag = &*element.tag;
    if CHROME_TAGS.contains(&tag) {
        return true;
    }
    if tag == "header" {
        return !outline.upwards(element.parent).any(|(_, above)| matches!(&*above.tag, "article" | "main"));
    }
    !WHOLE_PAGE.contains(&tag) && names(&element.words)
}

fn name_furniture(words: &str) -> bool {
    words.split([' ', '-', '_', ':']).any(names_furniture)
}

fn names_furniture(word: &str) -> bool {
    let first = word.as_bytes().first();
    CHROME_WORDS.iter().filter(|known| known.as_bytes().first() == first).any(|known| {
        word.strip_prefix(known).is_some_and(|rest| matches!(rest, "" | "s" | "ed" | "list" | "box"))
    })
}

/// The element with the greatest sum of running text, less what other blocks in it cost; the innermost such.
fn main_element(sheet: &Sheet<'_>) -> Option<u32> {
    let sums = sums(sheet, |line, text_share| match line.is_prose() {
        true => line.words() as f64 * text_share,
        false => -GAP_COST * (1.0 - text_share),
    });
    let best = sums.iter().copied().fold(0.0, f64::max);
    (best > 0.0).then(|| sums.iter().rposition(|&sum| sum >= best).unwrap_or(0) as u32)
}

/// For each element the sum of a weight over the open lines in it; the weight is given the share of the line's
/// text outside links.
fn sums(sheet: &Sheet<'_>, weight: impl Fn(&Line<'_>, f64) -> f64) -> Vec<f64> {
    let elements = &sheet.document.outline.elements;
    let mut sums = vec![0.0; elements.len()];
    for n in sheet.open() {
        let (evidence, line) = (&sheet.block(n).evidence, &sheet.lines[n]);
        let text_share = 1.0 - f64::from(evidence.link_bytes) / line.text.len().max(1) as f64;
        if let Some(element) = evidence.element {
            sums[element as usize] += weight(line, text_share);
        }
    }
    // Children stand after their parents: from the end, each sum is whole before it is added above.
    for n in (0..sums.len()).rev() {
        if let Some(parent) = elements[n].parent {
            sums[parent as usize] += sums[n];
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::names_furniture;

    #[test]
    fn furniture_is_named_by_whole_words() {
        for word in ["nav", "comments", "related", "menu", "sidebar"] {
            assert!(names_furniture(word), "{word}");
        }
        for word in ["navy", "commentary", "menuiserie", "relate"] {
            assert!(!names_furniture(word), "{word}");
        }
    }
}
