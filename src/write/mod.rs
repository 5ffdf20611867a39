//! Records to files. An output format is one file here and one row in [`SINKS`].
mod atomic;
mod croissant;
mod csv;
mod earlier;
mod jsonl;
mod ledger;
mod left;
mod look;
mod manifest;
mod markdown;
mod outputs;
mod packing;
#[cfg(feature = "parquet")]
mod parquet;
mod part;
mod same;
mod verify;
mod writers;

use crate::config::WriteConfig;
use crate::model::Record;
use atomic::Target;
pub(crate) use atomic::{Closed, remove, sync_folder};
pub(crate) use earlier::Earlier;
pub use ledger::ledger_rows;
pub(crate) use left::{beside_data, is_left, unfinished as unfinished_files};
pub(crate) use look::Look;
pub use look::{DocumentPage, Notes};
pub(crate) use manifest::hash_file;
pub use markdown::markdown;
pub use outputs::{Outputs, STDOUT};
pub(crate) use part::{PartReader, PartWriter, Place};
pub(crate) use same::Place as FilePlace;
pub use verify::{Verified, verify};
pub(crate) use writers::Unfinished;
pub use writers::Writers;

/// What writes records in one format.
pub(crate) trait Sink: Send {
    /// Writes a record.
    ///
    /// # Errors
    /// What the file system says.
    fn put(&mut self, record: &Record) -> std::io::Result<()>;

    /// What it writes into, with nothing held back before it.
    ///
    /// # Errors
    /// What the file system says.
    fn target(&mut self) -> std::io::Result<&mut Target>;

    /// Hands back what it wrote into, with nothing held back.
    ///
    /// # Errors
    /// What the file system says.
    fn finish(self: Box<Self>) -> std::io::Result<Target>;
}

/// An output format.
pub struct SinkFormat {
    /// Its name.
    pub name: &'static str,
    /// The ending of its files.
    pub ending: &'static str,
    /// Its media type.
    pub media_type: &'static str,
    /// What a file begins with.
    head: fn(&mut Target) -> std::io::Result<()>,
    /// Opens it, after the head.
    open: fn(Target, &WriteConfig) -> Box<dyn Sink>,
    /// Counts the records of a file.
    count: fn(Box<dyn std::io::Read + '_>) -> std::io::Result<u64>,
}

/// All output formats.
pub const SINKS: &[SinkFormat] = &[
    jsonl::JSONL,
    csv::CSV,
    #[cfg(feature = "parquet")]
    parquet::PARQUET,
];
