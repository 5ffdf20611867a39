//! How an input may end other than well: skipped for a reason, or failed.
use super::Origin;
use serde::Serialize;

/// The six stages of the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// Sources to raw documents.
    Read,
    /// Bytes to text.
    Decode,
    /// Text to blocks.
    Parse,
    /// Cruft out.
    Strip,
    /// Repeats out.
    Dedup,
    /// Records to files.
    Write,
}

impl Stage {
    /// All, in the order of the line.
    pub const ALL: [Stage; 6] =
        [Stage::Read, Stage::Decode, Stage::Parse, Stage::Strip, Stage::Dedup, Stage::Write];

    /// The stage's word.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Read => "read",
            Stage::Decode => "decode",
            Stage::Parse => "parse",
            Stage::Strip => "strip",
            Stage::Dedup => "dedup",
            Stage::Write => "write",
        }
    }
}

/// Why an input was passed over. Passing over is not an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SkipReason {
    /// No bytes, or white space alone.
    Empty,
    /// Not text: an image, an archive, random bytes.
    Binary,
    /// A pipe, a socket or a device.
    SpecialFile,
    /// A symbolic link met inside a folder; links are not followed there.
    Link,
    /// A record of a crawl that holds no document: a request, a revisit, metadata.
    OtherRecord,
    /// A response of a crawl with another status than success: an error page, a redirect.
    HttpStatus,
    /// A record of a crawl that is neither page nor text by its media type.
    MediaType,
    /// An earlier run of the same state took it in.
    Known,
    /// An object of JSON without a page or a text: settings, or data of another kind.
    Json,
    /// The manifest, the ledger or the report of an earlier run, met beside its data in a folder.
    RunFile,
    /// Its language is none of those that are wanted.
    Language,
    /// Nothing was left of it: every block is in the ledger.
    NothingKept,
}

impl SkipReason {
    /// The reason's word, as in the report.
    pub fn name(self) -> &'static str {
        match self {
            SkipReason::Empty => "empty",
            SkipReason::Binary => "binary",
            SkipReason::SpecialFile => "special-file",
            SkipReason::Link => "link",
            SkipReason::OtherRecord => "other-record",
            SkipReason::HttpStatus => "http-status",
            SkipReason::MediaType => "media-type",
            SkipReason::Known => "known",
            SkipReason::Json => "json",
            SkipReason::RunFile => "run-file",
            SkipReason::Language => "language",
            SkipReason::NothingKept => "nothing-kept",
        }
    }

    /// Whether it is the nature of the source, and no fact about an input that anyone would look up: such are
    /// counted and not named.
    pub fn is_only_counted(self) -> bool {
        matches!(
            self,
            SkipReason::OtherRecord | SkipReason::HttpStatus | SkipReason::MediaType | SkipReason::Known
        )
    }
}

/// An input that was passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Which.
    pub origin: Origin,
    /// Why.
    pub reason: SkipReason,
}

/// An input that could not be taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Which.
    pub origin: Origin,
    /// Where on the line.
    pub stage: Stage,
    /// What happened and what to do about it.
    pub error: String,
}

/// An input that did not end as a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// Passed over.
    Skipped(Skipped),
    /// Failed.
    Failed(Failure),
}

impl Trouble {
    /// An input passed over.
    pub fn skipped(origin: Origin, reason: SkipReason) -> Trouble {
        Trouble::Skipped(Skipped { origin, reason })
    }

    /// An input that failed.
    pub fn failed(origin: Origin, stage: Stage, error: impl ToString) -> Trouble {
        Trouble::Failed(Failure { origin, stage, error: error.to_string() })
    }

    /// The input it is about.
    pub fn origin(&self) -> &Origin {
        match self {
            Trouble::Skipped(skipped) => &skipped.origin,
            Trouble::Failed(failure) => &failure.origin,
        }
    }
}
