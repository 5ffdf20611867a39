//! The expressions of all rules: parsed at the start, compiled when a block first needs them.
use super::Rule;
use super::atoms::Filter;
use super::signs::{self, Signs};
use super::western;
use crate::model::{Error, Result};
use rayon::prelude::*;
use regex::{Regex, RegexBuilder};
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// Bytes that one compiled expression may take.
const REGEX_BYTES: usize = 64 << 20;

/// Words from which a block is looked at by fewer expressions: the rules say how long a block they mean, most of
/// them short ones, and the filter costs less the fewer literals it has.
const TIERS: [usize; 5] = [0, 15, 25, 41, 61];

/// Expressions with the rules they belong to, and the filters before them.
pub(super) struct Expressions {
    /// For each of [`TIERS`], over the expressions whose rules look at blocks so long.
    filters: Vec<Filter>,
    list: Vec<Expression>,
    /// The signs of all of them, each once: a text with none of these fits none.
    signs: BTreeSet<Signs>,
}

struct Expression {
    pattern: String,
    any_case: bool,
    rule: usize,
    /// Words of the longest block that the rule looks at.
    max_words: usize,
    /// Signs that every match holds.
    signs: Signs,
    /// Compiled for Western texts, and for all. `None` when the expression turned out too big; [`check`] finds those
    /// beforehand.
    western: OnceLock<Option<Regex>>,
    compiled: OnceLock<Option<Regex>>,
}

impl Expressions {
    /// Parses the expressions of rules; `any_case` tells whether capitals and small letters are the same.
    pub(super) fn new(
        rules: &[Rule],
        patterns: impl Fn(&Rule) -> &[String],
        any_case: bool,
    ) -> Result<Expressions> {
        let mut list = Vec::new();
        for (rule, owner) in rules.iter().enumerate() {
            list.extend(patterns(owner).iter().map(|pattern| Expression {
                pattern: pattern.clone(),
                any_case,
                rule,
                max_words: owner.max_words,
                signs: Signs::default(),
                western: OnceLock::new(),
                compiled: OnceLock::new(),
            }));
        }
        // The filter looks at text in lower case, and classes of both cases take long to parse.
        let hirs: Vec<_> =
            list.par_iter().map(|found| regex_syntax::parse(&found.pattern).map_err(Box::new)).collect();
        let mut parsed = Vec::new();
        for (hir, found) in hirs.into_iter().zip(&mut list) {
            let hir = hir.map_err(|error| wrong(&rules[found.rule], &found.pattern, &error))?;
            found.signs = Signs::of(&hir);
            parsed.push(hir);
        }
        let filter = |least: &usize| {
            let looks = |index: &usize| list[*index].max_words >= *least;
            let wanted = parsed.iter().enumerate().filter(|(index, _)| looks(index));
            Filter::new(wanted)
        };
        let filters = TIERS.iter().map(filter).collect();
        let signs = list.iter().map(|expression| expression.signs.clone()).collect();
        Ok(Expressions { filters, list, signs })
    }

    /// The expressions that may match a text of so many words, given as it is and folded, each with the place of
    /// its rule.
    pub(super) fn candidates(
        &self,
        text: &str,
        folded: &str,
        words: usize,
    ) -> impl Iterator<Item = (&Regex, usize)> {
        let held = signs::held(text);
        let tier = TIERS.iter().rposition(|&least| least <= words).unwrap_or(0);
        let found = match self.signs.iter().any(|signs| signs.are_in(held)) {
            true => self.filters[tier].candidates(folded),
            false => Vec::new(),
        };
        let found_none = found.is_empty();
        let candidates = found.into_iter().map(|index| &self.list[index]);
        let candidates = candidates
            .filter(move |expression| words <= expression.max_words && expression.signs.are_in(held));
        let is_western = !found_none && western::is_western(text);
        candidates.filter_map(move |expression| {
            let western = if is_western { expression.western() } else { None };
            let regex = western.or_else(|| expression.compiled());
            regex.map(|regex| (regex, expression.rule))
        })
    }
}

impl Expression {
    /// For texts of Western characters.
    fn western(&self) -> Option<&Regex> {
        let compiled = || {
            let pattern = western::narrowed(&self.pattern, self.any_case)?;
            RegexBuilder::new(&pattern).size_limit(REGEX_BYTES).build().ok()
        };
        self.western.get_or_init(compiled).as_ref()
    }

    /// For any text.
    fn compiled(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| compile(&self.pattern, self.any_case).ok()).as_ref()
    }
}

/// Compiles the expressions of rules that nobody has tried yet, such as those of a user's file.
///
/// # Errors
/// An expression that is none, or too big, is named with its rule.
pub(super) fn check(rules: &[Rule]) -> Result<()> {
    for rule in rules {
        let whole = rule.patterns.regex.iter().map(|pattern| (pattern, true));
        for (pattern, any_case) in whole.chain(rule.patterns.part.iter().map(|pattern| (pattern, false))) {
            compile(pattern, any_case).map_err(|error| wrong(rule, pattern, &error))?;
        }
    }
    Ok(())
}

fn compile(pattern: &str, any_case: bool) -> std::result::Result<Regex, regex::Error> {
    RegexBuilder::new(pattern).case_insensitive(any_case).size_limit(REGEX_BYTES).build()
}

fn wrong(rule: &Rule, pattern: &str, error: &dyn std::fmt::Display) -> Error {
    Error::Rules {
        path: rule.id.to_string(),
        message: format!("{pattern:?} is no regular expression: {error}"),
    }
}
