//! The walk over a page's tree that gathers its blocks, their evidence and the outline around them.
use super::choice::Choice;
use super::setting::Typist;
use crate::model::{Block, BlockKind, Document, Element, Evidence, Mark, solid};
use scraper::node::Node;
use scraper::{ElementRef, Html};
use std::collections::HashMap;

/// Elements whose content is no text of the page.
const NO_TEXT: &[&str] = &[
    "script", "style", "template", "svg", "math", "iframe", "object", "canvas", "head", "title", "audio",
    "video", "map", "datalist",
];

/// Elements that stand in the flow of a line; all others begin and end a block.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "img", "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span",
    "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];

/// Gathers the blocks of a tree, in the order of the page, and marks what the user's selectors rule out. The walk
/// holds its own stack, so depth costs nothing. `scripts` says whether the page was parsed as with scripts; the result
/// is how many characters in `noscript` were passed over then, tags and blank space apart.
pub(super) fn gather(tree: &Html, scripts: bool, choice: Option<Choice<'_>>, document: &mut Document) -> u64 {
    document.selected = choice.as_ref().is_some_and(Choice::selects);
    let mut walk = Walk::new(document, choice);
    walk.scripts = scripts;
    for edge in tree.tree.root().traverse() {
        match edge {
            ego_tree::iter::Edge::Open(node) => match node.value() {
                Node::Element(element) => {
                    if let (Some(choice), Some(element)) = (&mut walk.choice, ElementRef::wrap(node)) {
                        choice.open(element);
                    }
                    walk.open(element);
                }
                Node::Text(text) => walk.text(text),
                _ => {}
            },
            ego_tree::iter::Edge::Close(node) => {
                if let Node::Element(element) = node.value() {
                    walk.close(element);
                    walk.choice.iter_mut().for_each(Choice::close);
                }
            }
        }
    }
    walk.flush();
    let (unseen, spent) = (walk.unseen, walk.choice.as_ref().is_some_and(Choice::is_spent));
    document.guarded = document.guarded.saturating_add(u32::from(spent));
    unseen
}

/// What the walk knows of the elements it stands in.
struct Walk<'a> {
    document: &'a mut Document,
    /// Open block elements, as indices into the outline.
    open: Vec<u32>,
    /// Open elements of each name that changes how text is taken.
    depth: HashMap<&'static str, u32>,
    silent: u32,
    hidden: u32,
    links: u32,
    breaks: u32,
    line: String,
    link_bytes: usize,
    line_hidden: bool,
    /// What the user's selectors choose, and what of the line they rule out.
    choice: Option<Choice<'a>>,
    marks: Vec<Mark>,
    typist: Typist,
    /// Whether `noscript` is passed over, those that are open, and the characters in them so far.
    scripts: bool,
    noscript: u32,
    unseen: u64,
}

impl<'a> Walk<'a> {
    fn new(document: &'a mut Document, choice: Option<Choice<'a>>) -> Walk<'a> {
        Walk {
            document,
            open: Vec::new(),
            depth: HashMap::new(),
            silent: 0,
            hidden: 0,
            links: 0,
            breaks: 0,
            line: String::new(),
            link_bytes: 0,
            line_hidden: false,
            choice,
            marks: Vec::new(),
            typist: Typist::default(),
            scripts: true,
            noscript: 0,
            unseen: 0,
        }
    }

    fn open(&mut self, element: &scraper::node::Element) {
        let name = element.name();
        self.silent += u32::from(NO_TEXT.contains(&name));
        self.noscript += u32::from(self.passes_over(name));
        self.hidden += u32::from(is_hidden(element));
        match name {
            "a" => self.links += 1,
            "br" => self.line_break(),
            "td" | "th" => {
                self.space();
                self.typist.cell(element);
            }
            _ if INLINE.contains(&name) => {}
            _ => {
                self.flush();
                self.typist.open(name);
                self.enter(element);
            }
        }
        if let Some(kind) = KINDS.iter().find(|kind| **kind == name) {
            *self.depth.entry(kind).or_default() += 1;
        }
    }

    fn close(&mut self, element: &scraper::node::Element) {
        let name = element.name();
        match name {
            "a" => self.links -= 1,
            "br" => {}
            "td" | "th" => self.space(),
            _ if INLINE.contains(&name) => {}
            _ => {
                self.flush();
                self.typist.close(name);
                self.open.pop();
            }
        }
        self.silent -= u32::from(NO_TEXT.contains(&name));
        self.noscript -= u32::from(self.passes_over(name));
        self.hidden -= u32::from(is_hidden(element));
        if let Some(kind) = KINDS.iter().find(|kind| **kind == name) {
            *self.depth.entry(kind).or_default() -= 1;
        }
    }

    fn passes_over(&self, name: &str) -> bool {
        self.scripts && name == "noscript"
    }

    fn enter(&mut self, element: &scraper::node::Element) {
        let mut words = String::new();
        for attribute in ["class", "id", "role", "itemprop"] {
            if let Some(value) = element.attr(attribute) {
                words.push_str(&value.to_ascii_lowercase());
                words.push(' ');
            }
        }
        let elements = &mut self.document.outline.elements;
        elements.push(Element {
            parent: self.open.last().copied(),
            tag: element.name().into(),
            words: words.trim_end().into(),
        });
        self.open.push(elements.len() as u32 - 1);
    }

    fn text(&mut self, text: &str) {
        if self.silent > 0 || self.noscript > 0 {
            self.unseen += if self.silent == 0 { outside_tags(text) } else { 0 };
            return;
        }
        self.document.characters += solid(text);
        for (n, word) in text.split(char::is_whitespace).enumerate() {
            if n > 0 {
                self.space();
            }
            if !word.is_empty() {
                if self.line.is_empty() {
                    self.line_hidden = self.hidden > 0;
                } else if self.line_hidden != (self.hidden > 0) {
                    self.flush();
                    self.line_hidden = self.hidden > 0;
                }
                self.breaks = 0;
                self.typist.word(self.line.len());
                self.line.push_str(word);
                self.link_bytes += if self.links > 0 { word.len() } else { 0 };
                if let Some(choice) = &self.choice {
                    choice.mark(&self.line, word.len(), &mut self.marks);
                }
            }
        }
        self.typist.text(text);
    }

    fn space(&mut self) {
        if !self.line.is_empty() && !self.line.ends_with(' ') {
            self.line.push(' ');
        }
    }

    /// One break is a blank; two in a row end the block.
    fn line_break(&mut self) {
        self.breaks += 1;
        self.typist.text("\n");
        if self.breaks >= 2 { self.flush() } else { self.space() }
    }

    fn flush(&mut self) {
        self.breaks = 0;
        let text = std::mem::take(&mut self.line);
        let link_bytes = std::mem::take(&mut self.link_bytes) as u32;
        let text = text.trim_end();
        let (column, setting) = self.typist.end_block();
        if !text.is_empty() {
            let element = self.open.last().copied();
            let marks = std::mem::take(&mut self.marks);
            let hidden = self.line_hidden;
            let evidence = Evidence { line: 0, element, link_bytes, hidden, marks, column, setting };
            self.document.blocks.push(Block::new(text.to_string(), self.kind(), evidence));
        }
    }

    fn kind(&self) -> BlockKind {
        let inside = |name| self.depth.get(name).is_some_and(|&depth| depth > 0);
        let heading = ["h1", "h2", "h3", "h4", "h5", "h6"].into_iter().position(inside);
        match heading {
            Some(level) => BlockKind::Heading(level as u8 + 1),
            None if inside("figcaption") || inside("caption") => BlockKind::Caption,
            None if inside("pre") => BlockKind::Code,
            None if inside("tr") => BlockKind::TableRow,
            None if inside("li") || inside("dd") || inside("dt") => BlockKind::ListItem,
            None if inside("blockquote") => BlockKind::Quote,
            None => BlockKind::Paragraph,
        }
    }
}

/// Characters of a text that holds tags, without them and without blank space; about as many as the tags would hold.
fn outside_tags(markup: &str) -> u64 {
    let parts = markup.split('<').enumerate().map(|(n, part)| match part.split_once('>') {
        Some((_, text)) if n > 0 => text,
        _ => part,
    });
    parts.map(solid).sum()
}

/// Elements that make a block what it is.
const KINDS: &[&str] = &[
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "figcaption",
    "caption",
    "pre",
    "tr",
    "li",
    "dd",
    "dt",
    "blockquote",
];

/// Whether the page says that readers do not see this.
fn is_hidden(element: &scraper::node::Element) -> bool {
    let style = || element.attr("style").unwrap_or_default().to_ascii_lowercase().replace(' ', "");
    element.attr("hidden").is_some()
        || element.attr("aria-hidden") == Some("true")
        || style().contains("display:none")
        || style().contains("visibility:hidden")
}
