//! What a document, or its container, says of its own encoding; believed only where it decodes cleanly.
use super::{prescan, unicode, with};
use crate::model::{DecidedBy, RawDocument, Text};
use encoding_rs::{Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};

/// Characters of a label, at most; the longest label of the Encoding Standard has 19.
const LABEL_BYTES: usize = 64;

/// One damaged or control character among so many non-ASCII bytes is the most that counts as clean.
const CLEAN_SHARE: usize = 50;

/// What the container declares.
pub(super) fn of_container(raw: &RawDocument) -> Option<&'static Encoding> {
    let label = raw.declared.charset.as_deref().or_else(|| {
        let (_, after) = raw.declared.media_type.as_deref()?.split_once("charset=")?;
        after.split(';').next()
    })?;
    encoding(label.as_bytes())
}

/// The encoding of a label, as far as it can be that of bytes whose declaration could be read: UTF-16 is
/// read as UTF-8, as the standard's prescan does; encodings that browsers refuse are none.
pub(super) fn encoding(label: &[u8]) -> Option<&'static Encoding> {
    let label = label.trim_ascii();
    let label = label.strip_prefix(b"\"").and_then(|label| label.strip_suffix(b"\"")).unwrap_or(label);
    if label.len() > LABEL_BYTES {
        return None;
    }
    let encoding = Encoding::for_label(label)?;
    match encoding {
        _ if encoding == REPLACEMENT => None,
        _ if encoding == UTF_16LE || encoding == UTF_16BE => Some(UTF_8),
        _ if encoding == X_USER_DEFINED => Some(WINDOWS_1252),
        _ => Some(encoding),
    }
}

/// Decodes by the first declaration that fits: the container's, then the `meta` element's, then that of the
/// XML declaration.
pub(super) fn decode<'a>(bytes: &'a [u8], container: Option<&'static Encoding>) -> Option<Text<'a>> {
    let by_container = container.and_then(|encoding| cleanly(encoding, bytes, DecidedBy::Http));
    by_container
        .or_else(|| cleanly(prescan::meta(bytes)?, bytes, DecidedBy::Meta))
        .or_else(|| cleanly(xml(bytes)?, bytes, DecidedBy::Xml))
}

/// Decodes, unless more than one in [`CLEAN_SHARE`] of the non-ASCII bytes comes out as damage. For a
/// declared UTF-8 it is enough that half its sequences are whole: no other encoding looks like that.
fn cleanly<'a>(encoding: &'static Encoding, bytes: &'a [u8], decided_by: DecidedBy) -> Option<Text<'a>> {
    if encoding == UTF_8 {
        let (sequences, broken) = unicode::evidence(bytes, 0);
        return (sequences >= broken.max(2)).then(|| with(encoding, bytes, decided_by, 1.0));
    }
    let text = with(encoding, bytes, decided_by, 1.0);
    let high = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    let controls = text.text.chars().filter(|c| ('\u{80}'..='\u{9F}').contains(c)).count();
    let damage = text.decoding.replacements as usize + controls;
    (damage * CLEAN_SHARE <= high).then_some(text)
}

/// The `encoding` of an XML declaration, which stands at the very start.
fn xml(bytes: &[u8]) -> Option<&'static Encoding> {
    /// No XML declaration is longer.
    const DECLARATION_BYTES: usize = 1024;
    let head = &bytes[..bytes.len().min(DECLARATION_BYTES)];
    let head = head.strip_prefix(b"<?xml")?;
    let declaration = &head[..memchr::memchr(b'>', head)?];
    let key = memchr::memmem::find(declaration, b"encoding")?;
    let value = declaration[key + b"encoding".len()..].trim_ascii_start();
    let value = value.strip_prefix(b"=")?.trim_ascii_start();
    let (&quote, value) = value.split_first()?;
    if quote != b'"' && quote != b'\'' {
        return None;
    }
    encoding(&value[..memchr::memchr(quote, value)?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_those_of_the_standard() {
        for (label, name) in [
            ("latin1", Some("windows-1252")),
            (" GB2312 ", Some("GBK")),
            ("x-sjis", Some("Shift_JIS")),
            ("\"utf-8\"", Some("UTF-8")),
            ("utf-16", Some("UTF-8")),
            ("x-user-defined", Some("windows-1252")),
            ("hz-gb-2312", None),
            ("klingon", None),
        ] {
            assert_eq!(encoding(label.as_bytes()).map(Encoding::name), name, "{label}");
        }
        assert_eq!(encoding(&vec![b'x'; 100_000]), None);
    }

    #[test]
    fn an_xml_declaration_counts_at_the_start_alone() {
        let name = |page: &str| xml(page.as_bytes()).map(Encoding::name);
        assert_eq!(name("<?xml version='1.0' encoding='koi8-r'?><a/>"), Some("KOI8-R"));
        assert_eq!(name("<?xml version=\"1.0\" encoding = \"big5\" ?>"), Some("Big5"));
        assert_eq!(name(" <?xml encoding='koi8-r'?>"), None);
        assert_eq!(name("<?xml version='1.0' ?><a encoding='koi8-r'>"), None);
    }

    #[test]
    fn a_label_that_does_not_fit_is_not_believed() {
        let text = b"<meta charset=utf-8>caf\xE9 na\xEFve cr\xE8me";
        assert!(decode(text, None).is_none());
        let text = b"<meta charset=utf-8><meta charset=x>caf\xE9";
        let text = decode(text, Encoding::for_label(b"latin2")).unwrap();
        assert_eq!((text.encoding, text.decided_by), ("ISO-8859-2", DecidedBy::Http));
    }
}
