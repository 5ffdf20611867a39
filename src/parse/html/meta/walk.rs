//! One walk over a page's tree that gathers the candidates for its fields.
use super::class_words::{self, ASIDE, BYLINE, DATE, HEADLINE, META, PUBLISHED};
use super::evidence::{Candidate, Evidence, Kind, Place};
use super::{names, text};
use crate::model::{DayOrder, find_date};
use crate::parse::html::blocks::style_hides;
use ego_tree::NodeRef;
use ego_tree::iter::Edge;
use html5ever::{LocalName, local_name};
use rustc_hash::FxHashMap;
use scraper::Html;
use scraper::node::{Element, Node};

/// Candidates of a kind, at most: what comes later is no head of an article.
const CANDIDATES: usize = 64;

/// Bytes of a headline.
const HEADLINE_BYTES: usize = 400;

/// Bytes of an element that is a date and little else.
const DATE_BYTES: usize = 160;

/// Bytes of a byline.
const BYLINE_BYTES: usize = 240;

/// Bytes of a run of text that a date may stand in, at most: what is longer is prose.
const DATED_TEXT_BYTES: usize = 120;

/// Bytes at the start of a longer text in which a date may stand: the longest has a weekday and a month written out.
const DATE_LINE_BYTES: usize = 32;

/// Bytes of JSON-LD that are read, at most: what is longer is no description of a page.
const JSON_LD_BYTES: usize = 1 << 20;

/// Gathers the evidence of a tree.
pub(super) fn gather(tree: &Html) -> Evidence<'_> {
    let mut walk = Walk {
        evidence: Evidence::default(),
        open: vec![Place::default()],
        at: 0,
        classes: FxHashMap::default(),
    };
    for edge in tree.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Element(element) => walk.element(node, element),
                Node::Text(text) => walk.text(text),
                _ => {}
            },
            Edge::Close(node) if node.value().is_element() => {
                walk.open.pop();
            }
            Edge::Close(_) => {}
        }
    }
    walk.evidence
}

/// Attributes of an element that matter here.
#[derive(Default)]
struct Attributes<'a> {
    own: class_words::Signs,
    itemprop: &'a str,
    rel: &'a str,
    href: &'a str,
    name: &'a str,
    property: &'a str,
    content: Option<&'a str>,
    datetime: Option<&'a str>,
    media_type: &'a str,
    hidden: bool,
}

impl<'a> Attributes<'a> {
    /// What an element has of them; `signs` says what its classes and its id mean.
    fn of(element: &'a Element, mut signs: impl FnMut(&'a str) -> class_words::Signs) -> Attributes<'a> {
        let mut found = Attributes::default();
        for (name, value) in &element.attrs {
            match name.local {
                local_name!("class") | local_name!("id") => found.own |= signs(value),
                local_name!("itemprop") => found.itemprop = value,
                local_name!("rel") => found.rel = value,
                local_name!("href") => found.href = value,
                local_name!("name") => found.name = value,
                local_name!("property") => found.property = value,
                local_name!("content") => found.content = Some(value),
                local_name!("datetime") => found.datetime = Some(value),
                local_name!("type") => found.media_type = value,
                local_name!("hidden") => found.hidden = true,
                local_name!("aria-hidden") => found.hidden |= &**value == "true",
                local_name!("style") => found.hidden |= style_hides(value),
                _ => {}
            }
        }
        found
    }
}

struct Walk<'a> {
    evidence: Evidence<'a>,
    /// The places of the open elements.
    open: Vec<Place>,
    /// Elements met.
    at: u32,
    /// What each class or id that was met says.
    classes: FxHashMap<&'a str, class_words::Signs>,
}

impl<'a> Walk<'a> {
    fn element(&mut self, node: NodeRef<'a, Node>, element: &'a Element) {
        self.at += 1;
        let name = &element.name.local;
        let classes = &mut self.classes;
        let attributes = Attributes::of(element, |value| {
            *classes.entry(value).or_insert_with(|| class_words::signs(value))
        });
        let mut place = self.open.last().copied().unwrap_or_default();
        match *name {
            local_name!("html") | local_name!("body") => {}
            _ => place.signs |= attributes.own,
        }
        place.hidden |= attributes.hidden;
        match *name {
            local_name!("html") => {
                self.evidence.language = element.attr("lang").filter(|lang| !lang.is_empty());
            }
            local_name!("meta") => self.meta(&attributes),
            local_name!("link") => self.link(&attributes),
            local_name!("title") => self.title(node, &place),
            local_name!("script") => self.script(node, &attributes),
            local_name!("article") | local_name!("main") => place.article = true,
            local_name!("header") => place.header |= !place.article,
            local_name!("footer") => place.aside |= !place.article,
            local_name!("nav") | local_name!("aside") => place.aside = true,
            local_name!("a") => place.link = true,
            _ => {}
        }
        place.silent |= is_silent(name);
        if !place.silent {
            self.visible(node, name, &attributes, &mut place);
        }
        self.open.push(place);
    }

    fn meta(&mut self, attributes: &Attributes<'a>) {
        let name = [attributes.property, attributes.name, attributes.itemprop];
        if let Some(content) = attributes.content
            && let Some(name) = name.iter().find(|name| !name.is_empty())
        {
            self.evidence.metas.push((name.to_ascii_lowercase(), content));
        }
    }

    fn link(&mut self, attributes: &Attributes<'a>) {
        if attributes.rel.eq_ignore_ascii_case("canonical") && !attributes.href.is_empty() {
            self.evidence.canonical = self.evidence.canonical.or(Some(attributes.href));
        }
    }

    fn title(&mut self, node: NodeRef<'a, Node>, place: &Place) {
        // A picture in SVG has titles too, and stands in silence.
        let in_head = self.evidence.title.is_none() && (!place.silent || self.evidence.headings.is_empty());
        if in_head {
            self.evidence.title = text::of(node, text::FIELD_CHARS * 4);
        }
    }

    fn script(&mut self, node: NodeRef<'a, Node>, attributes: &Attributes<'a>) {
        let kind = attributes.media_type.split(';').next().unwrap_or_default().trim();
        if kind.eq_ignore_ascii_case("application/ld+json") {
            let parts = node.children().filter_map(|child| child.value().as_text());
            let script: String = parts.map(|text| &**text).collect();
            if script.len() <= JSON_LD_BYTES {
                self.evidence.scripts.push(script);
            }
        }
    }

    /// Looks at an element of the page's body for headlines, dates and bylines.
    fn visible(
        &mut self,
        node: NodeRef<'a, Node>,
        name: &LocalName,
        attributes: &Attributes<'a>,
        place: &mut Place,
    ) {
        let own = attributes.own;
        let headline = match *name {
            local_name!("h1") => Some(Kind::Heading),
            _ if attributes.itemprop == "headline" => Some(Kind::Property),
            _ if own & HEADLINE != 0 && own & META == 0 && may_hold_title(name) => Some(Kind::TitleClass),
            _ => None,
        };
        if let Some(kind) = headline {
            let words = attributes.content.map(str::to_string);
            self.add(
                |evidence| &mut evidence.headings,
                words.or_else(|| text::of(node, HEADLINE_BYTES)),
                kind,
                own,
                place,
            );
        }
        self.date(node, name, attributes, place);
        self.byline(node, attributes, place);
    }

    fn date(
        &mut self,
        node: NodeRef<'a, Node>,
        name: &LocalName,
        attributes: &Attributes<'a>,
        place: &mut Place,
    ) {
        let property =
            matches!(attributes.itemprop, "datePublished" | "dateCreated" | "dateModified" | "uploadDate");
        let kind = match *name {
            _ if property => Kind::Property,
            local_name!("time") => Kind::Time,
            _ if !place.dated && attributes.own & DATE != 0 => Kind::Class,
            _ => return,
        };
        let own = match attributes.itemprop {
            "dateModified" => attributes.own | class_words::UPDATED,
            "datePublished" => attributes.own | PUBLISHED,
            _ => attributes.own,
        };
        let machine = [attributes.datetime, attributes.content].into_iter().flatten();
        let machine =
            machine.filter(|words| find_date(words, DayOrder::DayFirst).is_some()).map(str::to_string).next();
        let shown = text::of(node, DATE_BYTES).filter(|words| find_date(words, DayOrder::DayFirst).is_some());
        let (words, shown) = if machine.is_some() { (machine, shown) } else { (shown, None) };
        place.dated |= words.is_some();
        let met = self.evidence.dates.len();
        self.add(|evidence| &mut evidence.dates, words, kind, own, place);
        if let Some(date) = self.evidence.dates.get_mut(met) {
            date.shown = shown;
        }
    }

    fn byline(&mut self, node: NodeRef<'a, Node>, attributes: &Attributes<'a>, place: &mut Place) {
        let says = |words: &str, is: fn(&str) -> bool| !words.is_empty() && words.split(' ').any(is);
        let link = place.link && says(attributes.rel, |rel| rel.eq_ignore_ascii_case("author"))
            || is_author_page(attributes.href);
        let kind = match () {
            () if says(attributes.itemprop, |word| word == "author") => Kind::Property,
            () if link => Kind::AuthorLink,
            () if attributes.own & BYLINE != 0 => Kind::Class,
            () => return,
        };
        let words = attributes.content.map(str::to_string).or_else(|| text::of(node, BYLINE_BYTES));
        self.add(|evidence| &mut evidence.bylines, words, kind, attributes.own, place);
        place.byline = true;
    }

    fn add(
        &mut self,
        list: for<'e> fn(&'e mut Evidence<'a>) -> &'e mut Vec<Candidate>,
        words: Option<String>,
        kind: Kind,
        own: class_words::Signs,
        place: &Place,
    ) {
        let list = list(&mut self.evidence);
        if let Some(words) = words
            && list.len() < CANDIDATES
        {
            list.push(Candidate { words, shown: None, at: self.at, own, place: *place, kind });
        }
    }

    /// A short run of text with a year in it may hold a date, and a long one may begin with one.
    fn text(&mut self, text: &str) {
        let place = self.open.last().copied().unwrap_or_default();
        if text.len() < 8 || place.silent || place.dated {
            return;
        }
        let long = text.len() > DATED_TEXT_BYTES;
        if !long && let Some(words) = names::labelled(text) {
            self.add(|evidence| &mut evidence.bylines, Some(words.to_string()), Kind::Text, 0, &place);
        }
        let text = if long { date_line(text) } else { text.trim() };
        if has_digits(text)
            && let Some((_, span)) = find_date(text, DayOrder::DayFirst)
            && (!long || span.start == 0)
        {
            let words = if long { &text[span] } else { text };
            self.add(|evidence| &mut evidence.dates, Some(words.to_string()), Kind::Text, 0, &place);
        }
    }
}

/// Whether nothing in an element is shown as it stands there.
fn is_silent(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("script")
            | local_name!("style")
            | local_name!("noscript")
            | local_name!("template")
            | local_name!("svg")
            | local_name!("head")
            | local_name!("select")
    )
}

/// Whether a headline may stand in an element if its class says so.
fn may_hold_title(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("h2") | local_name!("h3") | local_name!("div") | local_name!("span") | local_name!("p")
    )
}

/// Whether a text has four digits, as the shortest date has (4.1.22).
fn has_digits(text: &str) -> bool {
    text.bytes().filter(u8::is_ascii_digit).take(4).count() == 4
}

/// The start of a long text that opens with a digit, or a bracket and one, as `(4 January 2022)` does; else nothing.
fn date_line(text: &str) -> &str {
    let text = text.trim_start().trim_start_matches('(');
    let opens = text.starts_with(|c: char| c.is_ascii_digit());
    let end = (0..=DATE_LINE_BYTES.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    if opens { &text[..end] } else { "" }
}

/// Whether an address is that of an author's page.
fn is_author_page(href: &str) -> bool {
    const FOLDERS: [&str; 6] = ["author/", "authors/", "autor/", "autoren/", "auteur/", "journalist/"];
    // Most folders are told by their first letter.
    let of_author = |at: usize| {
        matches!(href.as_bytes().get(at + 1), Some(b'a' | b'j'))
            && FOLDERS.iter().any(|folder| href[at + 1..].starts_with(folder))
    };
    memchr::memchr_iter(b'/', href.as_bytes()).any(of_author)
}

/// Whether a place is beside the article.
pub(super) fn is_beside(place: &Place) -> bool {
    place.aside || place.signs & ASIDE != 0
}
