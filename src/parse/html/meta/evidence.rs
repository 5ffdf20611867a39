//! What one walk over a page finds of its fields: candidates, each with its place.
use super::class_words::Signs;

/// A piece of the page that may be a field's value.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// Its words: its attribute if it has one for machines, else its text, with `\n` between blocks.
    pub words: String,
    /// Of a date with an attribute for machines: the words that readers see.
    pub shown: Option<String>,
    /// The number of its element in the page.
    pub at: u32,
    /// What its own classes say.
    pub own: Signs,
    /// What it stands in.
    pub place: Place,
    /// How it is told.
    pub kind: Kind,
}

/// What kind of element a candidate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `h1`.
    Heading,
    /// An element whose class speaks of a headline.
    TitleClass,
    /// Named by `itemprop`.
    Property,
    /// `time`.
    Time,
    /// Named by `rel=author`, or a link to an author's page.
    AuthorLink,
    /// Named by its class.
    Class,
    /// A run of text that holds a date, or names that a label announces.
    Text,
}

/// What an element stands in, itself counted.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    /// What the classes around it say, together.
    pub signs: Signs,
    /// In `article` or `main`.
    pub article: bool,
    /// In a `header` that is not of an article.
    pub header: bool,
    /// In `nav`, `aside` or `footer`.
    pub aside: bool,
    /// Not seen by readers.
    pub hidden: bool,
    /// In a link.
    pub link: bool,
    /// In a script, a style or the like.
    pub silent: bool,
    /// In an element that is a candidate for a date as a whole.
    pub dated: bool,
    /// In an element that is a candidate for a byline as a whole.
    pub byline: bool,
}

/// All that the walk finds.
#[derive(Debug, Default)]
pub(super) struct Evidence<'a> {
    /// Names (in lower case) and contents of `meta` elements, in order.
    pub metas: Vec<(String, &'a str)>,
    /// The canonical address.
    pub canonical: Option<&'a str>,
    /// The language that the page declares.
    pub language: Option<&'a str>,
    /// The text of the `title` element.
    pub title: Option<String>,
    /// Texts of JSON-LD scripts.
    pub scripts: Vec<String>,
    /// Headlines.
    pub headings: Vec<Candidate>,
    /// Dates.
    pub dates: Vec<Candidate>,
    /// Bylines.
    pub bylines: Vec<Candidate>,
}

impl Evidence<'_> {
    /// The content of the first `meta` of this name that has any.
    pub(super) fn meta(&self, name: &str) -> Option<&str> {
        self.metas
            .iter()
            .find(|(known, content)| known == name && !content.trim().is_empty())
            .map(|(_, c)| *c)
    }

    /// The page's own address.
    pub(super) fn address(&self) -> Option<String> {
        let address = self.meta("og:url").filter(|url| url.contains("://")).or(self.canonical);
        address.or(self.meta("og:url")).and_then(super::text::clean)
    }
}
