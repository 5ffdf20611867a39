//! The expressions of all rules: looked for by what must stand in a text, compiled when a text first needs them.
use super::compiled::Compiled;
use super::finder::Finder;
use super::reading::{self, Alphabet, Reading, Signs};
use super::{Rule, built_in};
use crate::model::{Error, Result};
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// Expressions that may match most texts, at most: room for these is made beforehand.
const MANY_CANDIDATES: usize = 32;

/// Expressions with the rules they belong to, and what is looked at before them.
pub(super) struct Expressions {
    list: Vec<Expression>,
    /// Finds the literals of the expressions.
    finder: Finder,
    /// Expressions without literals.
    always: Vec<usize>,
    /// The signs of all of them, each once: a text with none of these fits none.
    signs: BTreeSet<Signs>,
}

struct Expression {
    pattern: String,
    any_case: bool,
    rule: usize,
    /// Words of the longest block that the rule looks at.
    max_words: usize,
    reading: Reading,
    heads: Heads,
    /// Compiled for texts of each smaller alphabet, and for all. `None` when the expression turned out too big;
    /// [`check`] finds those beforehand.
    narrowed: [OnceLock<Option<Compiled>>; Alphabet::SMALLER.len()],
    whole: OnceLock<Option<Compiled>>,
}

/// How a text must begin, if any of it is known.
struct Heads {
    /// The first bytes of the heads, a bit each, by their last six bits.
    first: u64,
    heads: Vec<Box<str>>,
}

impl Expressions {
    /// Reads the expressions of rules; `any_case` tells whether capitals and small letters are the same.
    pub(super) fn new(
        rules: &[Rule],
        patterns: impl Fn(&Rule) -> &[String],
        any_case: bool,
    ) -> Result<Expressions> {
        let mut list = Vec::new();
        for (rule, owner) in rules.iter().enumerate() {
            for pattern in patterns(owner) {
                let reading = match built_in::reading(pattern, any_case) {
                    Some(reading) => reading,
                    None => Reading::of(pattern, any_case).map_err(|error| wrong(owner, pattern, &error))?,
                };
                list.push(Expression {
                    pattern: pattern.clone(),
                    any_case,
                    rule,
                    max_words: owner.max_words,
                    heads: Heads::new(&reading.heads),
                    reading,
                    narrowed: Default::default(),
                    whole: OnceLock::new(),
                });
            }
        }
        let (mut finder, mut always) = (Finder::default(), Vec::new());
        for (index, expression) in list.iter().enumerate() {
            let literals = &expression.reading.literals;
            literals.lines().for_each(|literal| finder.add(literal, index));
            always.extend(literals.is_empty().then_some(index));
        }
        let signs = list.iter().map(|expression| expression.reading.signs.clone()).collect();
        Ok(Expressions { list, finder, always, signs })
    }

    /// The expressions that may match a text of so many words, given as it is and folded, each with the place of
    /// its rule.
    pub(super) fn candidates(
        &self,
        text: &str,
        folded: &str,
        words: usize,
    ) -> impl Iterator<Item = (&Compiled, usize)> {
        let held = reading::held(text);
        let mut found = Vec::new();
        if self.signs.iter().any(|signs| signs.are_in(held)) {
            found.reserve(MANY_CANDIDATES);
            let start = reading::from_first_letter(folded);
            let mut add = |index: usize| {
                if self.list[index].may_match(text, start, held, words) {
                    found.push(index);
                }
            };
            self.finder.find(folded, &mut add);
            self.always.iter().copied().for_each(add);
            found.sort_unstable();
            found.dedup();
        }
        let alphabet = if found.is_empty() { Alphabet::All } else { Alphabet::of(text) };
        found.into_iter().filter_map(move |index| {
            let expression = &self.list[index];
            expression.compiled_for(alphabet).map(|regex| (regex, expression.rule))
        })
    }
}

impl Expression {
    /// Whether it may match a text of so many words that holds these signs; `start` is the folded text from its first
    /// letter.
    fn may_match(&self, text: &str, start: &str, held: u64, words: usize) -> bool {
        words <= self.max_words
            && text.len() <= self.reading.most_bytes
            && self.reading.signs.are_in(held)
            && self.heads.may_begin(start)
    }

    /// For texts of an alphabet.
    fn compiled_for(&self, alphabet: Alphabet) -> Option<&Compiled> {
        let smaller = Alphabet::SMALLER.iter().position(|smaller| *smaller == alphabet);
        let narrowed = smaller.and_then(|at| {
            let compiled = || Compiled::new(&self.reading.narrowed[at], false).ok();
            self.narrowed[at].get_or_init(compiled).as_ref()
        });
        narrowed
            .or_else(|| self.whole.get_or_init(|| Compiled::new(&self.pattern, self.any_case).ok()).as_ref())
    }
}

impl Heads {
    /// Of texts that stand one a line.
    fn new(heads: &str) -> Heads {
        let heads: Vec<Box<str>> = heads.lines().map(Box::from).collect();
        let first =
            heads.iter().filter_map(|head| head.bytes().next()).fold(0, |all, byte| all | 1 << (byte & 63));
        Heads { first, heads }
    }

    /// Whether a text may begin like this; one without letters may always.
    fn may_begin(&self, start: &str) -> bool {
        let Some(&first) = start.as_bytes().first() else { return true };
        self.heads.is_empty()
            || self.first & 1 << (first & 63) != 0 && self.heads.iter().any(|head| start.starts_with(&**head))
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
            Compiled::new(pattern, any_case).map_err(|error| wrong(rule, pattern, &error))?;
        }
    }
    Ok(())
}

fn wrong(rule: &Rule, pattern: &str, error: &dyn std::fmt::Display) -> Error {
    Error::Rules {
        path: rule.id.to_string(),
        message: format!("{pattern:?} is no regular expression: {error}"),
    }
}
