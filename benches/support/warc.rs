//! Made-up pages as a crawl keeps them: records of WARC, each a member of gzip of its own.
use super::corpus::Made;
use flate2::{Compression, write::GzEncoder};
use std::io::{Result, Write};

/// Writes the record of a page as it was fetched.
pub fn record(made: &Made, number: usize, out: &mut impl Write) -> Result<()> {
    let http = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\r\n",
        made.bytes.len()
    );
    let mut member = GzEncoder::new(out, Compression::default());
    write!(
        member,
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012x}>\r\n\
         WARC-Date: 2024-01-01T00:00:00Z\r\nWARC-Target-URI: https://news.example/{}\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{http}",
        made.name,
        http.len() + made.bytes.len()
    )?;
    member.write_all(&made.bytes)?;
    member.write_all(b"\r\n\r\n")?;
    member.finish()?;
    Ok(())
}
