//! Bytes as they were read, with their address and what their container said of them.
use std::fmt;
use std::sync::Arc;

/// Where a document comes from: a source and, in sources of many documents, a record of it.
///
/// Shown as `path` or `path#record`, with `/` on every system. Never absolute unless the user typed it so.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Origin {
    source: Arc<str>,
    record: Option<Arc<str>>,
}

impl Origin {
    /// A source that is one document.
    pub fn page(source: &str) -> Origin {
        Origin { source: source.into(), record: None }
    }

    /// One record (an id, or a line number) of a source of many.
    pub fn record(source: &str, record: &str) -> Origin {
        Origin { source: source.into(), record: Some(record.into()) }
    }

    /// Whether it is one record of a source of many.
    pub fn is_record(&self) -> bool {
        self.record.is_some()
    }

    /// The source alone, without the record.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The record alone, in a source of many.
    pub fn record_name(&self) -> Option<&str> {
        self.record.as_deref()
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.record {
            Some(record) => write!(f, "{}#{record}", self.source),
            None => f.write_str(&self.source),
        }
    }
}

/// What a container (HTTP headers, a row of a table) says of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Declared {
    /// The charset label, as written.
    pub charset: Option<String>,
    /// The media type, as written.
    pub media_type: Option<String>,
    /// The address the page was fetched from.
    pub url: Option<String>,
    /// The title of the row.
    pub title: Option<String>,
    /// The publication date of the row, as written.
    pub date: Option<String>,
}

/// A document before decoding.
#[derive(Debug, Clone)]
pub struct RawDocument {
    /// Where it comes from.
    pub origin: Origin,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What its container says of it.
    pub declared: Declared,
}
