//! The work done on one document: timed by stage, and kept from hurting any other document.
use super::Observer;
use super::cleaned::Cleaned;
use super::source::Met;
use crate::model::{Document, Origin, RawDocument, RunReport, Stage, StageTime, Trouble};
use crate::strip::site::SiteLines;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// Seconds of work by stage, and the stage that is at work now.
#[derive(Debug, Clone)]
pub struct Work {
    now: Stage,
    spent: Vec<(Stage, f64)>,
}

impl Default for Work {
    fn default() -> Self {
        Work { now: Stage::Read, spent: Vec::with_capacity(3) }
    }
}

impl Work {
    /// Does a stage's work and takes its time; twice in a row is once.
    pub fn stage<T>(&mut self, stage: Stage, work: impl FnOnce() -> T) -> T {
        self.now = stage;
        let start = Instant::now();
        let done = work();
        let seconds = start.elapsed().as_secs_f64();
        match self.spent.last_mut().filter(|(last, _)| *last == stage) {
            Some((_, spent)) => *spent += seconds,
            None => self.spent.push((stage, seconds)),
        }
        done
    }
}

/// Runs the clean half on one document; a panic costs that document only, and is named.
pub(super) fn guarded(
    met: Met,
    watch: &Watch,
    clean: impl FnOnce(&RawDocument, &mut Work) -> Result<(Document, Option<SiteLines>), Trouble>,
) -> Cleaned {
    let (mark, read) = (met.mark, (Stage::Read, met.seconds));
    let raw = match met.item {
        Ok(raw) => raw,
        Err(trouble) => {
            return Cleaned { outcome: Err(trouble), lines: None, mark, bytes: 0, spent: vec![read] };
        }
    };
    let watched = watch.begin(&raw.origin);
    let mut work = Work::default();
    let outcome = catch_unwind(AssertUnwindSafe(|| clean(&raw, &mut work))).unwrap_or_else(|panic| {
        let words = crate::read::panic_words(&*panic);
        let message = format!("internal error, please report it with the document: {words}");
        Err(Trouble::failed(raw.origin.clone(), work.now, message))
    });
    watch.end(watched);
    work.spent.push(read);
    let (outcome, lines) = match outcome {
        Ok((document, lines)) => (Ok(document), lines),
        Err(trouble) => (Err(trouble), None),
    };
    Cleaned { outcome, lines, mark, bytes: raw.bytes.len() as u64, spent: work.spent }
}

/// The documents at work now, in the order of their beginning, and since when.
type AtWork = BTreeMap<u64, (Origin, Instant)>;

/// Knows which documents are at work: what never ends can be named, though no thread can be killed.
#[derive(Debug, Default)]
pub(super) struct Watch(Mutex<AtWork>);

impl Watch {
    fn now(&self) -> MutexGuard<'_, AtWork> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn begin(&self, origin: &Origin) -> u64 {
        let mut now = self.now();
        let number = now.last_key_value().map_or(0, |(last, _)| last + 1);
        now.insert(number, (origin.clone(), Instant::now()));
        number
    }

    fn end(&self, number: u64) {
        self.now().remove(&number);
    }

    /// The documents that have been at work for so many seconds, each with its time.
    fn slow(&self, seconds: f64) -> Vec<(Origin, f64)> {
        let now = self.now();
        let spent = now.values().map(|(origin, since)| (origin.clone(), since.elapsed().as_secs_f64()));
        spent.filter(|(_, spent)| *spent >= seconds).collect()
    }

    /// Tells an observer of them; 0 seconds are never.
    pub(super) fn tell(&self, seconds: f64, observer: &mut dyn Observer) {
        if seconds > 0.0 {
            self.slow(seconds).iter().for_each(|(origin, seconds)| observer.slow(origin, *seconds));
        }
    }
}

/// Does work of the settle half and adds its time to the report.
pub(super) fn timed<T>(report: &mut RunReport, stage: Stage, work: impl FnOnce(&mut RunReport) -> T) -> T {
    let start = Instant::now();
    let done = work(report);
    report.add_work(stage, StageTime { bytes: 0, seconds: start.elapsed().as_secs_f64() });
    done
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Declared;

    #[test]
    fn what_takes_long_is_known_while_it_is_at_work() {
        let watch = Watch::default();
        let (first, _second) = (watch.begin(&Origin::page("a")), watch.begin(&Origin::page("b")));
        watch.end(first);
        let slow: Vec<String> = watch.slow(0.0).into_iter().map(|(origin, _)| origin.to_string()).collect();
        assert_eq!(slow, ["b"]);
        assert!(watch.slow(60.0).is_empty());
    }

    #[test]
    fn a_panic_costs_its_document_and_names_the_stage() {
        let raw =
            RawDocument { origin: Origin::page("a.txt"), bytes: vec![b'x'], declared: Declared::default() };
        let cleaned = guarded(Met::new(Ok(raw), None), &Watch::default(), |_, work| {
            work.stage(Stage::Parse, || panic!("oops {}", 1))
        });
        let Err(Trouble::Failed(failure)) = cleaned.outcome else { panic!("not failed") };
        assert_eq!((failure.origin, failure.stage), (Origin::page("a.txt"), Stage::Parse));
        assert!(failure.error.contains("oops 1"));
    }
}
