//! The whole line on one screen: read -> decode -> parse -> strip -> dedup -> write.
//!
//! *Clean* is a pure function of one document and runs on all threads. *Settle* looks across documents and
//! runs in input order. So the output is a function of the input alone, whatever the number of threads.
mod batch;
mod night;
mod source;
mod work;

use crate::config::Config;
use crate::dedup::Deduper;
use crate::model::{Document, Error, RawDocument, Record, Result, RunReport, SkipReason, Stage, Trouble};
use crate::rules::RuleSet;
use crate::write::Outputs;
use crate::{decode, parse, read, strip};
use night::Night;
use std::path::Path;
use work::Cleaned;
pub use work::Work;

/// Told as the run goes on, from the thread that called [`run`].
pub trait Observer {
    /// So many documents and bytes more have been dealt with.
    fn progress(&mut self, documents: u64, bytes: u64);

    /// Whether the run is to end after the batch under way.
    fn stops(&self) -> bool {
        false
    }
}

/// Runs the line over what was found, into the outputs. The sums of the report are checked before anything
/// takes its final name. With a state folder, what earlier runs took in is left out.
///
/// # Errors
/// Only what stops a run: an output that cannot be written, or sums that do not add up.
pub fn run(
    config: &Config,
    rules: &RuleSet,
    found: Vec<read::Found>,
    outputs: &Outputs,
    observer: &mut dyn Observer,
) -> Result<RunReport> {
    let mut report = RunReport { config: config.fingerprint(), ..RunReport::new() };
    let mut night = Night::begin(config, outputs)?;
    let mut deduper = Deduper::new(&config.dedup, config.run.threads)?;
    let documents = night.documents(found, &config.read);
    let clean = |met| work::guarded(met, |raw, work| clean(config, rules, raw, work));
    batch::in_order(&config.run, documents, clean, |mut batch: Vec<Cleaned>| {
        for cleaned in &batch {
            cleaned.account(&mut report);
        }
        let mut documents: Vec<&mut Document> = batch.iter_mut().filter_map(Cleaned::document_mut).collect();
        work::timed(&mut report, Stage::Dedup, |_| deduper.judge(&mut documents))?;
        observer.progress(batch.len() as u64, batch.iter().map(Cleaned::bytes).sum());
        for cleaned in batch {
            work::timed(&mut report, Stage::Write, |report| settle(cleaned, &mut night, report))?;
        }
        let stops = observer.stops();
        let safe = night.checkpoint(&mut deduper, stops)?;
        if stops { Err(stopped(&report, safe)) } else { Ok(()) }
    })?;
    if let Some(imbalance) = report.imbalance() {
        return Err(Error::Unbalanced(imbalance));
    }
    night.commit(&mut deduper, &report)?;
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
fn settle(cleaned: Cleaned, night: &mut Night, report: &mut RunReport) -> Result<()> {
    let failed = matches!(cleaned.outcome, Err(Trouble::Failed(_)));
    night.settled(cleaned.mark.as_ref(), failed);
    let document = match cleaned.outcome {
        Ok(document) => document,
        Err(trouble) => {
            report.add_trouble(&trouble);
            return Ok(());
        }
    };
    report.add_document(&document);
    night.writers().ledger(&document)?;
    let record = Record::new(&document);
    if record.text.is_empty() {
        report.add_trouble(&Trouble::skipped(document.origin, SkipReason::NothingKept));
        return Ok(());
    }
    night.writers().record(&record)?;
    report.add_written();
    Ok(())
}

/// Says how a run ended that was told to stop.
fn stopped(report: &RunReport, safe: bool) -> Error {
    let then = match safe {
        true => "the state is good: run it again to go on there",
        false => "nothing was written; with --state DIR a run can be gone on with",
    };
    Error::Stopped { documents: report.documents, then }
}

/// What a state folder holds, in words: its inputs, and its index of duplicates. Everything is checked.
///
/// # Errors
/// It is no state folder, is in use, or one of its files is damaged: the message names the file.
pub fn describe_state(folder: &Path) -> Result<String> {
    let index = crate::dedup::describe_state(folder)?;
    Ok(night::describe(folder)? + &index)
}
