//! A bar on a terminal while the line runs: bytes, documents, rate, time left.
use super::args::When;
use super::say::plain;
use super::signals::Asked;
use crate::Observer;
use crate::model::Origin;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;

/// Redraws a second, at most.
const REDRAWS: u8 = 10;

/// What the bar shows; nothing is drawn where nobody looks.
pub(super) struct Progress {
    bar: ProgressBar,
    documents: u64,
    asked: Asked,
    /// The slow document that was named last.
    slow: Option<String>,
}

impl Progress {
    /// A bar over so many bytes; with standard input among the inputs the end is not known.
    pub(super) fn new(when: When, quiet: bool, bytes: Option<u64>, asked: Asked) -> Progress {
        let show = match when {
            When::Auto => !quiet && std::io::stderr().is_terminal(),
            When::Always => true,
            When::Never => false,
        };
        let bar = ProgressBar::with_draw_target(
            bytes,
            if show { ProgressDrawTarget::stderr_with_hz(REDRAWS) } else { ProgressDrawTarget::hidden() },
        );
        let template = match bytes {
            Some(_) => "{bar:30} {bytes}/{total_bytes}  {msg}  {bytes_per_sec}  {eta} left",
            None => "{spinner} {bytes}  {msg}  {bytes_per_sec}  {elapsed}",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Progress { bar, documents: 0, asked, slow: None }
    }

    /// Takes the bar off the screen.
    pub(super) fn done(&self) {
        self.bar.finish_and_clear();
    }
}

impl Observer for Progress {
    fn progress(&mut self, documents: u64, bytes: u64) {
        self.documents += documents;
        self.bar.inc(bytes);
        self.bar.set_message(format!("{} documents", self.documents));
    }

    fn slow(&mut self, document: &Origin, seconds: f64) {
        let name = document.to_string();
        if self.slow.as_ref() != Some(&name) {
            self.bar.suspend(|| eprintln!("slow: {} has been at work for {seconds:.0} s", plain(&name)));
            self.slow = Some(name);
        }
    }

    fn stops(&self) -> bool {
        self.asked.was()
    }
}
