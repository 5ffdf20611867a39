//! The report of a run: what went in, what came out, what became of the rest.
use super::{
    Document, Failure, FieldName, Hygiene, LANGUAGE_UNSURE, Skipped, Stage, Trouble, Verdict, solid,
};
use serde::Serialize;
use std::collections::BTreeMap;

/// Blocks and their characters, counted by verdict.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Non-blank blocks of the decoded texts.
    pub blocks: u64,
    /// Blocks whose text is in the output.
    pub kept: u64,
    /// Blocks cut by a rule, or of which every part was cut or became a field.
    pub cut: u64,
    /// Blocks that became a field.
    pub field: u64,
    /// Blocks dropped as duplicates.
    pub duplicate: u64,
    /// Blocks marked as duplicates but kept.
    pub marked: u64,
    /// Blocks that lost a part.
    pub parts: u64,
    /// Characters of all blocks, white space apart.
    pub characters: u64,
    /// Characters kept, white space apart.
    pub characters_kept: u64,
    /// Characters that stand in the ledger, white space apart.
    pub characters_removed: u64,
}

/// What a stage took in, and for how long it worked, summed over all threads.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct StageTime {
    /// Bytes of input that went through.
    pub bytes: u64,
    /// Seconds of work, summed over threads.
    pub seconds: f64,
}

/// What became of everything. The sums are checked at its end: see [`imbalance`](RunReport::imbalance).
#[derive(Debug, Clone, Default, Serialize)]
pub struct RunReport {
    /// The program's version.
    pub version: &'static str,
    /// The BLAKE3 hash of the settings that change the output, in hex.
    pub config: String,
    /// Documents met, whatever their end.
    pub documents: u64,
    /// Documents written.
    pub ok: u64,
    /// Documents passed over, by reason.
    pub skipped: BTreeMap<&'static str, u64>,
    /// Documents that failed.
    pub failed: u64,
    /// Bytes read.
    pub bytes: u64,
    /// Blocks and characters by verdict.
    pub counts: Counts,
    /// Blocks and parts by the rule that took them.
    pub rules: BTreeMap<String, u64>,
    /// Blocks and parts by the field they became.
    pub fields: BTreeMap<&'static str, u64>,
    /// Documents by encoding.
    pub encodings: BTreeMap<&'static str, u64>,
    /// Documents by what decided the encoding.
    pub encodings_from: BTreeMap<&'static str, u64>,
    /// Byte sequences that could not be decoded and became U+FFFD.
    pub replacements: u64,
    /// Changes that hygiene made, by rule.
    pub hygiene: Hygiene,
    /// Documents by language; `und` where it is not sure.
    pub languages: BTreeMap<&'static str, u64>,
    /// Lines that are known at the end as their site's, however often they were cut.
    pub site_lines: u64,
    /// Sites that have such lines.
    pub sites: u64,
    /// Pages on which a limit of the parser was met.
    pub guarded_documents: u64,
    /// Tags, attributes and values that were left out of them; never text.
    pub guarded: u64,
    /// Documents that took longer than `run.slow_document_seconds`: the first of them, each with its seconds.
    pub slow: Vec<(String, f64)>,
    /// Each stage's share.
    pub stages: BTreeMap<&'static str, StageTime>,
    /// The inputs that were passed over or failed, in input order.
    pub troubles: Vec<TroubleRow>,
    /// Such inputs beyond the first hundred thousand, and those whose reason is the nature of their source:
    /// they are counted above, and not named.
    pub troubles_not_named: u64,
}

/// Inputs that are named in a report, at most, so that memory does not follow the input.
const MAX_NAMED: usize = 100_000;

/// One input that did not end as a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TroubleRow {
    /// Which.
    pub source: String,
    /// `skipped` or `failed`.
    pub outcome: &'static str,
    /// Where on the line it failed.
    pub stage: Option<Stage>,
    /// Why.
    pub reason: String,
}

impl RunReport {
    /// An empty report.
    pub fn new() -> RunReport {
        RunReport { version: env!("CARGO_PKG_VERSION"), ..RunReport::default() }
    }

    /// Counts a judged document's blocks. Whether it is written is counted apart.
    pub fn add_document(&mut self, document: &Document) {
        *self.encodings.entry(document.encoding).or_default() += 1;
        *self.encodings_from.entry(document.decided_by.name()).or_default() += 1;
        self.replacements += document.decoding.replacements;
        self.hygiene += document.decoding.hygiene;
        *self.languages.entry(document.language.unwrap_or(LANGUAGE_UNSURE)).or_default() += 1;
        self.guarded_documents += u64::from(document.guarded > 0);
        self.guarded += u64::from(document.guarded);
        self.counts.characters += document.characters;
        for block in &document.blocks {
            self.counts.blocks += 1;
            match block.verdict() {
                Verdict::Cut(_) | Verdict::Repeated { .. } => self.counts.cut += 1,
                Verdict::Keep if block.body().is_empty() => self.counts.cut += 1,
                Verdict::Keep => self.counts.kept += 1,
                Verdict::Field(..) => self.counts.field += 1,
                Verdict::Duplicate { kept: true, .. } => {
                    self.counts.kept += 1;
                    self.counts.marked += 1;
                }
                Verdict::Duplicate { kept: false, .. } => self.counts.duplicate += 1,
            }
            self.counts.parts += block.has_cut_parts() as u64;
            for piece in block.pieces() {
                let characters = solid(&block.text()[piece.span.clone()]);
                if piece.verdict.is_kept() {
                    self.counts.characters_kept += characters;
                } else {
                    self.counts.characters_removed += characters;
                }
                if let Some(rule) = piece.verdict.rule() {
                    match self.rules.get_mut(rule) {
                        Some(count) => *count += 1,
                        None => drop(self.rules.insert(rule.to_string(), 1)),
                    }
                }
                if let Verdict::Field(field, _) = piece.verdict {
                    *self.fields.entry(FieldName::name(*field)).or_default() += 1;
                }
            }
        }
    }

    /// Counts an input that did not end as a record.
    pub fn add_trouble(&mut self, trouble: &Trouble) {
        self.documents += 1;
        let (row, named) = match trouble {
            Trouble::Skipped(Skipped { origin, reason }) => {
                *self.skipped.entry(reason.name()).or_default() += 1;
                let (source, reason_name) = (origin.to_string(), reason.name().to_string());
                let row = TroubleRow { source, outcome: "skipped", stage: None, reason: reason_name };
                (row, !reason.is_only_counted())
            }
            Trouble::Failed(Failure { origin, stage, error }) => {
                self.failed += 1;
                let (source, stage) = (origin.to_string(), Some(*stage));
                (TroubleRow { source, outcome: "failed", stage, reason: error.clone() }, true)
            }
        };
        if named && self.troubles.len() < MAX_NAMED {
            self.troubles.push(row);
        } else {
            self.troubles_not_named += 1;
        }
    }

    /// Names a document that took long.
    pub fn add_slow(&mut self, document: &Document, seconds: f64) {
        if self.slow.len() < MAX_NAMED {
            self.slow.push((document.origin.to_string(), seconds));
        }
    }

    /// Counts a record that was written.
    pub fn add_written(&mut self) {
        self.documents += 1;
        self.ok += 1;
    }

    /// Adds work to a stage.
    pub fn add_work(&mut self, stage: Stage, work: StageTime) {
        let entry = self.stages.entry(stage.name()).or_default();
        entry.bytes += work.bytes;
        entry.seconds += work.seconds;
    }

    /// What became of inputs that were not written, in words.
    pub fn ends(&self) -> String {
        let skipped = self.skipped.iter().map(|(reason, count)| format!("{count} skipped ({reason})"));
        let failed = self.troubles.iter().find(|row| row.outcome == "failed");
        let failed = failed.map(|row| format!("{} failed ({}: {})", self.failed, row.source, row.reason));
        let ends: Vec<String> = skipped.chain(failed).collect();
        if ends.is_empty() { "the inputs hold no files".to_string() } else { ends.join(", ") }
    }

    /// What does not add up, if anything: nothing may vanish.
    pub fn imbalance(&self) -> Option<String> {
        let counts = &self.counts;
        let ended = self.ok + self.skipped.values().sum::<u64>() + self.failed;
        let judged = counts.kept + counts.cut + counts.field + counts.duplicate;
        let characters = counts.characters_kept + counts.characters_removed;
        if ended != self.documents {
            return Some(format!("{} documents met, {ended} accounted for", self.documents));
        }
        if judged != counts.blocks {
            return Some(format!("{} blocks parsed, {judged} accounted for", counts.blocks));
        }
        (characters != counts.characters)
            .then(|| format!("{} characters parsed, {characters} accounted for", counts.characters))
    }
}
