//! Entities that were escaped twice: `caf&amp;eacute;` was meant to read `café`.
//!
//! A page that shows code writes `&amp;eacute;` on purpose. So a level is taken off only where the entity
//! touches a word, and never from `&amp;lt;` and `&amp;gt;`, which would turn text into tags.
use crate::decode::survey::{CHUNK, Survey};
use memchr::memmem::Finder;
use std::ops::Range;

/// The escaped ampersand.
const ESCAPED: &str = "&amp;";

/// Letters and digits of an entity's name at most; the longest in use has eight.
const NAME_BYTES: usize = 10;

/// The text with a level taken off, and how many entities that was; `None` if there are none.
pub(super) fn take_off_a_level(text: &str, survey: &Survey) -> Option<(String, u64)> {
    let mut out = String::new();
    let mut done = 0;
    let mut count = 0;
    let bytes = text.as_bytes();
    let chunks = survey.ampersands().filter(|chunk| may_hold_escaped(bytes, chunk));
    let finder = Finder::new(ESCAPED);
    let places = chunks.flat_map(|chunk| {
        // What begins at the end of a chunk reaches beyond it.
        let end = bytes.len().min(chunk.end + ESCAPED.len() - 1);
        finder.find_iter(&bytes[chunk.start..end]).map(move |place| chunk.start + place)
    });
    for at in places {
        if at < done {
            continue;
        }
        let Some(length) = entity(&text[at + ESCAPED.len()..]) else { continue };
        let end = at + ESCAPED.len() + length;
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        if is_word(text[..at].chars().next_back()) || is_word(text[end..].chars().next()) {
            let name = text[at + ESCAPED.len()..end].trim_start_matches("amp;");
            out.push_str(&text[done..at]);
            out.push('&');
            out.push_str(if name.is_empty() { "amp;" } else { name });
            done = end;
            count += 1;
        }
    }
    (count > 0).then(|| (out + &text[done..], count))
}

/// Whether an ampersand with the next letter after it stands in a chunk; scripts have many that do not. Written
/// without branches, so that it becomes vector instructions.
fn may_hold_escaped(bytes: &[u8], chunk: &Range<usize>) -> bool {
    let Some(chunk) = bytes[chunk.start..].first_chunk::<{ CHUNK + 1 }>() else { return true };
    let pairs = chunk.iter().zip(&chunk[1..]);
    pairs.fold(0, |any, (&first, &second)| any | u8::from((first == b'&') & (second == b'a'))) != 0
}

/// Bytes of an entity without its ampersand, and of any more levels of escaping before it.
fn entity(rest: &str) -> Option<usize> {
    let levels = rest.len() - rest.trim_start_matches("amp;").len();
    let rest = &rest.as_bytes()[levels..];
    let length =
        rest.iter().take(NAME_BYTES).take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'#');
    let length = length.count();
    let name = &rest[..length];
    let is_name = match name {
        b"lt" | b"gt" | b"LT" | b"GT" => false,
        [b'#', b'x' | b'X', digits @ ..] => !digits.is_empty() && digits.iter().all(u8::is_ascii_hexdigit),
        [b'#', digits @ ..] => !digits.is_empty() && digits.iter().all(u8::is_ascii_digit),
        [first, _, ..] => first.is_ascii_alphabetic() && !name.contains(&b'#'),
        _ => false,
    };
    match rest.get(length) {
        Some(b';') if is_name => Some(levels + length + 1),
        _ if levels > 0 => Some(levels),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn take_off_a_level(text: &str) -> Option<(String, u64)> {
        super::take_off_a_level(text, &Survey::of(text.as_bytes()))
    }

    #[test]
    fn a_level_is_taken_off_where_a_word_is_touched() {
        for (from, to) in [
            ("caf&amp;eacute; it&amp;#8217;s", "caf&eacute; it&#8217;s"),
            ("AT&amp;amp;T", "AT&amp;T"),
            ("x&amp;amp;#xE9;", "x&#xE9;"),
        ] {
            assert_eq!(take_off_a_level(from).unwrap().0, to);
            assert_eq!(take_off_a_level(to), None, "{to}");
        }
    }

    #[test]
    fn code_stays() {
        for text in
            ["<code>&amp;eacute;</code>", "a&amp;lt;b", "R&amp;D", "?a=1&amp;b=2", "&amp;", "a&amp;#;b"]
        {
            assert_eq!(take_off_a_level(text), None, "{text}");
        }
    }
}
