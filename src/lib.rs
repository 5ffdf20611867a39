//! `gleaner` turns raw web pages and scraped text into clean datasets, and says of every removed line why it
//! went.
//!
//! The line is **read -> decode -> parse -> strip -> dedup -> write**: [`run`] walks it, [`clean`] is its first
//! half for one document. *Parse gathers evidence, strip and dedup judge, write obeys.*
mod config;
mod decode;
mod dedup;
mod parse;
mod pipeline;
mod read;
mod strip;
mod write;

#[cfg(feature = "cli")]
pub mod cli;
pub mod model;
pub mod rules;

pub use config::{
    Config, Contained, DedupConfig, Duplicates, DuplicatesOf, Measure, Near, NearProfile, ReadConfig,
    RunConfig, StripConfig, WriteConfig,
};
pub use dedup::{Match, NearIndex, describe_state};
pub use pipeline::{Observer, Work, clean, run};
pub use read::{FORMATS, Format, Found, Source, find};
pub use rules::RuleSet;
pub use write::{Outputs, SINKS, STDOUT, SinkFormat, Writers};
