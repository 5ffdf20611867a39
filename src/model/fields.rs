//! What a page says of itself: metadata, not body.
use super::DayOrder;
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
    /// Every field: in the order of the record, then what it does not hold.
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

/// Where a field was read, the most trusted first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FieldOrigin {
    /// The row of data that held the document.
    Row,
    /// JSON-LD in a script.
    JsonLd,
    /// A `meta` element of Open Graph.
    OpenGraph,
    /// Another `meta` or `link` element.
    Meta,
    /// An element that says by `itemprop` or `rel` what it holds.
    Microdata,
    /// A visible element, told by its name, its class or its place.
    Element,
    /// The address of the page.
    Url,
    /// The text, by a rule.
    Text,
}

impl FieldOrigin {
    /// The name that `gleaner show` prints.
    pub fn name(self) -> &'static str {
        match self {
            FieldOrigin::Row => "row",
            FieldOrigin::JsonLd => "json-ld",
            FieldOrigin::OpenGraph => "open-graph",
            FieldOrigin::Meta => "meta",
            FieldOrigin::Microdata => "microdata",
            FieldOrigin::Element => "element",
            FieldOrigin::Url => "url",
            FieldOrigin::Text => "text",
        }
    }
}

/// For each field, where its value was read; nothing for a field without one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FieldOrigins([Option<FieldOrigin>; FieldName::ALL.len()]);

impl FieldOrigins {
    /// Where a field was read.
    pub fn of(&self, field: FieldName) -> Option<FieldOrigin> {
        self.0[field as usize]
    }

    /// Notes where a field was read.
    pub fn set(&mut self, field: FieldName, origin: FieldOrigin) {
        self.0[field as usize] = Some(origin);
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
    /// The day of that where the page's readers are, as `2024-12-31`, if `published` is an instant in UTC and falls
    /// on another day there.
    pub published_day: Option<String>,
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
    /// Where each of these was read, `url` apart.
    pub origins: FieldOrigins,
    /// How the page writes dates of digits, so that `published` can be read.
    pub day_order: DayOrder,
}

impl Fields {
    /// The fields that were found: name, value (members of a list joined), and where it was read.
    pub fn told(&self) -> Vec<(&'static str, String, Option<FieldOrigin>)> {
        let one = |value: &Option<String>| value.clone().unwrap_or_default();
        let mut found = vec![
            (FieldName::Title.name(), one(&self.title)),
            (FieldName::Authors.name(), self.authors.join("; ")),
            (FieldName::Published.name(), one(&self.published)),
            (FieldName::Updated.name(), one(&self.updated)),
            (FieldName::Site.name(), one(&self.site)),
            (FieldName::Agency.name(), self.agency.join("; ")),
            ("url", one(&self.url)),
            (FieldName::ImageCredits.name(), self.image_credits.join("; ")),
        ];
        found.retain(|(_, value)| !value.is_empty());
        let origin = |name| FieldName::from_name(name).and_then(|field| self.origins.of(field));
        found.into_iter().map(|(name, value)| (name, value, origin(name))).collect()
    }

    /// Takes a value found in the text. What was read elsewhere stands; a list grows from the text alone, without
    /// repeats.
    pub fn add(&mut self, field: FieldName, value: &str) {
        let value = value.trim();
        if value.is_empty() || self.origins.of(field).is_some_and(|origin| origin != FieldOrigin::Text) {
            return;
        }
        self.origins.set(field, FieldOrigin::Text);
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
        assert_eq!(fields.origins.of(FieldName::Agency), Some(FieldOrigin::Text));
        assert_eq!(fields.origins.of(FieldName::Title), None);
    }

    #[test]
    fn a_byline_in_the_text_adds_nobody_to_authors_read_elsewhere() {
        let mut fields = Fields { authors: vec!["Ada Moor".into()], ..Fields::default() };
        fields.origins.set(FieldName::Authors, FieldOrigin::JsonLd);
        fields.add(FieldName::Authors, "A. Moor");
        assert_eq!(fields.authors, ["Ada Moor"]);
    }
}
