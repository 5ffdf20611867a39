//! The lines of a site: what stands on many of its pages is its furniture, and none of the text of any.
//!
//! Pages are [counted](counts) as they are met and judged when the pages [around them](crate::config::SiteLinesConfig)
//! are counted too. All of it is a function of the pages and of their order alone. Whole sentences are left to the
//! stage that looks for duplicates, which keeps one of each: an article's sentence that the site reprints stays.
mod counts;
mod host;
mod lines;
mod stored;

use super::{Asked, Judge, JudgeRule};
use crate::config::SiteLinesConfig;
use crate::model::{Document, SITE_RULE, Verdict};
use counts::{Counts, Site};
pub(crate) use lines::SiteLines;
use std::sync::Arc;
pub(crate) use stored::Damaged;

/// The row in `JUDGES`. It is asked when other pages are known.
pub(super) const JUDGE: Judge = Judge { name: "site", rules: &[REPEATED], judge: Asked::Site };

const REPEATED: JudgeRule = JudgeRule {
    id: SITE_RULE,
    summary: "A line above or below the text that stands on many pages of its site, and is no whole sentence.",
};

/// What is known of all sites.
pub(crate) struct Sites {
    config: SiteLinesConfig,
    /// The pages met so far, those that wait to be judged among them.
    met: Counts,
    /// The pages that were judged: what a state folder remembers.
    judged: Option<Counts>,
}

impl Sites {
    /// Nothing yet, for a run that nothing remembers.
    pub(crate) fn new(config: &SiteLinesConfig) -> Sites {
        Sites { config: config.clone(), met: Counts::default(), judged: None }
    }

    /// What earlier runs knew, as [`Sites::to_bytes`] gave it; no bytes is nothing.
    ///
    /// # Errors
    /// The bytes are not what was given.
    pub(crate) fn remembered(config: &SiteLinesConfig, earlier: &[u8]) -> Result<Sites, Damaged> {
        let met = if earlier.is_empty() { Counts::default() } else { Counts::from_bytes(earlier)? };
        Ok(Sites { config: config.clone(), judged: Some(met.clone()), met })
    }

    /// Counts the lines of a page, before it is judged.
    pub(crate) fn meet(&mut self, lines: &SiteLines) {
        self.met.add(lines);
    }

    /// Judges a page that was met, and cuts what is its site's.
    pub(crate) fn judge(&mut self, document: &mut Document, lines: &SiteLines) {
        if let Some(judged) = &mut self.judged {
            judged.add(lines);
        }
        if let Some(site) = self.met.site(lines.site()) {
            for (block, pages) in furniture(document, lines, site, &self.config) {
                let site = Arc::clone(lines.site());
                document.blocks[block].set(Verdict::Repeated { site, pages });
            }
        }
    }

    /// How many lines are known as their site's now, of how many sites.
    pub(crate) fn learned(&self) -> (u64, u64) {
        let learned = self.met.sites().map(|site| site.learned(&self.config)).filter(|&lines| lines > 0);
        learned.fold((0, 0), |(lines, sites), more| (lines + more, sites + 1))
    }

    /// What a state folder remembers: the pages that were judged.
    pub(crate) fn to_bytes(&self) -> Option<Vec<u8>> {
        self.judged.as_ref().map(Counts::to_bytes)
    }
}

/// How many sites and lines a state folder remembers, in words.
///
/// # Errors
/// The bytes are not what was given.
pub(crate) fn describe(bytes: &[u8]) -> Result<String, Damaged> {
    let counts = Counts::from_bytes(bytes)?;
    Ok(format!("sites       {} of {} pages\n", counts.sites().count(), counts.pages()))
}

/// The blocks of a page that are its site's, each with the pages it stands on: of the blocks that are still open,
/// the first ones and the last ones, as far as they are known. What stands further in, between blocks of the page's
/// own, stays: a heading that many articles have, an option that many commands have.
fn furniture(
    document: &Document,
    lines: &SiteLines,
    site: &Site,
    config: &SiteLinesConfig,
) -> Vec<(usize, u32)> {
    let open = lines.lines().iter().filter(|line| document.blocks[line.block as usize].is_open());
    let open: Vec<_> = open.map(|line| (line.block as usize, site.known(line.key, config))).collect();
    let own = |(_, pages): &(usize, Option<u32>)| pages.is_none();
    // Where a page has nothing of its own, there is nothing that it is the furniture of.
    let (Some(first), Some(last)) = (open.iter().position(own), open.iter().rposition(own)) else {
        return Vec::new();
    };
    let edges = open[..first].iter().chain(&open[last + 1..]);
    edges.filter_map(|&(block, pages)| Some((block, pages?))).collect()
}

#[cfg(test)]
mod tests;
