//! The page as the tokenizer wants it: one kind of line break, one shared buffer.
use html5ever::tendril::StrTendril;
use memchr::memchr;

/// Bytes of a page that are read, at most: a shared buffer counts in 32 bits.
const MAX_PAGE_BYTES: usize = 1 << 31;

/// Copies a page into a buffer that text and values will share, with its line breaks made `\n`, by
/// <https://html.spec.whatwg.org/multipage/parsing.html#preprocessing-the-input-stream>.
pub(in super::super) fn prepare(page: &str) -> StrTendril {
    let mut rest = cut(page, MAX_PAGE_BYTES);
    let mut buffer = StrTendril::with_capacity(rest.len() as u32);
    while let Some(at) = memchr(b'\r', rest.as_bytes()) {
        buffer.push_slice(&rest[..at]);
        buffer.push_slice("\n");
        rest = &rest[at + 1..];
        rest = rest.strip_prefix('\n').unwrap_or(rest);
    }
    buffer.push_slice(rest);
    buffer
}

/// The longest start of a text that has so many bytes at most, and whole characters.
pub(in super::super) fn cut(text: &str, bytes: usize) -> &str {
    if text.len() <= bytes {
        return text;
    }
    let end = (0..=bytes).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_become_one_kind() {
        assert_eq!(&*prepare("a\r\nb\rc\r\r\n\nd\r"), "a\nb\nc\n\n\nd\n");
        assert_eq!(&*prepare("plain"), "plain");
    }

    #[test]
    fn a_cut_spares_characters() {
        assert_eq!(["aäb", "aä", "a", "a", ""], [9, 3, 2, 1, 0].map(|bytes| cut("aäb", bytes)));
    }
}
