//! What of a page enters the tree: everything, or what something downstream reads.
use html5ever::{LocalName, local_name};

/// How much of a page enters the tree. Elements and text are the same either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// What is read for text and metadata: no comments, no bodies of styles or of scripts that hold no data, and of
    /// attributes the [`KEPT_ATTRIBUTES`] only. A selector over others needs [`Keep::Attributes`].
    Lean,
    /// The same with all attributes.
    Attributes,
    /// All of it: what the standard's tree has.
    All,
}

/// Attributes that the lean tree has, in order of length. Evidence of blocks: `class`, `id`, `role`, `itemprop`,
/// `hidden`, `aria-hidden`, `style`, `colspan`. Metadata: `content`, `name`, `property`, `datetime`, `lang`, `href`,
/// `rel`, `type`. What the tree builder itself looks at: `type`, `encoding`, `color`, `face`, `size`,
/// `shadowrootmode`.
pub const KEPT_ATTRIBUTES: &[&str] = &[
    "id",
    "rel",
    "face",
    "href",
    "lang",
    "name",
    "role",
    "size",
    "type",
    "class",
    "color",
    "style",
    "hidden",
    "colspan",
    "content",
    "datetime",
    "encoding",
    "itemprop",
    "property",
    "aria-hidden",
    "shadowrootmode",
];

/// Whether the lean tree has an attribute.
pub(super) fn is_kept_attribute(name: &[u8]) -> bool {
    let same_length: &[&str] = match name.len() {
        2 => &KEPT_ATTRIBUTES[0..1],
        3 => &KEPT_ATTRIBUTES[1..2],
        4 => &KEPT_ATTRIBUTES[2..9],
        5 => &KEPT_ATTRIBUTES[9..12],
        6 => &KEPT_ATTRIBUTES[12..13],
        7 => &KEPT_ATTRIBUTES[13..15],
        8 => &KEPT_ATTRIBUTES[15..19],
        9.. => &KEPT_ATTRIBUTES[19..],
        _ => return false,
    };
    let first = name[0].to_ascii_lowercase();
    same_length.iter().any(|kept| kept.as_bytes()[0] == first && name.eq_ignore_ascii_case(kept.as_bytes()))
}

/// Types of scripts that hold data in place of a program (`application/ld+json`, `application/json`).
pub(super) fn is_data_script(script_type: &str) -> bool {
    let media_type = script_type.split(';').next().unwrap_or_default().trim();
    media_type.get(media_type.len().saturating_sub(4)..).is_some_and(|end| end.eq_ignore_ascii_case("json"))
}

/// Whether an element's text is a program or a style sheet.
pub(super) fn is_code(name: &LocalName) -> bool {
    matches!(*name, local_name!("script") | local_name!("style"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_attribute_is_kept_and_no_other() {
        for name in KEPT_ATTRIBUTES {
            assert!(is_kept_attribute(name.as_bytes()), "{name}");
            assert!(is_kept_attribute(name.to_uppercase().as_bytes()), "{name}");
            assert!(!is_kept_attribute(format!("{name}s").as_bytes()), "{name}s");
        }
        assert!(KEPT_ATTRIBUTES.is_sorted_by_key(|name| name.len()));
        assert!(!is_kept_attribute(b"onclick") && !is_kept_attribute(b"x") && !is_kept_attribute(b""));
    }

    #[test]
    fn data_scripts_are_told_by_their_type() {
        for data in
            ["application/ld+json", "application/json", "Application/LD+JSON; charset=utf-8", " text/json "]
        {
            assert!(is_data_script(data), "{data}");
        }
        for code in ["", "module", "text/javascript", "jsön", "importmap"] {
            assert!(!is_data_script(code), "{code}");
        }
    }
}
