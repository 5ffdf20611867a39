//! The work done on one document: timed by stage, and kept from hurting any other document.
use super::source::{Mark, Met};
use crate::model::{Document, RawDocument, RunReport, Stage, StageTime, Trouble};
use std::panic::{AssertUnwindSafe, catch_unwind};
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
    /// Does a stage's work and takes its time.
    pub fn stage<T>(&mut self, stage: Stage, work: impl FnOnce() -> T) -> T {
        self.now = stage;
        let start = Instant::now();
        let done = work();
        self.spent.push((stage, start.elapsed().as_secs_f64()));
        done
    }
}

/// A document that went through the clean half of the line, or what became of it.
pub(super) struct Cleaned {
    pub(super) outcome: Result<Document, Trouble>,
    pub(super) mark: Option<Mark>,
    bytes: u64,
    spent: Vec<(Stage, f64)>,
}

impl Cleaned {
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    pub(super) fn document_mut(&mut self) -> Option<&mut Document> {
        self.outcome.as_mut().ok()
    }

    /// Adds its bytes and its times to the report.
    pub(super) fn account(&self, report: &mut RunReport) {
        report.bytes += self.bytes;
        for &(stage, seconds) in &self.spent {
            report.add_work(stage, StageTime { bytes: self.bytes, seconds });
        }
    }
}

/// Runs the clean half on one document; a panic costs that document only, and is named.
pub(super) fn guarded(
    met: Met,
    clean: impl FnOnce(&RawDocument, &mut Work) -> Result<Document, Trouble>,
) -> Cleaned {
    let mark = met.mark;
    let raw = match met.item {
        Ok(raw) => raw,
        Err(trouble) => return Cleaned { outcome: Err(trouble), mark, bytes: 0, spent: Vec::new() },
    };
    let mut work = Work::default();
    let outcome = catch_unwind(AssertUnwindSafe(|| clean(&raw, &mut work))).unwrap_or_else(|panic| {
        let words = panic.downcast_ref::<String>().map(String::as_str);
        let words = words.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message");
        let message = format!("internal error, please report it with the document: {words}");
        Err(Trouble::failed(raw.origin.clone(), work.now, message))
    });
    Cleaned { outcome, mark, bytes: raw.bytes.len() as u64, spent: work.spent }
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
    use crate::model::{Declared, Origin};

    #[test]
    fn a_panic_costs_its_document_and_names_the_stage() {
        let raw =
            RawDocument { origin: Origin::page("a.txt"), bytes: vec![b'x'], declared: Declared::default() };
        let cleaned = guarded(Met { item: Ok(raw), mark: None }, |_, work| {
            work.stage(Stage::Parse, || panic!("oops {}", 1))
        });
        let Err(Trouble::Failed(failure)) = cleaned.outcome else { panic!("not failed") };
        assert_eq!((failure.origin, failure.stage), (Origin::page("a.txt"), Stage::Parse));
        assert!(failure.error.contains("oops 1"));
    }
}
