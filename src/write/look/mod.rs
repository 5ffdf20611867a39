//! The report that people read: one page of HTML that needs nothing else, of a bounded size whatever the input.
//!
//! What a run meets is counted as it passes ([`tally`], [`families`], [`sample`]); the page is made of that and of
//! the [`RunReport`] at the end. Markup comes from this program alone: see [`html`].
mod blocks;
mod chart;
mod cuts;
mod families;
mod group;
mod html;
mod kinds;
mod number;
mod outcome;
mod page;
mod places;
mod repeats;
mod sample;
mod sheets;
mod shown;
mod stages;
mod tally;
#[cfg(test)]
mod tests;
mod troubles;

use crate::model::{Document, Record, RunReport, Trouble};
use families::Families;
pub use group::Notes;
use html::Html;
pub(super) use page::HEAD as PAGE_HEAD;
use places::Places;
use sample::Sample;
use shown::Shown;
use tally::Tally;

/// The parts of the report, each with its name on the page.
const PARTS: [(&str, &str); 7] = [
    ("outcome", "In and out"),
    ("stages", "Time"),
    ("cuts", "Cuts"),
    ("duplicates", "Duplicates"),
    ("kinds", "Languages"),
    ("troubles", "Failures"),
    ("sample", "Documents"),
];

/// What a run met, as far as its page tells of it. Memory does not follow the input.
pub(crate) struct Look {
    notes: Notes,
    tally: Tally,
    families: Families,
    sample: Sample,
}

impl Look {
    /// A look at nothing yet; the notes say what is known of rules.
    pub(crate) fn new(notes: Notes) -> Look {
        Look { notes, tally: Tally::default(), families: Families::default(), sample: Sample::default() }
    }

    /// Looks at a judged document and its record, written or not.
    pub(crate) fn document(&mut self, document: &Document, record: &Record) {
        self.tally.add(document, record);
        self.families.add(document);
        self.sample.offer(document, record);
    }

    /// The page.
    pub(crate) fn page(&self, report: &RunReport) -> String {
        let documents = self.sample.documents();
        let places = Places::new(&documents, &self.families);
        let mut html = Html::default();
        page::begin(&mut html, "Report of a run", &PARTS);
        outcome::figures(&mut html, report);
        outcome::section(&mut html, report, &self.tally, &self.notes);
        stages::section(&mut html, report);
        cuts::section(&mut html, report, &self.tally, &self.notes);
        repeats::section(&mut html, report, &self.tally, &self.families, &places);
        kinds::section(&mut html, report, &self.tally);
        troubles::section(&mut html, report);
        sheets::section(&mut html, &documents, self.tally.documents, &self.notes, &places);
        page::end(&mut html, report.version, &report.config);
        html.into_string()
    }
}

/// Single documents as a page: every block with its verdict. The pieces it gives, one after another, are the page.
pub struct DocumentPage {
    notes: Notes,
    shown: usize,
}

impl DocumentPage {
    /// A page without documents yet; the notes say what is known of rules.
    pub fn new(notes: Notes) -> DocumentPage {
        DocumentPage { notes, shown: 0 }
    }

    /// The beginning of the page.
    pub fn begin(&self) -> String {
        let mut html = Html::default();
        page::begin(&mut html, "What became of each line", &[]);
        sheets::legend(&mut html, true);
        html.into_string()
    }

    /// A judged document, with a note on each of its blocks, or with none.
    pub fn document(&mut self, document: &Document, notes: &[String]) -> String {
        self.shown += 1;
        let shown = Shown::whole(document, &Record::new(document), notes);
        let mut html = Html::default();
        sheets::whole(&mut html, &shown, self.shown, &self.notes);
        html.into_string()
    }

    /// A document that was passed over or failed, in these words.
    pub fn trouble(&self, trouble: &Trouble, words: &str) -> String {
        let mut html = Html::default();
        html.put("<article><h2>").name(&shown_name(&trouble.origin().to_string())).put("</h2><p>");
        html.name(words).put("</p></article>\n");
        html.into_string()
    }

    /// The end of the page.
    pub fn end(&self) -> String {
        let mut html = Html::default();
        page::end(&mut html, env!("CARGO_PKG_VERSION"), "");
        html.into_string()
    }
}

/// The name of a source, as far as it is shown.
fn shown_name(source: &str) -> String {
    html::clipped(source, shown::NAME_CHARACTERS)
}

/// How alike two texts are, in words.
fn alike(similarity: f32) -> String {
    if similarity >= 1.0 {
        "same words".to_string()
    } else {
        format!("{:.0} % alike", (similarity * 100.0).floor())
    }
}
