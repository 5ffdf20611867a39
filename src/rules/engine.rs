//! All rules compiled together: look-up tables for words, one set for expressions.
use super::{Rule, fold};
use crate::model::{Error, Result};
use regex::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};
use std::collections::HashMap;
use std::ops::Range;

/// Bytes that the compiled set of expressions may take.
const REGEX_BYTES: usize = 64 << 20;

/// Bytes at the end of a block in which parts are looked for: credits and links hang there.
const TAIL_BYTES: usize = 240;

/// Bytes of a block that word rules look at: no pattern is longer than this.
const LINE_BYTES: usize = 600;

/// A rule that fits a block as a whole.
#[derive(Debug, Clone)]
pub struct Hit<'a> {
    /// The rule.
    pub rule: &'a Rule,
    /// The part of the block that is the value of a field: a group of the expression, or all of it.
    pub value: Range<usize>,
}

/// A rule that fits a part of a block.
#[derive(Debug, Clone)]
pub struct PartHit<'a> {
    /// The rule.
    pub rule: &'a Rule,
    /// The part.
    pub span: Range<usize>,
    /// The part of it that is the value of a field.
    pub value: Range<usize>,
}

/// Rules, compiled.
pub struct RuleSet {
    rules: Vec<Rule>,
    lines: HashMap<String, Vec<usize>>,
    starts: HashMap<String, Vec<(String, usize)>>,
    ends: HashMap<String, Vec<(String, usize)>>,
    regex_set: RegexSet,
    regexes: Vec<(Regex, usize)>,
    part_set: RegexSet,
    parts: Vec<(Regex, usize)>,
}

impl RuleSet {
    /// Compiles rules, in their order: where several fit, the first comes first.
    ///
    /// # Errors
    /// An expression that is none is named with its rule.
    pub fn compile(rules: Vec<Rule>) -> Result<RuleSet> {
        let mut set = RuleSet {
            lines: HashMap::new(),
            starts: HashMap::new(),
            ends: HashMap::new(),
            regex_set: RegexSet::empty(),
            regexes: Vec::new(),
            part_set: RegexSet::empty(),
            parts: Vec::new(),
            rules: Vec::new(),
        };
        for (index, rule) in rules.iter().enumerate() {
            for words in &rule.patterns.line {
                set.lines.entry(fold(words)).or_default().push(index);
            }
            for words in &rule.patterns.start {
                let words = fold_start(words);
                let first = first_word(&words).to_string();
                set.starts.entry(first).or_default().push((words, index));
            }
            for words in &rule.patterns.end {
                let words = fold(words);
                let last = last_word(&words).to_string();
                set.ends.entry(last).or_default().push((words, index));
            }
            for pattern in &rule.patterns.regex {
                set.regexes.push((expression(pattern, true, rule)?, index));
            }
            for pattern in &rule.patterns.part {
                set.parts.push((expression(pattern, false, rule)?, index));
            }
        }
        set.regex_set = union(&set.regexes, true)?;
        set.part_set = union(&set.parts, false)?;
        set.rules = rules;
        Ok(set)
    }

    /// The rules, in the order of their files.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The rules that fit a block of so many words, in the order of their files.
    pub fn hits(&self, text: &str, words: usize) -> Vec<Hit<'_>> {
        if text.len() > LINE_BYTES {
            return Vec::new();
        }
        let folded = fold(text);
        let mut found: Vec<(usize, Range<usize>)> = Vec::new();
        if let Some(rules) = self.lines.get(&folded) {
            found.extend(rules.iter().map(|&rule| (rule, 0..text.len())));
        }
        if let Some(starts) = self.starts.get(first_word(&folded)) {
            let fits = |words: &str| folded.strip_prefix(words).is_some_and(|rest| at_border(words, rest));
            found.extend(
                starts.iter().filter(|(words, _)| fits(words)).map(|&(_, rule)| (rule, 0..text.len())),
            );
        }
        if let Some(ends) = self.ends.get(last_word(&folded)) {
            let fits = |words: &str| {
                folded.strip_suffix(words).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
            };
            found
                .extend(ends.iter().filter(|(words, _)| fits(words)).map(|&(_, rule)| (rule, 0..text.len())));
        }
        for index in self.regex_set.matches(text) {
            let (regex, rule) = &self.regexes[index];
            let value =
                regex.captures(text).and_then(|groups| groups.name("value").map(|value| value.range()));
            found.push((*rule, value.unwrap_or(0..text.len())));
        }
        found.sort_by_key(|(rule, _)| *rule);
        found.dedup_by_key(|(rule, _)| *rule);
        let hit = |(rule, value): (usize, Range<usize>)| Hit { rule: &self.rules[rule], value };
        found.into_iter().map(hit).filter(|hit| words <= hit.rule.max_words).collect()
    }

    /// The parts at the end of a block that rules take out of it.
    pub fn parts(&self, text: &str) -> Vec<PartHit<'_>> {
        let from = (text.len().saturating_sub(TAIL_BYTES)..=text.len()).find(|&at| text.is_char_boundary(at));
        let from = from.unwrap_or(0);
        let tail = &text[from..];
        let mut found = Vec::new();
        for index in self.part_set.matches(tail) {
            let (regex, rule) = &self.parts[index];
            let shifted = |range: Range<usize>| range.start + from..range.end + from;
            for groups in regex.captures_iter(tail) {
                let Some(whole) = groups.get(0) else { continue };
                let part = groups.name("part").unwrap_or(whole);
                let value = groups.name("value").unwrap_or(part);
                found.push(PartHit {
                    rule: &self.rules[*rule],
                    span: shifted(part.range()),
                    value: shifted(value.range()),
                });
            }
        }
        found
    }
}

/// Folds the words of a start pattern: a colon at its end is meant, other marks are not.
fn fold_start(words: &str) -> String {
    let folded = fold(words);
    if words.trim_end().ends_with([':', '：']) { folded + ":" } else { folded }
}

/// A start pattern ends where a word ends.
fn at_border(words: &str, rest: &str) -> bool {
    words.ends_with(':')
        || !rest.starts_with(char::is_alphanumeric)
        || !words.is_ascii() && is_unspaced(words)
}

/// Whether a pattern is of a script that puts no blanks between words.
fn is_unspaced(words: &str) -> bool {
    words.chars().next_back().is_some_and(|c| matches!(c, '\u{0E00}'..='\u{0E7F}' | '\u{3040}'..='\u{9FFF}'))
}

/// What start patterns are looked up by.
fn first_word(folded: &str) -> &str {
    let end = folded.find(|c: char| !c.is_alphanumeric()).unwrap_or(folded.len());
    let word = &folded[..end];
    // A script without blanks has no words to look up by: its first character serves.
    match word.chars().next() {
        Some(c) if matches!(c, '\u{0E00}'..='\u{0E7F}' | '\u{3040}'..='\u{9FFF}') => &word[..c.len_utf8()],
        _ => word,
    }
}

fn last_word(folded: &str) -> &str {
    let last = folded.char_indices().rev().find(|(_, c)| !c.is_alphanumeric());
    &folded[last.map_or(0, |(at, c)| at + c.len_utf8())..]
}

fn expression(pattern: &str, any_case: bool, rule: &Rule) -> Result<Regex> {
    RegexBuilder::new(pattern).case_insensitive(any_case).size_limit(REGEX_BYTES).build().map_err(|error| {
        Error::Rules {
            path: rule.id.to_string(),
            message: format!("{pattern:?} is no regular expression: {error}"),
        }
    })
}

fn union(regexes: &[(Regex, usize)], any_case: bool) -> Result<RegexSet> {
    RegexSetBuilder::new(regexes.iter().map(|(regex, _)| regex.as_str()))
        .case_insensitive(any_case)
        .size_limit(REGEX_BYTES)
        .build()
        .map_err(|error| Error::Rules { path: "all rules".to_string(), message: error.to_string() })
}
