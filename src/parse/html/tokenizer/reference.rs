//! Character references: `&amp;`, `&#38;`, `&#x26;`, and what pages write instead.
use markup5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};
use memchr::memchr;

/// Letters of the longest name (`CounterClockwiseContourIntegral`).
const LONGEST_NAME: usize = 31;

/// Letters of the longest name that needs no semicolon (`Aacute`).
const LONGEST_BARE_NAME: usize = 6;

/// What stands in place of a number that is no character.
const REPLACEMENT: char = '\u{FFFD}';

/// One reference, decoded.
struct Reference {
    /// Its one or two characters.
    first: char,
    second: Option<char>,
    /// Its length in the text, `&` included.
    length: usize,
    /// Whether it ends in a semicolon, or need not.
    closed: bool,
}

/// Decodes a text onto the end of `out`. In attributes a name without semicolon stays as it is before a letter, a
/// digit or `=`. Says whether the text begins with a reference that lacks its semicolon.
pub(in super::super) fn decode(text: &str, in_attribute: bool, out: &mut String) -> bool {
    let mut rest = text;
    let mut begins_open = false;
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(reference) = read(rest.as_bytes(), in_attribute) else {
            out.push('&');
            rest = &rest[1..];
            continue;
        };
        begins_open |= rest.len() == text.len() && !reference.closed;
        out.push(reference.first);
        out.extend(reference.second);
        rest = &rest[reference.length..];
    }
    out.push_str(rest);
    begins_open
}

/// Reads the reference that begins at the `&` here, if there is one.
fn read(text: &[u8], in_attribute: bool) -> Option<Reference> {
    match text.get(1)? {
        b'#' => read_number(text),
        byte if byte.is_ascii_alphanumeric() => read_name(text, in_attribute),
        _ => None,
    }
}

fn read_number(text: &[u8]) -> Option<Reference> {
    let (radix, digits) = match text.get(2)? {
        b'x' | b'X' => (16, 3),
        _ => (10, 2),
    };
    let values = text[digits..].iter().map_while(|&byte| (byte as char).to_digit(radix));
    let (mut number, mut length) = (0u32, digits);
    for digit in values {
        number = number.saturating_mul(radix).saturating_add(digit);
        length += 1;
    }
    if length == digits {
        return None;
    }
    let closed = text.get(length) == Some(&b';');
    Some(Reference { first: character(number), second: None, length: length + usize::from(closed), closed })
}

/// The character of a number. Numbers of the C1 controls are read as windows-1252, which is what pages mean.
fn character(number: u32) -> char {
    match (number, char::from_u32(number)) {
        (0, _) | (_, None) => REPLACEMENT,
        (0x80..=0x9F, Some(c)) => C1_REPLACEMENTS[number as usize - 0x80].unwrap_or(c),
        (_, Some(c)) => c,
    }
}

/// A name is taken whole with its semicolon, or else its longest start that needs none.
fn read_name(text: &[u8], in_attribute: bool) -> Option<Reference> {
    let letters = text[1..].iter().take(LONGEST_NAME + 1).take_while(|byte| byte.is_ascii_alphanumeric());
    let run = letters.count();
    if run <= LONGEST_NAME
        && text.get(run + 1) == Some(&b';')
        && let Some(found) = look_up(&text[1..run + 2])
    {
        return Some(Reference { length: run + 2, closed: true, ..found });
    }
    let bare = (2..=run.min(LONGEST_BARE_NAME)).rev();
    let found = bare.filter_map(|length| look_up(&text[1..length + 1])).next()?;
    let next = text.get(found.length);
    let is_part_of_word = next.is_some_and(|&byte| byte == b'=' || byte.is_ascii_alphanumeric());
    (!in_attribute || !is_part_of_word).then_some(found)
}

fn look_up(name: &[u8]) -> Option<Reference> {
    let &(first, second) = NAMED_ENTITIES.get(std::str::from_utf8(name).ok()?)?;
    Some(Reference {
        // The table holds the beginnings of names too, with no character.
        first: char::from_u32(first).filter(|&c| c != '\0')?,
        second: char::from_u32(second).filter(|&c| c != '\0'),
        length: name.len() + 1,
        closed: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(text: &str, in_attribute: bool) -> String {
        let mut out = String::new();
        decode(text, in_attribute, &mut out);
        out
    }

    #[test]
    fn the_longest_name_wins_and_semicolons_may_miss() {
        assert_eq!(
            decoded("&notit; &notin; &amp&lt &Acircumflex &bogus; &", false),
            "¬it; ∉ &< Âumflex &bogus; &"
        );
        assert_eq!(decoded("&CounterClockwiseContourIntegral;&NotEqualTilde;", false), "∳≂\u{338}");
    }

    #[test]
    fn attributes_keep_what_looks_like_a_query() {
        assert_eq!(decoded("?a=1&copy=2&reg&lt;x&notit;", true), "?a=1&copy=2®<x&notit;");
    }

    #[test]
    fn numbers_that_are_no_characters_are_replaced() {
        assert_eq!(
            decoded("&#65;&#x42&#150;&#0;&#xD800;&#99999999999;&#x;&#;", false),
            "AB–\u{FFFD}\u{FFFD}\u{FFFD}&#x;&#;"
        );
    }

    #[test]
    fn the_limits_of_names_are_those_of_the_table() {
        let named = NAMED_ENTITIES.entries().filter(|(_, value)| value.0 != 0);
        let (closed, bare): (Vec<_>, Vec<_>) =
            named.map(|(&name, _)| name).partition(|name| name.ends_with(';'));
        assert_eq!(closed.iter().map(|name| name.len() - 1).max(), Some(LONGEST_NAME));
        assert_eq!(bare.iter().map(|name| name.len()).max(), Some(LONGEST_BARE_NAME));
        assert!(bare.iter().all(|name| name.len() >= 2));
    }
}
