//! What a page says of itself: metadata, not body.
use serde::Serialize;
use std::fmt;

/// A field that a block, or a part of one, may become.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldName {
    /// The headline.
    Title,
    /// The people who wrote it.
    Authors,
    /// When it was first published, in the page's words.
    Published,
    /// When it was last changed, in the page's words.
    Updated,
    /// The name of the site.
    Site,
    /// The news agency it was taken from.
    Agency,
    /// Who took or owns a picture.
    ImageCredits,
}

impl FieldName {
    /// Every field, in the order of the record.
    pub const ALL: &[FieldName] = &[
        FieldName::Title,
        FieldName::Authors,
        FieldName::Published,
        FieldName::Updated,
        FieldName::Site,
        FieldName::Agency,
        FieldName::ImageCredits,
    ];

    /// The name used in rule files and in the ledger.
    pub fn name(self) -> &'static str {
        match self {
            FieldName::Title => "title",
            FieldName::Authors => "authors",
            FieldName::Published => "published",
            FieldName::Updated => "updated",
            FieldName::Site => "site",
            FieldName::Agency => "agency",
            FieldName::ImageCredits => "image_credits",
        }
    }

    /// The field of this name.
    pub fn from_name(name: &str) -> Option<FieldName> {
        FieldName::ALL.iter().copied().find(|field| field.name() == name)
    }
}

impl fmt::Display for FieldName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The metadata of a document. Absent is `None` or empty, never a guess.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Fields {
    /// The headline.
    pub title: Option<String>,
    /// The people who wrote it, in the order of the page.
    pub authors: Vec<String>,
    /// When it was first published, in the page's words.
    pub published: Option<String>,
    /// When it was last changed, in the page's words.
    pub updated: Option<String>,
    /// The name of the site.
    pub site: Option<String>,
    /// The news agencies it was taken from.
    pub agency: Vec<String>,
    /// The page's own address of itself, or the one it was fetched from.
    pub url: Option<String>,
    /// Who took or owns the pictures.
    pub image_credits: Vec<String>,
}

impl Fields {
    /// Takes a value found in the text. What is there already stands; lists grow, without repeats.
    pub fn add(&mut self, field: FieldName, value: &str) {
        let value = value.trim();
        if value.is_empty() {
            return;
        }
        match field {
            FieldName::Title => fill(&mut self.title, value),
            FieldName::Published => fill(&mut self.published, value),
            FieldName::Updated => fill(&mut self.updated, value),
            FieldName::Site => fill(&mut self.site, value),
            FieldName::Authors => push_new(&mut self.authors, value),
            FieldName::Agency => push_new(&mut self.agency, value),
            FieldName::ImageCredits => push_new(&mut self.image_credits, value),
        }
    }
}

fn fill(slot: &mut Option<String>, value: &str) {
    if slot.is_none() {
        *slot = Some(value.to_string());
    }
}

fn push_new(list: &mut Vec<String>, value: &str) {
    if !list.iter().any(|known| known.eq_ignore_ascii_case(value)) {
        list.push(value.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leads_back_to_its_field() {
        for &field in FieldName::ALL {
            assert_eq!(FieldName::from_name(field.name()), Some(field));
        }
        assert_eq!(FieldName::from_name("colour"), None);
    }

    #[test]
    fn first_value_stands_and_lists_do_not_repeat() {
        let mut fields = Fields::default();
        fields.add(FieldName::Site, "One");
        fields.add(FieldName::Site, "Two");
        fields.add(FieldName::Agency, "ANA");
        fields.add(FieldName::Agency, "ana");
        fields.add(FieldName::Title, "  ");
        assert_eq!(fields.site.as_deref(), Some("One"));
        assert_eq!(fields.agency, ["ANA"]);
        assert_eq!(fields.title, None);
    }
}
