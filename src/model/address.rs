//! Web addresses: which host a page is of.

/// The host in an address, without user and port, as it is written; of `//host/path` and `host.name/path` too.
pub(crate) fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest).trim_start_matches('/');
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let host = host.trim_end_matches('.');
    let is_named = host.contains(['.', ':']) || url.contains("://");
    (is_named && !host.is_empty()).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_read_from_addresses() {
        for url in [
            "https://example.org/a?b#c",
            "http://user:word@example.org:8080",
            "//example.org./a",
            "example.org/a",
            "https://example.org?x=http://other.example/",
        ] {
            assert_eq!(host(url), Some("example.org"), "{url}");
        }
        assert_eq!(host("http://localhost/a"), Some("localhost"));
        assert_eq!(host("http://[::1]:80/"), Some("[::1]"));
        for url in ["", "a/b", "/a", "https://"] {
            assert_eq!(host(url), None, "{url}");
        }
    }
}
