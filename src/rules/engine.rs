//! All rules compiled together: look-up tables for words, a filter before the expressions.
use super::expressions::Expressions;
use super::{BuildWordHasher, FOLDED_GROWTH, Rule, fold};
use crate::model::{Result, is_unspaced};
use std::collections::HashMap;
use std::ops::Range;

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

/// A rule that fits a block, by its number: [`RuleSet::hit`] says which it is. Places are bytes of the block.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    rule: u32,
    value: Range<u32>,
}

/// A rule that fits a part of a block, by its number: [`RuleSet::part_hit`] says which it is.
#[derive(Debug, Clone)]
pub(crate) struct FoundPart {
    rule: u32,
    span: Range<u32>,
    value: Range<u32>,
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

/// What is looked up by words.
type Table<T> = HashMap<String, Vec<T>, BuildWordHasher>;

/// Rules, compiled.
pub struct RuleSet {
    rules: Vec<Rule>,
    lines: Table<usize>,
    starts: Table<(String, usize)>,
    ends: Table<(String, usize)>,
    regexes: Expressions,
    parts: Expressions,
    /// Bytes of the longest line among the rules, folded.
    longest_line: usize,
    /// Words of the longest block that any rule looks at, and any rule that takes out parts.
    most_words: usize,
    most_part_words: usize,
}

impl RuleSet {
    /// Compiles rules, in their order: where several fit, the first comes first.
    ///
    /// # Errors
    /// An expression that is none is named with its rule.
    pub fn compile(rules: Vec<Rule>) -> Result<RuleSet> {
        let mut set = RuleSet {
            lines: Table::default(),
            starts: Table::default(),
            ends: Table::default(),
            regexes: Expressions::new(&rules, |rule| &rule.patterns.regex, true)?,
            parts: Expressions::new(&rules, |rule| &rule.patterns.part, false)?,
            longest_line: 0,
            most_words: most_words(&rules, |_| true),
            most_part_words: most_words(&rules, |rule| !rule.patterns.part.is_empty()),
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
        }
        set.longest_line = set.lines.keys().map(String::len).max().unwrap_or(0);
        set.rules = rules;
        Ok(set)
    }

    /// The rules, in the order of their files.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The rules that fit a block of so many words, in the order of their files.
    pub fn hits(&self, text: &str, words: usize) -> Vec<Hit<'_>> {
        self.find(text, &fold(text), words).iter().map(|found| self.hit(found)).collect()
    }

    /// A rule that was found.
    pub(crate) fn hit(&self, found: &Found) -> Hit<'_> {
        Hit { rule: self.rule(found), value: wide(&found.value) }
    }

    /// A rule that was found, without the rest.
    pub(crate) fn rule(&self, found: &Found) -> &Rule {
        &self.rules[found.rule as usize]
    }

    /// A rule that was found for a part.
    pub(crate) fn part_hit(&self, found: &FoundPart) -> PartHit<'_> {
        PartHit { rule: &self.rules[found.rule as usize], span: wide(&found.span), value: wide(&found.value) }
    }

    /// The same as [`RuleSet::hits`] of a block that is folded already, by the numbers of the rules.
    pub(crate) fn find(&self, text: &str, folded: &str, words: usize) -> Vec<Found> {
        if text.len() > LINE_BYTES || words > self.most_words {
            return Vec::new();
        }
        let mut found = self.find_words(text, folded);
        for (regex, rule) in self.regexes.candidates(text, folded, words) {
            if regex.is_match(text) {
                let value = regex.group("value", text).map_or(0..text.len(), |value| value.range());
                found.push(Found { rule: rule as u32, value: narrow(value) });
            }
        }
        found.retain(|found| words <= self.rule(found).max_words);
        found.sort_by_key(|found| found.rule);
        found.dedup_by_key(|found| found.rule);
        found
    }

    /// The rules whose words a block is, begins or ends with.
    fn find_words(&self, text: &str, folded: &str) -> Vec<Found> {
        let whole = |&rule: &usize| Found { rule: rule as u32, value: narrow(0..text.len()) };
        let mut found: Vec<Found> = Vec::new();
        if folded.len() <= self.longest_line
            && let Some(rules) = self.lines.get(folded)
        {
            found.extend(rules.iter().map(whole));
        }
        if let Some(starts) = self.starts.get(first_word(folded)) {
            let fits = |words: &str| folded.strip_prefix(words).is_some_and(|rest| at_border(words, rest));
            found.extend(starts.iter().filter(|(words, _)| fits(words)).map(|(_, rule)| whole(rule)));
        }
        if let Some(ends) = self.ends.get(last_word(folded)) {
            let fits = |words: &str| {
                folded.strip_suffix(words).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
            };
            found.extend(ends.iter().filter(|(words, _)| fits(words)).map(|(_, rule)| whole(rule)));
        }
        found
    }

    /// The parts at the end of a block of so many words that rules take out of it.
    pub fn parts(&self, text: &str, words: usize) -> Vec<PartHit<'_>> {
        self.find_parts(text, &fold(text), words).iter().map(|found| self.part_hit(found)).collect()
    }

    /// The same of a block that is folded already, by the rules that look at blocks of so many words.
    pub(crate) fn find_parts(&self, text: &str, folded: &str, words: usize) -> Vec<FoundPart> {
        if words > self.most_part_words {
            return Vec::new();
        }
        let from = from_end(text, TAIL_BYTES);
        let tail = &text[from..];
        let folded = &folded[from_end(folded, TAIL_BYTES * FOLDED_GROWTH)..];
        let mut found = Vec::new();
        for (regex, rule) in self.parts.candidates(tail, folded, words) {
            let shifted = |range: Range<usize>| narrow(range.start + from..range.end + from);
            regex.each_match(tail, |groups| {
                let Some(whole) = groups.get_match() else { return };
                let part = groups.get_group_by_name("part").unwrap_or(whole.span());
                let value = groups.get_group_by_name("value").unwrap_or(part);
                let (span, value) = (shifted(part.range()), shifted(value.range()));
                found.push(FoundPart { rule: rule as u32, span, value });
            });
        }
        found
    }
}

/// The first place from which there are at most so many bytes to the end.
fn from_end(text: &str, bytes: usize) -> usize {
    let from = text.len().saturating_sub(bytes);
    (from..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(from)
}

fn narrow(range: Range<usize>) -> Range<u32> {
    range.start as u32..range.end as u32
}

fn wide(range: &Range<u32>) -> Range<usize> {
    range.start as usize..range.end as usize
}

/// Words of the longest block that some of the rules look at.
fn most_words(rules: &[Rule], is_wanted: fn(&&Rule) -> bool) -> usize {
    rules.iter().filter(is_wanted).map(|rule| rule.max_words).max().unwrap_or(0)
}

/// Folds the words of a start pattern: a colon at its end is meant, other marks are not.
fn fold_start(words: &str) -> String {
    let folded = fold(words);
    if words.trim_end().ends_with([':', '：']) { folded + ":" } else { folded }
}

/// A start pattern ends where a word ends.
fn at_border(words: &str, rest: &str) -> bool {
    words.ends_with(':') || !rest.starts_with(char::is_alphanumeric) || words.ends_with(is_unspaced)
}

/// What start patterns are looked up by.
fn first_word(folded: &str) -> &str {
    let end = folded.find(|c: char| !c.is_alphanumeric()).unwrap_or(folded.len());
    let word = &folded[..end];
    // A script without blanks has no words to look up by: its first character serves.
    match word.chars().next() {
        Some(c) if is_unspaced(c) => &word[..c.len_utf8()],
        _ => word,
    }
}

fn last_word(folded: &str) -> &str {
    let last = folded.char_indices().rev().find(|(_, c)| !c.is_alphanumeric());
    &folded[last.map_or(0, |(at, c)| at + c.len_utf8())..]
}
