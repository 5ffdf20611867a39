//! The settle half of the line: batch after batch in input order, lines of sites and repeats out, then written.
use super::Observer;
use super::across::Across;
use super::batch::Settle;
use super::cleaned::Cleaned;
use super::night::Night;
use super::source::Met;
use super::work::{Watch, timed};
use crate::config::{Config, TextFormat};
use crate::dedup::apart::NearFinding;
use crate::model::{Document, Error, Record, Result, RunReport, SkipReason, Stage, Trouble};
use crate::read::Found;
use crate::rules::RuleSet;
use crate::strip;
use crate::write::{Look, Notes, Outputs, markdown};

/// The settle half of the line, driven by the caller: it is handed cleaned documents in the order of the corpus, looks
/// for repeats across all of them, and writes.
///
/// Batches may be of any size; the output is the same. What is handed over must have been cleaned with the same
/// settings. See [`Cleaned`] for an example.
pub struct Settler {
    night: Night,
    outputs: Outputs,
    across: Across,
    pub(super) report: RunReport,
    config: Config,
}

impl Settler {
    /// Opens the outputs. `rules` are those that the documents are cleaned by: the report for people tells what each is
    /// for. With a state folder in the config, earlier runs are gone on with.
    ///
    /// # Errors
    /// An output that cannot be written, or a state that cannot be used.
    pub fn begin(config: &Config, rules: &RuleSet, outputs: &Outputs) -> Result<Settler> {
        let mut night = Night::begin(config, outputs)?;
        if config.write.report_page {
            night.writers().look_with(Look::new(notes(rules)))?;
        }
        let sites = night.sites(&config.strip.site_lines, config.strip.looks_at_sites())?;
        Ok(Settler {
            across: Across::begin(config, sites)?,
            report: RunReport { config: config.fingerprint(), ..RunReport::new() },
            config: config.clone(),
            outputs: outputs.clone(),
            night,
        })
    }

    /// Looks for no repeats itself: what the texts of the corpus are to each other was found elsewhere, by
    /// [`NearJoin`](crate::NearJoin).
    ///
    /// # Errors
    /// The config asks for what is only known here: an index of earlier runs, or lines of sites, without which it is
    /// not known what is compared.
    pub fn resolved_by(mut self, findings: impl IntoIterator<Item = NearFinding>) -> Result<Settler> {
        if self.config.dedup.state.is_some() || self.config.strip.looks_at_sites() {
            let message =
                "repeats cannot be looked for elsewhere with dedup.state or strip.site_lines".to_string();
            return Err(Error::Config { path: "of the job".to_string(), message });
        }
        self.across.deduper.resolve(&self.config.dedup, findings);
        Ok(self)
    }

    /// Settles documents that come next in the order of the corpus. Nothing takes its final name yet.
    ///
    /// # Errors
    /// What stops a run: an output that cannot be written.
    pub fn settle(&mut self, mut batch: Vec<Cleaned>) -> Result<()> {
        batch.iter_mut().for_each(|cleaned| cleaned.look(&self.config));
        let ready = self.meet(batch);
        self.judge(ready)
    }

    /// Settles what still waits, checks the sums of the report, and gives the outputs their names.
    ///
    /// # Errors
    /// What stops a run: an output that cannot be written, or sums that do not add up.
    pub fn finish(mut self) -> Result<RunReport> {
        while let Some(ready) = self.rest() {
            self.judge(ready)?;
        }
        self.end()
    }

    /// The documents of what was found, those apart that a state folder knows.
    pub(super) fn documents(&self, found: Vec<Found>) -> Box<dyn Iterator<Item = Met> + Send> {
        self.night.documents(found, &self.config.read)
    }

    /// Documents come in; those that have waited long enough come out, judged by their sites.
    pub(super) fn meet(&mut self, batch: Vec<Cleaned>) -> Vec<Cleaned> {
        batch.iter().for_each(|cleaned| cleaned.account(&mut self.report));
        timed(&mut self.report, Stage::Strip, |_| self.across.meet(batch))
    }

    /// Some of those that still wait, when no more come in.
    pub(super) fn rest(&mut self) -> Option<Vec<Cleaned>> {
        let at_once = self.config.run.batch_documents;
        let ready = timed(&mut self.report, Stage::Strip, |_| self.across.rest(at_once));
        (!ready.is_empty()).then_some(ready)
    }

    /// Settles documents that come next in input order, and makes the work safe if it is time.
    pub(super) fn judge(&mut self, ready: Vec<Cleaned>) -> Result<()> {
        super::settle(&self.config, ready, &mut self.across, &mut self.night, &mut self.report)?;
        self.checkpoint(false).map(|_| ())
    }

    /// Makes the work so far safe, if it is time, or `now`. True if it is safe.
    pub(super) fn checkpoint(&mut self, now: bool) -> Result<bool> {
        self.night.checkpoint(&mut self.across, now)
    }

    /// Ends the run, when nothing waits.
    pub(super) fn end(mut self) -> Result<RunReport> {
        if let Some(sites) = &self.across.sites {
            (self.report.site_lines, self.report.sites) = sites.learned();
        }
        if let Some(imbalance) = self.report.imbalance() {
            return Err(Error::Unbalanced(imbalance));
        }
        if self.report.bytes == 0 && self.config.dedup.state.is_none() && self.outputs.is_there() {
            return Err(Error::Nothing(self.report.ends()));
        }
        self.night.commit(&mut self.across, &self.report)?;
        Ok(self.report)
    }
}

/// A run's second half, under the eyes of an observer.
pub(super) struct Watched<'a> {
    pub(super) settler: Settler,
    pub(super) observer: &'a mut dyn Observer,
    pub(super) watch: &'a Watch,
    /// Seconds after which a document is slow; 0 for never.
    pub(super) slow_seconds: f64,
}

impl Settle<Cleaned> for Watched<'_> {
    fn batch(&mut self, batch: Vec<Cleaned>) -> Result<()> {
        let (documents, bytes) = (batch.len() as u64, batch.iter().map(Cleaned::bytes).sum());
        let ready = self.settler.meet(batch);
        self.observer.progress(documents, bytes);
        self.judge(ready)
    }

    fn idle(&mut self) {
        self.watch.tell(self.slow_seconds, self.observer);
    }
}

impl Watched<'_> {
    /// Settles what still waits, and ends the run.
    ///
    /// # Errors
    /// What stops a run.
    pub(super) fn finish(mut self) -> Result<RunReport> {
        while let Some(ready) = self.settler.rest() {
            self.judge(ready)?;
        }
        self.settler.end()
    }

    /// Judges and writes, and stops where the observer says so.
    fn judge(&mut self, ready: Vec<Cleaned>) -> Result<()> {
        self.settler.judge(ready)?;
        if !self.observer.stops() {
            return Ok(());
        }
        let then = match self.settler.checkpoint(true)? {
            true => "the state is good: run it again to go on there",
            false => "nothing was written; with --state DIR a run can be gone on with",
        };
        Err(Error::Stopped { documents: self.settler.report.documents, then })
    }
}

/// Writes a judged document, its ledger, and its line in the report.
pub(super) fn write(
    cleaned: Cleaned,
    config: &Config,
    night: &mut Night,
    report: &mut RunReport,
) -> Result<()> {
    let failed = matches!(cleaned.outcome, Err(Trouble::Failed(_)));
    night.settled(cleaned.mark.as_ref(), failed);
    if let Ok(document) = cleaned.outcome() {
        cleaned.tell_if_slow(document, config, report);
    }
    let document = match cleaned.outcome {
        Ok(document) => document,
        Err(trouble) => {
            report.add_trouble(&trouble);
            return Ok(());
        }
    };
    report.add_document(&document);
    night.writers().ledger(&document)?;
    let record = record(&document, config);
    night.writers().look(&document, &record);
    if record.text.is_empty() {
        report.add_trouble(&Trouble::skipped(document.origin, SkipReason::NothingKept));
        return Ok(());
    }
    night.writers().record(&record)?;
    report.add_written();
    Ok(())
}

/// The record of a judged document, its text as the settings want it.
pub fn record(document: &Document, config: &Config) -> Record {
    match config.write.text {
        TextFormat::Plain => Record::new(document),
        TextFormat::Markdown => Record::with_text(document, markdown(document)),
    }
}

/// What is known of all rules, of words and of context.
pub fn notes(rules: &RuleSet) -> Notes {
    let of_context = strip::JUDGES.iter().flat_map(|judge| judge.rules);
    Notes::new(rules, of_context.map(|rule| (rule.id, rule.summary)))
}
