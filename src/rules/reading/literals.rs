//! Words that an expression cannot match without: most blocks hold none, so most expressions never run.
//!
//! The method is that of RE2's FilteredRE2: a set of literals is read off the parsed expression such that every
//! match holds at least one of them.
use super::super::fold::fold;
use regex_syntax::hir::{Class, Hir, HirKind};
use std::collections::BTreeSet;

/// Characters of the shortest literal worth looking for: shorter ones are in every line.
const MIN_CHARS: usize = 2;

/// Literals of one expression; beyond this many it is tried on every block.
const MAX_LITERALS: usize = 400;

/// Literals, in lower case and of letters and digits only, of which every match holds at least one.
pub(super) fn needed(hir: &Hir) -> Option<BTreeSet<String>> {
    needs(hir).filter(|needs| needs.len() <= MAX_LITERALS)
}

fn needs(hir: &Hir) -> Option<BTreeSet<String>> {
    match hir.kind() {
        HirKind::Literal(_) | HirKind::Class(_) => best(single(hir).map(|c| c.to_string()).into_iter()),
        HirKind::Capture(capture) => needs(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => needs(&repetition.sub),
        HirKind::Alternation(branches) => branches
            .iter()
            .map(needs)
            .collect::<Option<Vec<_>>>()
            .map(|sets| sets.into_iter().flatten().collect()),
        HirKind::Concat(parts) => concat(parts),
        _ => None,
    }
}

/// Of parts in a row, the one that tells most: the set whose shortest literal is longest.
fn concat(parts: &[Hir]) -> Option<BTreeSet<String>> {
    let mut run = String::new();
    let mut sets: Vec<BTreeSet<String>> = Vec::new();
    for part in parts {
        match single(part) {
            Some(text) => run.push_str(&text),
            None => {
                sets.extend(best(std::iter::once(std::mem::take(&mut run))));
                sets.extend(needs(part));
            }
        }
    }
    sets.extend(best(std::iter::once(run)));
    let shortest =
        |set: &BTreeSet<String>| set.iter().map(|literal| literal.chars().count()).min().unwrap_or(0);
    sets.into_iter().max_by_key(|set| (shortest(set), std::cmp::Reverse(set.len())))
}

/// The longest word of texts that stand in a row, if it is long enough to tell anything.
fn best(texts: impl Iterator<Item = String>) -> Option<BTreeSet<String>> {
    let texts: Vec<String> = texts.map(|text| fold(&text)).collect();
    let words = texts.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    let longest = words.max_by_key(|word| word.chars().count())?;
    // One character of a script without blanks says as much as a short word elsewhere.
    (longest.chars().count() >= MIN_CHARS || !longest.is_ascii())
        .then(|| BTreeSet::from([longest.to_string()]))
}

/// The text that a part stands for, if it is one text but for case.
fn single(hir: &Hir) -> Option<String> {
    match hir.kind() {
        HirKind::Literal(literal) => Some(std::str::from_utf8(&literal.0).ok()?.to_lowercase()),
        HirKind::Class(Class::Unicode(class)) => {
            let mut chars = class.ranges().iter().flat_map(|range| range.start()..=range.end()).take(5);
            let first = chars.next()?;
            let lower = first.to_lowercase().to_string();
            // Some letters have a third form, such as the long s, which only capitals have in common.
            let same =
                |c: char| c.to_lowercase().eq(lower.chars()) || c.to_uppercase().eq(first.to_uppercase());
            chars.all(same).then_some(lower)
        }
        HirKind::Capture(capture) => single(&capture.sub),
        HirKind::Concat(parts) => parts.iter().map(single).collect(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literals(pattern: &str) -> Option<Vec<String>> {
        let hir = regex_syntax::ParserBuilder::new().case_insensitive(true).build().parse(pattern).unwrap();
        needs(&hir).map(|set| set.into_iter().collect())
    }

    #[test]
    fn every_match_holds_one_of_the_literals() {
        let some = |words: &[&str]| Some(words.iter().map(|word| word.to_string()).collect::<Vec<_>>());
        assert_eq!(literals(r"^\W*(photo|image) by .*$"), some(&["image", "photo"]));
        assert_eq!(literals(r"^(a|the)? ?skip (to )?main$"), some(&["main"]));
        assert_eq!(literals(r"^Опубликовано \d+$"), some(&["опубликовано"]));
        assert_eq!(literals(r"(photo|\d+)$"), None);
        assert_eq!(literals(r"^\d+\s?年$"), some(&["年"]));
        assert_eq!(literals(r"(?:reply)+"), some(&["reply"]));
    }
}
