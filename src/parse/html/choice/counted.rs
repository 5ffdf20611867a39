//! Elements that count how often a selector looks at them, so that no page makes a selector go on for long.
//!
//! `a ~ b` looks back over all siblings and `:has` into everything within, for each element again: on a page of
//! siblings alone that is quadratic. When the steps are used up, elements say that there is nothing around them.
use html5ever::Namespace;
use scraper::ElementRef;
use scraper::selector::{CssLocalName, CssString, NonTSPseudoClass, PseudoElement, Simple};
use selectors::attr::{AttrSelectorOperation, CaseSensitivity, NamespaceConstraint};
use selectors::bloom::BloomFilter;
use selectors::context::MatchingContext;
use selectors::matching::ElementSelectorFlags;
use selectors::{Element, OpaqueElement};
use std::cell::Cell;

/// Bytes of attributes that are read in a step.
const BYTES_A_STEP: usize = 64;

/// An element that counts steps down.
#[derive(Debug, Clone)]
pub(super) struct Counted<'a> {
    element: ElementRef<'a>,
    steps: &'a Steps,
}

/// The steps that are left.
#[derive(Debug)]
pub(super) struct Steps {
    left: Cell<u64>,
    /// The last of them, in which no siblings are counted any more, so that a count under way comes to its end: the
    /// cache of counts must never hold a wrong one.
    reserve: u64,
}

impl Steps {
    pub(super) fn new(count: u64, reserve: u64) -> Steps {
        Steps { left: Cell::new(count.saturating_add(reserve)), reserve }
    }

    /// Whether nothing is to be asked any more.
    pub(super) fn are_spent(&self) -> bool {
        self.left.get() <= self.reserve
    }

    /// Goes so many; says whether there were as many left.
    fn go(&self, count: u64) -> bool {
        self.left.set(self.left.get().saturating_sub(count));
        self.left.get() > 0
    }
}

impl<'a> Counted<'a> {
    pub(super) fn new(element: ElementRef<'a>, steps: &'a Steps) -> Counted<'a> {
        Counted { element, steps }
    }

    fn step(&self, count: u64) -> bool {
        self.steps.go(count)
    }

    /// Goes a step to another element, if there is one.
    fn to(&self, next: impl FnOnce(&ElementRef<'a>) -> Option<ElementRef<'a>>) -> Option<Counted<'a>> {
        self.step(1).then(|| next(&self.element)).flatten().map(|element| Counted::new(element, self.steps))
    }

    /// The steps that it takes to read the element's attributes.
    fn attribute_steps(&self) -> u64 {
        self.element.value().attrs.iter().map(|(_, value)| 1 + (value.len() / BYTES_A_STEP) as u64).sum()
    }
}

impl Element for Counted<'_> {
    type Impl = Simple;

    fn opaque(&self) -> OpaqueElement {
        self.element.opaque()
    }

    fn parent_element(&self) -> Option<Self> {
        self.to(Element::parent_element)
    }

    fn prev_sibling_element(&self) -> Option<Self> {
        self.to(Element::prev_sibling_element)
    }

    fn next_sibling_element(&self) -> Option<Self> {
        self.to(Element::next_sibling_element)
    }

    fn first_element_child(&self) -> Option<Self> {
        self.to(Element::first_element_child)
    }

    fn has_local_name(&self, name: &CssLocalName) -> bool {
        self.step(1) && self.element.has_local_name(name)
    }

    fn attr_matches(
        &self,
        namespace: &NamespaceConstraint<&Namespace>,
        name: &CssLocalName,
        operation: &AttrSelectorOperation<&CssString>,
    ) -> bool {
        self.step(self.attribute_steps()) && self.element.attr_matches(namespace, name, operation)
    }

    fn has_id(&self, id: &CssLocalName, case: CaseSensitivity) -> bool {
        self.step(1) && self.element.has_id(id, case)
    }

    fn has_class(&self, name: &CssLocalName, case: CaseSensitivity) -> bool {
        self.step(1) && self.element.has_class(name, case)
    }

    fn is_empty(&self) -> bool {
        self.step(1) && self.element.is_empty()
    }

    fn is_root(&self) -> bool {
        self.element.is_root()
    }

    fn ignores_nth_child_selectors(&self) -> bool {
        self.steps.are_spent()
    }

    fn is_same_type(&self, other: &Self) -> bool {
        self.element.is_same_type(&other.element)
    }

    fn has_namespace(&self, namespace: &Namespace) -> bool {
        self.element.has_namespace(namespace)
    }

    fn is_html_element_in_html_document(&self) -> bool {
        self.element.is_html_element_in_html_document()
    }

    fn is_link(&self) -> bool {
        self.element.is_link()
    }

    // What follows belongs to browsers: a parsed page has none of it.

    fn parent_node_is_shadow_root(&self) -> bool {
        false
    }

    fn containing_shadow_host(&self) -> Option<Self> {
        None
    }

    fn is_html_slot_element(&self) -> bool {
        false
    }

    fn is_pseudo_element(&self) -> bool {
        false
    }

    fn match_pseudo_element(&self, _: &PseudoElement, _: &mut MatchingContext<'_, Simple>) -> bool {
        false
    }

    fn match_non_ts_pseudo_class(&self, _: &NonTSPseudoClass, _: &mut MatchingContext<'_, Simple>) -> bool {
        false
    }

    fn is_part(&self, _: &CssLocalName) -> bool {
        false
    }

    fn imported_part(&self, _: &CssLocalName) -> Option<CssLocalName> {
        None
    }

    fn has_custom_state(&self, _: &CssLocalName) -> bool {
        false
    }

    fn apply_selector_flags(&self, _: ElementSelectorFlags) {}

    fn add_element_unique_hashes(&self, _: &mut BloomFilter) -> bool {
        false
    }
}
