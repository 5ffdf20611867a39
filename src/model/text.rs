//! Decoded text and how its encoding was decided.
use serde::Serialize;

/// What decided the encoding of a document, from the surest to the last resort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DecidedBy {
    /// A byte order mark.
    Bom,
    /// The zero bytes of UTF-16 or UTF-32 text without a mark.
    WideLanes,
    /// Valid UTF-8 with at least one non-ASCII character, or ASCII alone.
    Utf8,
    /// The container: an HTTP header.
    Http,
    /// A `meta` element in the first bytes of the page.
    Meta,
    /// An XML declaration.
    Xml,
    /// The detector, from the bytes alone.
    Detected,
    /// Nothing said anything: windows-1252, as browsers do.
    Default,
}

impl DecidedBy {
    /// The name used in records and reports.
    pub fn name(self) -> &'static str {
        match self {
            DecidedBy::Bom => "bom",
            DecidedBy::WideLanes => "wide-lanes",
            DecidedBy::Utf8 => "utf-8",
            DecidedBy::Http => "http",
            DecidedBy::Meta => "meta",
            DecidedBy::Xml => "xml",
            DecidedBy::Detected => "detected",
            DecidedBy::Default => "default",
        }
    }
}

/// A document's characters, and how its bytes became them.
#[derive(Debug, Clone)]
pub struct Text {
    /// The characters.
    pub text: String,
    /// The encoding's name in the WHATWG Encoding Standard.
    pub encoding: &'static str,
    /// What decided.
    pub decided_by: DecidedBy,
    /// Byte sequences that could not be decoded and became U+FFFD.
    pub replacements: usize,
}

/// Characters that are not white space: the measure by which nothing may vanish.
pub fn solid(text: &str) -> u64 {
    text.chars().filter(|c| !c.is_whitespace()).count() as u64
}
