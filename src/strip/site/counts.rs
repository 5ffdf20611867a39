//! How many pages of its site each line stands on, in bounded memory.
//!
//! Lossy counting (G. Manku, R. Motwani, "Approximate frequency counts over data streams", VLDB 2002): after every
//! [`BUCKET`] pages of a site, the lines are forgotten that can have stood on at most one page of a bucket. A line
//! that stands on more than one page in so many is never forgotten. A count is at most so much too low as buckets
//! went by before the line was met, and never too high.
use super::lines::SiteLines;
use crate::config::SiteLinesConfig;
use crate::strip::topics::BuildWordHasher;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Pages of a site after which its rare lines are forgotten. Shares of 1 in 50 and more are known, less than half
/// of the least that can be asked for.
pub(super) const BUCKET: u32 = 50;

/// Pages that are told apart for each line: up to so many, a page that comes again does not count again.
pub(super) const PRINTS: usize = 7;

/// Lines of all sites together, at most: about 64 MB. Beyond it, the sites that were not met for longest lose the
/// lines of a single page, and then all.
const MAX_LINES: usize = 1_000_000;

/// What is left of [`MAX_LINES`] when lines were forgotten, so that it is not done for each page.
const LEFT: usize = MAX_LINES / 4 * 3;

/// A line of a site.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Count {
    /// Pages that it stands on.
    pub(super) pages: u32,
    /// Buckets that were full when it was met.
    pub(super) born: u32,
    /// The first pages.
    pub(super) prints: [u16; PRINTS],
}

impl Count {
    fn stands_on(&mut self, print: u16) {
        if self.prints.contains(&print) {
            return;
        }
        if let Some(free) = self.prints.get_mut(self.pages as usize) {
            *free = print;
        }
        self.pages = self.pages.saturating_add(1);
    }
}

/// What is known of a site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Site {
    /// Its pages.
    pub(super) pages: u32,
    /// The number of the page, among all pages, that was its last.
    pub(super) last: u64,
    /// Its lines.
    pub(super) lines: HashMap<u64, Count, BuildWordHasher>,
}

impl Site {
    /// On how many pages a line stands, if they are enough.
    pub(super) fn known(&self, key: Option<u64>, config: &SiteLinesConfig) -> Option<u32> {
        self.lines.get(&key?).map(|count| count.pages).filter(|&pages| self.are_enough(pages, config))
    }

    fn are_enough(&self, pages: u32, config: &SiteLinesConfig) -> bool {
        pages >= config.min_pages && f64::from(pages) >= f64::from(config.min_share) * f64::from(self.pages)
    }

    /// How many lines stand on enough pages.
    pub(super) fn learned(&self, config: &SiteLinesConfig) -> u64 {
        self.lines.values().filter(|count| self.are_enough(count.pages, config)).count() as u64
    }

    fn add(&mut self, lines: &SiteLines) {
        let full = self.pages / BUCKET;
        self.pages = self.pages.saturating_add(1);
        for &key in lines.counted() {
            let count = self.lines.entry(key).or_insert_with(|| Count { born: full, ..Count::default() });
            count.stands_on(lines.print());
        }
        if self.pages.is_multiple_of(BUCKET) {
            let full = self.pages / BUCKET;
            self.lines.retain(|_, count| count.pages.saturating_add(count.born) > full);
        }
    }
}

/// What is known of all sites.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) sites: BTreeMap<Arc<str>, Site>,
    /// Pages met.
    pub(super) pages: u64,
    /// Lines of all sites, and the sites themselves.
    pub(super) size: usize,
}

impl Counts {
    /// Counts the lines of a page.
    pub(super) fn add(&mut self, lines: &SiteLines) {
        self.pages += 1;
        if !self.sites.contains_key(lines.site()) {
            self.sites.insert(Arc::clone(lines.site()), Site::default());
            self.size += 1;
        }
        if let Some(site) = self.sites.get_mut(lines.site()) {
            let before = site.lines.len();
            site.add(lines);
            site.last = self.pages;
            self.size = self.size + site.lines.len() - before;
        }
        if self.size > MAX_LINES {
            self.forget(LEFT);
        }
    }

    /// What is known of a site.
    pub(super) fn site(&self, name: &str) -> Option<&Site> {
        self.sites.get(name)
    }

    /// All sites.
    pub(super) fn sites(&self) -> impl Iterator<Item = &Site> {
        self.sites.values()
    }

    /// Pages met.
    pub(super) fn pages(&self) -> u64 {
        self.pages
    }

    /// Forgets lines until so many are left.
    fn forget(&mut self, left: usize) {
        let mut by_age: Vec<(u64, Arc<str>)> =
            self.sites.iter().map(|(name, site)| (site.last, Arc::clone(name))).collect();
        by_age.sort_unstable();
        for keeps_some in [true, false] {
            for (_, name) in &by_age {
                let Some(site) = self.sites.get_mut(name).filter(|_| self.size > left) else { continue };
                let before = site.lines.len();
                site.lines.retain(|_, count| keeps_some && count.pages > 1);
                site.lines.shrink_to_fit();
                self.size -= before - site.lines.len();
                if site.lines.is_empty() {
                    self.sites.remove(name);
                    self.size -= 1;
                }
            }
        }
    }
}
