//! A document that went through the clean half of the line, here or on another machine.
use super::fingerprint::{Fingerprint, KEY_BYTES};
use super::source::{Mark, Met};
use super::work::{Watch, guarded};
use super::{Work, clean};
use crate::config::{Config, TextFormat};
use crate::dedup::compared;
use crate::model::{
    Document, Error, Outline, PageClaims, RawDocument, Result, RunReport, Stage, StageTime, Trouble,
};
use crate::rules::RuleSet;
use crate::strip::site::SiteLines;
use crate::wire;
use std::borrow::Cow;

/// A document that went through the clean half of the line, or what became of it.
///
/// It can be made into bytes, carried to another process or machine, and settled there by a
/// [`Settler`](crate::Settler):
///
/// ```
/// use gleaner::model::{Declared, Origin, RawDocument};
/// use gleaner::{Cleaned, Config, Fingerprint, Outputs, RuleSet, Settler};
///
/// # fn main() -> gleaner::model::Result<()> {
/// # let folder = std::env::temp_dir().join(format!("gleaner-doc-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder).unwrap();
/// # let output = folder.join("out.jsonl").display().to_string();
/// let config = Config::default();
/// let rules = RuleSet::load(&[], &[])?;
/// let fingerprint = Fingerprint::of(&config, &rules);
///
/// // On any machine, in any order.
/// let raw = RawDocument {
///     origin: Origin::record("pages.jsonl", "1"),
///     bytes: b"The council voted on Monday to repair the old stone bridge.".to_vec(),
///     declared: Declared::default(),
/// };
/// let bytes = Cleaned::new(&config, &rules, Ok(raw)).to_bytes(&fingerprint);
///
/// // On one machine, in the order of the corpus, in batches of any size.
/// let outputs = Outputs { data: output, ..Outputs::default() };
/// let mut settler = Settler::begin(&config, &rules, &outputs)?;
/// settler.settle(vec![Cleaned::from_bytes(&bytes, &fingerprint)?])?;
/// let report = settler.finish()?;
/// assert_eq!(report.ok, 1);
/// # std::fs::remove_dir_all(&folder).unwrap();
/// # Ok(())
/// # }
/// ```
pub struct Cleaned {
    pub(super) outcome: std::result::Result<Document, Trouble>,
    /// What its site may have to say of it, where that is looked at.
    pub(super) lines: Option<SiteLines>,
    pub(super) mark: Option<Mark>,
    pub(super) bytes: u64,
    /// Seconds by stage; reading is the last.
    pub(super) spent: Vec<(Stage, f64)>,
}

impl Cleaned {
    /// Cleans a document, as a run does: a panic costs that document only, and is named as its failure. What was
    /// already in trouble when it was read stays so.
    pub fn new(config: &Config, rules: &RuleSet, item: std::result::Result<RawDocument, Trouble>) -> Cleaned {
        Cleaned::of(config, rules, Met::new(item, None), &Watch::default())
    }

    /// The same, with the document's place, and under watch.
    pub(super) fn of(config: &Config, rules: &RuleSet, met: Met, watch: &Watch) -> Cleaned {
        guarded(met, watch, |raw, work| Ok(with_lines(config, clean(config, rules, raw, work)?, work)))
    }

    /// The document, or what became of it.
    pub fn outcome(&self) -> std::result::Result<&Document, &Trouble> {
        self.outcome.as_ref()
    }

    /// The document, to set verdicts on its blocks.
    pub fn document_mut(&mut self) -> Option<&mut Document> {
        self.outcome.as_mut().ok()
    }

    /// What of the document is compared with others when repeats are looked for: paragraphs, or all of it as one
    /// text.
    pub fn compared(&self, config: &Config) -> Vec<Cow<'_, str>> {
        self.outcome.as_ref().map_or(Vec::new(), |document| compared(document, config.dedup.of))
    }

    /// Bytes of the document before it was cleaned.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// All that settle and write need, as bytes that begin with the fingerprint's key. The same document gives the
    /// same bytes: no time is in them.
    pub fn to_bytes(&self, fingerprint: &Fingerprint) -> Vec<u8> {
        let stages: Vec<Stage> = self.spent.iter().map(|(stage, _)| *stage).collect();
        let mut bytes = vec![wire::FORMAT];
        bytes.extend(fingerprint.key());
        bytes.extend(wire::put(self.outcome(), self.bytes, &stages));
        bytes
    }

    /// What [`to_bytes`](Cleaned::to_bytes) was called on. Whatever the bytes are, this takes memory of a few times
    /// their length and does not panic.
    ///
    /// # Errors
    /// It was cleaned by another version, with other settings or by other rules; or the bytes are damaged.
    pub fn from_bytes(bytes: &[u8], fingerprint: &Fingerprint) -> Result<Cleaned> {
        let damaged = || Error::Cleaned("its bytes are damaged".to_string());
        let (&[format], rest) = bytes.split_first_chunk().ok_or_else(damaged)?;
        let (key, rest) = rest.split_first_chunk::<KEY_BYTES>().ok_or_else(damaged)?;
        if format != wire::FORMAT || *key != fingerprint.key() {
            let message = "was cleaned by another version of gleaner, with other settings or by other rules \
                           than it is settled with; clean all documents alike";
            return Err(Error::Cleaned(message.to_string()));
        }
        let read = wire::read(rest).map_err(|wire::Damaged| damaged())?;
        let spent = read.stages.into_iter().map(|stage| (stage, 0.0)).collect();
        Ok(Cleaned { outcome: read.end, lines: None, mark: None, bytes: read.bytes, spent })
    }

    /// Finds what its site may have to say of it, where that is asked for and not known yet.
    pub(super) fn look(&mut self, config: &Config) {
        if let (Ok(document), None, true) = (&self.outcome, &self.lines, config.strip.looks_at_sites()) {
            self.lines = Some(SiteLines::of(document));
        }
    }

    /// Names its document in the report if the work on it took long, reading apart.
    pub(super) fn tell_if_slow(&self, document: &Document, config: &Config, report: &mut RunReport) {
        let work = self.spent.iter().filter(|(stage, _)| *stage != Stage::Read);
        let (seconds, limit) = (work.map(|(_, seconds)| seconds).sum(), config.run.slow_document_seconds);
        if limit > 0.0 && seconds >= limit {
            report.add_slow(document, seconds);
        }
    }

    /// Adds its bytes and its times to the report.
    pub(super) fn account(&self, report: &mut RunReport) {
        report.bytes += self.bytes;
        for &(stage, seconds) in &self.spent {
            report.add_work(stage, StageTime { bytes: self.bytes, seconds });
        }
    }
}

/// What its site may have to say of a document, where that is asked for; and the document without what no judge looks
/// at any more.
fn with_lines(config: &Config, mut document: Document, work: &mut Work) -> (Document, Option<SiteLines>) {
    let looks = config.strip.looks_at_sites();
    let lines = looks.then(|| work.stage(Stage::Strip, || SiteLines::of(&document)));
    document.claims = PageClaims::default();
    // Markdown shows how the elements stand in one another.
    if config.write.text == TextFormat::Plain {
        document.outline = Outline::default();
    }
    (document, lines)
}
