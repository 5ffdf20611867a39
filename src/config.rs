//! Every setting, with its default. A config file is this in TOML; keys it does not know are refused by name.
use crate::model::{Error, Result};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// All settings of a run, by stage.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// How a run is carried out.
    pub run: RunConfig,
    /// What is read.
    pub read: ReadConfig,
    /// How bytes become text.
    pub decode: DecodeConfig,
    /// What is stripped.
    pub strip: StripConfig,
    /// What counts as a duplicate.
    pub dedup: DedupConfig,
    /// How the output is written.
    pub write: WriteConfig,
}

/// How a run is carried out. Nothing here changes a byte of the output.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RunConfig {
    /// Threads that clean documents; 0 is one a core.
    pub threads: usize,
    /// Documents in a batch, at most.
    pub batch_documents: usize,
    /// Bytes in a batch, at most; a single larger document is a batch of its own.
    pub batch_bytes: usize,
}

impl Default for RunConfig {
    fn default() -> Self {
        RunConfig { threads: 0, batch_documents: 512, batch_bytes: 8 << 20 }
    }
}

/// What is read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ReadConfig {
    /// Bytes of one document, at most; a larger one is counted as failed.
    pub max_document_bytes: u64,
}

impl Default for ReadConfig {
    fn default() -> Self {
        ReadConfig { max_document_bytes: 64 << 20 }
    }
}

/// How bytes become text, and what is tidied in it. Every change is counted in the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DecodeConfig {
    /// Whether a declared encoding (HTTP, `meta`, XML) is believed where it decodes cleanly.
    pub declared: bool,
    /// Compose to Unicode normalization form C.
    pub nfc: bool,
    /// Drop invisible characters: soft hyphens, zero-width characters, bidirectional controls, tags. Joiners
    /// stay where a script or an emoji needs them.
    pub invisible: bool,
    /// Drop C0 and C1 control characters and terminal escape sequences.
    pub controls: bool,
    /// Take one level off entities that were escaped twice (`caf&amp;eacute;`), where they touch a word.
    pub entities: bool,
    /// Make every line end `\n`.
    pub line_ends: bool,
    /// Undo text that was decoded wrongly before it came here (mojibake).
    pub repair: bool,
}

impl Default for DecodeConfig {
    fn default() -> Self {
        DecodeConfig {
            declared: true,
            nfc: true,
            invisible: true,
            controls: true,
            entities: true,
            line_ends: true,
            repair: false,
        }
    }
}

/// What judges the lines of a text that no words give away.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scorer {
    /// Boosted trees over a line's shape, place and company.
    #[default]
    Trees,
    /// A few rules of context, written by hand.
    Rules,
}

/// What is stripped.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StripConfig {
    /// Whether anything is stripped at all.
    pub enabled: bool,
    /// What judges the lines of a text that no words give away.
    pub scorer: Scorer,
    /// How strict the scorer is, between 0 and 1: a line goes if it is cruft with more than one minus this
    /// probability. Higher is cleaner, lower keeps more.
    pub strictness: f32,
    /// More rule files, beside those built in.
    pub rules: Vec<PathBuf>,
    /// Rules that are left out, by id.
    pub without: Vec<String>,
}

impl Default for StripConfig {
    fn default() -> Self {
        StripConfig {
            enabled: true,
            scorer: Scorer::Trees,
            strictness: 0.5,
            rules: Vec::new(),
            without: Vec::new(),
        }
    }
}

/// What becomes of duplicates.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Duplicates {
    /// They leave the text; the ledger names the block that stays.
    #[default]
    Drop,
    /// They stay in the text, and the record names them.
    Mark,
    /// They are not looked for.
    Keep,
}

/// What counts as a near-duplicate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Near {
    /// Edited copies of a paragraph are found; numbers must agree.
    #[default]
    Default,
    /// Only copies that differ in a few words.
    Strict,
}

/// What counts as a duplicate, and what becomes of it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DedupConfig {
    /// What becomes of duplicates.
    pub duplicates: Duplicates,
    /// What counts as a near-duplicate.
    pub near: Near,
}

/// How the output is written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WriteConfig {
    /// CSV: cells that a spreadsheet would run as a formula get a leading `'`.
    pub csv_formula_guard: bool,
}

impl Default for WriteConfig {
    fn default() -> Self {
        WriteConfig { csv_formula_guard: true }
    }
}

impl Config {
    /// Reads a config file. Keys it does not know are refused by name.
    pub fn load(path: &Path) -> Result<Config> {
        let text = std::fs::read_to_string(path).map_err(|error| Error::io("read", path.display(), error))?;
        Config::parse(&text, &path.display().to_string())
    }

    /// Reads a config from TOML; `path` is for messages.
    pub fn parse(text: &str, path: &str) -> Result<Config> {
        let fail = |message: String| Error::Config { path: path.to_string(), message };
        let config: Config =
            toml::from_str(text).map_err(|error| fail(error.to_string().trim_end().to_string()))?;
        if config.run.batch_documents == 0 || config.run.batch_bytes == 0 {
            return Err(fail("run.batch_documents and run.batch_bytes must be at least 1".to_string()));
        }
        if !(config.strip.strictness > 0.0 && config.strip.strictness < 1.0) {
            return Err(fail("strip.strictness must be between 0 and 1, both apart".to_string()));
        }
        Ok(config)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_keys_are_refused_by_name() {
        let error = Config::parse("[dedup]\ndublicates = \"drop\"\n", "a.toml").unwrap_err().to_string();
        assert!(
            error.contains("a.toml") && error.contains("dublicates") && error.contains("duplicates"),
            "{error}"
        );
    }

    #[test]
    fn an_empty_batch_is_refused() {
        let error = Config::parse("[run]\nbatch_documents = 0\n", "a.toml").unwrap_err().to_string();
        assert!(error.contains("batch_documents"), "{error}");
    }

    #[test]
    fn the_defaults_are_a_config_file() {
        let text = toml::to_string(&Config::default()).unwrap();
        assert_eq!(Config::parse(&text, "defaults").unwrap(), Config::default());
    }
}
