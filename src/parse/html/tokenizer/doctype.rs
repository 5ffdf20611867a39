//! The states of a doctype: its name, its identifiers, and whether it asks for quirks.
use super::attributes::is_space;

/// A doctype, as written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in super::super) struct Doctype {
    /// Its name in lower case, if it has one.
    pub(in super::super) name: Option<String>,
    /// Its public identifier, if it has one.
    pub(in super::super) public_id: Option<String>,
    /// Its system identifier, if it has one.
    pub(in super::super) system_id: Option<String>,
    /// Whether it is so broken that the page is one of old.
    pub(in super::super) force_quirks: bool,
}

/// Reads what follows `<!doctype`; returns the doctype and its length, `>` included.
pub(super) fn read(text: &str) -> (Doctype, usize) {
    let mut reader = Reader { text, at: 0, doctype: Doctype::default() };
    let found = reader.name_and_ids();
    reader.doctype.force_quirks |= found.is_none();
    // What is left is bogus, and goes.
    let end = text[reader.at..].find('>').map_or(text.len(), |found| reader.at + found + 1);
    (reader.doctype, end)
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    doctype: Doctype,
}

impl Reader<'_> {
    /// Reads on to the end of what is well written; nothing if quirks are to be forced. Stops before the `>`.
    fn name_and_ids(&mut self) -> Option<()> {
        if self.next_solid()? == b'>' {
            return None;
        }
        let name = self.take_until(|byte| is_space(byte) || byte == b'>').to_ascii_lowercase();
        self.doctype.name = Some(name);
        if self.next_solid()? == b'>' {
            return Some(());
        }
        let keyword = self.text.as_bytes().get(self.at..self.at + 6)?;
        let is_public = keyword.eq_ignore_ascii_case(b"public");
        if !is_public && !keyword.eq_ignore_ascii_case(b"system") {
            return None;
        }
        self.at += 6;
        if is_public {
            self.next_solid()?;
            let (id, closed) = self.quoted()?;
            self.doctype.public_id = Some(id);
            closed.then_some(())?;
            if self.next_solid()? == b'>' {
                return Some(());
            }
        }
        self.next_solid()?;
        let (id, closed) = self.quoted()?;
        self.doctype.system_id = Some(id);
        closed.then_some(())?;
        self.next_solid().map(|_| ())
    }

    /// An identifier in quotes, and whether its quote is closed before the doctype ends.
    fn quoted(&mut self) -> Option<(String, bool)> {
        let quote = self.peek().filter(|byte| matches!(byte, b'"' | b'\''))?;
        self.at += 1;
        let id = self.take_until(|byte| byte == quote || byte == b'>');
        let closed = self.peek() == Some(quote);
        self.at += usize::from(closed);
        Some((id, closed))
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is no white space.
    fn next_solid(&mut self) -> Option<u8> {
        while self.peek().is_some_and(is_space) {
            self.at += 1;
        }
        self.peek()
    }

    fn take_until(&mut self, stops: impl Fn(u8) -> bool) -> String {
        let rest = &self.text[self.at..];
        let length = rest.bytes().position(stops).unwrap_or(rest.len());
        self.at += length;
        rest[..length].replace('\0', "\u{FFFD}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, name: &str, public: Option<&str>, system: Option<&str>, quirks: bool, rest: &str) {
        let (doctype, length) = read(text);
        assert_eq!(doctype.name.as_deref(), (!name.is_empty()).then_some(name), "{text}");
        assert_eq!(doctype.public_id.as_deref(), public, "{text}");
        assert_eq!(doctype.system_id.as_deref(), system, "{text}");
        assert_eq!(doctype.force_quirks, quirks, "{text}");
        assert_eq!(&text[length..], rest, "{text}");
    }

    #[test]
    fn sloppy_doctypes_are_read_as_browsers_read_them() {
        check(" HTML>x", "html", None, None, false, "x");
        check("html>x", "html", None, None, false, "x");
        check(">x", "", None, None, true, "x");
        check("", "", None, None, true, "");
        check(" html PUBLIC\"a\"'b'>x", "html", Some("a"), Some("b"), false, "x");
        check(" html public 'a>x", "html", Some("a"), None, true, "x");
        check(" html system '' y>x", "html", None, Some(""), false, "x");
        check(" html PUBLIC \"a\" b>x", "html", Some("a"), None, true, "x");
        check(" html [<!ENTITY a>x", "html", None, None, true, "x");
        check(" html SYSTEM 'a'", "html", None, Some("a"), true, "");
    }
}
