//! Words that an expression cannot match without: most blocks hold none, so most expressions never run.
//!
//! The method is that of RE2's FilteredRE2: a set of literals is read off the parsed expression such that every
//! match holds at least one of them; one automaton finds the literals of all expressions in one pass.
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use regex_syntax::hir::{Class, Hir, HirKind};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// Characters of the shortest literal worth looking for: shorter ones are in every line.
const MIN_CHARS: usize = 2;

/// Literals of one expression; beyond this many it is tried on every block.
const MAX_LITERALS: usize = 400;

/// Literals up to which a table of all steps is made: twice as fast to walk as one of fewer steps, but it takes
/// long to make for many literals (some milliseconds for so many).
const FEW_LITERALS: usize = 1_500;

/// Expressions that may match most blocks, at most: room for these is made beforehand.
const MANY_CANDIDATES: usize = 32;

/// Which expressions may match a block, by the literals it holds.
pub(super) struct Filter {
    literals: Vec<String>,
    /// Finds the literals; made when a block first needs it. Nothing if it cannot be made.
    automaton: OnceLock<Option<AhoCorasick>>,
    /// Expressions by literal.
    owners: Vec<Vec<usize>>,
    /// Expressions without literals.
    always: Vec<usize>,
}

impl Filter {
    /// Builds the filter of parsed expressions; they are named by their place.
    pub(super) fn new<'a>(expressions: impl Iterator<Item = (usize, &'a Hir)>) -> Filter {
        let mut owners: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut always = Vec::new();
        for (index, hir) in expressions {
            match needs(hir).filter(|needs| needs.len() <= MAX_LITERALS) {
                Some(needs) => {
                    needs.into_iter().for_each(|literal| owners.entry(literal).or_default().push(index));
                }
                None => always.push(index),
            }
        }
        let (literals, owners) = owners.into_iter().unzip();
        Filter { literals, automaton: OnceLock::new(), owners, always }
    }

    /// The expressions that may match a text, given folded; in their order.
    pub(super) fn candidates(&self, folded: &str) -> Vec<usize> {
        let automaton = self.automaton.get_or_init(|| {
            let kind = (self.literals.len() <= FEW_LITERALS).then_some(AhoCorasickKind::DFA);
            AhoCorasick::builder().kind(kind).build(&self.literals).ok()
        });
        let mut found = Vec::with_capacity(MANY_CANDIDATES);
        match automaton {
            Some(automaton) => {
                for literal in automaton.find_overlapping_iter(folded) {
                    found.extend(&self.owners[literal.pattern().as_usize()]);
                }
            }
            None => found.extend(self.owners.iter().flatten()),
        }
        found.extend(&self.always);
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Literals, in lower case and of letters and digits only, of which every match holds at least one.
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
    let texts: Vec<String> = texts.map(|text| super::fold(&text)).collect();
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

    #[test]
    fn candidates_are_those_with_a_literal_in_the_text() {
        let parse = |pattern: &str| regex_syntax::parse(pattern).unwrap();
        let filter = Filter::new([parse("photo"), parse(r"\d+"), parse("image|photo")].iter().enumerate());
        assert_eq!(filter.candidates("a photograph"), [0, 1, 2]);
        assert_eq!(filter.candidates("nothing"), [1]);
    }
}
