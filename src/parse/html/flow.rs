//! What each element does to the flow of a page's text.
use crate::model::BlockKind;
use html5ever::LocalName;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// What an element does to the text around it and in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flow {
    /// It stands in the flow of a line.
    Inline,
    /// The same, and its text is a link.
    Link,
    /// It breaks the line.
    Break,
    /// It parts the cells of a row.
    Cell,
    /// It begins and ends a block. So does every element that is not named here.
    Block,
    /// What readers see whose scripts do not run; the tree holds it as raw text.
    Fallback,
    /// Nothing in it is text of the page.
    Silent,
    /// The same, and it begins and ends a block.
    SilentBlock,
}

/// Elements by what they do to the flow.
#[rustfmt::skip]
const FLOWS: &[(Flow, &[&str])] = &[
    (Flow::Inline, &[
        "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins",
        "kbd", "label", "map", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong",
        "sub", "sup", "time", "tt", "u", "var", "wbr",
    ]),
    (Flow::Link, &["a"]),
    (Flow::Break, &["br"]),
    (Flow::Cell, &["td", "th"]),
    (Flow::Fallback, &["noscript"]),
    (Flow::Silent, &["script", "style", "template", "svg", "math", "datalist"]),
    (Flow::SilentBlock, &["iframe", "object", "canvas", "head", "title", "audio", "video"]),
];

/// Elements that make the blocks in them what they are; of several, the first row counts.
pub(super) const KINDS: [(BlockKind, &[&str]); 11] = [
    (BlockKind::Heading(1), &["h1"]),
    (BlockKind::Heading(2), &["h2"]),
    (BlockKind::Heading(3), &["h3"]),
    (BlockKind::Heading(4), &["h4"]),
    (BlockKind::Heading(5), &["h5"]),
    (BlockKind::Heading(6), &["h6"]),
    (BlockKind::Caption, &["figcaption", "caption"]),
    (BlockKind::Code, &["pre"]),
    (BlockKind::TableRow, &["tr"]),
    (BlockKind::ListItem, &["li", "dd", "dt"]),
    (BlockKind::Quote, &["blockquote"]),
];

/// Both lists by the elements' names.
static KNOWN: LazyLock<FxHashMap<LocalName, (Flow, Option<usize>)>> = LazyLock::new(|| {
    let mut known = FxHashMap::default();
    for (flow, names) in FLOWS {
        known.extend(names.iter().map(|name| (LocalName::from(*name), (*flow, None))));
    }
    for (row, (_, names)) in KINDS.iter().enumerate() {
        known.extend(names.iter().map(|name| (LocalName::from(*name), (Flow::Block, Some(row)))));
    }
    known
});

/// What an element of this name does to the flow, and its row in [`KINDS`].
pub(super) fn of(name: &LocalName) -> (Flow, Option<usize>) {
    KNOWN.get(name).copied().unwrap_or((Flow::Block, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_element_is_named_once() {
        let flows = FLOWS.iter().map(|(_, names)| names.len()).sum::<usize>();
        let kinds = KINDS.iter().map(|(_, names)| names.len()).sum::<usize>();
        assert_eq!(KNOWN.len(), flows + kinds);
    }
}
