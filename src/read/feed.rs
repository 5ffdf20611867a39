//! News feeds, RSS and Atom: an entry a document. Its markup, which feeds escape, is read as that of a page.
use super::row::Row;
use super::{Documents, Format, Item, Opened, one, page};
use crate::config::ReadConfig;
use crate::model::{Origin, RawDocument, SkipReason, Stage, Trouble};
use encoding_rs::{Encoding, UTF_8};
use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Config;

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
    let mut reader = Reader::from_str(text.trim_start_matches('\u{FEFF}'));
    let root = loop {
        match reader.read_event().ok()? {
            Event::Start(root) => break root,
            Event::Text(text) if !text.trim().is_empty() => return None,
            Event::Eof => return None,
            _ => {}
        }
    };
    let says = |space| root.attributes_raw().contains(space);
    match root.name().0 {
        "rss" => Some("item"),
        "rdf:RDF" if says("purl.org/rss") || says("my.netscape.com/rdf") => Some("item"),
        "feed" if says("/Atom") || says("/atom") => Some("entry"),
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
    let declared = match Reader::from_str(head.trim_start()).read_event() {
        Ok(Event::Decl(declaration)) => {
            let label = declaration.encoding().and_then(Result::ok);
            label.and_then(|label| Encoding::for_label(label.as_bytes()))
        }
        _ => None,
    };
    Encoding::for_bom(bytes).map(|(encoding, _)| encoding).or(declared).unwrap_or(UTF_8)
}

/// An element of an entry, and what stands in it.
struct Child<'a> {
    tag: BytesStart<'a>,
    inner: &'a str,
}

/// What was met where an entry was looked for.
enum Met<'a> {
    /// Its children, and where it ends.
    Whole(Vec<Child<'a>>, usize),
    /// The text ends in it, or it is no XML.
    Cut,
    /// There is none.
    None,
}

/// The first entry of a text. Of its children those are kept that are read.
fn entry<'a>(text: &'a str, name: &str) -> Met<'a> {
    let mut reader = Reader::from_str(text);
    be_lenient(reader.config_mut());
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) if tag.name().0 == name => break,
            Ok(Event::Eof) => return Met::None,
            Ok(_) => {}
            Err(_) => return Met::Cut,
        }
    }
    let mut children = Vec::new();
    loop {
        let child = match reader.read_event() {
            Ok(Event::Start(tag)) => match reader.read_to_end(tag.name()) {
                Ok(span) => Child { tag, inner: &text[span.start as usize..span.end as usize] },
                Err(_) => return Met::Cut,
            },
            Ok(Event::Empty(tag)) => Child { tag, inner: "" },
            Ok(Event::End(_)) => return Met::Whole(children, reader.buffer_position() as usize),
            Ok(Event::Eof) | Err(_) => return Met::Cut,
            Ok(_) => continue,
        };
        if child.is_read() && children.len() < MAX_CHILDREN {
            children.push(child);
        }
    }
}

/// The document of an entry. One without a text, which only says where a page is, is passed over.
fn document(entry: &[Child<'_>], number: u64, source: &str, limits: &ReadConfig) -> Item {
    let of = |names: &[&str]| -> Option<String> {
        let texts = names.iter().flat_map(|name| entry.iter().filter(move |child| child.name() == *name));
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
    fn name(&self) -> &str {
        self.tag.name().0
    }

    /// Whether it is one of those that are read.
    fn is_read(&self) -> bool {
        [TEXTS, DATES, IDS, &["title", "link"]].iter().any(|names| names.contains(&self.name()))
    }

    /// What stands in it, as HTML.
    fn text(&self) -> String {
        match attribute(&self.tag, "type").as_deref() {
            Some("xhtml") => self.inner.to_string(),
            _ => unescaped(self.inner),
        }
    }

    /// The address of an Atom link to the page itself.
    fn address(&self) -> Option<String> {
        let is_page = attribute(&self.tag, "rel").is_none_or(|rel| rel == "alternate");
        attribute(&self.tag, "href").filter(|_| self.name() == "link" && is_page)
    }
}

/// The value of an attribute.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    tag.try_get_attribute(name).ok()?.map(|found| unescaped(&found.value))
}

/// A text of XML as what it stands for: sections of CDATA and elements as they are, the rest without escapes, comments
/// left out.
fn unescaped(text: &str) -> String {
    let mut reader = Reader::from_str(text);
    be_lenient(reader.config_mut());
    let mut plain = String::with_capacity(text.len());
    let mut from = 0;
    loop {
        let event = reader.read_event();
        let to = (reader.buffer_position() as usize).min(text.len());
        match event {
            Ok(Event::Eof) => return plain,
            Ok(Event::CData(section)) => plain.push_str(&section),
            Ok(Event::Comment(_) | Event::PI(_)) => {}
            Ok(Event::GeneralRef(name)) => match character(&name) {
                Some(c) => plain.push(c),
                None => plain.push_str(&text[from..to]),
            },
            Ok(_) => plain.push_str(&text[from..to]),
            Err(_) => {
                plain.push_str(&text[from..]);
                return plain;
            }
        }
        from = to;
    }
}

/// Feeds are written by hand and by programs that do not escape: a mark that is no reference, or an element that is not
/// closed, costs nothing else.
fn be_lenient(config: &mut Config) {
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
}

/// The character of a reference of XML.
fn character(reference: &BytesRef<'_>) -> Option<char> {
    let predefined = || resolve_xml_entity(reference)?.chars().next();
    reference.resolve_char_ref().ok().flatten().or_else(predefined)
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
    fn escapes_are_taken_off_once() {
        for (text, plain) in [
            ("&lt;p&gt;a &amp;amp; b", "<p>a &amp; b"),
            ("<![CDATA[<p>&amp;]]> &#228;&#xE4;", "<p>&amp; ää"),
            ("a<!-- b -->c & d &nbsp; &#xD800; &", "ac & d &nbsp; &#xD800; &"),
            ("<p>ä</p>", "<p>ä</p>"),
        ] {
            assert_eq!(unescaped(text), plain, "{text}");
        }
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
             <item><link>https://a.example/?a=1&b=2</link><description><p>Plain<br> & bare</b></description></item>\
             </channel></rss>",
        );
        let (origin, html, title, url) = told(&items[0]);
        assert_eq!((origin.as_str(), html.as_str()), ("f.xml#g1", "<p>Long &amp; full.</p>"));
        assert_eq!((title, url), (Some("A & B"), Some("https://a.example/1")));
        assert!(matches!(&items[1], Err(Trouble::Skipped(_))));
        let (origin, html, _, url) = told(&items[2]);
        assert_eq!((origin.as_str(), html.as_str()), ("f.xml#3", "<p>Plain<br> & bare</b>"));
        assert_eq!((url, items.len()), (Some("https://a.example/?a=1&b=2"), 3));
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
