//! Rows of a rule file to rules. A row that is wrong is refused with its file, its name and what is right.
use super::{Action, Patterns, Proof, Rule};
use crate::model::{Error, FieldName, Result, RuleId};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Words of a block that word rules look at, unless the rule says otherwise: headlines of links are shorter.
pub(super) const MAX_WORDS: usize = 40;

/// Kinds of cruft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// Labels above advertisements, and advertisements.
    Advert,
    /// Credits of news agencies.
    Agency,
    /// Promotion of an app.
    App,
    /// Audio players.
    Audio,
    /// Names of authors, and their roles.
    Byline,
    /// Captions of pictures.
    Caption,
    /// Readers' comments and the forms for them.
    Comments,
    /// Cookie banners and consent.
    Consent,
    /// Names of photographers and picture agencies.
    Credit,
    /// Alternative texts of icons, arrows, logos; lines of marks.
    Glyph,
    /// Rights, imprint, terms.
    Legal,
    /// Invitations to a live page.
    Live,
    /// Accounts.
    Login,
    /// Menus, links that skip, headings of page parts.
    Nav,
    /// Invitations to a newsletter.
    Newsletter,
    /// Walls before the text.
    Paywall,
    /// Links to other articles.
    ReadMore,
    /// How long reading takes; counters.
    ReadingTime,
    /// Heads of lists of other articles.
    Related,
    /// Language and country selectors.
    Selector,
    /// Buttons that share.
    Share,
    /// The site's own name.
    Site,
    /// Appeals for money.
    Supporter,
    /// Keywords.
    Tags,
    /// Dates and times of publication.
    Timestamp,
    /// Video players.
    Video,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    category: Category,
    summary: String,
    #[serde(default)]
    reason: String,
    field: Option<String>,
    #[serde(default)]
    proof: Proof,
    #[serde(default = "max_words")]
    max_words: usize,
    #[serde(default)]
    line: Vec<String>,
    #[serde(default)]
    start: Vec<String>,
    #[serde(default)]
    end: Vec<String>,
    #[serde(default)]
    regex: Vec<String>,
    #[serde(default)]
    part: Vec<String>,
    #[serde(default)]
    rest_too: bool,
    cuts: Vec<String>,
    #[serde(default)]
    keeps: Vec<String>,
}

fn max_words() -> usize {
    MAX_WORDS
}

/// Parses a rule file; `language` is the first half of its rules' names, `path` is for messages.
pub(super) fn parse(language: &str, text: &str, path: &str) -> Result<Vec<Rule>> {
    let fail = |message: String| Error::Rules { path: path.to_string(), message };
    let rows: BTreeMap<String, Row> =
        toml::from_str(text).map_err(|error| fail(error.to_string().trim_end().to_string()))?;
    rows.into_iter()
        .map(|(name, row)| {
            let line = || super::places(text).get(&name).map_or(0, |places| places.table);
            rule(language, &name, row).map_err(|why| fail(format!("line {}: [{name}] {why}", line())))
        })
        .collect()
}

fn rule(language: &str, name: &str, row: Row) -> std::result::Result<Rule, String> {
    let Row { line, start, end, regex, part, .. } = row;
    let all = [&line, &start, &end, &regex, &part];
    if all.iter().all(|list| list.is_empty()) {
        return Err("matches nothing: give it one of line, start, end, regex, part".to_string());
    }
    for words in [&line, &start, &end] {
        if let Some(empty) = words.iter().find(|words| super::fold(words).is_empty()) {
            return Err(format!(
                "has the pattern {empty:?}, which is empty once folded and would match everything"
            ));
        }
    }
    if let Some(empty) = regex.iter().chain(&part).find(|regex| regex.trim().is_empty()) {
        return Err(format!("has the pattern {empty:?}, which would match everything"));
    }
    if row.cuts.is_empty() {
        return Err("has no example in cuts: show at least one line that it cuts".to_string());
    }
    let action = match &row.field {
        None => Action::Cut,
        Some(field) => Action::Field(FieldName::from_name(field).ok_or_else(|| {
            let known: Vec<&str> = FieldName::ALL.iter().map(|field| field.name()).collect();
            format!("names the field {field:?}; the fields are {}", known.join(", "))
        })?),
    };
    Ok(Rule {
        id: RuleId::new(&format!("{language}/{name}")),
        category: row.category,
        summary: row.summary,
        reason: row.reason,
        action,
        proof: row.proof,
        max_words: row.max_words,
        patterns: Patterns { line, start, end, regex, part },
        rest_too: row.rest_too,
        cuts: row.cuts,
        keeps: row.keeps,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        parse("xx", text, "xx.toml").unwrap_err().to_string()
    }

    #[test]
    fn wrong_rows_are_refused_with_their_file_and_name() {
        let head = "[a]\ncategory = \"advert\"\nsummary = \"s\"\ncuts = [\"x\"]\n";
        let error = refused(&format!("{head}lines = [\"x\"]"));
        assert!(error.contains("xx.toml") && error.contains("lines") && error.contains("line"), "{error}");
        assert!(refused(&format!("{head}start = [\" » \"]")).contains("empty once folded"));
        assert!(refused(&format!("{head}regex = [\"\"]")).contains("would match everything"));
        assert!(refused(&format!("# Rules.\n{head}")).contains("line 2: [a] matches nothing"));
        assert!(
            refused(&format!("{head}line = [\"x\"]\nfield = \"colour\"")).contains("the fields are title")
        );
        let none = head.replace("cuts = [\"x\"]", "cuts = []");
        assert!(refused(&format!("{none}line = [\"x\"]")).contains("no example"));
    }
}
