//! Many machines' parts made one: the settle half of the line over what [`run_shard`](super::run_shard) wrote.
mod order;
mod parts;

use super::Observer;
use super::batch::{self, Settle};
use super::cleaned::Cleaned;
use super::inputs::spare;
use super::settle::{Settler, Watched};
use super::shard::Header;
use super::work::Watch;
use crate::config::{Config, RunConfig};
use crate::model::{Result, RunReport};
use crate::rules::RuleSet;
use crate::write::Outputs;
use order::{InOrder, Met};
use parts::{Part, checked, refused};
use std::path::{Path, PathBuf};

/// Settles the parts of a corpus, in whatever order they are named: data, ledger, report and manifest are those that
/// one run over the whole gives, times apart. The settings are those by which the parts were cleaned, but for `run`.
///
/// Parts are read side by side, and only as far as needed: memory is bounded by the number of those that are open.
///
/// # Errors
/// What stops a run; a part that is missing, there twice, cut, damaged, or of another corpus, version, settings or
/// rules than the rest.
pub fn merge(
    parts: &[PathBuf],
    run: &RunConfig,
    outputs: &Outputs,
    observer: &mut dyn Observer,
) -> Result<RunReport> {
    spare(parts.iter().filter_map(|part| part.to_str()), outputs)?;
    let parts = parts.iter().map(|path| Part::open(path)).collect::<Result<Vec<Part>>>()?;
    let header = checked(&parts)?.clone();
    let config = settings(&header, &parts[0].path, run)?;
    let settler = Settler::begin(&config, &rules(&config)?, outputs)?;
    let watch = Watch::default();
    let watched = Watched { settler, observer, watch: &watch, slow_seconds: 0.0 };
    let read = |met: Met| {
        let (path, bytes) = met.0?;
        let damaged = |error| refused(&path, format!("is damaged ({error}); run its shard again"));
        let mut cleaned = Cleaned::from_bytes(&bytes, &header.fingerprint).map_err(damaged)?;
        cleaned.look(&config);
        Ok(cleaned)
    };
    let mut merging = Merging(watched);
    batch::in_order(&config.run, InOrder::of(parts), read, &mut merging)?;
    merging.0.finish()
}

/// The rules of the parts, which the report for people tells of; the built-in ones where the user's files are not at
/// hand. No rule is asked any more.
fn rules(config: &Config) -> Result<RuleSet> {
    RuleSet::load(&config.strip.rules, &config.strip.without).or_else(|_| RuleSet::load(&[], &[]))
}

/// The settings of the parts, carried out as `run` says.
fn settings(header: &Header, path: &Path, run: &RunConfig) -> Result<Config> {
    let config = Config::parse(&header.settings, &path.display().to_string())?;
    if config.fingerprint() != header.fingerprint.config {
        return Err(refused(
            path,
            "is damaged: its settings are others than its fingerprint says".to_string(),
        ));
    }
    Ok(Config { run: run.clone(), ..config })
}

/// The line's second half over documents of parts, any of which may turn out to be damaged.
struct Merging<'a>(Watched<'a>);

impl Settle<Result<Cleaned>> for Merging<'_> {
    fn batch(&mut self, batch: Vec<Result<Cleaned>>) -> Result<()> {
        self.0.batch(batch.into_iter().collect::<Result<Vec<Cleaned>>>()?)
    }
}
