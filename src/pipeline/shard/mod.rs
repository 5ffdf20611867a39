//! One of many machines: the clean half of the line over a shard of the corpus, into a part that waits to be merged.
mod deal;

use super::Observer;
use super::batch::{self, Settle};
use super::cleaned::Cleaned;
use super::fingerprint::{Fingerprint, SHORT_HASH};
use super::work::{Watch, timed};
use crate::config::Config;
use crate::model::{Error, Result, RunReport, Stage};
use crate::read::Found;
use crate::rules::RuleSet;
use crate::write::{Outputs, PartWriter, Place};
use deal::{Deal, Placed};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// One of so many shards of a corpus, written as `3/7`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// Which, from 1.
    number: u32,
    /// How many there are.
    of: u32,
}

/// Shards of a corpus, at most: more than there are machines, and few enough to be named.
const MAX_SHARDS: u32 = 1_000_000;

impl Shard {
    /// The shard of this number, from 1; nothing if there are not so many, or more than a million.
    pub fn new(number: u32, of: u32) -> Option<Shard> {
        (of <= MAX_SHARDS && (1..=of).contains(&number)).then_some(Shard { number, of })
    }

    /// Its number, from 0.
    fn index(self) -> u32 {
        self.number - 1
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Shard, String> {
        let numbers =
            text.split_once('/').and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
        let shard = numbers.and_then(|(number, of)| Shard::new(number, of));
        shard.ok_or_else(|| {
            "a shard is I/N: its number, from 1 to N, and how many there are, such as 3/7".to_string()
        })
    }
}

/// What a part says of itself before its documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Header {
    pub(super) fingerprint: Fingerprint,
    /// Which shard it is, from 1, and of how many.
    pub(super) shard: u32,
    pub(super) shards: u32,
    pub(super) inputs: Inputs,
    /// The first source of which it may hold documents, from 0.
    pub(super) first: u32,
    /// The settings that change the output, in TOML.
    pub(super) settings: String,
}

/// What every shard of a corpus must find.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Inputs {
    /// Files, and what else was found.
    pub(super) sources: u64,
    /// Their bytes.
    pub(super) bytes: u64,
    /// The BLAKE3 hash of their names and sizes, in hex.
    pub(super) blake3: String,
}

impl fmt::Display for Inputs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = self.blake3.get(..SHORT_HASH).unwrap_or_default();
        write!(f, "{} inputs of {} bytes ({mark})", self.sources, self.bytes)
    }
}

/// Cleans one shard of what was found into a part: a file whose name ends with `.part`, with its report and its
/// manifest beside it. [`merge`](crate::merge) makes of all parts what [`run`](crate::run) makes of the whole.
///
/// Every shard must be given the same inputs, settings and rules. Which document is whose follows from the names and
/// sizes of the sources alone.
///
/// # Errors
/// What stops a run; a state folder among the settings; a name that is not one of a part.
pub fn run_shard(
    config: &Config,
    rules: &RuleSet,
    found: Vec<Found>,
    shard: Shard,
    outputs: &Outputs,
    observer: &mut dyn Observer,
) -> Result<RunReport> {
    if config.dedup.state.is_some() {
        let message =
            "a state folder remembers runs over a whole corpus, and a shard is none; leave --state out";
        return Err(Error::Config { path: "--shard".to_string(), message: message.to_string() });
    }
    let fingerprint = Fingerprint::of(config, rules);
    let deal = Deal::new(found, shard);
    let part = PartWriter::create(outputs, &header(config, &fingerprint, &deal, shard))?;
    let (documents, watch) = (deal.documents(&config.read), Watch::default());
    let clean = |Placed { met, place }| {
        let cleaned = Cleaned::of(config, rules, met, &watch);
        Done { bytes: cleaned.to_bytes(&fingerprint), cleaned, place }
    };
    let report = RunReport { config: config.fingerprint(), ..RunReport::new() };
    let mut parting = Parting { part, report, observer, watch: &watch, config };
    batch::in_order(&config.run, documents, clean, &mut parting)?;
    parting.finish()
}

fn header(config: &Config, fingerprint: &Fingerprint, deal: &Deal, shard: Shard) -> Vec<u8> {
    let header = Header {
        fingerprint: fingerprint.clone(),
        shard: shard.number,
        shards: shard.of,
        inputs: deal.inputs(),
        first: u32::try_from(deal.first()).unwrap_or(u32::MAX),
        settings: config.settings(),
    };
    serde_json::to_vec(&header).unwrap_or_default()
}

/// A cleaned document, and what is written of it.
struct Done {
    cleaned: Cleaned,
    bytes: Vec<u8>,
    place: Place,
}

/// The end of a shard's line.
struct Parting<'a> {
    part: PartWriter,
    report: RunReport,
    observer: &'a mut dyn Observer,
    watch: &'a Watch,
    config: &'a Config,
}

impl Settle<Done> for Parting<'_> {
    fn batch(&mut self, batch: Vec<Done>) -> Result<()> {
        let bytes = batch.iter().map(|done| done.cleaned.bytes()).sum();
        self.observer.progress(batch.len() as u64, bytes);
        for done in &batch {
            self.account(&done.cleaned);
            timed(&mut self.report, Stage::Write, |_| self.part.put(done.place, &done.bytes))?;
        }
        if self.observer.stops() {
            let then = "nothing was written; run the shard again";
            return Err(Error::Stopped { documents: self.report.documents, then });
        }
        Ok(())
    }

    fn idle(&mut self) {
        self.watch.tell(self.config.run.slow_document_seconds, self.observer);
    }
}

impl Parting<'_> {
    /// Notes what became of a document.
    fn account(&mut self, cleaned: &Cleaned) {
        cleaned.account(&mut self.report);
        match cleaned.outcome() {
            Ok(document) => {
                cleaned.tell_if_slow(document, self.config, &mut self.report);
                self.report.add_document(document);
                self.report.add_written();
            }
            Err(trouble) => self.report.add_trouble(trouble),
        }
    }

    /// Checks the sums, and gives the part its name.
    fn finish(self) -> Result<RunReport> {
        if let Some(imbalance) = self.report.imbalance() {
            return Err(Error::Unbalanced(imbalance));
        }
        self.part.commit(&self.report)?;
        Ok(self.report)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_are_counted_from_one() {
        assert_eq!("3/7".parse(), Ok(Shard { number: 3, of: 7 }));
        for wrong in ["0/7", "8/7", "3", "3/", "/7", "a/b", "-1/2", "1/0"] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
    }
}
