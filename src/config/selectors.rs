//! CSS selectors of the user: which elements of a page are its content, and which are none of it.
use super::Config;
use crate::model::address;
use cssparser::ParseErrorKind;
use scraper::selector::{Parser, Simple};
use selectors::parser::{ParseRelative, SelectorList};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::str::FromStr;
use std::sync::Arc;

/// A CSS selector that is known to be one: what does not parse never becomes a setting. Those of scraper, lists with
/// commas among them; pseudo-elements and states such as `:hover` are none.
///
/// ```
/// use gleaner::{Config, CssSelector};
///
/// let mut config = Config::default();
/// config.strip.drop.push("aside.advert, #newsletter".parse()?);
/// assert!("p:hover".parse::<CssSelector>().is_err());
/// # Ok::<(), String>(())
/// ```
#[derive(Debug, Clone)]
pub struct CssSelector {
    written: Arc<str>,
    list: SelectorList<Simple>,
}

impl CssSelector {
    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// As it was written, to share.
    pub(crate) fn written(&self) -> Arc<str> {
        Arc::clone(&self.written)
    }

    /// What an element has to match: any of these.
    pub(crate) fn list(&self) -> &SelectorList<Simple> {
        &self.list
    }

    /// Whether it may look at attributes other than `class` and `id`.
    fn reads_attributes(&self) -> bool {
        self.written.contains('[')
    }
}

impl PartialEq for CssSelector {
    fn eq(&self, other: &CssSelector) -> bool {
        self.written == other.written
    }
}

impl FromStr for CssSelector {
    type Err = String;

    /// Parses a selector; the error says what is wrong, and at which character.
    fn from_str(written: &str) -> Result<CssSelector, String> {
        let mut input = cssparser::Parser::new(written);
        let list = SelectorList::parse(&Parser, &mut input, ParseRelative::No).map_err(|error| {
            let fault = match error.kind {
                ParseErrorKind::Basic(kind) => kind.to_string(),
                ParseErrorKind::Custom(kind) => in_words(&format!("{kind:?}")),
            };
            let place = input.current_source_location().column;
            format!("{written:?} is no CSS selector: {fault} at character {place}")
        })?;
        Ok(CssSelector { written: written.into(), list })
    }
}

/// The name of a kind of error as words: `DanglingCombinator` becomes "dangling combinator".
fn in_words(name: &str) -> String {
    let mut words = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
    }
    words
}

impl Serialize for CssSelector {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.written)
    }
}

impl<'de> Deserialize<'de> for CssSelector {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<CssSelector, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Selectors for the pages of one site.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteConfig {
    /// The host of the pages, such as `example.org`; hosts below it (`news.example.org`) are meant too.
    pub host: String,
    /// What is content on its pages; takes the place of `strip.select` there.
    #[serde(default)]
    pub select: Vec<CssSelector>,
    /// What is none, beside `strip.drop`.
    #[serde(default)]
    pub drop: Vec<CssSelector>,
}

impl SiteConfig {
    /// What is wrong with it, if anything.
    pub(super) fn fault(&self) -> Option<String> {
        let is_host = !self.host.is_empty()
            && self.host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'))
            && !self.host.starts_with('.');
        let host = &self.host;
        (!is_host).then(|| format!("site.host must be a name such as \"example.org\", not {host:?}"))
    }

    fn covers(&self, host: &str) -> bool {
        let above = host.len().checked_sub(self.host.len());
        above.is_some_and(|at| {
            host.is_char_boundary(at)
                && host[at..].eq_ignore_ascii_case(&self.host)
                && (at == 0 || host[..at].ends_with('.'))
        })
    }
}

/// The selectors that a page is asked for.
#[derive(Debug, Clone, Default)]
pub(crate) struct PageSelectors<'c> {
    /// What is content; where there are none, the judges say.
    pub(crate) select: Vec<&'c CssSelector>,
    /// What is none.
    pub(crate) drop: Vec<&'c CssSelector>,
}

impl Config {
    /// The selectors for a page of this address: all drops that fit it, and the selects of the site whose host fits
    /// closest, or else those of `[strip]`.
    pub(crate) fn selectors(&self, url: Option<&str>) -> PageSelectors<'_> {
        let sites = || self.sites_of(url);
        let closest = sites().filter(|site| !site.select.is_empty()).max_by_key(|site| site.host.len());
        PageSelectors {
            select: closest.map_or(&self.strip.select, |site| &site.select).iter().collect(),
            drop: self.strip.drop.iter().chain(sites().flat_map(|site| &site.drop)).collect(),
        }
    }

    /// Whether a page may be asked for attributes that only selectors read. One whose address is not known yet may
    /// be of any site.
    pub(crate) fn reads_attributes(&self, url: Option<&str>) -> bool {
        let general = self.strip.select.iter().chain(&self.strip.drop);
        let of_sites = self.site.iter().filter(|site| url.is_none() || site.covers(host_of(url)));
        general
            .chain(of_sites.flat_map(|site| site.select.iter().chain(&site.drop)))
            .any(CssSelector::reads_attributes)
    }

    fn sites_of(&self, url: Option<&str>) -> impl Iterator<Item = &SiteConfig> {
        let host = host_of(url);
        self.site.iter().filter(move |site| site.covers(host))
    }
}

/// The host of a page; empty where its address has none.
fn host_of(url: Option<&str>) -> &str {
    url.and_then(address::host).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(selectors: &[&CssSelector]) -> Vec<String> {
        selectors.iter().map(|selector| selector.as_str().to_string()).collect()
    }

    #[test]
    fn a_bad_selector_is_refused_with_its_place() {
        let error = "p:hover".parse::<CssSelector>().unwrap_err();
        assert_eq!(
            error,
            "\"p:hover\" is no CSS selector: unsupported pseudo class or element at character 8"
        );
        for bad in ["", "p::before", "a:hover", "..ad", "p >"] {
            assert!(bad.parse::<CssSelector>().is_err(), "{bad}");
        }
        let text = "[strip]\nselect = [\"article\"]\ndrop = [\"p <<\"]\n";
        let error = Config::parse(text, "a.toml").unwrap_err().to_string();
        assert!(error.contains("a.toml") && error.contains("line 3") && error.contains("p <<"), "{error}");
    }

    #[test]
    fn a_site_is_a_host_and_those_below_it() {
        let text = "[strip]\nselect = [\"main\"]\ndrop = [\".ad\"]\n\
            [[site]]\nhost = \"example.org\"\nselect = [\"#story\"]\ndrop = [\".tip\"]\n\
            [[site]]\nhost = \"news.example.org\"\nselect = [\"article\"]\n";
        let config = Config::parse(text, "a.toml").unwrap();
        for (url, select, drop) in [
            ("https://example.org/a?b=//news.example.org", "#story", 2),
            ("http://user@NEWS.example.org:80/a", "article", 2),
            ("//www.news.example.org", "article", 2),
            ("https://badexample.org/", "main", 1),
            ("https://example.org.evil/", "main", 1),
        ] {
            let found = config.selectors(Some(url));
            assert_eq!((written(&found.select), found.drop.len()), (vec![select.to_string()], drop), "{url}");
        }
        assert_eq!(written(&config.selectors(None).select), ["main"]);
        assert!(Config::parse("[[site]]\nhost = \"https://example.org/\"\n", "a.toml").is_err());
    }

    #[test]
    fn attributes_are_wanted_where_a_selector_may_read_them() {
        let text = "[[site]]\nhost = \"example.org\"\ndrop = [\"p[data-ad]\"]\n";
        let config = Config::parse(text, "a.toml").unwrap();
        assert!(config.reads_attributes(Some("https://example.org/")) && config.reads_attributes(None));
        assert!(!config.reads_attributes(Some("https://example.com/")));
    }
}
