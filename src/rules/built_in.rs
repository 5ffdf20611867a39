//! The rules built in, as the build script reads them: no TOML and no expression is parsed at the start.
use super::reading::{Reading, Signs};
use super::{Action, Category, Patterns, Proof, Rule, table};
use crate::model::{FieldName, RuleId};
use std::borrow::Cow;

/// Texts of a rule.
type Texts = &'static [&'static str];

/// A rule as it stands in its table.
#[derive(Clone, Copy)]
struct Row {
    id: &'static str,
    category: Category,
    summary: &'static str,
    reason: &'static str,
    action: Action,
    proof: Proof,
    max_words: usize,
    rest_too: bool,
    line: Texts,
    start: Texts,
    end: Texts,
    regex: Texts,
    part: Texts,
    cuts: Texts,
    keeps: Texts,
}

/// What stands in a rule's table where nothing is said.
const NONE: Row = Row {
    id: "",
    category: Category::Glyph,
    summary: "",
    reason: "",
    action: Action::Cut,
    proof: Proof::Strong,
    max_words: table::MAX_WORDS,
    rest_too: false,
    line: &[],
    start: &[],
    end: &[],
    regex: &[],
    part: &[],
    cuts: &[],
    keeps: &[],
};

/// An expression, whether capitals and small letters are the same in it, and what is known of it.
type Known = ((&'static str, bool), Reading);

const fn known(
    literals: &'static str,
    heads: &'static str,
    signs: &'static [u64],
    most_bytes: usize,
    [ascii, western]: [&'static str; 2],
) -> Reading {
    Reading {
        literals: Cow::Borrowed(literals),
        heads: Cow::Borrowed(heads),
        signs: Signs(Cow::Borrowed(signs)),
        most_bytes,
        narrowed: [Cow::Borrowed(ascii), Cow::Borrowed(western)],
    }
}

include!(concat!(env!("OUT_DIR"), "/built_in.rs"));

/// The rules, in the order of the languages and of their names.
pub(super) fn rules() -> Vec<Rule> {
    ROWS.iter().map(Row::rule).collect()
}

impl Row {
    fn rule(&self) -> Rule {
        let texts = |texts: Texts| texts.iter().map(|text| text.to_string()).collect();
        Rule {
            id: RuleId::new(self.id),
            category: self.category,
            summary: self.summary.to_string(),
            reason: self.reason.to_string(),
            action: self.action,
            proof: self.proof,
            max_words: self.max_words,
            patterns: Patterns {
                line: texts(self.line),
                start: texts(self.start),
                end: texts(self.end),
                regex: texts(self.regex),
                part: texts(self.part),
            },
            rest_too: self.rest_too,
            cuts: texts(self.cuts),
            keeps: texts(self.keeps),
        }
    }
}

/// What is known of an expression, if it is one of theirs.
pub(super) fn reading(pattern: &str, any_case: bool) -> Option<Reading> {
    let at = READINGS.binary_search_by(|(key, _)| key.cmp(&(pattern, any_case))).ok()?;
    Some(READINGS[at].1.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_are_those_of_the_tables() {
        let read = |(language, text): &(&str, &str)| table::parse(language, text, language).unwrap();
        let expected: Vec<Rule> = LANGUAGES.iter().flat_map(read).collect();
        assert_eq!(format!("{:#?}", rules()), format!("{expected:#?}"));
    }
}
