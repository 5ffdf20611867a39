//! Two settings over the same documents: what each makes of them, side by side. Nothing is written.
pub(crate) mod comparison;
mod stretches;

use super::Observer;
use super::across::Across;
use super::batch::{self, Settle};
use super::cleaned::Cleaned;
use super::inputs::of_other_runs;
use super::settle::record;
use super::source::Met;
use super::work::Watch;
use crate::config::Config;
use crate::model::{Document, Record, Result, SkipReason, Trouble};
use crate::read::{self, Found};
use crate::rules::RuleSet;
use crate::strip::site::Sites;
use comparison::Comparison;
use std::collections::VecDeque;

/// One of two settings that are compared.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// The settings. Their state folder is not looked at.
    pub config: &'a Config,
    /// The rules.
    pub rules: &'a RuleSet,
}

/// Cleans what was found by the old and by the new settings, and says in what they differ: in documents, blocks and
/// fields, by rule, with so many samples of each kind of change. Sources are read as the new settings say. Nothing
/// is written, no state is looked at, and the same inputs give the same comparison for any number of threads.
///
/// ```
/// use gleaner::{Config, RuleSet, Side};
/// # struct Silent;
/// # impl gleaner::Observer for Silent {
/// #     fn progress(&mut self, _documents: u64, _bytes: u64) {}
/// # }
///
/// let old = Config::default();
/// let new = Config::parse("[strip]\nwithout = [\"en/language-selector\"]\n", "new.toml")?;
/// let (old_rules, new_rules) = (RuleSet::load(&[], &[])?, RuleSet::load(&[], &new.strip.without)?);
/// let found = gleaner::find(&["seeds/004_f9e9943e9bef2e6a.txt".to_string()])?;
/// let (old, new) = (Side { config: &old, rules: &old_rules }, Side { config: &new, rules: &new_rules });
/// let comparison = gleaner::compare(old, new, found, 1, &mut Silent)?;
/// assert!(comparison.rules.iter().any(|count| count.rule == "en/language-selector" && count.new == 0));
/// # Ok::<(), gleaner::model::Error>(())
/// ```
/// # Errors
/// Only what stops a run.
pub fn compare(
    old: Side<'_>,
    new: Side<'_>,
    found: Vec<Found>,
    samples: usize,
    observer: &mut dyn Observer,
) -> Result<Comparison> {
    let documents = read::documents(of_other_runs(found), &new.config.read).map(|item| Met::new(item, None));
    let watch = Watch::default();
    let both = |met: Met| {
        let again = Met::new(met.item.clone(), None);
        let cleaned = |side: Side<'_>, met| Cleaned::of(side.config, side.rules, met, &watch);
        (cleaned(old, again), cleaned(new, met))
    };
    let comparison = Comparison::new(samples);
    let mut comparing = Comparing { old: Half::new(old)?, new: Half::new(new)?, comparison, observer };
    batch::in_order(&new.config.run, documents, both, &mut comparing)?;
    comparing.finish()
}

/// What became of a document on one side.
enum Ended {
    /// It was judged; this would be written.
    Judged(Box<(Document, Record)>),
    /// It was passed over, or failed, before that.
    Trouble(Trouble),
}

impl Ended {
    /// Its end in a word or two, as the report of a run would name it.
    fn name(&self) -> String {
        let skipped = |reason: SkipReason| format!("skipped ({})", reason.name());
        match self {
            Ended::Judged(judged) if judged.1.text.is_empty() => skipped(SkipReason::NothingKept),
            Ended::Judged(_) => "written".to_string(),
            Ended::Trouble(Trouble::Skipped(passed)) => skipped(passed.reason),
            Ended::Trouble(Trouble::Failed(failure)) => format!("failed in {}", failure.stage.name()),
        }
    }
}

/// The settle half of one side, up to where it would write.
struct Half<'a> {
    config: &'a Config,
    across: Across,
    /// Documents that are judged, in input order.
    judged: VecDeque<Ended>,
}

impl<'a> Half<'a> {
    fn new(side: Side<'a>) -> Result<Half<'a>> {
        let mut config = side.config.clone();
        config.dedup.state = None;
        let looks = config.strip.looks_at_sites();
        let sites = looks.then(|| Sites::new(&config.strip.site_lines));
        Ok(Half { config: side.config, across: Across::begin(&config, sites)?, judged: VecDeque::new() })
    }

    /// Judges documents as far as those behind them allow; all that wait, once no more come.
    fn settle(&mut self, batch: Vec<Cleaned>, ended: bool) -> Result<()> {
        let mut ready = self.across.meet(batch);
        if ended {
            ready.extend(self.across.rest(usize::MAX));
        }
        self.across.judge(&mut ready)?;
        self.judged.extend(ready.into_iter().map(|cleaned| match cleaned.outcome {
            Ok(document) => {
                let record = record(&document, self.config);
                Ended::Judged(Box::new((document, record)))
            }
            Err(trouble) => Ended::Trouble(trouble),
        }));
        Ok(())
    }
}

/// Both sides, and what they differ in so far.
struct Comparing<'a> {
    old: Half<'a>,
    new: Half<'a>,
    comparison: Comparison,
    observer: &'a mut dyn Observer,
}

impl Settle<(Cleaned, Cleaned)> for Comparing<'_> {
    fn batch(&mut self, batch: Vec<(Cleaned, Cleaned)>) -> Result<()> {
        let (documents, bytes) = (batch.len() as u64, batch.iter().map(|(_, new)| new.bytes()).sum());
        let (old, new) = batch.into_iter().unzip();
        self.settle(old, new, false)?;
        self.observer.progress(documents, bytes);
        Ok(())
    }
}

impl Comparing<'_> {
    fn settle(&mut self, old: Vec<Cleaned>, new: Vec<Cleaned>, ended: bool) -> Result<()> {
        self.old.settle(old, ended)?;
        self.new.settle(new, ended)?;
        // One side may be ahead of the other, where it need not wait for the pages of sites.
        let both = self.old.judged.len().min(self.new.judged.len());
        for (old, new) in self.old.judged.drain(..both).zip(self.new.judged.drain(..both)) {
            self.comparison.add(&old, &new);
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Comparison> {
        self.settle(Vec::new(), Vec::new(), true)?;
        Ok(self.comparison.finish())
    }
}
