//! Every setting, with its default. A config file is this in TOML; keys it does not know are refused by name.
mod selectors;
mod strip;

use crate::model::{Error, LANGUAGE_UNSURE, Result, language_codes};
pub(crate) use selectors::PageSelectors;
pub use selectors::{CssSelector, SiteConfig};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
pub use strip::{Scorer, SiteLinesConfig, StripConfig};

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
    /// Which texts are taken.
    pub parse: ParseConfig,
    /// What is stripped.
    pub strip: StripConfig,
    /// What counts as a duplicate.
    pub dedup: DedupConfig,
    /// How the output is written.
    pub write: WriteConfig,
    /// Selectors for the pages of single sites.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub site: Vec<SiteConfig>,
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
    /// With a state folder: seconds after which the work so far is made safe, so that an interrupted run goes
    /// on there. 0 does so after every batch.
    pub checkpoint_seconds: u64,
    /// Seconds after which a document that is at work is named, and again in the report. It is not ended, for
    /// no thread can be: what bounds its time is its size. 0 names none.
    pub slow_document_seconds: f64,
}

impl Default for RunConfig {
    fn default() -> Self {
        RunConfig {
            threads: 0,
            batch_documents: 512,
            batch_bytes: 8 << 20,
            checkpoint_seconds: 60,
            slow_document_seconds: 10.0,
        }
    }
}

/// What is read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ReadConfig {
    /// Bytes of one document, at most; a larger one is counted as failed.
    pub max_document_bytes: u64,
    /// Bytes of one line of JSON Lines, or of one row of CSV, at most; a longer one is counted as failed.
    pub max_line_bytes: usize,
    /// Bytes of one header of a WARC record, or of HTTP in it, at most; the record is counted as failed.
    pub max_header_bytes: usize,
    /// Bytes that one compressed source may become, at most; what comes after them is counted as failed.
    pub max_unpacked_bytes: u64,
    /// How many times its size a compressed source may become, at most, once it is larger than 1 MiB.
    pub max_unpack_ratio: u64,
}

impl Default for ReadConfig {
    fn default() -> Self {
        ReadConfig {
            max_document_bytes: 64 << 20,
            max_line_bytes: 128 << 20,
            max_header_bytes: 64 << 10,
            max_unpacked_bytes: 1 << 40,
            max_unpack_ratio: 200,
        }
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

/// Which texts are taken.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ParseConfig {
    /// Only documents in these languages are kept, by ISO 639-1 code (639-3 where there is none); `und` is one
    /// that is not sure. Empty keeps all.
    pub languages: Vec<String>,
}

impl ParseConfig {
    /// Whether documents in a language are kept.
    pub fn keeps(&self, language: Option<&str>) -> bool {
        let language = language.unwrap_or(LANGUAGE_UNSURE);
        self.languages.is_empty() || self.languages.iter().any(|wanted| wanted == language)
    }

    /// What is wrong with it, if anything.
    fn fault(&self) -> Option<String> {
        let known = |code: &&String| *code == LANGUAGE_UNSURE || language_codes().contains(&code.as_str());
        let unknown = self.languages.iter().find(|code| !known(code))?;
        let mut codes = language_codes();
        codes.sort_unstable();
        Some(format!(
            "parse.languages names {unknown:?}, which is no language that can be told; these are: {}, and \
             {LANGUAGE_UNSURE} for what is not sure",
            codes.join(", ")
        ))
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

/// What counts as a near-duplicate, by name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Near {
    /// Edited copies of a paragraph are found; numbers and names must agree.
    #[default]
    Default,
    /// Only copies that differ in a few words.
    Strict,
}

/// How the likeness of two sets of shingles is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Measure {
    /// Shared shingles over the shingles of both together (Jaccard 1901).
    Jaccard,
    /// Shared shingles over those of the larger set (Braun-Blanquet 1932). A replaced word counts once here
    /// and twice in Jaccard's union, so edited copies stand out more at the same cost of search.
    Larger,
}

/// What becomes of a paragraph that stands, word for word, inside a longer one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Contained {
    /// It is not looked for.
    Off,
    /// It stays; the ledger and the record name the other.
    #[default]
    Report,
    /// It goes if the longer one came first; if it came first itself, both stay and the longer one is named.
    Drop,
}

/// What is compared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DuplicatesOf {
    /// Paragraph with paragraph.
    #[default]
    Paragraphs,
    /// Whole documents: one that is nearly another goes as a whole.
    Documents,
}

/// What counts as a near-duplicate, spelled out. Set in a config file, it takes the place of `near`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NearProfile {
    /// Words in a shingle, 1 to 8. In scripts without spaces each character is a word.
    pub words: usize,
    /// How two sets of shingles are compared.
    pub measure: Measure,
    /// The likeness from which two paragraphs are the same, above 0 and at most 1; counted in thousandths.
    pub threshold: f64,
    /// Whether paragraphs with other numbers, or with numbers in another order, are never the same.
    pub number_guard: bool,
    /// Whether paragraphs that have another name in the same place, or of which one denies what the other affirms, are
    /// never the same.
    pub name_guard: bool,
    /// Words below which a paragraph takes no part: short lines repeat for good reasons.
    pub min_words: usize,
    /// What becomes of a paragraph of 16 words or more that stands inside a longer one.
    pub contained: Contained,
}

impl Default for NearProfile {
    fn default() -> Self {
        NearProfile {
            words: 3,
            measure: Measure::Larger,
            threshold: 0.6,
            number_guard: true,
            name_guard: true,
            min_words: 8,
            contained: Contained::Report,
        }
    }
}

impl NearProfile {
    /// The profile of a name.
    pub fn named(near: Near) -> NearProfile {
        match near {
            Near::Default => NearProfile::default(),
            Near::Strict => NearProfile {
                words: 5,
                measure: Measure::Jaccard,
                threshold: 0.8,
                name_guard: false,
                ..NearProfile::default()
            },
        }
    }

    /// The profile for whole documents. An article that was brought up to date has other numbers and a few
    /// other names, so there are no guards, and more must be the same.
    pub fn documents() -> NearProfile {
        NearProfile {
            threshold: 0.8,
            number_guard: false,
            name_guard: false,
            contained: Contained::Off,
            ..NearProfile::default()
        }
    }

    /// What is wrong with it, if anything.
    fn fault(&self) -> Option<&'static str> {
        if !(1..=8).contains(&self.words) {
            return Some("dedup.profile.words must be 1 to 8");
        }
        if !(self.threshold >= 0.001 && self.threshold <= 1.0) {
            return Some("dedup.profile.threshold must be 0.001 to 1");
        }
        (self.min_words == 0).then_some("dedup.profile.min_words must be at least 1")
    }
}

/// What counts as a duplicate, and what becomes of it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DedupConfig {
    /// What becomes of duplicates.
    pub duplicates: Duplicates,
    /// What is compared.
    pub of: DuplicatesOf,
    /// What counts as a near-duplicate. Documents have a profile of their own.
    pub near: Near,
    /// What counts as a near-duplicate, spelled out; takes the place of `near`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<NearProfile>,
    /// A folder that remembers earlier runs: inputs that they took in are left out, the new text is compared with what
    /// they kept, outputs are added to, and an interrupted run is gone on with. It knows the lines of sites too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<PathBuf>,
}

impl DedupConfig {
    /// The profile that is meant: the one spelled out, or else the named one.
    pub fn profile(&self) -> NearProfile {
        self.profile.clone().unwrap_or_else(|| match self.of {
            DuplicatesOf::Paragraphs => NearProfile::named(self.near),
            DuplicatesOf::Documents => NearProfile::documents(),
        })
    }
}

/// How the text of records is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TextFormat {
    /// Kept blocks, a blank line between two.
    #[default]
    Plain,
    /// Markdown: headings, lists, tables, quotes and code of pages are marked up as such.
    Markdown,
}

/// How the output is written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WriteConfig {
    /// How the text of records is written.
    pub text: TextFormat,
    /// CSV: cells that a spreadsheet would run as a formula get a leading `'`.
    pub csv_formula_guard: bool,
    /// Bytes of a shard before it is packed: a shard of a folder ends with the document that reaches them.
    pub shard_bytes: u64,
    /// Format and compression of the shards of a folder, as the ending of their names: `jsonl` or `csv`, and
    /// `.gz` or `.zst` after it; or `parquet`, in builds with it.
    pub shard_format: String,
    /// Whether a page for people (`OUT.report.html`) stands beside the report. Changes nothing else.
    pub report_page: bool,
    /// What the datasheet of a folder says beside what the run knows.
    pub datasheet: DatasheetConfig,
}

/// What people say of a dataset. What is empty is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DatasheetConfig {
    /// The licence: its address, or its SPDX name.
    pub license: String,
    /// The version of the dataset, as `MAJOR.MINOR.PATCH`.
    pub version: String,
    /// The date of publication, as `YYYY-MM-DD`.
    pub date_published: String,
    /// How to cite it: a BibTeX entry.
    pub cite_as: String,
    /// Its home page.
    pub url: String,
}

impl Default for WriteConfig {
    fn default() -> Self {
        WriteConfig {
            text: TextFormat::Plain,
            csv_formula_guard: true,
            shard_bytes: 256 << 20,
            shard_format: "jsonl.zst".to_string(),
            report_page: true,
            datasheet: DatasheetConfig::default(),
        }
    }
}

impl Config {
    /// A config file of every setting with its default, each with a comment that says what it is for. Lines that begin
    /// with `#` and no blank are settings that have none. What `gleaner init` writes.
    pub const TEMPLATE: &str = include_str!("config/settings.toml");

    /// The BLAKE3 hash of the settings that change the output, in hex.
    pub fn fingerprint(&self) -> String {
        blake3::hash(self.settings().as_bytes()).to_hex().to_string()
    }

    /// The settings that change the output, in TOML.
    pub(crate) fn settings(&self) -> String {
        let mut config = Config { run: RunConfig::default(), ..self.clone() };
        config.dedup.state = None;
        config.write.report_page = WriteConfig::default().report_page;
        toml::to_string(&config).unwrap_or_default()
    }

    /// Reads a config file. Keys it does not know are refused by name.
    ///
    /// # Errors
    /// It cannot be read, or as [`parse`](Config::parse).
    pub fn load(path: &Path) -> Result<Config> {
        let text = std::fs::read_to_string(path).map_err(|error| Error::io("read", path.display(), error))?;
        Config::parse(&text, &path.display().to_string())
    }

    /// Reads a config from TOML; `path` is for messages.
    ///
    /// ```
    /// use gleaner::{Config, Duplicates};
    ///
    /// let config = Config::parse("[dedup]\nduplicates = \"mark\"\n", "gleaner.toml")?;
    /// assert_eq!(config.dedup.duplicates, Duplicates::Mark);
    /// let error = Config::parse("[dedup]\ndublicates = \"mark\"\n", "gleaner.toml").unwrap_err();
    /// assert!(error.to_string().contains("dublicates"));
    /// # Ok::<(), gleaner::model::Error>(())
    /// ```
    /// # Errors
    /// What is no TOML, no setting, or a value that cannot be, with its line or key.
    pub fn parse(text: &str, path: &str) -> Result<Config> {
        let fail = |message: String| Error::Config { path: path.to_string(), message };
        let config: Config =
            toml::from_str(text).map_err(|error| fail(error.to_string().trim_end().to_string()))?;
        config.fault().map_or(Ok(config), |fault| Err(fail(fault)))
    }

    /// Checks settings that did not come from a file; `place` is for messages.
    ///
    /// # Errors
    /// The first value that cannot be, with what would be right.
    pub fn check(&self, place: &str) -> Result<()> {
        let fail = |message| Error::Config { path: place.to_string(), message };
        self.fault().map_or(Ok(()), |fault| Err(fail(fault)))
    }

    /// What is wrong with it, if anything.
    fn fault(&self) -> Option<String> {
        let (run, read) = (&self.run, &self.read);
        let none = [
            ("run.batch_documents", run.batch_documents == 0),
            ("run.batch_bytes", run.batch_bytes == 0),
            ("read.max_document_bytes", read.max_document_bytes == 0),
            ("read.max_line_bytes", read.max_line_bytes == 0),
            ("read.max_header_bytes", read.max_header_bytes == 0),
            ("read.max_unpacked_bytes", read.max_unpacked_bytes == 0),
            ("read.max_unpack_ratio", read.max_unpack_ratio == 0),
            ("write.shard_bytes", self.write.shard_bytes == 0),
        ];
        if let Some((key, _)) = none.iter().find(|(_, is_none)| *is_none) {
            return Some(format!("{key} must be at least 1"));
        }
        if run.slow_document_seconds.is_nan() || run.slow_document_seconds < 0.0 {
            return Some("run.slow_document_seconds must be 0 or more".to_string());
        }
        if let Some(fault) = self.site.iter().find_map(SiteConfig::fault) {
            return Some(fault);
        }
        let profile = || self.dedup.profile.as_ref().and_then(NearProfile::fault);
        let fault = || self.strip.fault().or_else(profile).map(str::to_string);
        self.parse.fault().or_else(fault)
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
    fn limits_that_let_nothing_through_are_refused() {
        for (section, key, value) in [
            ("run", "batch_documents", "0"),
            ("read", "max_line_bytes", "0"),
            ("write", "shard_bytes", "0"),
            ("run", "slow_document_seconds", "nan"),
        ] {
            let error = Config::parse(&format!("[{section}]\n{key} = {value}\n"), "a.toml").unwrap_err();
            assert!(error.to_string().contains(&format!("{section}.{key}")), "{error}");
        }
    }

    #[test]
    fn a_profile_is_checked() {
        let error = Config::parse("[dedup.profile]\nthreshold = 1.5\n", "a.toml").unwrap_err().to_string();
        assert!(error.contains("dedup.profile.threshold"), "{error}");
        let config = Config::parse("[dedup.profile]\nwords = 5\n", "a.toml").unwrap();
        assert_eq!(config.dedup.profile().words, 5);
    }

    /// Every key of a table and of those in it, as `section.key`.
    fn keys(table: &toml::Table) -> Vec<String> {
        let mut keys = Vec::new();
        for (key, value) in table {
            match value.as_table() {
                Some(inner) => keys.extend(self::keys(inner).iter().map(|inner| format!("{key}.{inner}"))),
                None => keys.push(key.clone()),
            }
        }
        keys.sort();
        keys
    }

    #[test]
    fn the_template_holds_every_setting_with_its_default() {
        assert_eq!(Config::parse(Config::TEMPLATE, "template").unwrap(), Config::default());
        let written: toml::Table = toml::from_str(Config::TEMPLATE).unwrap();
        let real: toml::Table = toml::from_str(&toml::to_string(&Config::default()).unwrap()).unwrap();
        assert_eq!(keys(&written), keys(&real));
    }

    #[test]
    fn settings_without_default_are_right_once_their_mark_is_gone() {
        let line =
            |line: &str| line.strip_prefix('#').filter(|rest| !rest.starts_with(' ')).map(str::to_string);
        let lines = Config::TEMPLATE.lines().map(|text| line(text).unwrap_or(text.to_string()));
        let text: String = lines.map(|line| line + "\n").collect();
        let config = Config::parse(&text, "template").unwrap();
        assert_eq!(config.dedup.profile, Some(NearProfile::default()));
        let written: toml::Table = toml::from_str(&text).unwrap();
        let real: toml::Table = toml::from_str(&toml::to_string(&config).unwrap()).unwrap();
        assert_eq!(keys(&written), keys(&real));
        assert!(config.dedup.state.is_some() && config.site.len() == 1);
    }

    #[test]
    fn the_defaults_are_a_config_file() {
        let text = toml::to_string(&Config::default()).unwrap();
        assert_eq!(Config::parse(&text, "defaults").unwrap(), Config::default());
    }
}
