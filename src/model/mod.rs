//! The nouns of the line, one a file. This page is their table of contents.
mod block;
mod document;
mod error;
mod fields;
mod outcome;
mod outline;
mod page;
mod raw;
mod record;
mod report;
mod text;
mod verdict;

pub use block::{Block, BlockKind, Evidence, Piece};
pub use document::{Document, Kind};
pub use error::{Error, Result};
pub use fields::{FieldName, Fields};
pub use outcome::{Failure, SkipReason, Skipped, Stage, Trouble};
pub use outline::{Element, Outline};
pub use page::PageClaims;
pub use raw::{Declared, Origin, RawDocument};
pub use record::{DuplicateNote, Metadata, Record};
pub use report::{Counts, RunReport, StageTime, TroubleRow};
pub use text::{DecidedBy, Decoding, Hygiene, Text, solid};
pub use verdict::{BlockAddress, RuleId, Verdict};
