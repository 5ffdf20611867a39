//! The tags of a text of XML, one after another, as far as reading a feed needs them; and text without its escapes.
use std::ops::Range;

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// The element.
    pub(super) name: &'a str,
    /// What stands in it behind the name.
    pub(super) inside: &'a str,
    /// Where the tag stands in the text.
    pub(super) span: Range<usize>,
    /// It ends an element.
    ends: bool,
}

impl Tag<'_> {
    /// Whether an element begins that goes on.
    pub(super) fn opens(&self) -> bool {
        !self.ends && !self.inside.ends_with('/')
    }

    /// Whether an element ends that was opened before.
    pub(super) fn closes(&self) -> bool {
        self.ends
    }
}

/// What is no tag, with what ends it.
const OTHERS: &[(&str, &str)] = &[("<![CDATA[", "]]>"), ("<!--", "-->"), ("<?", "?>"), ("<!", ">")];

/// The tags of a text, up to one that does not end.
pub(super) fn tags(text: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + text[at..].find('<')?;
            let rest = &text[start..];
            if let Some((begin, end)) = OTHERS.iter().find(|(begin, _)| rest.starts_with(begin)) {
                at = start + begin.len() + rest[begin.len()..].find(end)? + end.len();
                continue;
            }
            let ends = rest.starts_with("</");
            let from = start + 1 + usize::from(ends);
            if !text[from..].starts_with(|c: char| c.is_alphabetic() || c == '_') {
                at = from;
                continue;
            }
            let end = from + tag_end(&text[from..])?;
            at = end + 1;
            let inside = &text[from..end];
            let name = inside.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
            return Some(Tag { name, inside: &inside[name.len()..], span: start..at, ends });
        }
    })
}

/// Where the `>` of a tag stands: not in a value of an attribute.
fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    text.bytes().position(|byte| {
        match quote {
            Some(open) if open == byte => quote = None,
            None if matches!(byte, b'"' | b'\'') => quote = Some(byte),
            _ => {}
        }
        quote.is_none() && byte == b'>'
    })
}

/// A text of XML as what it stands for: sections of CDATA as they are, the rest without escapes, comments left out.
pub(super) fn unescaped(text: &str) -> String {
    let (mut plain, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find(['<', '&']) {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let section =
            [("<![CDATA[", "]]>"), ("<!--", "-->")].into_iter().find(|(begin, _)| rest.starts_with(begin));
        if let Some((begin, end)) = section {
            let (inside, after) = rest[begin.len()..].split_once(end).unwrap_or((&rest[begin.len()..], ""));
            plain.push_str(if begin == "<!--" { "" } else { inside });
            rest = after;
        } else if let Some((c, length)) = entity(rest) {
            plain.push(c);
            rest = &rest[length..];
        } else {
            plain.push_str(&rest[..1]);
            rest = &rest[1..];
        }
    }
    plain.push_str(rest);
    plain
}

/// Bytes of an entity, at most: of `&#x10FFFF;`.
const ENTITY_BYTES: usize = 10;

/// The character that a text begins with as an entity, and how long that is.
fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(ENTITY_BYTES).position(|byte| byte == b';')?;
    let name = text.strip_prefix('&')?.get(..end - 1)?;
    let code = || match name.strip_prefix('#')? {
        hex if hex.starts_with(['x', 'X']) => u32::from_str_radix(&hex[1..], 16).ok(),
        decimal => decimal.parse().ok(),
    };
    let c = match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        _ => char::from_u32(code()?)?,
    };
    Some((c, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found_where_they_are() {
        let text = "<?xml v='>'?><a b='1 > 0'><![CDATA[<c>]]><!-- <d> --><e/> 1 < 2 </a ><f";
        let told: Vec<(&str, bool, bool)> =
            tags(text).map(|tag| (tag.name, tag.opens(), tag.closes())).collect();
        assert_eq!(told, [("a", true, false), ("e", false, false), ("a", false, true)]);
    }

    #[test]
    fn escapes_are_taken_off_once() {
        for (text, plain) in [
            ("&lt;p&gt;a &amp;amp; b", "<p>a &amp; b"),
            ("<![CDATA[<p>&amp;]]> &#228;&#xE4;", "<p>&amp; ää"),
            ("a<!-- b -->c & d &nbsp; &#xD800; &", "ac & d &nbsp; &#xD800; &"),
            ("<p>ä</p>", "<p>ä</p>"),
            ("&ä;", "&ä;"),
        ] {
            assert_eq!(unescaped(text), plain, "{text}");
        }
    }
}
