//! The text of an element, bounded, and small repairs of values.
use super::super::blocks::ANCHORS;
use super::super::tokenizer;
use ego_tree::NodeRef;
use ego_tree::iter::Edge;
use scraper::node::Node;

/// Characters of a field, at most: what is longer is no title and no name.
pub(super) const FIELD_CHARS: usize = 500;

/// Nodes of an element that are looked at for its text, at most.
const NODES: usize = 96;

/// Elements whose text is not seen.
const SILENT: &[&str] = &["script", "style", "noscript", "template", "svg", "button", "select"];

/// Elements that stand in the flow of a line.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "cite", "code", "em", "font", "i", "mark", "q", "s", "small", "span", "strong",
    "sub", "sup", "time", "u", "wbr", "img",
];

/// The visible text of an element with `\n` where a block begins or ends; nothing if there is none, or more than
/// `most` bytes.
pub(super) fn of(node: NodeRef<'_, Node>, most: usize) -> Option<String> {
    let mut text = String::new();
    let mut silent = 0u32;
    for edge in node.traverse().take(NODES * 2) {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Text(part) if silent == 0 && !is_anchor(node, part) => push(&mut text, part),
                Node::Element(element) => {
                    silent += u32::from(SILENT.contains(&element.name()));
                    gap(&mut text, element.name());
                }
                _ => {}
            },
            Edge::Close(node) => {
                if let Node::Element(element) = node.value() {
                    silent -= u32::from(SILENT.contains(&element.name()));
                    gap(&mut text, element.name());
                }
            }
        }
        if text.len() > most {
            return None;
        }
    }
    text.truncate(text.trim_end().len());
    (!text.is_empty()).then_some(text)
}

/// Whether a text is the sign of a heading's link to itself.
fn is_anchor(node: NodeRef<'_, Node>, text: &str) -> bool {
    let in_link = || {
        let parent = node.parent();
        parent.and_then(|parent| parent.value().as_element()).is_some_and(|element| element.name() == "a")
    };
    ANCHORS.contains(&text.trim()) && in_link()
}

fn gap(text: &mut String, name: &str) {
    if !INLINE.contains(&name) && !text.is_empty() && !text.ends_with('\n') {
        text.truncate(text.trim_end().len());
        text.push('\n');
    }
}

fn push(text: &mut String, part: &str) {
    for (n, word) in part.split(char::is_whitespace).enumerate() {
        if n > 0 && !text.is_empty() && !text.ends_with([' ', '\n']) {
            text.push(' ');
        }
        text.push_str(word);
    }
}

/// The value with its white space folded and its references decoded, where it still holds any (JSON does not decode
/// them, and some pages escape twice); none if nothing, or far too much, is left.
pub(super) fn clean(value: &str) -> Option<String> {
    let mut decoded = String::new();
    let value = if value.contains('&') {
        tokenizer::decode(value, true, &mut decoded);
        decoded.as_str()
    } else {
        value
    };
    let mut value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    // Where a word may be broken is no part of it.
    value.retain(|c| c != '\u{ad}');
    (!value.is_empty() && value.chars().count() <= FIELD_CHARS).then_some(value)
}
