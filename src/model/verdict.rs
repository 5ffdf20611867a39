//! What strip and dedup say of a block.
use super::{FieldName, Origin};
use std::fmt;
use std::sync::Arc;

/// The name of a rule, such as `en/read-more` or `caption/doubled`. Cheap to copy.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RuleId(Arc<str>);

impl RuleId {
    /// A rule's name.
    pub fn new(name: &str) -> RuleId {
        RuleId(name.into())
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The name of the rule by which lines go that stand on many pages of a site.
pub const SITE_RULE: &str = "site/repeated-line";

/// A block of a document: its origin and its number in it, from 1.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BlockAddress {
    /// The document.
    pub origin: Origin,
    /// The block's number, from 1.
    pub block: u32,
}

impl fmt::Display for BlockAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} block {}", self.origin, self.block)
    }
}

/// What becomes of a block, or of a part of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Verdict {
    /// It stays in the text.
    #[default]
    Keep,
    /// It is cruft, says this rule.
    Cut(RuleId),
    /// It is metadata: it leaves the text and becomes a field.
    Field(FieldName, RuleId),
    /// It is its site's, and not of this text: it stands on many pages ([`SITE_RULE`]).
    Repeated {
        /// The site: a host, or a folder or source of pages without addresses.
        site: Arc<str>,
        /// Pages of it on which the line was seen.
        pages: u32,
    },
    /// It says again what another block says.
    Duplicate {
        /// The block that stays.
        of: Box<BlockAddress>,
        /// How alike the two are, from 0 to 1; 1 is the same words.
        similarity: f32,
        /// Whether it nevertheless stays in the text (`--duplicates mark`).
        kept: bool,
    },
}

impl Verdict {
    /// What became of the text, in a word, as in the ledger.
    pub fn name(&self) -> &'static str {
        match self {
            Verdict::Keep => "kept",
            Verdict::Cut(_) | Verdict::Repeated { .. } => "cut",
            Verdict::Field(..) => "field",
            Verdict::Duplicate { kept: false, .. } => "duplicate",
            Verdict::Duplicate { kept: true, .. } => "marked",
        }
    }

    /// The rule by which a line goes, if it is one.
    pub fn rule(&self) -> Option<&str> {
        match self {
            Verdict::Cut(rule) | Verdict::Field(_, rule) => Some(rule.as_str()),
            Verdict::Repeated { .. } => Some(SITE_RULE),
            Verdict::Keep | Verdict::Duplicate { .. } => None,
        }
    }

    /// Why, where the name of a rule does not say all.
    pub fn reason(&self) -> Option<String> {
        match self {
            Verdict::Repeated { site, pages } => Some(format!("stands on {pages} pages of {site}")),
            _ => None,
        }
    }

    /// Whether the block's text is written.
    pub fn is_kept(&self) -> bool {
        matches!(self, Verdict::Keep | Verdict::Duplicate { kept: true, .. })
    }
}
