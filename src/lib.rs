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
#[doc(hidden)]
pub mod train;
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
pub use dedup::apart::{NearFinding, NearFound, NearJoin, NearRelation};
pub use dedup::{Match, NearIndex};
pub use pipeline::{
    Cleaned, Fingerprint, Observer, Settler, Shard, Side, Work, clean, compare, describe_state, inputs,
    merge, notes, record, run, run_shard,
};
pub use read::{FORMATS, Format, Found, Row, Source, documents, find};
pub use rules::RuleSet;
pub use strip::{BlockScore, ExampleOf, Fault, JUDGES, Judge, JudgeRule, faults, scores};
pub use write::{
    DocumentPage, Notes, Outputs, SINKS, STDOUT, SinkFormat, Verified, Writers, ledger_rows, markdown, verify,
};
