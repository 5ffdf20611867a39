//! The expressions of all rules: looked for by what must stand in a text, compiled when a text first needs them.
use super::finder::Finder;
use super::reading::{self, Alphabet, Reading, Signs};
use super::{Rule, built_in};
use crate::model::{Error, Result};
use regex_automata::meta::{self, Regex};
use regex_automata::util::syntax;
use std::collections::BTreeSet;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// Bytes that one compiled expression may take.
const REGEX_BYTES: usize = 64 << 20;

/// Texts that an expression is tried on before it is made faster. Making it fast takes as long as some dozens of tries
/// of one that is not.
const MANY_TRIES: u32 = 32;

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
    /// Compiled for texts of each smaller alphabet, and for all.
    narrowed: [Compiled; Alphabet::SMALLER.len()],
    whole: Compiled,
}

/// How a text must begin, if any of it is known.
struct Heads {
    /// The first bytes of the heads, a bit each, by their last six bits.
    first: u64,
    heads: Vec<Box<str>>,
}

/// An expression, compiled when it is first needed, and once more when it is needed often. `None` when it turned out
/// too big; [`check`] finds those beforehand.
#[derive(Default)]
struct Compiled {
    tries: AtomicU32,
    at_first: OnceLock<Option<Regex>>,
    for_many: OnceLock<Option<Regex>>,
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
                    whole: Compiled::default(),
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
    ) -> impl Iterator<Item = (&Regex, usize)> {
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
    fn compiled_for(&self, alphabet: Alphabet) -> Option<&Regex> {
        let smaller = Alphabet::SMALLER.iter().position(|smaller| *smaller == alphabet);
        let narrowed = smaller.and_then(|at| self.narrowed[at].get(&self.reading.narrowed[at], false));
        narrowed.or_else(|| self.whole.get(&self.pattern, self.any_case))
    }
}

impl Heads {
    /// Of texts that stand one a line.
    fn new(heads: &str) -> Heads {
        let heads: Vec<Box<str>> = heads.lines().map(Box::from).collect();
        let first = |head: &Box<str>| head.bytes().next().map_or(0, |byte| 1 << (byte & 63));
        Heads { first: heads.iter().fold(0, |all, head| all | first(head)), heads }
    }

    /// Whether a text may begin like this; one without letters may always.
    fn may_begin(&self, start: &str) -> bool {
        let Some(&first) = start.as_bytes().first() else { return true };
        self.heads.is_empty()
            || self.first & 1 << (first & 63) != 0 && self.heads.iter().any(|head| start.starts_with(&**head))
    }
}

impl Compiled {
    fn get(&self, pattern: &str, any_case: bool) -> Option<&Regex> {
        if self.tries.load(Ordering::Relaxed) >= MANY_TRIES {
            return self.for_many.get_or_init(|| compile(pattern, any_case, true).ok()).as_ref();
        }
        self.tries.fetch_add(1, Ordering::Relaxed);
        self.at_first.get_or_init(|| compile(pattern, any_case, false).ok()).as_ref()
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
            compile(pattern, any_case, false).map_err(|error| wrong(rule, pattern, &error))?;
        }
    }
    Ok(())
}

/// Compiles an expression. For few texts to one automaton that is walked as it is: what makes it fast (the states of
/// a second automaton, found as they are needed, from both ends) costs more to make than it saves. A search for
/// literals was made before.
fn compile(
    pattern: &str,
    any_case: bool,
    for_many: bool,
) -> std::result::Result<Regex, Box<meta::BuildError>> {
    let config = meta::Config::new().nfa_size_limit(Some(REGEX_BYTES)).dfa(false).auto_prefilter(false);
    let config = config.hybrid(for_many).onepass(for_many);
    let syntax = syntax::Config::new().case_insensitive(any_case);
    Ok(meta::Builder::new().configure(config).syntax(syntax).build(pattern)?)
}

fn wrong(rule: &Rule, pattern: &str, error: &dyn std::fmt::Display) -> Error {
    Error::Rules {
        path: rule.id.to_string(),
        message: format!("{pattern:?} is no regular expression: {error}"),
    }
}
