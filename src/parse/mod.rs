//! Text to blocks, with the evidence that judges will look at. Nothing is judged here.
pub(crate) mod html;
mod language;
mod plain;
mod wrapped;

use crate::config::Config;
use crate::model::{
    Declared, Document, FieldName, FieldOrigin, Fields, Kind, Outline, PageClaims, RawDocument, Text,
};

/// Bytes of a text in which the signs of HTML are looked for.
const SNIFF_BYTES: usize = 4096;

/// Tags that open, and tags that close, from which a text without a tag at its start is a piece of a page.
const TAGS: u32 = 2;

/// What fences of code begin with in Markdown.
const CODE_FENCES: [&str; 2] = ["```", "~~~"];

/// Names of elements that open a page, or a fragment of one.
const HTML_SIGNS: &[&str] = &[
    "!doctype", "html", "head", "body", "div", "p", "article", "section", "main", "table", "title", "meta",
    "script", "span", "h1", "h2", "ul", "a", "br", "center", "!--",
];

/// Parses a decoded document by its kind, which is told by content.
pub(crate) fn parse(raw: &RawDocument, text: Text<'_>, config: &Config) -> Document {
    let declared = &raw.declared;
    let kind = if declares_html(declared) { Kind::Html } else { kind_of(&text.text) };
    let mut document = Document {
        origin: raw.origin.clone(),
        kind,
        encoding: text.encoding,
        decided_by: text.decided_by,
        decoding: text.decoding,
        language: None,
        fields: Fields { url: declared.url.clone(), ..Fields::default() },
        claims: PageClaims::default(),
        outline: Outline::default(),
        blocks: Vec::new(),
        characters: 0,
        guarded: 0,
        selected: false,
    };
    match kind {
        Kind::Html => html::parse(&text.text, config, &mut document),
        Kind::Text => plain::parse(&text.text, &mut document),
    }
    let fields = &mut document.fields;
    for (field, slot, value) in [
        (FieldName::Title, &mut fields.title, &declared.title),
        (FieldName::Published, &mut fields.published, &declared.date),
    ] {
        if value.is_some() {
            slot.clone_from(value);
            fields.origins.set(field, FieldOrigin::Row);
        }
    }
    if declared.date.is_some() {
        fields.published_day = None;
    }
    document
}

/// The language of what is kept of a document, as an ISO 639 code; of all of it, if nothing is. `None` where it is
/// not sure.
pub(crate) fn language(document: &Document) -> Option<&'static str> {
    language::of(document)
}

/// Whether the container says that it is a page. What it calls plain text may be anything.
fn declares_html(declared: &Declared) -> bool {
    let media_type = declared.media_type.as_deref().unwrap_or_default().trim_start().to_ascii_lowercase();
    ["text/html", "application/xhtml"].iter().any(|html| media_type.starts_with(html))
}

/// HTML begins with a tag that pages begin with; or has one near its top and closes some.
fn kind_of(text: &str) -> Kind {
    let text = text.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']);
    let end = (0..=SNIFF_BYTES.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let head = &text[..end];
    let is_xml = head.starts_with("<?xml") && head.contains("?>");
    if is_xml || text.strip_prefix('<').is_some_and(opens_html) {
        return Kind::Html;
    }
    let (mut opened, mut closed, mut is_code, mut from) = (0, 0, false, 0);
    for line in head.split_inclusive('\n') {
        is_code ^= CODE_FENCES.iter().any(|fence| line.trim_start().starts_with(fence));
        // What Markdown quotes of HTML, in a fence or between backticks, is no tag of the text's own.
        let own = |at: &usize| !is_code && !line[..*at].ends_with('`');
        for at in line.match_indices('<').map(|(at, _)| at).filter(own) {
            opened += u32::from(opens_html(&head[from + at + 1..]));
            closed += u32::from(line[at + 1..].starts_with('/'));
        }
        from += line.len();
    }
    if opened >= TAGS && closed >= TAGS { Kind::Html } else { Kind::Text }
}

/// Whether what comes after a `<` makes a tag of it that pages begin with.
fn opens_html(after: &str) -> bool {
    HTML_SIGNS.iter().any(|sign| {
        after.get(..sign.len()).is_some_and(|start| start.eq_ignore_ascii_case(sign))
            && !after[sign.len()..].starts_with(|c: char| c.is_ascii_alphanumeric())
            && (sign.starts_with('!') || is_tag(&after[sign.len()..]))
    })
}

/// Whether a tag goes on like this: it ends, or has a value in quotes, before another one begins.
fn is_tag(rest: &str) -> bool {
    rest.find(['<', '>', '"', '\'']).is_some_and(|at| !rest[at..].starts_with('<'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_by_content() {
        for html in [
            "<!DOCTYPE html><p>a",
            "  \n<html>",
            "<P>a",
            "<?xml version='1.0'?><html>",
            "x <p>a</p> <p>b</p>",
        ] {
            assert_eq!(kind_of(html), Kind::Html, "{html}");
        }
        for text in [
            "",
            "a < b",
            "<a < b",
            "<p",
            "<b",
            "I <3 you",
            "use <div> or <p> to open one",
            "<parent> said no",
            "<?xml is how a file of XML begins.",
            "A paragraph is opened with `<p>` and closed with `</p>`, a box with `<div>` and closed with `</div>`.",
            "# How to\n\n```html\n<p>a</p>\n<p>b</p>\n```\n",
        ] {
            assert_eq!(kind_of(text), Kind::Text, "{text}");
        }
    }
}
