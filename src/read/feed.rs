//! News feeds, RSS and Atom: an entry a document. Its markup, which feeds escape, is read as that of a page.
use super::row::Row;
use super::tags::{Tag, tags, unescaped};
use super::{Documents, Format, Item, Opened, one, page};
use crate::config::ReadConfig;
use crate::model::{Origin, RawDocument, SkipReason, Stage, Trouble};
use encoding_rs::{Encoding, UTF_8};

/// The row in `FORMATS`.
pub(super) const FEED: Format = Format { name: "feed", tells: |head, _| entry_name(head).is_some(), open };

/// What feeds call the text of an entry, the fullest first.
const TEXTS: &[&str] = &["content:encoded", "content", "description", "summary"];
/// What they call its dates, that of publication first.
const DATES: &[&str] = &["pubDate", "published", "dc:date", "issued", "updated", "modified"];
const IDS: &[&str] = &["guid", "id"];

/// Children of an entry that are kept, at most: more than any has.
const MAX_CHILDREN: usize = 64;

/// The name of entries in a feed that begins so: told by its outermost element.
fn entry_name(head: &[u8]) -> Option<&'static str> {
    if !head.strip_prefix(super::BOM).unwrap_or(head).trim_ascii_start().starts_with(b"<") {
        return None;
    }
    let text = String::from_utf8_lossy(head);
    let root = tags(&text).next()?;
    match root.name {
        "rss" => Some("item"),
        "rdf:RDF" if root.inside.contains("purl.org/rss") || text.contains("my.netscape.com/rdf") => {
            Some("item")
        }
        "feed" if root.inside.contains("/Atom") || root.inside.contains("/atom") => Some("entry"),
        _ => None,
    }
}

fn open(opened: Opened) -> Documents {
    let (source, limits) = (opened.source.name.clone(), opened.limits.clone());
    let Some(name) = entry_name(&opened.head) else { return page::open(opened) };
    match page::read(opened) {
        Err(trouble) => one(Err(trouble)),
        Ok(raw) => Box::new(Entries::of(&raw, name, source, limits)),
    }
}

/// The entries of a feed, one after another.
struct Entries {
    text: String,
    /// What entries are called.
    name: &'static str,
    /// Where the next one is looked for.
    at: usize,
    number: u64,
    source: String,
    limits: ReadConfig,
}

impl Entries {
    fn of(raw: &RawDocument, name: &'static str, source: String, limits: ReadConfig) -> Entries {
        let (text, _, _) = encoding(&raw.bytes).decode(&raw.bytes);
        Entries { text: text.into_owned(), name, at: 0, number: 0, source, limits }
    }
}

impl Iterator for Entries {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        let (entry, length) = match entry(&self.text[self.at..], self.name) {
            Met::Whole(entry, length) => (entry, length),
            Met::Cut => {
                self.at = self.text.len();
                let message = "the feed is cut: it ends in the middle of an entry";
                return Some(Err(Trouble::failed(Origin::page(&self.source), Stage::Read, message)));
            }
            Met::None if self.number == 0 => {
                (self.number, self.at) = (1, self.text.len());
                return Some(Err(Trouble::skipped(Origin::page(&self.source), SkipReason::Empty)));
            }
            Met::None => return None,
        };
        self.number += 1;
        let document = document(&entry, self.number, &self.source, &self.limits);
        self.at += length;
        Some(document)
    }
}

/// The encoding that a mark or the declaration of XML says, else UTF-8.
fn encoding(bytes: &[u8]) -> &'static Encoding {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(super::SNIFF_BYTES)]);
    let declaration = head.trim_start_matches('\u{FEFF}').trim_start().strip_prefix("<?xml");
    let declaration = declaration.and_then(|rest| rest.split_once("?>")).map(|(inside, _)| inside);
    let declared = declaration.and_then(|inside| attribute(inside, "encoding"));
    let declared = declared.and_then(|label| Encoding::for_label(label.as_bytes()));
    Encoding::for_bom(bytes).map(|(encoding, _)| encoding).or(declared).unwrap_or(UTF_8)
}

/// An element of an entry: its tag, and what stands in it.
struct Child<'a> {
    tag: Tag<'a>,
    inner: &'a str,
}

/// What was met where an entry was looked for.
enum Met<'a> {
    /// Its children, and where it ends.
    Whole(Vec<Child<'a>>, usize),
    /// The text ends in it.
    Cut,
    /// There is none.
    None,
}

/// The first entry of a text. Of its children those are kept that are read.
fn entry<'a>(text: &'a str, name: &str) -> Met<'a> {
    let mut tags = tags(text).skip_while(|tag| tag.name != name || !tag.opens());
    if tags.next().is_none() {
        return Met::None;
    }
    let (mut children, mut depth, mut child) = (Vec::new(), 0_usize, None);
    for tag in tags {
        if tag.closes() && depth == 0 {
            return Met::Whole(children, tag.span.end);
        }
        depth -= usize::from(tag.closes());
        let whole = match (depth, tag.opens(), tag.closes()) {
            (0, true, _) => {
                child = Some(tag.clone());
                None
            }
            (0, _, true) => child.take().map(|opened: Tag<'a>| {
                let inner = &text[opened.span.end..tag.span.start];
                Child { tag: opened, inner }
            }),
            (0, ..) => Some(Child { tag: tag.clone(), inner: "" }),
            _ => None,
        };
        depth += usize::from(tag.opens());
        if let Some(child) = whole.filter(Child::is_read).filter(|_| children.len() < MAX_CHILDREN) {
            children.push(child);
        }
    }
    Met::Cut
}

/// The document of an entry. One without a text, which only says where a page is, is passed over.
fn document(entry: &[Child<'_>], number: u64, source: &str, limits: &ReadConfig) -> Item {
    let of = |names: &[&str]| -> Option<String> {
        let texts = names.iter().flat_map(|name| entry.iter().filter(move |child| child.tag.name == *name));
        texts.map(Child::text).find(|text| !text.trim().is_empty())
    };
    let row = Row {
        html: of(TEXTS).map(String::into_bytes),
        text: None,
        id: of(IDS),
        url: of(&["link"]).or_else(|| entry.iter().find_map(Child::address)),
        title: of(&["title"]),
        date: of(DATES),
    };
    if row.html.is_none() {
        return Err(Trouble::skipped(Origin::record(source, &number.to_string()), SkipReason::Empty));
    }
    row.document(source, ("entry", number), limits)
}

impl Child<'_> {
    /// Whether it is one of those that are read.
    fn is_read(&self) -> bool {
        let known = [TEXTS, DATES, IDS, &["title", "link"]];
        known.iter().any(|names| names.contains(&self.tag.name))
    }

    /// What stands in it, as HTML.
    fn text(&self) -> String {
        match attribute(self.tag.inside, "type") {
            Some("xhtml") => self.inner.to_string(),
            _ => unescaped(self.inner),
        }
    }

    /// The address of an Atom link to the page itself.
    fn address(&self) -> Option<String> {
        let is_page = attribute(self.tag.inside, "rel").is_none_or(|rel| rel == "alternate");
        let href = attribute(self.tag.inside, "href").filter(|_| self.tag.name == "link" && is_page);
        href.map(unescaped)
    }
}

/// The value of an attribute in what stands in a tag.
fn attribute<'a>(inside: &'a str, name: &str) -> Option<&'a str> {
    inside.match_indices(name).find_map(|(at, _)| {
        let begins = inside[..at].ends_with(|c: char| c.is_whitespace());
        let value = inside[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
        let quote = value.chars().next().filter(|c| begins && matches!(c, '"' | '\''))?;
        value[1..].split(quote).next()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(feed: &str) -> Vec<Item> {
        let raw = RawDocument {
            origin: Origin::page("f.xml"),
            bytes: feed.into(),
            declared: crate::model::Declared::default(),
        };
        let name = entry_name(feed.as_bytes()).unwrap();
        Entries::of(&raw, name, "f.xml".to_string(), ReadConfig::default()).collect()
    }

    fn told(item: &Item) -> (String, String, Option<&str>, Option<&str>) {
        let raw = item.as_ref().unwrap();
        let html = String::from_utf8(raw.bytes.clone()).unwrap();
        (raw.origin.to_string(), html, raw.declared.title.as_deref(), raw.declared.url.as_deref())
    }

    #[test]
    fn feeds_are_told_by_their_outermost_element() {
        for (head, name) in [
            ("<?xml version='1.0'?>\n<!-- <html> -->\n<rss version=\"2.0\">", Some("item")),
            ("\u{FEFF}<feed xmlns=\"http://www.w3.org/2005/Atom\">", Some("entry")),
            ("<rdf:RDF xmlns=\"http://purl.org/rss/1.0/\">", Some("item")),
            ("<?xml version='1.0'?><html><rss>", None),
            ("<feed><name>dog</name>", None),
            ("The <rss> element", None),
        ] {
            assert_eq!(entry_name(head.as_bytes()), name, "{head}");
        }
    }

    #[test]
    fn the_entries_of_rss_are_pages() {
        let items = read(
            "<rss><channel><title>Blog</title><item><title>A &amp; B</title><link>https://a.example/1</link>\
             <description>&lt;p&gt;Short.&lt;/p&gt;</description><content:encoded><![CDATA[<p>Long &amp; full.</p>]]>\
             </content:encoded><guid isPermaLink=\"false\">g1</guid></item><item><title>Only a title</title></item>\
             <item><description>Plain</description></item></channel></rss>",
        );
        let (origin, html, title, url) = told(&items[0]);
        assert_eq!((origin.as_str(), html.as_str()), ("f.xml#g1", "<p>Long &amp; full.</p>"));
        assert_eq!((title, url), (Some("A & B"), Some("https://a.example/1")));
        assert!(matches!(&items[1], Err(Trouble::Skipped(_))));
        assert_eq!((told(&items[2]).0.as_str(), items.len()), ("f.xml#3", 3));
    }

    #[test]
    fn the_entries_of_atom_are_pages() {
        let items = read(
            "<feed xmlns='http://www.w3.org/2005/Atom'><link href='https://b.example/'/><entry><link rel=\"self\" \
             href=\"https://b.example/x\"/><link href=\"https://b.example/1?a=1&amp;b=2\"/><content type=\"xhtml\">\
             <div><p>One &amp; <b>two</b></p></div></content></entry><entry><content>cut",
        );
        let (_, html, _, url) = told(&items[0]);
        assert_eq!(html, "<div><p>One &amp; <b>two</b></p></div>");
        assert_eq!(url, Some("https://b.example/1?a=1&b=2"));
        assert!(matches!(&items[1], Err(Trouble::Failed(failure)) if failure.error.contains("cut")));
    }
}
