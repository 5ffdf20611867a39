//! The chunked transfer coding of HTTP/1.1 (RFC 9112, section 7.1).

/// Whether a body is chunked indeed: it begins with a number in hex.
pub(super) fn begins(body: &[u8]) -> bool {
    line(body).is_some_and(|(line, _)| size(line).is_some())
}

/// The chunks of a body as one.
///
/// # Errors
/// In words, what is wrong with them.
pub(super) fn joined(mut body: &[u8]) -> Result<Vec<u8>, String> {
    let broken = |what: &str| format!("its chunked body is broken: {what}");
    let mut joined = Vec::with_capacity(body.len());
    loop {
        // A connection that was closed after the last chunk is whole enough.
        let Some((first, rest)) = line(body) else {
            return if body.is_empty() { Ok(joined) } else { Err(broken("it is cut")) };
        };
        let size = size(first).ok_or_else(|| broken("a chunk has no size"))?;
        if size == 0 {
            return Ok(joined);
        }
        let chunk = usize::try_from(size).ok().and_then(|size| rest.get(..size));
        let chunk = chunk.ok_or_else(|| broken("a chunk is longer than the body"))?;
        joined.extend_from_slice(chunk);
        let rest = &rest[chunk.len()..];
        let rest = rest.strip_prefix(b"\r").unwrap_or(rest);
        body = rest.strip_prefix(b"\n").unwrap_or(rest);
    }
}

/// The first line, and what follows it.
fn line(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = memchr::memchr(b'\n', bytes)?;
    Some((bytes[..end].trim_ascii(), &bytes[end + 1..]))
}

/// The size of a chunk by its first line; what follows a `;` is of no meaning here.
fn size(line: &[u8]) -> Option<u64> {
    let number = line.split(|&byte| byte == b';').next()?.trim_ascii();
    let number = std::str::from_utf8(number).ok().filter(|number| !number.starts_with('+'))?;
    u64::from_str_radix(number, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_chunks_say_so() {
        for broken in ["ffffffffffffffff\r\nabc\r\nzz\r\n", "3\r\nabc\r\nzz\r\n", "3\r\nabc\r\n4"] {
            assert!(joined(broken.as_bytes()).is_err(), "{broken}");
        }
        assert_eq!(joined(b"3\r\nabc\r\n").unwrap(), b"abc");
        assert!(!begins(b"<html>\n") && !begins(b"") && begins(b"1F \r\n"));
    }
}
