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

/// Web pages to trees: the parser of this crate, for those who want the tree itself.
pub mod html {
    pub use crate::parse::html::{KEPT_ATTRIBUTES, Keep, Parsed, State, parse_page as parse, tokens};
}

pub use config::{Config, DedupConfig, Duplicates, Near, ReadConfig, RunConfig, StripConfig, WriteConfig};
pub use pipeline::{Observer, Work, clean, run};
pub use read::{FORMATS, Format, Found, Source, find};
pub use rules::RuleSet;
pub use write::{Outputs, SINKS, STDOUT, SinkFormat, Writers};
