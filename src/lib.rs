//! `gleaner` turns raw web pages and scraped text into clean datasets, and says of every removed line why it
//! went.
//!
//! The line is **read -> decode -> parse -> strip -> dedup -> write**: [`run`] walks it, [`clean`] is its first
//! half for one document. *Parse gathers evidence, strip and dedup judge, write obeys.*
//!
//! One document, with the reason for each line that goes:
//!
//! ```
//! use gleaner::model::{Declared, Origin, RawDocument};
//! use gleaner::{Config, RuleSet, Work};
//!
//! let text = "Ferry to sail all winter\n\nShare this article\n\n\
//!             The ferry to the island will keep sailing through the winter, the council decided on Monday.\n";
//! let raw = RawDocument {
//!     origin: Origin::page("ferry.txt"),
//!     bytes: text.as_bytes().to_vec(),
//!     declared: Declared::default(),
//! };
//! let (config, rules) = (Config::default(), RuleSet::load(&[], &[])?);
//! let document = gleaner::clean(&config, &rules, &raw, &mut Work::default()).expect("it is text");
//! assert_eq!(document.fields.title.as_deref(), Some("Ferry to sail all winter"));
//! assert!(document.body().starts_with("The ferry to the island") && document.kept().count() == 1);
//! let cut = &document.blocks[1];
//! assert_eq!((cut.text(), cut.verdict().rule()), ("Share this article", Some("en/share")));
//! # Ok::<(), gleaner::model::Error>(())
//! ```
//!
//! A whole corpus is [found](find), [run] into [`Outputs`], and [verified](verify); [`compare`] says what other
//! settings would change. [`RuleSet`] compiles rules, [`Config`] holds the settings. Single stages can be had too:
//! [`decode`], [`html::parse`], [`NearIndex`].
#[doc(hidden)]
pub mod bench;
mod config;
mod decode;
mod dedup;
mod parse;
mod pipeline;
mod read;
mod scorer;
mod strip;
mod wire;
mod write;

#[cfg(feature = "cli")]
pub mod cli;
pub mod model;
pub mod rules;

/// Web pages to trees: the parser of this crate, for those who want the tree itself.
pub mod html {
    pub use crate::parse::html::{KEPT_ATTRIBUTES, Keep, Parsed, State, parse_page as parse, tokens};
}

/// What [`compare`] finds.
pub mod comparison {
    pub use crate::pipeline::comparison::*;
}

/// The examples of the README, compiled with those of the documentation.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

pub use config::{
    Config, Contained, CssSelector, DatasheetConfig, DecodeConfig, DedupConfig, Duplicates, DuplicatesOf,
    Measure, Near, NearProfile, ParseConfig, ReadConfig, RunConfig, Scorer, SiteConfig, SiteLinesConfig,
    StripConfig, TextFormat, WriteConfig,
};
pub use decode::{declared_in_meta, decode};
pub use dedup::apart::{NearFinding, NearFound, NearJoin};
pub use dedup::{Match, NearIndex};
pub use pipeline::{
    Cleaned, Fingerprint, Observer, Settler, Shard, Side, Work, clean, compare, describe_state, inputs,
    merge, notes, run, run_shard,
};
pub use read::{FORMATS, Format, Found, Row, Source, documents, find};
pub use rules::RuleSet;
pub use strip::{BlockScore, ExampleOf, Fault, JUDGES, Judge, JudgeRule, faults, scores};
pub use write::{
    DocumentPage, Notes, Outputs, SINKS, STDOUT, SinkFormat, Verified, Writers, ledger_rows, markdown, verify,
};

/// What training needs to see of the inside. No part of the library's promises.
#[doc(hidden)]
pub mod train {
    use crate::model::{Declared, Origin, RawDocument};

    /// The names of the features of a line of text.
    pub const TEXT_FEATURES: &[&str] = crate::strip::features::FEATURES;

    /// The features of each line of a text, as the scorer would see them; one row a non-blank line.
    pub fn text_features(text: &str, rules: &crate::RuleSet) -> Vec<Vec<f32>> {
        parsed(&raw(text)).map(|document| crate::strip::features_of(&document, rules)).unwrap_or_default()
    }

    /// A table that judges a text's lines, read from elsewhere than the program: that of a fold.
    pub struct TextTable(crate::strip::Table);

    impl TextTable {
        /// Reads the table.
        pub fn new(table: &str) -> crate::model::Result<TextTable> {
            crate::strip::Table::parse(table).map(TextTable)
        }

        /// Which lines of a text are kept by this table, one a non-blank line; nothing for what is no text.
        pub fn kept(
            &self,
            text: &str,
            config: &crate::StripConfig,
            rules: &crate::RuleSet,
        ) -> Option<Vec<bool>> {
            let mut document = parsed(&raw(text))?;
            crate::strip::strip_lines_with(&mut document, config, rules, Some(&self.0));
            Some(document.blocks.iter().map(|block| block.is_kept() && !block.body().is_empty()).collect())
        }
    }

    /// The names of the features of a page's block, of the first and of the second look.
    pub fn page_features() -> [Vec<String>; 2] {
        [crate::strip::page::features::names(), crate::strip::page::company::names()]
    }

    /// A page, parsed, as the scorer of pages sees it.
    pub struct PageRows(crate::model::Document);

    impl PageRows {
        /// Parses a page; nothing for what is no text.
        pub fn new(page: &str) -> Option<PageRows> {
            parsed(&raw(page)).map(PageRows)
        }

        /// The texts of its blocks.
        pub fn texts(&self) -> Vec<&str> {
            self.0.blocks.iter().map(|block| block.text()).collect()
        }

        /// The features of the first look, one row after the other.
        pub fn first(&self) -> Vec<f32> {
            crate::strip::page::first_rows(&self.0)
        }

        /// The features that the second look adds, given the first scores, one a block.
        pub fn second(&self, scores: &[f32]) -> Vec<f32> {
            crate::strip::page::second_rows(&self.0, scores)
        }
    }

    /// The tables that judge a page's blocks, read from elsewhere than the program: those of a fold.
    pub struct PageTables(crate::strip::page::tables::Tables);

    impl PageTables {
        /// Reads the tables of the first and of the second look.
        pub fn new(first: &str, second: &str) -> crate::model::Result<PageTables> {
            crate::strip::page::tables::Tables::parse(first, second).map(PageTables)
        }

        /// A page, cleaned by these tables and then as on the line; nothing for what is no text.
        pub fn clean(&self, page: &str, rules: &crate::RuleSet) -> Option<crate::model::Record> {
            let mut document = parsed(&raw(page))?;
            let config = crate::StripConfig::default();
            crate::strip::page::judge_with(&mut document, &config, &self.0);
            crate::strip::strip_lines(&mut document, &config, rules);
            Some(crate::model::Record::new(&document))
        }
    }

    pub(crate) fn raw(text: &str) -> RawDocument {
        RawDocument { origin: Origin::page("t"), bytes: text.into(), declared: Declared::default() }
    }

    /// The document, decoded and parsed.
    pub(crate) fn parsed(raw: &RawDocument) -> Option<crate::model::Document> {
        let text = crate::decode(raw, &crate::DecodeConfig::default()).ok()?;
        Some(crate::parse::parse(raw, text, &crate::Config::default()))
    }
}
