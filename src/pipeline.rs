//! The whole line on one screen: read -> decode -> parse -> strip -> dedup -> write.
//!
//! *Clean* is a pure function of one document and runs on all threads. *Settle* looks across documents and
//! runs in input order. So the output is a function of the input alone, whatever the number of threads.
mod batch;
mod work;

use crate::config::Config;
use crate::dedup::Deduper;
use crate::model::{Document, Error, RawDocument, Record, Result, RunReport, SkipReason, Stage, Trouble};
use crate::rules::RuleSet;
use crate::write::Writers;
use crate::{decode, parse, read, strip};
use work::Cleaned;
pub use work::Work;

/// Told as the run goes on, from the thread that called [`run`].
pub trait Observer {
    /// So many documents and bytes more have been dealt with.
    fn progress(&mut self, documents: u64, bytes: u64);
}

/// Runs the line over what was found, into the writers. The sums of the report are checked before anything
/// takes its final name.
///
/// # Errors
/// Only what stops a run: an output that cannot be written, or sums that do not add up.
pub fn run(
    config: &Config,
    rules: &RuleSet,
    found: Vec<read::Found>,
    mut writers: Writers,
    observer: &mut dyn Observer,
) -> Result<RunReport> {
    let mut report = RunReport::new();
    let mut deduper = Deduper::new(&config.dedup, config.run.threads)?;
    let raws = read::documents(found, &config.read);
    let clean = |raw| work::guarded(raw, |raw, work| clean(config, rules, raw, work));
    batch::in_order(&config.run, raws, clean, |mut batch: Vec<Cleaned>| {
        for cleaned in &batch {
            cleaned.account(&mut report);
        }
        let mut documents: Vec<&mut Document> = batch.iter_mut().filter_map(Cleaned::document_mut).collect();
        work::timed(&mut report, Stage::Dedup, |_| deduper.judge(&mut documents))?;
        observer.progress(batch.len() as u64, batch.iter().map(Cleaned::bytes).sum());
        for cleaned in batch {
            work::timed(&mut report, Stage::Write, |report| settle(cleaned, &mut writers, report))?;
        }
        Ok(())
    })?;
    if let Some(imbalance) = report.imbalance() {
        return Err(Error::Unbalanced(imbalance));
    }
    writers.commit(&report)?;
    deduper.commit()?;
    Ok(report)
}

/// Cleans one document: a pure function of its bytes, the config and the rules.
///
/// # Errors
/// A document that is passed over or fails leaves the line here.
pub fn clean(
    config: &Config,
    rules: &RuleSet,
    raw: &RawDocument,
    work: &mut Work,
) -> std::result::Result<Document, Trouble> {
    let text = work.stage(Stage::Decode, || decode::decode(raw, &config.decode))?;
    let mut document = work.stage(Stage::Parse, || parse::parse(raw, text));
    if config.strip.enabled {
        work.stage(Stage::Strip, || strip::strip(&mut document, &config.strip, rules));
    }
    Ok(document)
}

/// Writes a judged document, its ledger, and its line in the report.
fn settle(cleaned: Cleaned, writers: &mut Writers, report: &mut RunReport) -> Result<()> {
    let document = match cleaned.outcome {
        Ok(document) => document,
        Err(trouble) => {
            report.add_trouble(&trouble);
            return Ok(());
        }
    };
    report.add_document(&document);
    writers.ledger(&document)?;
    let record = Record::new(&document);
    if record.text.is_empty() {
        report.add_trouble(&Trouble::skipped(document.origin, SkipReason::NothingKept));
        return Ok(());
    }
    writers.record(&record)?;
    report.add_written();
    Ok(())
}
