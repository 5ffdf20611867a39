//! Which site a document is of.
use crate::model::{Document, Origin, address};
use std::sync::Arc;

/// The site of a document: the host of its address; without one the folder it lies in, or the source of many
/// documents that it is a record of.
pub(super) fn site_of(document: &Document) -> Arc<str> {
    let host = document.fields.url.as_deref().and_then(host);
    host.unwrap_or_else(|| folder(&document.origin)).into()
}

/// The host of an address, in small letters, without `www.`.
fn host(url: &str) -> Option<String> {
    let host = address::host(url)?.to_lowercase();
    Some(host.strip_prefix("www.").unwrap_or(&host).to_string()).filter(|name| !name.is_empty())
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
    fn a_site_is_named_without_www() {
        assert_eq!(host("https://www.Example.org/a").as_deref(), Some("example.org"));
        assert_eq!(host("example.org/a").as_deref(), Some("example.org"));
    }

    #[test]
    fn what_has_no_address_is_of_its_folder() {
        assert_eq!(folder(&Origin::page("pages/bay/1.html")), "pages/bay/");
        assert_eq!(folder(&Origin::page("1.html")), "./");
        assert_eq!(folder(&Origin::record("pages/rows.jsonl", "7")), "pages/rows.jsonl");
    }
}
