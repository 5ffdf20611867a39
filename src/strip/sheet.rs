//! The sheet that judges work on: the open lines of a document, with what is known of each.
use super::JudgeRule;
use super::known::{Known, Memory};
use super::scored::Table;
use super::source::Source;
use crate::config::StripConfig;
use crate::model::{Block, Document, FieldName, FieldOrigin, Kind, RuleId, Verdict, find_date};
use crate::rules::{Category, Hit, PartHit, Proof, RuleSet, fold};
use std::borrow::Cow;
use std::ops::{Deref, Range};

/// Words from which a line that ends like a sentence is prose (jusText draws the line near there).
const PROSE_WORDS: usize = 12;

/// Words from which a line is prose however it ends.
pub(super) const LONG_WORDS: usize = 30;

/// An open line of a document.
pub(super) struct Line<'a> {
    /// Its place among the document's blocks.
    pub(super) block: usize,
    /// The block's text without the parts that are cut.
    pub(super) text: Cow<'a, str>,
    /// What its text tells, and the memory that holds the rest of that.
    known: &'a Known,
    memory: &'a Memory,
    /// What a judge says of it, once one has spoken.
    said: Option<Said<'a>>,
}

/// What a judge says of a line: a verdict in few bytes, as documents may have millions of lines.
#[derive(Debug)]
enum Said<'a> {
    /// Cruft, by a rule of the judge's own.
    Cruft(&'static JudgeRule),
    /// Cruft, by a rule of words.
    CruftBy(&'a RuleId),
    /// The title, by a rule of the judge's own.
    Title(&'static JudgeRule),
    /// Metadata, by a rule of words.
    Field(FieldName, &'a RuleId),
}

impl Deref for Line<'_> {
    type Target = Known;

    fn deref(&self) -> &Known {
        self.known
    }
}

impl<'a> Line<'a> {
    /// The text folded, for comparing.
    pub(super) fn folded(&self) -> &'a str {
        self.memory.folded(self.known)
    }

    /// The words that say what it is about, by their numbers in the document, each once.
    pub(super) fn topic(&self) -> &'a [u32] {
        self.memory.topic(self.known)
    }

    /// Whether no judge has spoken yet.
    pub(super) fn is_open(&self) -> bool {
        self.said.is_none()
    }

    /// Whether it reads like running text.
    pub(super) fn is_prose(&self) -> bool {
        (self.ends && self.words() >= PROSE_WORDS) || self.words() >= LONG_WORDS
    }

    /// Whether it was cut by, or taken for, this category.
    pub(super) fn was(&self, category: Category) -> bool {
        !self.is_open() && self.is(category)
    }

    /// Cuts the line by a judge's own rule, unless a judge has spoken already.
    pub(super) fn cut(&mut self, rule: &'static JudgeRule) {
        self.said.get_or_insert(Said::Cruft(rule));
    }

    /// Cuts the line by a rule of words, unless a judge has spoken already.
    pub(super) fn cut_by(&mut self, rule: &'a RuleId) {
        self.said.get_or_insert(Said::CruftBy(rule));
    }

    /// Takes the line out as the title, unless a judge has spoken already.
    pub(super) fn take_as_title(&mut self, rule: &'static JudgeRule) {
        self.said.get_or_insert(Said::Title(rule));
    }

    /// Takes the line out as a field by a rule of words, unless a judge has spoken already.
    pub(super) fn take_as(&mut self, field: FieldName, rule: &'a RuleId) {
        self.said.get_or_insert(Said::Field(field, rule));
    }
}

/// Parts to take out of a block, with the verdict on each.
type Parts = Vec<(usize, Range<usize>, Verdict)>;

/// The open lines of a document, and what judges find out about it.
pub(super) struct Sheet<'a> {
    /// The settings.
    pub(super) config: &'a StripConfig,
    /// The rules.
    pub(super) rules: &'a RuleSet,
    /// The trees that judge lines; none for those built in.
    pub(super) table: Option<&'a Table>,
    /// The document, as parsed.
    pub(super) document: &'a Document,
    /// Its lines.
    pub(super) lines: Vec<Line<'a>>,
    /// What is known of their text.
    pub(super) memory: &'a Memory,
    /// What of it is written in Markdown; its code is none of the lines.
    pub(super) source: Source,
    /// Parts to take out of lines, in their order.
    parts: Parts,
    /// Values found for fields.
    fields: Vec<(FieldName, String)>,
}

/// What the judges said, apart from the document they said it of.
pub(super) struct Verdicts {
    lines: Vec<(usize, Verdict)>,
    parts: Parts,
    fields: Vec<(FieldName, String)>,
}

impl<'a> Sheet<'a> {
    /// The open lines of a document whose text was read.
    pub(super) fn new(
        document: &'a Document,
        config: &'a StripConfig,
        rules: &'a RuleSet,
        memory: &'a Memory,
    ) -> Sheet<'a> {
        let mut lines = Vec::with_capacity(memory.len());
        let source = Source::of(document);
        for (block, of) in document.blocks.iter().enumerate() {
            if of.is_open()
                && !source.is_code(block)
                && let Some(known) = memory.block(block)
            {
                lines.push(Line { block, text: of.body(), known, memory, said: None });
            }
        }
        let (table, parts, fields) = (None, Vec::new(), Vec::new());
        Sheet { config, rules, table, document, lines, memory, source, parts, fields }
    }

    /// Whether the document is a page, whose elements tell more than its lines.
    pub(super) fn is_page(&self) -> bool {
        self.document.kind == Kind::Html
    }

    /// The block that a line is.
    pub(super) fn block(&self, line: usize) -> &'a Block {
        &self.document.blocks[self.lines[line].block]
    }

    /// The rules that fit a line.
    pub(super) fn hits(&self, line: usize) -> impl Iterator<Item = Hit<'a>> + use<'a> {
        let (rules, known) = (self.rules, self.lines[line].known);
        self.memory.found(known).iter().map(|found| rules.hit(found))
    }

    /// The rules that fit a part of a line.
    pub(super) fn part_hits(&self, line: usize) -> impl Iterator<Item = PartHit<'a>> + use<'a> {
        let (rules, known) = (self.rules, self.lines[line].known);
        self.memory.parts(known).iter().map(|found| rules.part_hit(found))
    }

    /// Takes a part out of a line.
    pub(super) fn cut_part(&mut self, line: usize, span: Range<usize>, verdict: Verdict) {
        self.parts.push((self.lines[line].block, span, verdict));
    }

    /// Notes a value for a field.
    pub(super) fn note(&mut self, field: FieldName, value: &str) {
        self.fields.push((field, value.to_string()));
    }

    /// Whether the document's field, as read elsewhere or noted first, holds this value: the same day, or one of the
    /// names.
    pub(super) fn holds(&self, field: FieldName, value: &str) -> bool {
        let fields = &self.document.fields;
        let read = match field {
            FieldName::Published => fields.published.as_deref(),
            FieldName::Updated => fields.updated.as_deref(),
            FieldName::Authors
                if fields.origins.of(field).is_some_and(|origin| origin != FieldOrigin::Text) =>
            {
                let same = |name: &String| name.contains(value) || value.contains(name.as_str());
                return fields.authors.iter().any(same);
            }
            _ => return true,
        };
        let noted = || self.fields.iter().find(|(known, _)| *known == field).map(|(_, value)| value.as_str());
        let day = |words: &str| find_date(words, fields.day_order).map(|(day, _)| day);
        read.or_else(noted)
            .is_some_and(|held| held == value || (day(held).is_some() && day(held) == day(value)))
    }

    /// What the title is about, as far as the lines are too: the page's own, or the one a judge found.
    pub(super) fn title_topic(&self) -> Vec<bool> {
        let noted = self.fields.iter().find(|(field, _)| *field == FieldName::Title).map(|(_, title)| title);
        let own = self.document.fields.title.as_ref().filter(|_| self.is_page());
        own.or(noted).map(|title| self.memory.topics.among(&fold(title))).unwrap_or_default()
    }

    /// The places of the lines that are still open.
    pub(super) fn open(&self) -> Vec<usize> {
        (0..self.lines.len()).filter(|&n| self.lines[n].is_open()).collect()
    }

    /// The lines between the first and the last line of running text, both apart.
    pub(super) fn body(&self) -> Range<usize> {
        let prose = |line: &Line<'_>| line.is_open() && line.is_prose() && !line.has(Proof::Strong);
        let first = self.lines.iter().position(prose).unwrap_or(0);
        let last = self.lines.iter().rposition(prose).unwrap_or(0);
        first + 1..last.max(first + 1)
    }

    /// The first open line of running text.
    pub(super) fn first_prose(&self) -> Option<usize> {
        self.lines.iter().position(|line| line.is_open() && line.is_prose())
    }

    /// The words of all open lines of running text.
    pub(super) fn prose_words(&self) -> usize {
        self.lines.iter().filter(|line| line.is_open() && line.is_prose()).map(|line| line.words()).sum()
    }

    /// What the judges said.
    pub(super) fn verdicts(self) -> Verdicts {
        let mut names = Names::default();
        let spoken = self.lines.into_iter().filter_map(|line| Some((line.block, names.verdict(line.said?))));
        Verdicts { lines: spoken.collect(), parts: self.parts, fields: self.fields }
    }
}

impl Verdicts {
    /// Sets the verdicts on the blocks; says whether there were any.
    pub(super) fn apply(mut self, document: &mut Document, memory: &mut Memory) -> bool {
        let changed = !self.lines.is_empty() || !self.parts.is_empty();
        // From the end, so that a cut moves nothing that is still to be cut.
        self.parts.sort_by_key(|(_, span, _)| std::cmp::Reverse(span.start));
        for (block, span, part) in self.parts {
            document.blocks[block].cut_in_body(span, &part);
            memory.forget(block);
        }
        for (block, verdict) in self.lines {
            document.blocks[block].set(verdict);
        }
        for (field, value) in self.fields {
            document.fields.add(field, &value);
        }
        changed
    }
}

/// The names of the judges' own rules, one for all lines of a document that go by it.
#[derive(Default)]
struct Names(Vec<(&'static str, RuleId)>);

impl Names {
    fn verdict(&mut self, said: Said<'_>) -> Verdict {
        match said {
            Said::Cruft(rule) => Verdict::Cut(self.id(rule.id)),
            Said::CruftBy(rule) => Verdict::Cut(rule.clone()),
            Said::Title(rule) => Verdict::Field(FieldName::Title, self.id(rule.id)),
            Said::Field(field, rule) => Verdict::Field(field, rule.clone()),
        }
    }

    fn id(&mut self, name: &'static str) -> RuleId {
        if let Some((_, id)) = self.0.iter().find(|(known, _)| *known == name) {
            return id.clone();
        }
        let id = RuleId::new(name);
        self.0.push((name, id.clone()));
        id
    }
}
