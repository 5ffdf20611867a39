//! The settle half of the line: batch after batch in input order, lines of sites and repeats out, then written.
use super::Observer;
use super::ahead::Ahead;
use super::batch::Settle;
use super::night::Night;
use super::work::{Cleaned, Watch, timed};
use crate::config::{Config, TextFormat};
use crate::dedup::Deduper;
use crate::model::{Document, Error, Record, Result, RunReport, SkipReason, Stage, Trouble};
use crate::strip::site::Sites;
use crate::write::markdown;

/// A run's second half.
pub(super) struct Settling<'a> {
    pub(super) night: Night,
    pub(super) sites: Option<Sites>,
    pub(super) ahead: Ahead,
    pub(super) deduper: Deduper,
    pub(super) report: RunReport,
    pub(super) observer: &'a mut dyn Observer,
    pub(super) watch: &'a Watch,
    pub(super) config: &'a Config,
}

impl Settle<Cleaned> for Settling<'_> {
    fn batch(&mut self, batch: Vec<Cleaned>) -> Result<()> {
        let (documents, bytes) = (batch.len() as u64, batch.iter().map(Cleaned::bytes).sum());
        let mut ready = Vec::new();
        for cleaned in batch {
            cleaned.account(&mut self.report);
            self.meet(cleaned);
            while let Some(next) = self.next(false) {
                ready.push(next);
            }
        }
        self.observer.progress(documents, bytes);
        self.settle(ready)
    }

    fn idle(&mut self) {
        let limit = self.config.run.slow_document_seconds;
        if limit > 0.0 {
            let slow = self.watch.slow(limit);
            slow.iter().for_each(|(origin, seconds)| self.observer.slow(origin, *seconds));
        }
    }
}

impl Settling<'_> {
    /// Settles what still waits, so many documents at once, and ends the run.
    ///
    /// # Errors
    /// What stops a run.
    pub(super) fn finish(mut self, at_once: usize) -> Result<RunReport> {
        loop {
            let ready: Vec<Cleaned> = std::iter::from_fn(|| self.next(true)).take(at_once).collect();
            if ready.is_empty() {
                break;
            }
            self.settle(ready)?;
        }
        if let Some(sites) = &self.sites {
            (self.report.site_lines, self.report.sites) = sites.learned();
        }
        if let Some(imbalance) = self.report.imbalance() {
            return Err(Error::Unbalanced(imbalance));
        }
        self.night.commit(self.sites.as_ref(), &mut self.deduper, &self.report)?;
        Ok(self.report)
    }

    /// A document waits, and its lines are counted.
    fn meet(&mut self, cleaned: Cleaned) {
        if let (Some(sites), Ok((_, Some(lines)))) = (&mut self.sites, &cleaned.outcome) {
            timed(&mut self.report, Stage::Strip, |_| sites.meet(lines));
        }
        self.ahead.push(cleaned);
    }

    /// The next document that has waited long enough, judged by its site.
    fn next(&mut self, ended: bool) -> Option<Cleaned> {
        let mut next = self.ahead.next(ended)?;
        if let (Some(sites), Ok((document, Some(lines)))) = (&mut self.sites, &mut next.outcome) {
            timed(&mut self.report, Stage::Strip, |_| sites.judge(document, lines));
        }
        Some(next)
    }

    /// Looks for repeats in documents that come next in input order, and writes them.
    fn settle(&mut self, mut ready: Vec<Cleaned>) -> Result<()> {
        let mut documents: Vec<&mut Document> = ready.iter_mut().filter_map(Cleaned::document_mut).collect();
        timed(&mut self.report, Stage::Dedup, |_| self.deduper.judge(&mut documents))?;
        let night = &mut self.night;
        for cleaned in ready {
            timed(&mut self.report, Stage::Write, |report| write(cleaned, self.config, night, report))?;
        }
        let stops = self.observer.stops();
        let safe = self.night.checkpoint(self.sites.as_ref(), &mut self.deduper, stops)?;
        if stops { Err(self.stopped(safe)) } else { Ok(()) }
    }

    /// Says how a run ended that was told to stop.
    fn stopped(&self, safe: bool) -> Error {
        let then = match safe {
            true => "the state is good: run it again to go on there",
            false => "nothing was written; with --state DIR a run can be gone on with",
        };
        Error::Stopped { documents: self.report.documents, then }
    }
}

/// Writes a judged document, its ledger, and its line in the report.
fn write(cleaned: Cleaned, config: &Config, night: &mut Night, report: &mut RunReport) -> Result<()> {
    let failed = matches!(cleaned.outcome, Err(Trouble::Failed(_)));
    night.settled(cleaned.mark.as_ref(), failed);
    let seconds = cleaned.seconds();
    let document = match cleaned.outcome {
        Ok((document, _)) => document,
        Err(trouble) => {
            report.add_trouble(&trouble);
            return Ok(());
        }
    };
    let limit = config.run.slow_document_seconds;
    if limit > 0.0 && seconds >= limit {
        report.add_slow(&document, seconds);
    }
    report.add_document(&document);
    night.writers().ledger(&document)?;
    let record = match config.write.text {
        TextFormat::Plain => Record::new(&document),
        TextFormat::Markdown => Record::with_text(&document, markdown(&document)),
    };
    night.writers().look(&document, &record);
    if record.text.is_empty() {
        report.add_trouble(&Trouble::skipped(document.origin, SkipReason::NothingKept));
        return Ok(());
    }
    night.writers().record(&record)?;
    report.add_written();
    Ok(())
}
