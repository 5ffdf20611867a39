//! Raw text: where a script, a style or a title ends.
use super::attributes::ends_name;
use super::{Handler, Span, State, Tokenizer, decode};
use memchr::{memchr, memchr2, memmem};

impl Tokenizer<'_> {
    /// Reads the text after a tag that opened raw text, up to the end tag of that name.
    pub(super) fn raw<H: Handler>(&mut self, state: State, name: &[u8], handler: &mut H) {
        let end = match state {
            State::Data => return,
            State::Cdata => return self.cdata(self.at, handler),
            State::Plaintext => self.bytes.len(),
            State::Rcdata | State::Rawtext => raw_end(self.bytes, self.at, name),
            State::Script => script_end(self.bytes, self.at, name),
        };
        if handler.wants_raw_text() {
            self.flush_raw(self.at..end, state == State::Rcdata, handler);
        }
        self.at = end;
    }

    /// Hands on raw text, NULs replaced, references decoded where the state has them.
    fn flush_raw<H: Handler>(&mut self, span: Span, references: bool, handler: &mut H) {
        let text = &self.page[span.clone()];
        let references = references && memchr(b'&', text.as_bytes()).is_some();
        let nuls = self.has_nul && memchr(0, text.as_bytes()).is_some();
        if span.is_empty() {
            return;
        }
        if !references && !nuls {
            return handler.text(span);
        }
        let whole = if nuls { text.replace('\0', "\u{FFFD}") } else { String::new() };
        let text = if nuls { &whole } else { text };
        self.scratch.clear();
        if !references {
            self.scratch.push_str(text);
        } else if decode(text, false, &mut self.scratch) {
            handler.error();
        }
        handler.decoded(&self.scratch);
    }
}

/// Where the text ends that `</name` ends: the place of that tag, or the end of the page.
fn raw_end(bytes: &[u8], from: usize, name: &[u8]) -> usize {
    memmem::find_iter(&bytes[from..], b"</")
        .map(|found| from + found)
        .find(|&at| is_tag(bytes, at + 2, name))
        .unwrap_or(bytes.len())
}

/// Whether a tag's name stands here, whole.
fn is_tag(bytes: &[u8], at: usize, name: &[u8]) -> bool {
    !name.is_empty()
        && bytes.get(at..at + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name))
        && bytes.get(at + name.len()).is_some_and(|&byte| ends_name(byte))
}

/// Where a script ends. A comment in it may hide a whole script element, end tag and all: the "script data
/// escaped" states.
fn script_end(bytes: &[u8], from: usize, name: &[u8]) -> usize {
    let end = raw_end(bytes, from, name);
    match memmem::find(&bytes[from..end], b"<!--") {
        None => end,
        Some(found) => escaped_script_end(bytes, from + found, name),
    }
}

/// What a comment in a script hides.
#[derive(Clone, Copy, PartialEq)]
enum Escape {
    /// No comment is open.
    None,
    /// A comment is open: an end tag still ends the script.
    Comment,
    /// A script element is open within the comment: its end tag does not.
    Script,
}

/// The slow way through a script that has a comment, from a place before that comment.
fn escaped_script_end(bytes: &[u8], from: usize, name: &[u8]) -> usize {
    let mut escape = Escape::None;
    // Dashes that may be part of the comment's end begin here: those of `<!--` itself count.
    let mut dashes = from;
    let mut at = from;
    while let Some(found) = memchr2(b'<', b'>', &bytes[at..]) {
        let here = at + found;
        at = here + 1;
        if bytes[here] == b'>' {
            if here >= dashes + 2 && &bytes[here - 2..here] == b"--" {
                escape = Escape::None;
            }
            continue;
        }
        let closes = bytes.get(here + 1) == Some(&b'/');
        match escape {
            Escape::None if bytes[here..].starts_with(b"<!--") => {
                escape = Escape::Comment;
                dashes = here + 2;
                at = here + 4;
            }
            Escape::None | Escape::Comment if closes && is_tag(bytes, here + 2, name) => return here,
            Escape::Comment if is_tag(bytes, here + 1, b"script") => escape = Escape::Script,
            Escape::Script if closes && is_tag(bytes, here + 2, b"script") => escape = Escape::Comment,
            _ => {}
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(page: &str) -> &str {
        &page[..script_end(page.as_bytes(), 0, b"script")]
    }

    #[test]
    fn a_comment_hides_a_script_within_a_script() {
        assert_eq!(body("a</script>"), "a");
        assert_eq!(body("a</scripts></SCRIPT x>"), "a</scripts>");
        assert_eq!(body("<!--a</script>b--></script>"), "<!--a");
        assert_eq!(body("<!--<script>a</script>b</script>"), "<!--<script>a</script>b");
        assert_eq!(body("<!--<script>a--></script>b"), "<!--<script>a-->");
        assert_eq!(body("<!--><script>a</script>b"), "<!--><script>a");
        assert_eq!(body("<!--<scripts>a</script>b"), "<!--<scripts>a");
        assert_eq!(body("never closed</script"), "never closed</script");
    }
}
