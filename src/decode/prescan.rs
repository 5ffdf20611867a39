//! The `meta` prescan of the HTML standard ("prescan a byte stream to determine its encoding").
//!
//! The standard stops after 1,024 bytes, which is a browser's haste; here comments do not count, and the
//! scan goes on for [`SCAN_BYTES`].
use super::declared;
use encoding_rs::Encoding;
use memchr::{memchr, memchr2, memmem};

/// How far markup is scanned, comments apart.
const SCAN_BYTES: usize = 16 << 10;

/// The encoding that a page's first valid `meta` element declares.
pub(super) fn meta(bytes: &[u8]) -> Option<&'static Encoding> {
    let mut scan = Scan { bytes, at: 0 };
    let mut end = SCAN_BYTES;
    while let Some(open) = scan.rest().and_then(|rest| memchr(b'<', rest)) {
        scan.at += open;
        if scan.at >= end {
            return None;
        }
        let tag = &bytes[scan.at + 1..];
        if tag.starts_with(b"!--") {
            // A comment may close with the dashes that opened it: `<!-->`.
            let length = memmem::find(&tag[1..], b"-->")? + b"<!-->".len() - 1;
            scan.at += length;
            end += length;
        } else if is_meta(tag) {
            scan.at += b"<meta".len();
            if let Some(encoding) = scan.meta()? {
                return Some(encoding);
            }
        } else if tag.first().is_some_and(|byte| byte.is_ascii_alphabetic())
            || tag.first() == Some(&b'/') && tag.get(1).is_some_and(|byte| byte.is_ascii_alphabetic())
        {
            scan.element()?;
        } else if matches!(tag.first(), Some(b'!' | b'/' | b'?')) {
            scan.at += 1 + memchr(b'>', tag)?;
        } else {
            scan.at += 1;
        }
    }
    None
}

fn is_meta(tag: &[u8]) -> bool {
    let name = tag.get(..4).is_some_and(|name| name.eq_ignore_ascii_case(b"meta"));
    name && tag.get(4).is_some_and(|&byte| is_space(byte) || byte == b'/')
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | 0x0C | b'\r' | b' ')
}

/// A place in the bytes. Its methods give `None` where the bytes end: then nothing is declared.
struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
}

struct Attribute {
    name: Vec<u8>,
    value: Vec<u8>,
}

impl Scan<'_> {
    fn rest(&self) -> Option<&[u8]> {
        self.bytes.get(self.at..)
    }

    fn byte(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip(&mut self, skipped: impl Fn(u8) -> bool) -> Option<()> {
        self.at += self.rest()?.iter().position(|&byte| !skipped(byte))?;
        Some(())
    }

    /// Passes over a tag that is not `meta`, with its attributes.
    fn element(&mut self) -> Option<()> {
        self.at += 1;
        self.skip(|byte| !is_space(byte) && byte != b'>')?;
        while self.attribute()?.is_some() {}
        Some(())
    }

    /// The encoding of a `meta` element: that of `charset`, or that in `content` where `http-equiv` says
    /// `content-type`. The first attribute of a name counts.
    fn meta(&mut self) -> Option<Option<&'static Encoding>> {
        let mut seen: Vec<Vec<u8>> = Vec::new();
        let mut is_pragma = false;
        let mut needs_pragma = false;
        let mut found = None;
        while let Some(attribute) = self.attribute()? {
            if seen.contains(&attribute.name) {
                continue;
            }
            match attribute.name.as_slice() {
                b"http-equiv" => is_pragma = attribute.value == b"content-type",
                b"charset" => {
                    found = Some(declared::encoding(&attribute.value));
                    needs_pragma = false;
                }
                b"content" if found.is_none() => {
                    if let Some(encoding) = in_content(&attribute.value) {
                        found = Some(Some(encoding));
                        needs_pragma = true;
                    }
                }
                _ => {}
            }
            seen.push(attribute.name);
        }
        Some(found.flatten().filter(|_| !needs_pragma || is_pragma))
    }

    /// The next attribute of a tag, in lower case; `Some(None)` at the tag's end.
    fn attribute(&mut self) -> Option<Option<Attribute>> {
        self.skip(|byte| is_space(byte) || byte == b'/')?;
        if self.byte()? == b'>' {
            return Some(None);
        }
        let start = self.at;
        loop {
            match self.byte()? {
                b'=' if self.at > start => break,
                byte if is_space(byte) || matches!(byte, b'/' | b'>') => break,
                _ => self.at += 1,
            }
        }
        let name = self.bytes[start..self.at].to_ascii_lowercase();
        self.skip(is_space)?;
        if self.byte()? != b'=' {
            return Some(Some(Attribute { name, value: Vec::new() }));
        }
        self.at += 1;
        self.skip(is_space)?;
        let value = self.value()?;
        Some(Some(Attribute { name, value }))
    }

    /// An attribute's value, quoted or not.
    fn value(&mut self) -> Option<Vec<u8>> {
        let quote = self.byte()?;
        if quote == b'"' || quote == b'\'' {
            self.at += 1;
            let length = memchr(quote, self.rest()?)?;
            let value = self.rest()?[..length].to_ascii_lowercase();
            self.at += length + 1;
            return Some(value);
        }
        let start = self.at;
        self.skip(|byte| !is_space(byte) && byte != b'>')?;
        Some(self.bytes[start..self.at].to_ascii_lowercase())
    }
}

/// The encoding in the value of `content`: what follows `charset=`.
fn in_content(content: &[u8]) -> Option<&'static Encoding> {
    let mut rest = content;
    loop {
        rest = &rest[memmem::find(rest, b"charset")? + b"charset".len()..];
        if let Some(value) = rest.trim_ascii_start().strip_prefix(b"=") {
            let value = value.trim_ascii_start();
            return match value.first()? {
                &quote @ (b'"' | b'\'') => declared::encoding(&value[1..1 + memchr(quote, &value[1..])?]),
                _ => {
                    let end = value.iter().position(|&byte| is_space(byte)).unwrap_or(value.len());
                    let end = memchr2(b';', b';', &value[..end]).unwrap_or(end);
                    declared::encoding(&value[..end])
                }
            };
        }
    }
}
