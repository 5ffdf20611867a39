//! A count of the elements that a tree builder has open, by asking the builder itself.
use super::super::tree::{Handle, Sink};
use super::tags::Nesting;
use html5ever::LocalName;
use html5ever::interface::Tracer;
use html5ever::tree_builder::TreeBuilder;
use std::cell::{Cell, RefCell};
use std::marker::PhantomData;

/// How much a tree builder has open.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Census {
    /// Open elements and listed formatting elements.
    pub(super) open: u32,
    /// Open formatting elements and listed ones.
    pub(super) formatting: u32,
}

impl Census {
    pub(super) fn take<'n>(builder: &TreeBuilder<Handle<'n>, Sink<'n>>) -> Census {
        let counter = Counter(Cell::default(), PhantomData);
        builder.trace_handles(&counter);
        counter.0.get()
    }
}

struct Counter<'n>(Cell<Census>, PhantomData<&'n ()>);

impl<'n> Tracer for Counter<'n> {
    type Handle = Handle<'n>;

    fn trace_handle(&self, node: &Handle<'n>) {
        let Census { open, formatting } = self.0.get();
        let is_formatting = Nesting::of(node.name()) == Nesting::Formatting;
        self.0.set(Census { open: open + 1, formatting: formatting + u32::from(is_formatting) });
    }
}

/// The names of what a builder holds: the document, the open elements from the outermost, the listed formatting
/// elements, and the head and the form if there are any.
pub(super) fn roll_call<'n>(builder: &TreeBuilder<Handle<'n>, Sink<'n>>) -> Vec<&'n LocalName> {
    let roll = Roll(RefCell::default());
    builder.trace_handles(&roll);
    roll.0.into_inner()
}

struct Roll<'n>(RefCell<Vec<&'n LocalName>>);

impl<'n> Tracer for Roll<'n> {
    type Handle = Handle<'n>;

    fn trace_handle(&self, node: &Handle<'n>) {
        self.0.borrow_mut().push(node.name());
    }
}
