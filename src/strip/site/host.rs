//! Which site a document is of.
use crate::model::{Document, Origin};
use std::sync::Arc;

/// The site of a document: the host of its address; without one the folder it lies in, or the source of many
/// documents that it is a record of.
pub(super) fn site_of(document: &Document) -> Arc<str> {
    let host = document.fields.url.as_deref().and_then(host);
    host.unwrap_or_else(|| folder(&document.origin)).into()
}

/// The host of an address, in small letters, without `www.`.
fn host(url: &str) -> Option<String> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest).trim_start_matches('/');
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let host = host.trim_end_matches('.').to_lowercase();
    let name = host.strip_prefix("www.").unwrap_or(&host);
    (name.contains(['.', ':']) || url.contains("://"))
        .then(|| name.to_string())
        .filter(|name| !name.is_empty())
}

/// The folder of a file, with a slash at its end; the source of a record.
fn folder(origin: &Origin) -> String {
    if origin.is_record() {
        return origin.source().to_string();
    }
    let folder = origin.source().rsplit_once('/').map_or(".", |(folder, _)| folder);
    format!("{folder}/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_read_from_addresses() {
        for url in [
            "https://www.example.org/a?b#c",
            "http://user:word@Example.org:8080",
            "//example.org./a",
            "example.org/a",
            "https://example.org?x=http://other.example/",
        ] {
            assert_eq!(host(url).as_deref(), Some("example.org"), "{url}");
        }
        assert_eq!(host("http://localhost/a").as_deref(), Some("localhost"));
        assert_eq!(host("http://[::1]:80/").as_deref(), Some("[::1]"));
        for url in ["", "a/b", "/a", "https://"] {
            assert_eq!(host(url), None, "{url}");
        }
    }

    #[test]
    fn what_has_no_address_is_of_its_folder() {
        assert_eq!(folder(&Origin::page("pages/bay/1.html")), "pages/bay/");
        assert_eq!(folder(&Origin::page("1.html")), "./");
        assert_eq!(folder(&Origin::record("pages/rows.jsonl", "7")), "pages/rows.jsonl");
    }
}
