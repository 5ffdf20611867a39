//! An HTTP response, as it went over the wire, to the page in it.
use super::header::{Header, block_length};
use super::{body, chunked};
use crate::config::ReadConfig;

/// What a response holds.
#[derive(Debug)]
pub(super) struct Payload {
    /// The status code; 0 where there is none to be read.
    pub(super) status: u16,
    /// The page, without its transfer and content codings.
    pub(super) bytes: Vec<u8>,
    /// Its media type, as written.
    pub(super) media_type: String,
}

/// Whether a page came with the status. What has none is looked at.
pub(super) fn is_success(status: u16) -> bool {
    status == 0 || (200..300).contains(&status)
}

/// Takes a response apart.
///
/// # Errors
/// In words, what is wrong with it.
pub(super) fn payload(mut response: Vec<u8>, limits: &ReadConfig) -> Result<Payload, String> {
    if !response.starts_with(b"HTTP/") {
        return Err("its HTTP header is missing".to_string());
    }
    let length = block_length(&response).unwrap_or(response.len());
    if length > limits.max_header_bytes {
        let most = limits.max_header_bytes;
        return Err(format!(
            "its HTTP header is longer than {most} bytes: raise read.max_header_bytes to take it in"
        ));
    }
    let header = Header::parse(&response[..length]);
    let status = status(&response[..length]);
    response.drain(..length);
    if !is_success(status) {
        return Ok(Payload { status, bytes: Vec::new(), media_type: String::new() });
    }
    let is_chunked =
        header.get("transfer-encoding").is_some_and(|coding| coding.to_ascii_lowercase().contains("chunked"));
    // Some crawlers store the body as it was unpacked and leave the field as it was.
    let bytes = if is_chunked && chunked::begins(&response) { chunked::joined(&response)? } else { response };
    let bytes = body::decoded(bytes, header.get("content-encoding").unwrap_or_default(), limits)?;
    Ok(Payload { status, bytes, media_type: header.get("content-type").unwrap_or_default().to_string() })
}

/// The code of a status line: `HTTP/1.1 200 OK`.
fn status(block: &[u8]) -> u16 {
    let line = block.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let code = line.split(|byte| byte.is_ascii_whitespace()).filter(|word| !word.is_empty()).nth(1);
    code.and_then(|code| std::str::from_utf8(code).ok())
        .and_then(|code| code.parse().ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn page(response: &[u8]) -> Result<String, String> {
        let payload = payload(response.to_vec(), &ReadConfig::default())?;
        Ok(format!("{} {} {}", payload.status, payload.media_type, String::from_utf8_lossy(&payload.bytes)))
    }

    #[test]
    fn bodies_come_out_of_their_codings() {
        let plain = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>a";
        assert_eq!(page(plain).unwrap(), "200 text/html <p>a");
        let chunked = b"HTTP/1.1 200\nTransfer-Encoding: Chunked\n\n3;x=y\r\n<p>\r\n1\r\na\r\n0\r\n\r\n";
        assert_eq!(page(chunked).unwrap(), "200  <p>a");
        let unchunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n<p>already";
        assert_eq!(page(unchunked).unwrap(), "200  <p>already");
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(b"<p>packed").unwrap();
        let packed = gzip.finish().unwrap();
        let header = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n";
        assert_eq!(page(&[&header[..], &packed].concat()).unwrap(), "200  <p>packed");
        assert_eq!(page(&[&header[..], b"<p>not packed"].concat()).unwrap(), "200  <p>not packed");
        assert!(page(&[&header[..], &packed[..packed.len() - 9]].concat()).is_err());
    }

    #[test]
    fn what_is_no_response_says_so() {
        assert!(page(b"<html>").is_err());
        assert_eq!(page(b"HTTP/1.1 301 Moved\r\nLocation: /\r\n\r\ngone").unwrap(), "301  ");
    }
}
