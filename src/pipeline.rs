//! The whole line on one screen: read -> decode -> parse -> strip -> dedup -> write.
//!
//! [`run`] reads, [`clean`] decodes, parses and strips, `settle` finds duplicates and writes. *Clean* is a pure
//! function of one document and runs on all threads. *Settle* looks across documents and runs in input order. So the
//! output is a function of the input alone, whatever the number of threads. Between the two halves a document can be
//! carried to another machine: see [`Cleaned`] and [`Settler`].
mod across;
mod ahead;
mod batch;
mod cleaned;
mod compare;
mod fingerprint;
mod inputs;
mod merge;
mod night;
mod observer;
mod settle;
mod shard;
mod source;
mod work;

use crate::config::Config;
use crate::model::{Document, RawDocument, Result, RunReport, SkipReason, Stage, Trouble};
use crate::rules::RuleSet;
use crate::write::Outputs;
use crate::{decode, parse, read, strip};
use across::Across;
#[cfg(feature = "cli")]
pub(crate) use batch::THREADS;
pub use cleaned::Cleaned;
pub(crate) use compare::comparison;
pub use compare::{Side, compare};
pub use fingerprint::Fingerprint;
pub use inputs::inputs;
#[cfg(feature = "cli")]
pub(crate) use inputs::spare;
pub use merge::merge;
use night::Night;
pub use night::describe_state;
pub use observer::Observer;
use settle::Watched;
pub use settle::{Settler, notes, record};
pub use shard::{Shard, run_shard};
pub use work::Work;
use work::{Watch, timed};

/// Runs the line over what was found, into the outputs. The sums of the report are checked before anything
/// takes its final name. With a state folder, what earlier runs took in is left out.
///
/// ```
/// use gleaner::{Config, Observer, Outputs, RuleSet};
///
/// struct Silent;
/// impl Observer for Silent {
///     fn progress(&mut self, _documents: u64, _bytes: u64) {}
/// }
///
/// # let folder = std::env::temp_dir().join(format!("gleaner-run-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder).unwrap();
/// # let output = folder.join("seeds.jsonl").display().to_string();
/// let found = gleaner::find(&["seeds".to_string()])?;
/// let outputs = Outputs { data: output.clone(), ..Outputs::default() };
/// let report = gleaner::run(&Config::default(), &RuleSet::load(&[], &[])?, found, &outputs, &mut Silent)?;
/// assert_eq!((report.documents, report.ok), (5, 5));
/// assert!(gleaner::verify(&output)?.faults.is_empty());
/// # std::fs::remove_dir_all(&folder).unwrap();
/// # Ok::<(), gleaner::model::Error>(())
/// ```
/// # Errors
/// Only what stops a run: an output that cannot be written, or sums that do not add up.
pub fn run(
    config: &Config,
    rules: &RuleSet,
    found: Vec<read::Found>,
    outputs: &Outputs,
    observer: &mut dyn Observer,
) -> Result<RunReport> {
    let settler = Settler::begin(config, rules, outputs)?;
    let (documents, watch) = (settler.documents(found), Watch::default());
    let clean = |met| Cleaned::of(config, rules, met, &watch);
    let slow_seconds = config.run.slow_document_seconds;
    let mut watched = Watched { settler, observer, watch: &watch, slow_seconds };
    batch::in_order(&config.run, documents, clean, &mut watched)?;
    watched.finish()
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
    let mut document = work.stage(Stage::Parse, || parse::parse(raw, text, config));
    work.stage(Stage::Strip, || {
        strip::strip(&mut document, &config.strip, rules);
        // The language of the body: that of the menus around it says little.
        document.language = parse::language(&document);
    });
    if !config.parse.keeps(document.language) {
        return Err(Trouble::skipped(document.origin, SkipReason::Language));
    }
    Ok(document)
}

/// Settles documents that come next in input order: looks for repeats across all of them, then writes them.
///
/// # Errors
/// What stops a run: an index or an output that cannot be written.
fn settle(
    config: &Config,
    mut ready: Vec<Cleaned>,
    across: &mut Across,
    night: &mut Night,
    report: &mut RunReport,
) -> Result<()> {
    timed(report, Stage::Dedup, |_| across.judge(&mut ready))?;
    for cleaned in ready {
        timed(report, Stage::Write, |report| settle::write(cleaned, config, night, report))?;
    }
    Ok(())
}
