//! What training needs to see of the inside. No part of the library's promises.
use crate::config::{Config, DecodeConfig, StripConfig};
use crate::model::{Declared, Document, Origin, RawDocument, Record, Result};
use crate::rules::RuleSet;
use crate::{decode, parse, strip};

/// The names of the features of a line of text.
pub const TEXT_FEATURES: &[&str] = strip::features::FEATURES;

/// The features of each line of a text, as the scorer would see them; one row a non-blank line.
pub fn text_features(text: &str, rules: &RuleSet) -> Vec<Vec<f32>> {
    parsed(&raw(text)).map(|document| strip::features_of(&document, rules)).unwrap_or_default()
}

/// A table that judges a text's lines, read from elsewhere than the program: that of a fold.
pub struct TextTable(strip::Table);

impl TextTable {
    /// Reads the table.
    pub fn new(table: &str) -> Result<TextTable> {
        strip::Table::parse(table).map(TextTable)
    }

    /// Which lines of a text are kept by this table, one a non-blank line; nothing for what is no text.
    pub fn kept(&self, text: &str, config: &StripConfig, rules: &RuleSet) -> Option<Vec<bool>> {
        let mut document = parsed(&raw(text))?;
        strip::strip_lines_with(&mut document, config, rules, Some(&self.0));
        Some(document.blocks.iter().map(|block| block.is_kept() && !block.body().is_empty()).collect())
    }
}

/// The names of the features of a page's block, of the first and of the second look.
pub fn page_features() -> [Vec<String>; 2] {
    [strip::page::features::names(), strip::page::company::names()]
}

/// A page, parsed, as the scorer of pages sees it.
pub struct PageRows(Document);

impl PageRows {
    /// Parses a page; nothing for what is no text.
    pub fn new(page: &str) -> Option<PageRows> {
        parsed(&raw(page)).map(PageRows)
    }

    /// The texts of its blocks.
    pub fn texts(&self) -> Vec<&str> {
        self.0.blocks.iter().map(|block| block.text()).collect()
    }

    /// The features of the first look, one row after the other.
    pub fn first(&self) -> Vec<f32> {
        strip::page::first_rows(&self.0)
    }

    /// The features that the second look adds, given the first scores, one a block.
    pub fn second(&self, scores: &[f32]) -> Vec<f32> {
        strip::page::second_rows(&self.0, scores)
    }
}

/// The tables that judge a page's blocks, read from elsewhere than the program: those of a fold.
pub struct PageTables(strip::page::tables::Tables);

impl PageTables {
    /// Reads the tables of the first and of the second look.
    pub fn new(first: &str, second: &str) -> Result<PageTables> {
        strip::page::tables::Tables::parse(first, second).map(PageTables)
    }

    /// A page, cleaned by these tables and then as on the line; nothing for what is no text.
    pub fn clean(&self, page: &str, rules: &RuleSet) -> Option<Record> {
        let mut document = parsed(&raw(page))?;
        let config = StripConfig::default();
        strip::page::judge_with(&mut document, &config, &self.0);
        strip::strip_lines(&mut document, &config, rules);
        Some(Record::new(&document))
    }
}

pub(crate) fn raw(text: &str) -> RawDocument {
    RawDocument { origin: Origin::page("t"), bytes: text.into(), declared: Declared::default() }
}

/// The document, decoded and parsed.
pub(crate) fn parsed(raw: &RawDocument) -> Option<Document> {
    let text = decode::decode(raw, &DecodeConfig::default()).ok()?;
    Some(parse::parse(raw, text, &Config::default()))
}
