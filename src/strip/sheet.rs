//! The sheet that judges work on: the open lines of a document, with what is known of each.
use super::tally::Tally;
use super::topics::Topics;
use crate::config::StripConfig;
use crate::model::{Block, Document, FieldName, Kind, RuleId, Verdict};
use crate::rules::{Category, Found, Hit, Proof, RuleSet, fold};
use std::borrow::Cow;
use std::ops::{Deref, Range};

/// Words from which a line that ends like a sentence is prose (jusText and C4 draw the line near there).
const PROSE_WORDS: usize = 12;

/// Words from which a line is prose however it ends.
const LONG_WORDS: usize = 30;

/// What the text of a line tells, whatever stands around it.
pub(super) struct Known {
    /// The text folded, for comparing.
    pub(super) folded: String,
    /// Its words; in scripts without blanks, what would be words elsewhere.
    pub(super) words: usize,
    /// Whether it ends like a sentence.
    pub(super) ends: bool,
    /// The rules that fit it.
    found: Vec<Found>,
    /// The counts of its characters.
    pub(super) tally: Tally,
    /// The words that say what it is about, by their numbers in the document, each once.
    pub(super) topic: Vec<u32>,
    /// Words that only hold it together.
    pub(super) functional: usize,
}

impl Known {
    fn of(text: &str, rules: &RuleSet, topics: &mut Topics) -> Known {
        let (tally, folded) = (Tally::of(text), fold(text));
        let (topic, functional) = topics.read(&folded);
        let words = tally.words();
        let found = rules.find(text, &folded, words);
        Known { words, ends: ends_like_a_sentence(text), found, tally, topic, functional, folded }
    }
}

/// What is known of a document's text from one look at its lines to the next.
#[derive(Default)]
pub(super) struct Memory {
    topics: Topics,
    /// What is known of each block's text; nothing once a part of it was cut.
    blocks: Vec<Option<Box<Known>>>,
}

/// An open line of a document.
pub(super) struct Line<'a> {
    /// Its place among the document's blocks.
    pub(super) block: usize,
    /// The block's text without the parts that are cut.
    pub(super) text: Cow<'a, str>,
    /// What its text tells.
    known: Box<Known>,
    /// The rules that fit it.
    pub(super) hits: Vec<Hit<'a>>,
    /// The verdict, once there is one.
    verdict: Option<Verdict>,
    /// Parts to take out of it.
    parts: Vec<(Range<usize>, Verdict)>,
}

impl Deref for Line<'_> {
    type Target = Known;

    fn deref(&self) -> &Known {
        &self.known
    }
}

impl Line<'_> {
    /// Whether no judge has spoken yet.
    pub(super) fn is_open(&self) -> bool {
        self.verdict.is_none()
    }

    /// Whether it reads like running text.
    pub(super) fn is_prose(&self) -> bool {
        (self.ends && self.words >= PROSE_WORDS) || self.words >= LONG_WORDS
    }

    /// Whether a rule of this category fits it, however weak its proof.
    pub(super) fn is(&self, category: Category) -> bool {
        self.hits.iter().any(|hit| hit.rule.category == category)
    }

    /// Whether any rule fits it whose proof is at least a hint.
    pub(super) fn is_suspect(&self) -> bool {
        !self.hits.is_empty()
    }

    /// Whether it was cut by, or taken for, this category.
    pub(super) fn was(&self, category: Category) -> bool {
        !self.is_open() && self.is(category)
    }

    /// The first rule that fits and whose words alone are proof.
    pub(super) fn strong_hit(&self) -> Option<&Hit<'_>> {
        self.hits.iter().find(|hit| hit.rule.proof == Proof::Strong)
    }

    /// Cuts the line, unless a judge has spoken already.
    pub(super) fn cut(&mut self, rule: &str) {
        self.set(Verdict::Cut(RuleId::new(rule)));
    }

    /// Sets the verdict, unless a judge has spoken already.
    pub(super) fn set(&mut self, verdict: Verdict) {
        self.verdict.get_or_insert(verdict);
    }

    /// Takes a part out of the line.
    pub(super) fn cut_part(&mut self, span: Range<usize>, verdict: Verdict) {
        self.parts.push((span, verdict));
    }
}

/// The open lines of a document, and what judges find out about it.
pub(super) struct Sheet<'a> {
    /// The settings.
    pub(super) config: &'a StripConfig,
    /// The rules.
    pub(super) rules: &'a RuleSet,
    /// The document, as parsed.
    pub(super) document: &'a Document,
    /// Its lines.
    pub(super) lines: Vec<Line<'a>>,
    /// The words that the lines are about.
    pub(super) topics: Topics,
    /// Values found for fields.
    fields: Vec<(FieldName, String)>,
}

/// What was said of one block: a verdict on it, and on parts of it.
type Said = (usize, Option<Verdict>, Vec<(Range<usize>, Verdict)>);

/// What the judges said, apart from the document they said it of.
pub(super) struct Verdicts {
    lines: Vec<Said>,
    fields: Vec<(FieldName, String)>,
}

impl<'a> Sheet<'a> {
    /// The open lines of a document, with what is known of them from an earlier look.
    pub(super) fn new(
        document: &'a Document,
        config: &'a StripConfig,
        rules: &'a RuleSet,
        memory: &mut Memory,
    ) -> Sheet<'a> {
        let mut topics = std::mem::take(&mut memory.topics);
        memory.blocks.resize_with(document.blocks.len(), || None);
        let mut lines = Vec::new();
        for (block, known) in memory.blocks.iter_mut().enumerate() {
            let text = document.blocks[block].body();
            if document.blocks[block].is_open() && !text.is_empty() {
                let known = known.take().unwrap_or_else(|| Box::new(Known::of(&text, rules, &mut topics)));
                let hits = known.found.iter().map(|found| rules.hit(found)).collect();
                lines.push(Line { block, text, known, hits, verdict: None, parts: Vec::new() });
            }
        }
        Sheet { config, rules, document, lines, topics, fields: Vec::new() }
    }

    /// Whether the document is a page, whose elements tell more than its lines.
    pub(super) fn is_page(&self) -> bool {
        self.document.kind == Kind::Html
    }

    /// The block that a line is.
    pub(super) fn block(&self, line: usize) -> &'a Block {
        &self.document.blocks[self.lines[line].block]
    }

    /// Notes a value for a field.
    pub(super) fn note(&mut self, field: FieldName, value: &str) {
        self.fields.push((field, value.to_string()));
    }

    /// What the title is about, as far as the lines are too: the page's own, or the one a judge found.
    pub(super) fn title_topic(&self) -> Vec<bool> {
        let noted = self.fields.iter().find(|(field, _)| *field == FieldName::Title).map(|(_, title)| title);
        let own = self.document.fields.title.as_ref().filter(|_| self.is_page());
        own.or(noted).map(|title| self.topics.among(&fold(title))).unwrap_or_default()
    }

    /// The places of the lines that are still open.
    pub(super) fn open(&self) -> Vec<usize> {
        (0..self.lines.len()).filter(|&n| self.lines[n].is_open()).collect()
    }

    /// The lines between the first and the last line of running text, both apart.
    pub(super) fn body(&self) -> Range<usize> {
        let prose = |line: &Line<'_>| line.is_open() && line.is_prose() && line.strong_hit().is_none();
        let first = self.lines.iter().position(prose).unwrap_or(0);
        let last = self.lines.iter().rposition(prose).unwrap_or(0);
        first + 1..last.max(first + 1)
    }

    /// The first open line of running text.
    pub(super) fn first_prose(&self) -> Option<usize> {
        self.lines.iter().position(|line| line.is_open() && line.is_prose())
    }

    /// What the judges said; what is known of the lines is kept for the next look.
    pub(super) fn verdicts(self, memory: &mut Memory) -> Verdicts {
        memory.topics = self.topics;
        let mut spoken = Vec::new();
        for line in self.lines {
            if line.verdict.is_some() || !line.parts.is_empty() {
                spoken.push((line.block, line.verdict, line.parts));
            } else {
                memory.blocks[line.block] = Some(line.known);
            }
        }
        Verdicts { lines: spoken, fields: self.fields }
    }
}

impl Verdicts {
    /// Sets the verdicts on the blocks; says whether there were any.
    pub(super) fn apply(self, document: &mut Document) -> bool {
        let changed = !self.lines.is_empty();
        for (block, verdict, parts) in self.lines {
            let block = &mut document.blocks[block];
            // From the end, so that a cut moves nothing that is still to be cut.
            let mut parts = parts;
            parts.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
            for (span, part) in parts {
                block.cut_in_body(span, &part);
            }
            if let Some(verdict) = verdict {
                block.set(verdict);
            }
        }
        for (field, value) in self.fields {
            document.fields.add(field, &value);
        }
        changed
    }
}

/// Words of a text. In scripts without blanks, characters count by the length of a word.
pub(super) fn words(text: &str) -> usize {
    Tally::of(text).words()
}

/// Whether the text ends with the mark of a sentence, quotes and brackets after it apart.
pub(super) fn ends_like_a_sentence(text: &str) -> bool {
    let closing = |c: char| {
        matches!(
            c,
            '"' | '\'' | ')' | ']' | '\u{201D}' | '\u{2019}' | '\u{201C}' | '»' | '«' | '」' | '』' | '）'
        ) || c.is_whitespace()
    };
    let text = text.trim_end_matches(closing);
    text.ends_with(['.', '!', '?', '…', '。', '！', '？', '۔', '।', '؟', '։', '．'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_in_many_scripts() {
        for line in ["Yes.", "“Yes.”", "(Yes!)", "Ja?«", "はい。」", "نعم؟", "जी हाँ।"]
        {
            assert!(ends_like_a_sentence(line), "{line}");
        }
        for line in ["Yes", "Read more:", "Yes.com", "", "1,000"] {
            assert!(!ends_like_a_sentence(line), "{line}");
        }
    }
}
