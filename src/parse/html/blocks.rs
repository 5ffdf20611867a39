//! The walk over a page's tree that gathers its blocks, their evidence and the outline around them.
use super::choice::Choice;
use super::flow::{self, Flow, KINDS};
use super::setting::Typist;
use super::tree::Keep;
use crate::model::{Block, BlockKind, Document, Element, Evidence, Mark, MarkedBy, solid};
use ego_tree::NodeRef;
use html5ever::local_name;
use scraper::node::Node;
use scraper::{ElementRef, Html};

/// Gathers the blocks of a tree, in the order of the page, and marks what the user's selectors rule out. The walk
/// holds its own stack, so depth costs nothing.
pub(super) fn gather(tree: &Html, choice: Option<Choice<'_>>, document: &mut Document) {
    document.selected = choice.as_ref().is_some_and(Choice::selects);
    let mut walk = Walk::new(document, choice);
    walk.tree(tree);
    walk.flush();
    let spent = walk.choice.as_ref().is_some_and(Choice::is_spent);
    document.guarded = document.guarded.saturating_add(u32::from(spent));
}

/// Bytes of a fallback from which it is read: some software serves whole pages there, while pictures and counters,
/// of which most fallbacks are, say nothing.
const FALLBACK_BYTES: usize = 1000;

/// Blocks, and elements around them, for which room is made: as many as most pages have.
const ROOM: usize = 256;

/// Signs on which headings, and terms, carry a link to themselves.
pub(super) const ANCHORS: &[&str] = &["¶", "#", "§", "🔗", "⚓", "∞", "\u{fe0f}🔗", "🔗\u{fe0f}"];

/// Bytes of such a sign, at most.
const ANCHOR_BYTES: usize = 8;

/// Whether brackets for readers without ruby stand beside the readings in an element.
fn has_brackets(ruby: NodeRef<'_, Node>) -> bool {
    ruby.children().any(|node| node.value().as_element().is_some_and(|element| element.name() == "rp"))
}

/// What the walk knows of the elements it stands in.
struct Walk<'a> {
    document: &'a mut Document,
    /// The open elements.
    open: Vec<Open>,
    /// The innermost open element that begins a block, as an index into the outline.
    element: Option<u32>,
    /// How many open elements there are of each row of [`KINDS`].
    inside: [u32; KINDS.len()],
    hidden: u32,
    links: u32,
    /// Open readings of words that stand in no brackets.
    readings: u32,
    breaks: u32,
    line: String,
    link_bytes: usize,
    line_hidden: bool,
    /// The words of the element that was opened last.
    words: String,
    /// What the user's selectors choose, and what of the line they rule out.
    choice: Option<Choice<'a>>,
    marks: Vec<Mark>,
    typist: Typist,
    in_fallback: bool,
}

/// An open element.
struct Open {
    flow: Flow,
    kind: Option<usize>,
    hides: bool,
    is_reading: bool,
    /// Whether brackets stand in it beside readings: looked for at the first reading, and once.
    has_brackets: Option<bool>,
    /// Whether it stands in the outline.
    is_listed: bool,
}

/// What the walk reads of an element's attributes.
#[derive(Default)]
struct Attributes<'a> {
    /// Its class, id, role and itemprop.
    words: [Option<&'a str>; 4],
    hides: bool,
}

impl<'a> Attributes<'a> {
    fn of(element: &'a scraper::node::Element) -> Attributes<'a> {
        let mut found = Attributes::default();
        for (name, value) in &element.attrs {
            match name.local {
                local_name!("class") => found.words[0] = Some(value),
                local_name!("id") => found.words[1] = Some(value),
                local_name!("role") => found.words[2] = Some(value),
                local_name!("itemprop") => found.words[3] = Some(value),
                local_name!("hidden") => found.hides = true,
                local_name!("aria-hidden") => found.hides |= &**value == "true",
                local_name!("style") => found.hides |= style_hides(value),
                _ => {}
            }
        }
        found
    }
}

/// Whether a style says that readers do not see the element.
pub(super) fn style_hides(style: &str) -> bool {
    const HIDING: [&[u8]; 2] = [b"display:none", b"visibility:hidden"];
    let says = |from: usize, words: &[u8]| {
        let written = style.as_bytes()[from..].iter().filter(|&&byte| byte != b' ');
        written.take(words.len()).map(u8::to_ascii_lowercase).eq(words.iter().copied())
    };
    (0..style.len()).any(|from| match style.as_bytes()[from] {
        b'd' | b'D' => says(from, HIDING[0]),
        b'v' | b'V' => says(from, HIDING[1]),
        _ => false,
    })
}

/// Whether a text is ASCII without control characters, and its blanks stand one by one. Without branches, so that it
/// becomes vector instructions.
fn is_evenly_spaced(text: &[u8]) -> bool {
    let is_odd = |byte: u8| !(b' '..0x7F).contains(&byte);
    let odd = text.iter().fold(false, |any, &byte| any | is_odd(byte));
    let pairs = text.iter().zip(text.iter().skip(1));
    !odd && !pairs.fold(false, |any, (&one, &other)| any | ((one == b' ') & (other == b' ')))
}

impl<'a> Walk<'a> {
    fn new(document: &'a mut Document, choice: Option<Choice<'a>>) -> Walk<'a> {
        document.blocks.reserve(ROOM);
        document.outline.elements.reserve(ROOM);
        Walk {
            document,
            open: Vec::new(),
            element: None,
            inside: [0; KINDS.len()],
            hidden: 0,
            links: 0,
            readings: 0,
            breaks: 0,
            line: String::new(),
            link_bytes: 0,
            line_hidden: false,
            words: String::new(),
            choice,
            marks: Vec::new(),
            typist: Typist::default(),
            in_fallback: false,
        }
    }

    /// Goes over a tree.
    fn tree(&mut self, tree: &Html) {
        let mut node = tree.tree.root();
        loop {
            let enters = match node.value() {
                Node::Element(element) => {
                    let enters = self.open(element, node);
                    if enters
                        && let (Some(choice), Some(element)) = (&mut self.choice, ElementRef::wrap(node))
                    {
                        choice.open(element);
                    }
                    enters
                }
                Node::Text(text) => {
                    self.text(text);
                    false
                }
                _ => true,
            };
            if enters && let Some(child) = node.first_child() {
                node = child;
                continue;
            }
            // Upwards, until something follows.
            let mut open = enters;
            loop {
                if open && let Node::Element(element) = node.value() {
                    self.close(element);
                    self.choice.iter_mut().for_each(Choice::close);
                }
                if let Some(sibling) = node.next_sibling() {
                    node = sibling;
                    break;
                }
                let Some(parent) = node.parent() else { return };
                (node, open) = (parent, true);
            }
        }
    }

    /// Reads what stands for scripts that do not run, if it is more than a picture. One inside another is passed over.
    fn fallback(&mut self, element: &scraper::node::Element, node: NodeRef<'_, Node>) {
        let raw = node.first_child().and_then(|child| child.value().as_text());
        if let Some(raw) = raw.filter(|raw| raw.len() >= FALLBACK_BYTES)
            && !std::mem::replace(&mut self.in_fallback, true)
        {
            let parsed = super::tree::parse(raw, Keep::Lean);
            self.document.guarded = self.document.guarded.saturating_add(parsed.guarded);
            self.flush();
            self.list(element, &Attributes::of(element));
            self.tree(&parsed.html);
            self.flush();
            self.unlist();
            self.in_fallback = false;
        }
    }

    /// Opens an element; says whether there is text of the page in it. If not, it is closed again.
    fn open(&mut self, element: &scraper::node::Element, node: NodeRef<'_, Node>) -> bool {
        let (flow, kind) = flow::of(&element.name.local);
        let mut is_listed = false;
        let attributes = match flow {
            Flow::Silent => return false,
            Flow::Fallback => {
                self.fallback(element, node);
                return false;
            }
            Flow::SilentBlock => {
                self.flush();
                return false;
            }
            _ => Attributes::of(element),
        };
        match flow {
            Flow::Link => self.links += 1,
            Flow::Break => self.line_break(),
            Flow::Cell => {
                self.space();
                self.typist.cell(element);
            }
            Flow::Block => {
                self.flush();
                self.typist.open(element.name());
                self.list(element, &attributes);
                is_listed = true;
            }
            Flow::Inline | Flow::Fallback | Flow::Silent | Flow::SilentBlock => {}
        }
        self.hidden += u32::from(attributes.hides);
        if let Some(kind) = kind {
            self.inside[kind] += 1;
        }
        let is_reading = &*element.name.local == "rt" && !self.is_in_brackets(node);
        self.readings += u32::from(is_reading);
        self.open.push(Open {
            flow,
            kind,
            hides: attributes.hides,
            is_reading,
            has_brackets: None,
            is_listed,
        });
        true
    }

    /// Whether brackets for readers without ruby stand beside a reading that is to be opened.
    fn is_in_brackets(&mut self, reading: NodeRef<'_, Node>) -> bool {
        let Some((ruby, open)) = reading.parent().zip(self.open.last_mut()) else { return false };
        *open.has_brackets.get_or_insert_with(|| has_brackets(ruby))
    }

    /// Closes the element that was opened last.
    fn close(&mut self, element: &scraper::node::Element) {
        let Some(open) = self.open.pop() else { return };
        match open.flow {
            Flow::Link => self.links -= 1,
            Flow::Cell => self.space(),
            Flow::Block => {
                self.flush();
                self.typist.close(element.name());
            }
            _ => {}
        }
        if open.is_listed {
            self.unlist();
        }
        self.hidden -= u32::from(open.hides);
        self.readings -= u32::from(open.is_reading);
        if let Some(kind) = open.kind {
            self.inside[kind] -= 1;
        }
    }

    /// Adds an element to the outline.
    fn list(&mut self, element: &scraper::node::Element, attributes: &Attributes<'_>) {
        self.words.clear();
        for value in attributes.words.into_iter().flatten() {
            self.words.push_str(value);
            self.words.push(' ');
        }
        self.words.make_ascii_lowercase();
        let elements = &mut self.document.outline.elements;
        elements.push(Element {
            parent: self.element,
            tag: element.name.local.clone(),
            words: self.words.trim_end().into(),
        });
        self.element = Some(elements.len() as u32 - 1);
    }

    /// Leaves the innermost listed element. One without text says nothing, and is struck from the outline.
    fn unlist(&mut self) {
        let (elements, blocks) = (&mut self.document.outline.elements, &self.document.blocks);
        let Some(at) = self.element else { return };
        self.element = elements[at as usize].parent;
        let is_last = at as usize + 1 == elements.len();
        if is_last && blocks.last().is_none_or(|block| block.evidence.element != Some(at)) {
            elements.pop();
        }
    }

    fn text(&mut self, text: &str) {
        if text.bytes().all(|byte| byte.is_ascii_whitespace()) {
            self.typist.text(text);
            return self.space();
        }
        let characters = solid(text);
        self.document.characters += characters;
        let inner = text.trim_ascii();
        let apart = self.apart(inner);
        let (line, blocks) = (self.line.len(), self.document.blocks.len());
        if self.choice.is_none() && is_evenly_spaced(inner.as_bytes()) {
            let begins = text.len() - text.trim_ascii_start().len();
            if begins > 0 {
                self.space();
            }
            self.words(inner, characters as usize);
            if text.len() > begins + inner.len() {
                self.space();
            }
        } else {
            self.each_word(text);
        }
        if let Some(by) = apart {
            self.mark(if self.document.blocks.len() == blocks { line } else { 0 }, by);
        }
        self.typist.text(text);
    }

    /// What sets a text apart from the line it stands in, if anything does.
    fn apart(&self, text: &str) -> Option<MarkedBy> {
        let is_sign = || text.len() <= ANCHOR_BYTES && ANCHORS.contains(&text);
        if self.readings > 0 {
            Some(MarkedBy::Reading)
        } else {
            let is_sure = || text.starts_with(['¶', '🔗']) || matches!(self.kind(), BlockKind::Heading(_));
            (self.links > 0 && is_sign() && is_sure()).then_some(MarkedBy::Anchor)
        }
    }

    /// Marks what the line holds from this byte on.
    fn mark(&mut self, from: usize, by: MarkedBy) {
        let text = self.line.get(from..).unwrap_or_default();
        let span = from + text.len() - text.trim_start().len()..self.line.trim_end().len();
        if !span.is_empty() {
            self.marks.push(Mark { span, by });
        }
    }

    /// Adds the words of a text one by one, with a blank where white space stands.
    fn each_word(&mut self, text: &str) {
        for (n, word) in text.split(char::is_whitespace).enumerate() {
            if n > 0 {
                self.space();
            }
            if !word.is_empty() {
                self.words(word, word.len());
                if let Some(choice) = &self.choice {
                    choice.mark(&self.line, word.len(), &mut self.marks);
                }
            }
        }
    }

    /// Adds words that stand as they are to be set; so many bytes of them are no blanks.
    fn words(&mut self, words: &str, solid: usize) {
        let hidden = self.hidden > 0;
        if !self.line.is_empty() && self.line_hidden != hidden {
            self.flush();
        }
        self.line_hidden = hidden;
        self.breaks = 0;
        self.typist.word(self.line.len());
        self.line.push_str(words);
        self.link_bytes += if self.links > 0 { solid } else { 0 };
    }

    fn space(&mut self) {
        if !self.line.is_empty() && !self.line.ends_with(' ') {
            self.line.push(' ');
        }
    }

    /// One break is a blank, and begins a line of the block; two in a row end the block.
    fn line_break(&mut self) {
        self.breaks += 1;
        self.typist.line_break();
        if self.breaks >= 2 { self.flush() } else { self.space() }
    }

    fn flush(&mut self) {
        self.breaks = 0;
        let link_bytes = std::mem::take(&mut self.link_bytes) as u32;
        let text = self.line.trim_end();
        let (column, setting) = self.typist.end_block(!text.is_empty());
        if !text.is_empty() {
            let marks = std::mem::take(&mut self.marks);
            let (element, hidden) = (self.element, self.line_hidden);
            let evidence = Evidence { line: 0, element, link_bytes, hidden, marks, column, setting };
            self.document.blocks.push(Block::new(text.to_string(), self.kind(), evidence));
        }
        self.line.clear();
    }

    fn kind(&self) -> BlockKind {
        let row = self.inside.iter().position(|&open| open > 0);
        row.map_or(BlockKind::Paragraph, |row| KINDS[row].0)
    }
}

#[cfg(test)]
mod tests {
    fn blocks(page: &str) -> Vec<String> {
        let document = crate::train::parsed(&crate::train::raw(page)).unwrap();
        document.blocks.iter().map(|block| block.text().to_string()).collect()
    }

    #[test]
    fn pages_that_stand_for_scripts_are_read_and_pictures_are_not() {
        let post = format!("<div class=post><p>{}</p></div>", "A word on tides. ".repeat(80));
        let page = format!("<p>Top<noscript>{post}<noscript>{post}</noscript></noscript><p>End");
        let found = blocks(&page);
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[1].starts_with("A word on tides."));
        assert_eq!(blocks("<p>One <noscript><img src=1.png>no</noscript>line"), ["One line"]);
    }

    #[test]
    fn pictures_and_scripts_do_not_part_a_line() {
        assert_eq!(
            blocks("<p>See <svg><title>x</title></svg>here<script>1</script> now<video>no</video>."),
            ["See here now", "."]
        );
    }
}
