//! What a document, or its container, says of its own encoding.
use crate::model::{DecidedBy, RawDocument};
use memchr::memmem;

/// How far into a page a declaration is looked for; the standard's prescan looks at 1,024 bytes.
const PRESCAN: usize = 8192;

/// The labels that are declared, the most trusted first.
pub(super) fn candidates(raw: &RawDocument) -> Vec<(String, DecidedBy)> {
    let head = &raw.bytes[..raw.bytes.len().min(PRESCAN)];
    let http = raw.declared.charset.clone().map(|label| (label, DecidedBy::Http));
    let meta = value_after(head, b"charset=").map(|label| (label, DecidedBy::Meta));
    let xml = head.starts_with(b"<?xml").then(|| value_after(head, b"encoding=")).flatten();
    http.into_iter().chain(meta).chain(xml.map(|label| (label, DecidedBy::Xml))).collect()
}

/// The word after a key, with or without quotes.
fn value_after(head: &[u8], key: &[u8]) -> Option<String> {
    let head = head.to_ascii_lowercase();
    let start = memmem::find(&head, key)? + key.len();
    let rest = head[start..].trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let end =
        rest.iter().position(|&b| !(b.is_ascii_alphanumeric() || b"-_.:".contains(&b))).unwrap_or(rest.len());
    (end > 0).then(|| String::from_utf8_lossy(&rest[..end]).into_owned())
}
