//! What is stripped, and by what.
use super::CssSelector;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// What judges the blocks of a page, and the lines of a text that no words give away.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scorer {
    /// Boosted trees over the shape, place and company of a block or line.
    #[default]
    Trees,
    /// A few rules of context, written by hand.
    Rules,
}

/// What is stripped.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StripConfig {
    /// Whether anything is stripped at all.
    pub enabled: bool,
    /// What judges the blocks of a page, and the lines of a text that no words give away.
    pub scorer: Scorer,
    /// How strict the scorer is, between 0 and 1: a line goes if it is cruft with more than one minus this
    /// probability. Of a page's blocks the chance to be content is moved likewise. Higher is cleaner, lower keeps
    /// more.
    pub strictness: f32,
    /// More rule files, beside those built in.
    pub rules: Vec<PathBuf>,
    /// Rules that are left out, by id.
    pub without: Vec<String>,
    /// Elements of pages that are their content: with any, what stands outside of all of them goes, and no judge of
    /// pages is asked. In force with `enabled = false` too.
    pub select: Vec<CssSelector>,
    /// Elements of pages that are no content, with all in them. In force with `enabled = false` too.
    pub drop: Vec<CssSelector>,
    /// Lines that stand on many pages of a site.
    pub site_lines: SiteLinesConfig,
}

impl Default for StripConfig {
    fn default() -> Self {
        StripConfig {
            enabled: true,
            scorer: Scorer::Trees,
            strictness: 0.56,
            rules: Vec::new(),
            without: Vec::new(),
            select: Vec::new(),
            drop: Vec::new(),
            site_lines: SiteLinesConfig::default(),
        }
    }
}

impl StripConfig {
    /// Whether the lines of sites are looked for.
    pub(crate) fn looks_at_sites(&self) -> bool {
        self.enabled && self.site_lines.enabled
    }

    /// What is wrong with it, if anything.
    pub(super) fn fault(&self) -> Option<&'static str> {
        if !(self.strictness > 0.0 && self.strictness < 1.0) {
            return Some("strip.strictness must be more than 0 and less than 1");
        }
        self.site_lines.fault()
    }
}

/// Which lines of a site are taken for its furniture: those that stand on many of its pages. A site is the host of
/// the page's address; of pages without one, the folder or the source they lie in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SiteLinesConfig {
    /// Whether they are looked for. Off, for the trees take nearly all of them by themselves, and documents that wait
    /// for the pages behind them cost memory: for sites whose furniture the trees keep.
    pub enabled: bool,
    /// Pages of the site on which a line stands, at least.
    pub min_pages: u32,
    /// Share of the site's pages on which it stands, at least.
    pub min_share: f32,
    /// How far ahead of a document the pages of its site are counted before it is judged: so many documents, and
    /// so many bytes of memory. Both bound the memory that the documents take up that wait.
    pub ahead_documents: usize,
    /// See `ahead_documents`.
    pub ahead_bytes: usize,
}

impl Default for SiteLinesConfig {
    fn default() -> Self {
        SiteLinesConfig {
            enabled: false,
            min_pages: 5,
            min_share: 0.3,
            ahead_documents: 5_000,
            ahead_bytes: 64 << 20,
        }
    }
}

impl SiteLinesConfig {
    fn fault(&self) -> Option<&'static str> {
        if self.min_pages < 2 {
            return Some("strip.site_lines.min_pages must be at least 2");
        }
        if !(SiteLinesConfig::LEAST_SHARE..=1.0).contains(&self.min_share) {
            return Some("strip.site_lines.min_share must be between 0.05 and 1");
        }
        None
    }

    /// The least share that can be asked for: what is rarer is not remembered for sure.
    pub const LEAST_SHARE: f32 = 0.05;
}
