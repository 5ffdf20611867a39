//! What a tag's name says of how its element nests.
use html5ever::{LocalName, local_name};

/// How elements of a name nest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nesting {
    /// Not at all: void elements, and those of raw text, which must pass because they change how to read on.
    None,
    /// The next of its kind closes it.
    Item,
    /// A formatting element: it is opened again in the next block until it is closed.
    Formatting,
    /// An element in the flow of a line.
    Inline,
    /// Any other.
    Block,
}

impl Nesting {
    pub(super) fn of(name: &LocalName) -> Nesting {
        match *name {
            local_name!("area")
            | local_name!("base")
            | local_name!("basefont")
            | local_name!("bgsound")
            | local_name!("br")
            | local_name!("col")
            | local_name!("embed")
            | local_name!("frame")
            | local_name!("hr")
            | local_name!("iframe")
            | local_name!("image")
            | local_name!("img")
            | local_name!("input")
            | local_name!("keygen")
            | local_name!("link")
            | local_name!("meta")
            | local_name!("noembed")
            | local_name!("noframes")
            | local_name!("noscript")
            | local_name!("param")
            | local_name!("plaintext")
            | local_name!("script")
            | local_name!("source")
            | local_name!("style")
            | local_name!("textarea")
            | local_name!("title")
            | local_name!("track")
            | local_name!("wbr")
            | local_name!("xmp") => Nesting::None,
            local_name!("caption")
            | local_name!("colgroup")
            | local_name!("dd")
            | local_name!("dt")
            | local_name!("li")
            | local_name!("optgroup")
            | local_name!("option")
            | local_name!("p")
            | local_name!("rb")
            | local_name!("rp")
            | local_name!("rt")
            | local_name!("rtc")
            | local_name!("tbody")
            | local_name!("td")
            | local_name!("tfoot")
            | local_name!("th")
            | local_name!("thead")
            | local_name!("tr") => Nesting::Item,
            local_name!("a") => Nesting::Formatting,
            _ if is_formatting(name) => Nesting::Formatting,
            local_name!("abbr")
            | local_name!("bdi")
            | local_name!("bdo")
            | local_name!("cite")
            | local_name!("data")
            | local_name!("del")
            | local_name!("dfn")
            | local_name!("ins")
            | local_name!("kbd")
            | local_name!("label")
            | local_name!("mark")
            | local_name!("q")
            | local_name!("ruby")
            | local_name!("samp")
            | local_name!("span")
            | local_name!("sub")
            | local_name!("sup")
            | local_name!("time")
            | local_name!("var") => Nesting::Inline,
            _ => Nesting::Block,
        }
    }
}

/// Whether text before a tag and text after it are no neighbours.
pub(super) fn breaks_text(name: &LocalName) -> bool {
    matches!(Nesting::of(name), Nesting::Block | Nesting::Item)
}

/// Formatting elements but `a`: those whose attributes the tree builder compares (the "Noah's Ark clause"). Of `a` it
/// holds one at most, so `a` has nothing to be compared with.
pub(in super::super) fn is_formatting(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("b")
            | local_name!("big")
            | local_name!("code")
            | local_name!("em")
            | local_name!("font")
            | local_name!("i")
            | local_name!("nobr")
            | local_name!("s")
            | local_name!("small")
            | local_name!("strike")
            | local_name!("strong")
            | local_name!("tt")
            | local_name!("u")
    )
}
