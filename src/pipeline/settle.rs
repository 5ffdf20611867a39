//! The settle half of the line: batch after batch in input order, repeats out, then written.
use super::Observer;
use super::batch::Settle;
use super::night::Night;
use super::work::{Cleaned, Watch, timed};
use crate::config::{Config, TextFormat};
use crate::dedup::Deduper;
use crate::model::{Document, Error, Record, Result, RunReport, SkipReason, Stage, Trouble};
use crate::write::markdown;

/// A run's second half.
pub(super) struct Settling<'a> {
    pub(super) night: Night,
    pub(super) deduper: Deduper,
    pub(super) report: RunReport,
    pub(super) observer: &'a mut dyn Observer,
    pub(super) watch: &'a Watch,
    pub(super) config: &'a Config,
}

impl Settle<Cleaned> for Settling<'_> {
    fn batch(&mut self, mut batch: Vec<Cleaned>) -> Result<()> {
        for cleaned in &batch {
            cleaned.account(&mut self.report);
        }
        let mut documents: Vec<&mut Document> = batch.iter_mut().filter_map(Cleaned::document_mut).collect();
        timed(&mut self.report, Stage::Dedup, |_| self.deduper.judge(&mut documents))?;
        self.observer.progress(batch.len() as u64, batch.iter().map(Cleaned::bytes).sum());
        let night = &mut self.night;
        for cleaned in batch {
            timed(&mut self.report, Stage::Write, |report| settle(cleaned, self.config, night, report))?;
        }
        let stops = self.observer.stops();
        let safe = self.night.checkpoint(&mut self.deduper, stops)?;
        if stops { Err(self.stopped(safe)) } else { Ok(()) }
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
fn settle(cleaned: Cleaned, config: &Config, night: &mut Night, report: &mut RunReport) -> Result<()> {
    let failed = matches!(cleaned.outcome, Err(Trouble::Failed(_)));
    night.settled(cleaned.mark.as_ref(), failed);
    let seconds = cleaned.seconds();
    let document = match cleaned.outcome {
        Ok(document) => document,
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
    if record.text.is_empty() {
        report.add_trouble(&Trouble::skipped(document.origin, SkipReason::NothingKept));
        return Ok(());
    }
    night.writers().record(&record)?;
    report.add_written();
    Ok(())
}
