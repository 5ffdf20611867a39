//! The sink that the tree builder fills: scraper's, with handles that know their element's name.
//!
//! The tree builder asks for names far more often than for anything else. A handle that holds its name answers
//! without a look into the tree.
use super::super::guard::MAX_ATTRIBUTES;
use ego_tree::{NodeId, Tree};
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, LocalName, QualName, local_name, ns};
use scraper::{Html, HtmlTreeSink, Node};
use std::borrow::Cow;
use std::cell::Cell;

/// Bytes of a page for each node of its tree, at least, as a guess: room is made for that many. Nine of ten pages
/// have fewer nodes.
const BYTES_PER_NODE: usize = 48;

/// A node of the tree that is being built, with its element's name; no name where it is no element.
#[derive(Debug, Clone)]
pub(in super::super) struct Handle {
    id: NodeId,
    name: QualName,
}

impl Handle {
    /// The element's name.
    pub(in super::super) fn name(&self) -> &LocalName {
        &self.name.local
    }

    fn nameless(id: NodeId) -> Handle {
        Handle { id, name: QualName::new(None, ns!(), local_name!("")) }
    }
}

/// Scraper's sink, with a count of what was made.
pub(in super::super) struct Sink {
    inner: HtmlTreeSink,
    made: Cell<u32>,
    attributes: Cell<u32>,
    over_limit: Cell<u32>,
}

impl Sink {
    /// A sink with room for the tree of a page of this length.
    pub(super) fn new(page_bytes: usize) -> Sink {
        let mut html = Html::new_document();
        html.tree = Tree::with_capacity(Node::Document, page_bytes / BYTES_PER_NODE);
        Sink {
            inner: HtmlTreeSink::new(html),
            made: Cell::default(),
            attributes: Cell::default(),
            over_limit: Cell::default(),
        }
    }

    /// Elements made so far.
    pub(in super::super) fn made(&self) -> u32 {
        self.made.get()
    }

    /// Attributes that were given to them.
    pub(in super::super) fn attributes(&self) -> u32 {
        self.attributes.get()
    }

    /// The tree, and how many attributes were left out of it.
    pub(super) fn into_tree(self) -> (Html, u32) {
        (self.inner.finish(), self.over_limit.get())
    }
}

fn plain(child: NodeOrText<Handle>) -> NodeOrText<NodeId> {
    match child {
        NodeOrText::AppendNode(handle) => NodeOrText::AppendNode(handle.id),
        NodeOrText::AppendText(text) => NodeOrText::AppendText(text),
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Html;
    type ElemName<'a> = &'a QualName;

    fn finish(self) -> Html {
        self.inner.finish()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle::nameless(self.inner.get_document())
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> &'a QualName {
        &target.name
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> Handle {
        self.made.set(self.made.get().saturating_add(1));
        self.attributes.set(self.attributes.get().saturating_add(attrs.len() as u32));
        Handle { name: name.clone(), id: self.inner.create_element(name, attrs, flags) }
    }

    fn create_comment(&self, text: StrTendril) -> Handle {
        Handle::nameless(self.inner.create_comment(text))
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> Handle {
        Handle::nameless(self.inner.create_pi(target, data))
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.inner.append(&parent.id, plain(child));
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        self.inner.append_based_on_parent_node(&element.id, &previous.id, plain(child));
    }

    fn append_doctype_to_document(&self, name: StrTendril, public: StrTendril, system: StrTendril) {
        self.inner.append_doctype_to_document(name, public, system);
    }

    fn get_template_contents(&self, target: &Handle) -> Handle {
        Handle::nameless(self.inner.get_template_contents(&target.id))
    }

    fn same_node(&self, one: &Handle, other: &Handle) -> bool {
        one.id == other.id
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.inner.set_quirks_mode(mode);
    }

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        self.inner.append_before_sibling(&sibling.id, plain(child));
    }

    /// Attributes of a second `html` or `body` tag. A page may bring any number of them, so their sum is limited.
    fn add_attrs_if_missing(&self, target: &Handle, mut attrs: Vec<Attribute>) {
        let html = self.inner.0.borrow();
        let node = html.tree.get(target.id);
        let had = node.and_then(|node| Some(node.value().as_element()?.attrs.len())).unwrap_or(0);
        drop(html);
        if had + attrs.len() > MAX_ATTRIBUTES {
            let room = MAX_ATTRIBUTES.saturating_sub(had);
            self.over_limit.set(self.over_limit.get().saturating_add((attrs.len() - room) as u32));
            attrs.truncate(room);
        }
        self.inner.add_attrs_if_missing(&target.id, attrs);
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.inner.remove_from_parent(&target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        self.inner.reparent_children(&node.id, &new_parent.id);
    }
}
