//! What looks across documents: lines of sites first, then repeats. Documents come in, and go out, in input order.
use super::ahead::Ahead;
use super::cleaned::Cleaned;
use crate::config::Config;
use crate::dedup::Deduper;
use crate::model::{Document, Result};
use crate::strip::site::Sites;

/// What is known of the documents so far, and those that wait for more to be known.
pub(super) struct Across {
    /// Lines of sites, where they are looked at.
    pub(super) sites: Option<Sites>,
    ahead: Ahead,
    /// The index of paragraphs, or of documents.
    pub(super) deduper: Deduper,
}

impl Across {
    /// What earlier runs learned of sites is gone on with; whether there is an index of theirs, the settings say.
    ///
    /// # Errors
    /// An index that cannot be used.
    pub(super) fn begin(config: &Config, sites: Option<Sites>) -> Result<Across> {
        let ahead = Ahead::new(&config.strip.site_lines, config.strip.looks_at_sites());
        Ok(Across { sites, ahead, deduper: Deduper::new(&config.dedup, config.run.threads)? })
    }

    /// Documents come in, and their lines are counted; those that have waited long enough come out, judged by their
    /// sites.
    pub(super) fn meet(&mut self, batch: Vec<Cleaned>) -> Vec<Cleaned> {
        let mut ready = Vec::new();
        for cleaned in batch {
            if let (Some(sites), Some(lines)) = (&mut self.sites, &cleaned.lines) {
                sites.meet(lines);
            }
            self.ahead.push(cleaned);
            ready.extend(std::iter::from_fn(|| self.next(false)));
        }
        ready
    }

    /// Some of those that still wait, when no more come in; none if none does.
    pub(super) fn rest(&mut self, at_once: usize) -> Vec<Cleaned> {
        std::iter::from_fn(|| self.next(true)).take(at_once).collect()
    }

    /// The next document that has waited long enough, judged by its site.
    fn next(&mut self, ended: bool) -> Option<Cleaned> {
        let mut next = self.ahead.next(ended)?;
        if let (Some(sites), Ok(document), Some(lines)) = (&mut self.sites, &mut next.outcome, &next.lines) {
            sites.judge(document, lines);
        }
        Some(next)
    }

    /// Looks for repeats in documents that come next in input order.
    ///
    /// # Errors
    /// An index that cannot be read or written.
    pub(super) fn judge(&mut self, ready: &mut [Cleaned]) -> Result<()> {
        let mut documents: Vec<&mut Document> = ready.iter_mut().filter_map(Cleaned::document_mut).collect();
        self.deduper.judge(&mut documents)
    }
}
