//! What two settings differ in, summed over a corpus, with samples of each kind of change.
use super::Ended;
pub use super::stretches::Said;
use super::stretches::{pairs, stretches};
use crate::model::{Block, Document, Record, Verdict, solid};
use serde::Serialize;
use std::collections::BTreeMap;

/// What two settings differ in. Kinds of changes are in the order of their names; samples in input order.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Comparison {
    /// Documents met.
    pub documents: u64,
    /// Those of which anything that is written would change, or whether they are written.
    pub changed_documents: u64,
    /// Those whose text would change.
    pub changed_texts: u64,
    /// Documents that both sides judged, block by block: their blocks on the new side.
    pub blocks: u64,
    /// Blocks on which the verdict, or the text, would change.
    pub changed_blocks: u64,
    /// Documents that failed on both sides: nothing can be said of them.
    pub failed: u64,
    /// Documents that would end otherwise.
    pub outcomes: Vec<OutcomeChange>,
    /// Stretches of text of which something else would be said.
    pub verdicts: Vec<VerdictChange>,
    /// Fields of records that would change.
    pub fields: Vec<FieldChange>,
    /// Stretches that each rule takes, of the rules that the changes have to do with.
    pub rules: Vec<RuleCount>,
    #[serde(skip)]
    samples: usize,
    #[serde(skip)]
    taken: BTreeMap<String, (u64, u64)>,
}

/// Documents that would end otherwise in the same way.
#[derive(Debug, Clone, Serialize)]
pub struct OutcomeChange {
    /// Their end by the old settings, such as `written`.
    pub old: String,
    /// Their end by the new ones.
    pub new: String,
    /// How many there are.
    pub documents: u64,
    /// Sources of the first ones.
    pub samples: Vec<String>,
}

/// Stretches of text of which the same would be said now, and before.
#[derive(Debug, Clone, Serialize)]
pub struct VerdictChange {
    /// What the old settings say of them.
    pub old: Said,
    /// What the new ones say.
    pub new: Said,
    /// How many there are.
    pub stretches: u64,
    /// Their characters, white space apart.
    pub characters: u64,
    /// The first ones.
    pub samples: Vec<Sample>,
}

/// A stretch of text of which something else would be said.
#[derive(Debug, Clone, Serialize)]
pub struct Sample {
    /// The document.
    pub source: String,
    /// The number of the block, from 1: on the new side, unless only the old one has it.
    pub block: usize,
    /// The text.
    pub text: String,
    /// What stands there by the old settings, if it is another text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
}

/// A field of records that would change.
#[derive(Debug, Clone, Serialize)]
pub struct FieldChange {
    /// Its name in records.
    pub field: String,
    /// In how many documents.
    pub documents: u64,
    /// The first ones.
    pub samples: Vec<FieldSample>,
}

/// A field of a record, old and new.
#[derive(Debug, Clone, Serialize)]
pub struct FieldSample {
    /// The document.
    pub source: String,
    /// Its value by the old settings.
    pub old: serde_json::Value,
    /// Its value by the new ones.
    pub new: serde_json::Value,
}

/// How many stretches a rule takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleCount {
    /// The rule.
    pub rule: String,
    /// By the old settings.
    pub old: u64,
    /// By the new ones.
    pub new: u64,
}

/// Fields that follow from the blocks: what changes in them is said there.
const OF_BLOCKS: [&str; 3] = ["blocks_kept", "blocks_removed", "duplicates"];

impl Comparison {
    /// Of nothing yet; so many samples of each kind of change are kept.
    pub(super) fn new(samples: usize) -> Comparison {
        Comparison { samples, ..Comparison::default() }
    }

    /// Whether anything would change.
    pub fn is_same(&self) -> bool {
        self.changed_documents == 0
    }

    /// Compares what became of a document on both sides.
    pub(super) fn add(&mut self, old: &Ended, new: &Ended) {
        self.documents += 1;
        let ends = (old.name(), new.name());
        let mut changed = ends.0 != ends.1;
        if changed {
            self.add_outcome(ends, source(old, new));
        } else if ends.0.starts_with("failed") {
            self.failed += 1;
        }
        if let (Ended::Judged(old), Ended::Judged(new)) = (old, new) {
            changed |= self.add_blocks(&old.0, &new.0);
            changed |= self.add_record(&old.1, &new.1);
        }
        self.changed_documents += u64::from(changed);
    }

    fn add_outcome(&mut self, (old, new): (String, String), source: String) {
        let at = self.outcomes.partition_point(|change| (&change.old, &change.new) < (&old, &new));
        if self.outcomes.get(at).is_none_or(|change| (&change.old, &change.new) != (&old, &new)) {
            self.outcomes.insert(at, OutcomeChange { old, new, documents: 0, samples: Vec::new() });
        }
        let change = &mut self.outcomes[at];
        change.documents += 1;
        if change.samples.len() < self.samples {
            change.samples.push(source);
        }
    }

    /// Compares the blocks of a document; true if something else is said of any.
    fn add_blocks(&mut self, old: &Document, new: &Document) -> bool {
        self.blocks += new.blocks.len() as u64;
        let (mut changed, mut numbers) = (0, (0, 0));
        let source = new.origin.to_string();
        for (old, new) in pairs(&old.blocks, &new.blocks) {
            numbers = (numbers.0 + usize::from(old.is_some()), numbers.1 + usize::from(new.is_some()));
            self.count_rules(old, new);
            let number = if new.is_some() { numbers.1 } else { numbers.0 };
            changed += u64::from(self.add_pair(&source, number, old, new));
        }
        self.changed_blocks += changed;
        changed > 0
    }

    /// Compares a block with that of the other side; true if something else is said of it.
    fn add_pair(&mut self, source: &str, block: usize, old: Option<&Block>, new: Option<&Block>) -> bool {
        let sample = |text: &str, was: Option<&Block>| Sample {
            source: source.to_string(),
            block,
            text: text.trim().to_string(),
            was: was.map(|block| block.text().to_string()),
        };
        let whole = |block: Option<&Block>| block.map_or(Said::ABSENT, |block| Said::of(block.verdict()));
        match (old, new) {
            (Some(old), Some(new)) if old.text() == new.text() => {
                let stretches = stretches(old, new);
                let changed = !stretches.is_empty();
                for (span, before, after) in stretches {
                    self.add_verdict(before, after, sample(&new.text()[span], None));
                }
                changed
            }
            _ => {
                let text = new.or(old).map_or("", Block::text);
                self.add_verdict(whole(old), whole(new), sample(text, old.filter(|_| new.is_some())));
                true
            }
        }
    }

    fn add_verdict(&mut self, old: Said, new: Said, sample: Sample) {
        let at = self.verdicts.partition_point(|change| (&change.old, &change.new) < (&old, &new));
        if self.verdicts.get(at).is_none_or(|change| (&change.old, &change.new) != (&old, &new)) {
            let change = VerdictChange { old, new, stretches: 0, characters: 0, samples: Vec::new() };
            self.verdicts.insert(at, change);
        }
        let change = &mut self.verdicts[at];
        change.stretches += 1;
        change.characters += solid(&sample.text);
        if change.samples.len() < self.samples {
            change.samples.push(sample);
        }
    }

    /// Counts the stretches that rules take of a block, on each side.
    fn count_rules(&mut self, old: Option<&Block>, new: Option<&Block>) {
        let verdicts = |block: &Block| -> Vec<String> {
            let pieces = block.pieces();
            pieces.iter().filter_map(|piece| Verdict::rule(piece.verdict)).map(str::to_string).collect()
        };
        for rule in old.map(verdicts).unwrap_or_default() {
            self.taken.entry(rule).or_default().0 += 1;
        }
        for rule in new.map(verdicts).unwrap_or_default() {
            self.taken.entry(rule).or_default().1 += 1;
        }
    }

    /// Compares what would be written beside the blocks; true if any of it changes.
    fn add_record(&mut self, old: &Record, new: &Record) -> bool {
        let text = old.text != new.text;
        self.changed_texts += u64::from(text);
        let mut changed = text;
        for (field, was, is) in changed_fields(old, new) {
            changed = true;
            let at = self.fields.partition_point(|change| change.field < field);
            if self.fields.get(at).is_none_or(|change| change.field != field) {
                self.fields.insert(at, FieldChange { field, documents: 0, samples: Vec::new() });
            }
            let change = &mut self.fields[at];
            change.documents += 1;
            if change.samples.len() < self.samples {
                change.samples.push(FieldSample { source: new.source.clone(), old: was, new: is });
            }
        }
        changed
    }

    /// Ends it: the rules that have to do with the changes are named.
    pub(super) fn finish(mut self) -> Comparison {
        let named = |rule: &String| {
            let of = |said: &Said| said.rule.as_ref() == Some(rule);
            self.verdicts.iter().any(|change| of(&change.old) || of(&change.new))
        };
        let taken = self.taken.iter().filter(|(rule, _)| named(rule));
        self.rules = taken.map(|(rule, &(old, new))| RuleCount { rule: rule.clone(), old, new }).collect();
        self
    }
}

/// The name of a document that did not end alike.
fn source(old: &Ended, new: &Ended) -> String {
    let name = |ended: &Ended| match ended {
        Ended::Judged(judged) => judged.1.source.clone(),
        Ended::Trouble(trouble) => trouble.origin().to_string(),
    };
    if matches!(new, Ended::Judged(_)) { name(new) } else { name(old) }
}

/// The fields of two records that differ, with both values.
fn changed_fields(old: &Record, new: &Record) -> Vec<(String, serde_json::Value, serde_json::Value)> {
    if old.metadata == new.metadata && old.created == new.created {
        return Vec::new();
    }
    let fields = |record: &Record| {
        let mut fields = serde_json::to_value(&record.metadata).unwrap_or_default();
        fields["created"] = record.created.clone().into();
        fields
    };
    let (old, new) = (fields(old), fields(new));
    let names = new.as_object().into_iter().flat_map(|fields| fields.keys());
    names
        .filter(|name| !OF_BLOCKS.contains(&name.as_str()) && old[name.as_str()] != new[name.as_str()])
        .map(|name| (name.clone(), old[name].clone(), new[name].clone()))
        .collect()
}
