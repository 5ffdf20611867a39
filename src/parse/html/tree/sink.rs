//! The sink that the tree builder fills: scraper's, with handles that know their element's name.
//!
//! The tree builder asks for names far more often than for anything else. A handle that points at its name answers
//! without a look into the tree.
use super::super::guard::MAX_ATTRIBUTES;
use super::arena::Arena;
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
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Handle<'a> {
    id: NodeId,
    name: &'a QualName,
}

impl<'a> Handle<'a> {
    /// The element's name.
    pub(in super::super) fn name(self) -> &'a LocalName {
        &self.name.local
    }
}

/// Scraper's sink, with a count of what was made.
pub(in super::super) struct Sink<'a> {
    names: &'a Arena,
    nameless: &'a QualName,
    inner: HtmlTreeSink,
    made: Cell<u32>,
    attributes: Cell<u32>,
    over_limit: Cell<u32>,
}

impl<'a> Sink<'a> {
    /// A sink with room for the tree of a page of this length.
    pub(super) fn new(names: &'a Arena, page_bytes: usize) -> Sink<'a> {
        let mut html = Html::new_document();
        html.tree = Tree::with_capacity(Node::Document, page_bytes / BYTES_PER_NODE);
        Sink {
            names,
            nameless: names.place(&QualName::new(None, ns!(), local_name!(""))),
            inner: HtmlTreeSink::new(html),
            made: Cell::default(),
            attributes: Cell::default(),
            over_limit: Cell::default(),
        }
    }

    fn nameless(&self, id: NodeId) -> Handle<'a> {
        Handle { id, name: self.nameless }
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

fn plain(child: NodeOrText<Handle<'_>>) -> NodeOrText<NodeId> {
    match child {
        NodeOrText::AppendNode(handle) => NodeOrText::AppendNode(handle.id),
        NodeOrText::AppendText(text) => NodeOrText::AppendText(text),
    }
}

impl<'n> TreeSink for Sink<'n> {
    type Handle = Handle<'n>;
    type Output = Html;
    type ElemName<'a>
        = &'n QualName
    where
        Self: 'a;

    fn finish(self) -> Html {
        self.inner.finish()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle<'n> {
        self.nameless(self.inner.get_document())
    }

    fn elem_name<'a>(&'a self, target: &'a Handle<'n>) -> &'n QualName {
        target.name
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> Handle<'n> {
        self.made.set(self.made.get().saturating_add(1));
        self.attributes.set(self.attributes.get().saturating_add(attrs.len() as u32));
        Handle { name: self.names.place(&name), id: self.inner.create_element(name, attrs, flags) }
    }

    fn create_comment(&self, text: StrTendril) -> Handle<'n> {
        self.nameless(self.inner.create_comment(text))
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> Handle<'n> {
        self.nameless(self.inner.create_pi(target, data))
    }

    fn append(&self, parent: &Handle<'n>, child: NodeOrText<Handle<'n>>) {
        self.inner.append(&parent.id, plain(child));
    }

    fn append_based_on_parent_node(
        &self,
        element: &Handle<'n>,
        previous: &Handle<'n>,
        child: NodeOrText<Handle<'n>>,
    ) {
        self.inner.append_based_on_parent_node(&element.id, &previous.id, plain(child));
    }

    fn append_doctype_to_document(&self, name: StrTendril, public: StrTendril, system: StrTendril) {
        self.inner.append_doctype_to_document(name, public, system);
    }

    fn get_template_contents(&self, target: &Handle<'n>) -> Handle<'n> {
        self.nameless(self.inner.get_template_contents(&target.id))
    }

    fn same_node(&self, one: &Handle<'n>, other: &Handle<'n>) -> bool {
        one.id == other.id
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.inner.set_quirks_mode(mode);
    }

    fn append_before_sibling(&self, sibling: &Handle<'n>, child: NodeOrText<Handle<'n>>) {
        self.inner.append_before_sibling(&sibling.id, plain(child));
    }

    /// Attributes of a second `html` or `body` tag. A page may bring any number of them, so their sum is limited.
    fn add_attrs_if_missing(&self, target: &Handle<'n>, mut attrs: Vec<Attribute>) {
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

    fn remove_from_parent(&self, target: &Handle<'n>) {
        self.inner.remove_from_parent(&target.id);
    }

    fn reparent_children(&self, node: &Handle<'n>, new_parent: &Handle<'n>) {
        self.inner.reparent_children(&node.id, &new_parent.id);
    }
}
