//! Rules, tried on their own examples: each takes what it says it cuts, and nothing takes what it says it keeps.
use super::known::words;
use crate::model::RuleId;
use crate::rules::{Proof, Rule, RuleSet};
use std::fmt;

/// What an example is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExampleOf {
    /// A line that the rule cuts, wholly or in part.
    Cuts,
    /// A line that it must not touch, nor any rule whose words alone are proof.
    Keeps,
}

/// An example that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The rule that gives it.
    pub rule: RuleId,
    /// What it is an example of.
    pub of: ExampleOf,
    /// Its place in that list of the rule, from 0.
    pub number: usize,
    /// The example.
    pub text: String,
    /// The rules that take it: of a line that is kept those that must not.
    pub taken_by: Vec<RuleId>,
    /// The example's words and those of the longest line that the rule looks at, if they are why it is not cut.
    pub too_long: Option<(usize, usize)>,
}

impl fmt::Display for Fault {
    /// What happened, and which rules took it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let takers: Vec<&str> = self.taken_by.iter().map(RuleId::as_str).collect();
        let takers = match takers.as_slice() {
            [] => "no rule takes it".to_string(),
            [one] => format!("{one} takes it"),
            several => format!("{} take it", several.join(" and ")),
        };
        let (rule, text) = (&self.rule, &self.text);
        match self.of {
            ExampleOf::Cuts => write!(f, "{rule} does not cut {text:?}: {takers}")?,
            ExampleOf::Keeps => write!(f, "{rule} is to keep {text:?}: {takers}")?,
        }
        match self.too_long {
            Some((words, limit)) => write!(f, " (it has {words} words, and max_words is {limit})"),
            None => Ok(()),
        }
    }
}

/// Tries some of the rules on their own examples, beside all others of the set.
///
/// ```
/// let rules = gleaner::RuleSet::load(&[], &[])?;
/// assert!(gleaner::faults(&rules, |rule| rule.id.as_str().starts_with("de/")).is_empty());
/// # Ok::<(), gleaner::model::Error>(())
/// ```
pub fn faults(rules: &RuleSet, tried: impl Fn(&Rule) -> bool) -> Vec<Fault> {
    let tried = rules.rules().iter().filter(|rule| tried(rule));
    tried.flat_map(|rule| cuts(rules, rule).chain(keeps(rules, rule))).collect()
}

/// What the rule says it cuts, and does not.
fn cuts<'a>(rules: &'a RuleSet, rule: &'a Rule) -> impl Iterator<Item = Fault> + 'a {
    rule.cuts.iter().enumerate().filter_map(|(number, text)| {
        let takers = takers(rules, text);
        if takers.iter().any(|taker| taker.id == rule.id) {
            return None;
        }
        let words = words(text);
        Some(Fault {
            rule: rule.id.clone(),
            of: ExampleOf::Cuts,
            number,
            text: text.clone(),
            taken_by: names(takers.into_iter()),
            too_long: (words > rule.max_words).then_some((words, rule.max_words)),
        })
    })
}

/// What the rule says it keeps, and some rule takes.
fn keeps<'a>(rules: &'a RuleSet, rule: &'a Rule) -> impl Iterator<Item = Fault> + 'a {
    rule.keeps.iter().enumerate().filter_map(|(number, text)| {
        let wrong = |taker: &&Rule| taker.proof == Proof::Strong || taker.id == rule.id;
        let taken_by = names(takers(rules, text).into_iter().filter(wrong));
        (!taken_by.is_empty()).then(|| Fault {
            rule: rule.id.clone(),
            of: ExampleOf::Keeps,
            number,
            text: text.clone(),
            taken_by,
            too_long: None,
        })
    })
}

/// The rules that hit a line, wholly or in part.
fn takers<'a>(rules: &'a RuleSet, line: &str) -> Vec<&'a Rule> {
    let whole = rules.hits(line, words(line)).into_iter().map(|hit| hit.rule);
    whole.chain(rules.parts(line, words(line)).into_iter().map(|part| part.rule)).collect()
}

/// The names of rules, each once.
fn names<'a>(rules: impl Iterator<Item = &'a Rule>) -> Vec<RuleId> {
    let mut names: Vec<RuleId> = rules.map(|rule| rule.id.clone()).collect();
    names.sort();
    names.dedup();
    names
}
