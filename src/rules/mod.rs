//! Rules are data: one TOML table a rule, one file a language, compiled once into look-up tables.
mod built_in;
mod compiled;
mod engine;
mod expressions;
mod finder;
mod fold;
mod hash;
mod places;
mod reading;
mod table;

use crate::model::{Error, FieldName, Result, RuleId};
use std::collections::HashSet;
use std::path::{Path, PathBuf};

pub use built_in::LANGUAGES;
pub(crate) use engine::{Found, FoundPart};
pub use engine::{Hit, PartHit, RuleSet};
pub(crate) use fold::{FOLDED_GROWTH, fold_onto};
pub use fold::{fold, trim_marks};
pub(crate) use hash::{BuildWordHasher, hash, hash_within};
pub use places::{Places, places};
pub use table::Category;

/// What becomes of what a rule finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// It goes.
    Cut,
    /// It becomes a field.
    Field(FieldName),
}

/// How much a rule's words prove.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Proof {
    /// The words alone are proof, wherever they stand.
    #[default]
    Strong,
    /// The words are proof only where no body text stands on both sides.
    Edge,
    /// The words are a hint, for the judges that look at context.
    Weak,
}

/// One rule, with its own examples.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its name: `language/name`.
    pub id: RuleId,
    /// The kind of cruft.
    pub category: Category,
    /// What it finds, in one line.
    pub summary: String,
    /// Why it is cruft, where that is not plain.
    pub reason: String,
    /// What becomes of what it finds.
    pub action: Action,
    /// How much its words prove.
    pub proof: Proof,
    /// Blocks of more words than this are left alone.
    pub max_words: usize,
    /// What it matches.
    pub patterns: Patterns,
    /// Whether what is left of a block goes too when a part of it was found.
    pub rest_too: bool,
    /// Lines it cuts, wholly or in part.
    pub cuts: Vec<String>,
    /// Lines it must not touch.
    pub keeps: Vec<String>,
}

/// What a rule matches. Words are compared folded: case, width, quotes, blanks and marks at the edges.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Patterns {
    /// The whole block is these words.
    pub line: Vec<String>,
    /// The block begins with these words.
    pub start: Vec<String>,
    /// The block ends with these words.
    pub end: Vec<String>,
    /// The block matches this regular expression (case apart). A group `value` is what becomes a field.
    pub regex: Vec<String>,
    /// A part of the block matches this regular expression (case told apart); only the part is taken.
    pub part: Vec<String>,
}

/// A file of rules, read already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleFile {
    /// Its path, whose stem is the first half of the rules' names.
    pub path: PathBuf,
    /// Its text, in TOML.
    pub text: String,
}

impl RuleFile {
    /// Reads a file of rules.
    ///
    /// # Errors
    /// It cannot be read, or is no text.
    pub fn read(path: &Path) -> Result<RuleFile> {
        let text = std::fs::read_to_string(path).map_err(|error| Error::io("read", path.display(), error))?;
        Ok(RuleFile { path: path.to_path_buf(), text })
    }
}

/// The number of rules in the text of a file of rules.
pub(crate) fn count_in(text: &str) -> Result<usize> {
    table::parse("xx", text, "rules").map(|rules| rules.len())
}

impl RuleSet {
    /// The rules built in and those of more files, without the ones that are named. A rule of a file takes the place
    /// of one built in, or of an earlier file, that has its name.
    ///
    /// ```
    /// let rules = gleaner::RuleSet::load(&[], &["en/share".to_string()])?;
    /// let hits = rules.hits("Read more: What we know so far", 7);
    /// assert_eq!(hits[0].rule.id.as_str(), "en/read-more");
    /// assert!(rules.hits("Share this article", 3).is_empty());
    /// # Ok::<(), gleaner::model::Error>(())
    /// ```
    /// # Errors
    /// A rule that is wrong is named with its file and what would be right. So is a rule to leave out that
    /// does not exist.
    pub fn load(files: &[PathBuf], without: &[String]) -> Result<RuleSet> {
        let files = files.iter().map(|path| RuleFile::read(path)).collect::<Result<Vec<_>>>()?;
        RuleSet::with(&files, without)
    }

    /// The same, of files that were read elsewhere.
    ///
    /// # Errors
    /// As [`load`](Self::load).
    pub fn with(files: &[RuleFile], without: &[String]) -> Result<RuleSet> {
        let mut rules = built_in::rules();
        for RuleFile { path, text } in files {
            let added = table::parse(&language_of(path), text, &path.display().to_string())?;
            expressions::check(&added)?;
            add(&mut rules, added);
        }
        let known: HashSet<&str> = rules.iter().map(|rule| rule.id.as_str()).collect();
        if let Some(unknown) = without.iter().find(|id| !known.contains(id.as_str())) {
            let message =
                format!("strip.without names {unknown:?}, which is no rule; `gleaner rules` lists them");
            return Err(Error::Rules { path: "config".to_string(), message });
        }
        rules.retain(|rule| !without.iter().any(|id| id == rule.id.as_str()));
        RuleSet::compile(rules)
    }

    /// The BLAKE3 hash of all that the rules say, in hex: another for other rules, wherever they were read.
    pub fn fingerprint(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        for rule in self.rules() {
            hasher.update(format!("{rule:?}\n").as_bytes());
        }
        hasher.finalize().to_hex().to_string()
    }
}

/// Adds rules. One that has the name of another takes its place.
fn add(rules: &mut Vec<Rule>, more: Vec<Rule>) {
    for rule in more {
        match rules.iter_mut().find(|known| known.id == rule.id) {
            Some(known) => *known = rule,
            None => rules.push(rule),
        }
    }
}

/// The first half of the names of a file's rules: its own name without its ending.
pub fn language_of(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
