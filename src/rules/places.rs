//! Where in a file of rules its tables and their examples stand: for messages that name the line.
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// The lines, from 1, in which a rule and its examples begin.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    /// The head of its table.
    pub table: usize,
    /// What it says it cuts, in order.
    pub cuts: Vec<usize>,
    /// What it says it keeps, in order.
    pub keeps: Vec<usize>,
}

/// Of a table only what is looked for.
#[derive(Deserialize)]
struct Row {
    #[serde(default)]
    cuts: Vec<Spanned<String>>,
    #[serde(default)]
    keeps: Vec<Spanned<String>>,
}

/// The places of the rules of a file, by their names in it; none of a file that is no file of rules.
pub fn places(text: &str) -> BTreeMap<String, Places> {
    let starts: Vec<usize> = memchr::memchr_iter(b'\n', text.as_bytes()).collect();
    let line = |at: usize| starts.partition_point(|&end| end < at) + 1;
    let lines = |examples: &[Spanned<String>]| examples.iter().map(|text| line(text.span().start)).collect();
    let rows: BTreeMap<Spanned<String>, Row> = toml::from_str(text).unwrap_or_default();
    rows.into_iter()
        .map(|(name, row)| {
            let places =
                Places { table: line(name.span().start), cuts: lines(&row.cuts), keeps: lines(&row.keeps) };
            (name.into_inner(), places)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_and_examples_are_found_by_their_lines() {
        let text = "# Rules.\n\n[b]\ncuts = [\"x\",\n  \"y\"]\n\n[\"a\"] # later\nkeeps = ['z']\nline = []\n";
        let found = places(text);
        assert_eq!(found["b"], Places { table: 3, cuts: vec![4, 5], keeps: vec![] });
        assert_eq!(found["a"], Places { table: 7, cuts: vec![], keeps: vec![8] });
        assert!(places("no rules").is_empty() && places("a = 1").is_empty());
    }
}
