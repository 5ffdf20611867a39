//! WARC 1.0 and 1.1 (ISO 28500), and WET: pages and texts of crawls, a record a document. A broken record is
//! counted, and reading goes on at the next one that can be found.
mod body;
mod chunked;
mod header;
mod http;
mod records;

use super::unpack::Damage;
use super::{Documents, Format, Item, Opened, reading_failed};
use crate::config::ReadConfig;
use crate::model::{Declared, Origin, RawDocument, SkipReason, Stage, Trouble};
use header::Header;
use records::{Met, Records};
use std::io::BufRead;

/// The row in `FORMATS`.
pub(super) const WARC: Format = Format { name: "warc", tells, open };

/// What every record begins with; a number follows it.
const MARK: &[u8] = b"WARC/";

/// Told by the first record, or by the name if that is damaged.
fn tells(head: &[u8], name: &str) -> bool {
    let named = [".warc", ".wet"].iter().any(|ending| super::is_named(name, ending));
    records::begins(head.trim_ascii_start()) || named
}

fn open(opened: Opened) -> Documents {
    let limits = opened.limits.clone();
    let records = Records::new(opened.stream, &limits);
    Box::new(Warc { source: opened.source.name, records, limits, ended: false })
}

struct Warc<R> {
    source: String,
    records: Records<R>,
    limits: ReadConfig,
    ended: bool,
}

impl<R: BufRead> Iterator for Warc<R> {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        if self.ended {
            return None;
        }
        match self.records.next_record() {
            Ok(Met::End) => None,
            Ok(Met::Record { header, body }) => {
                let origin = origin(&self.source, &header, self.records.number);
                Some(document(origin, &header, body, &self.limits))
            }
            Ok(Met::Broken { header, why }) => {
                let header = header.unwrap_or_default();
                let origin = origin(&self.source, &header, self.records.number);
                Some(Err(Trouble::failed(origin, Stage::Read, why)))
            }
            Err(error) => {
                self.ended = !Damage::goes_on(&error);
                let origin = Origin::record(&self.source, &self.records.number.to_string());
                Some(Err(Trouble::failed(origin, Stage::Read, reading_failed(&error))))
            }
        }
    }
}

/// The source and the record's id, or its number where it has none.
fn origin(source: &str, header: &Header, number: u64) -> Origin {
    match header.id() {
        Some(id) => Origin::record(source, id),
        None => Origin::record(source, &number.to_string()),
    }
}

/// The document that a record holds, if it is of those that hold one.
fn document(origin: Origin, header: &Header, body: Vec<u8>, limits: &ReadConfig) -> Item {
    let skipped = |reason| Err(Trouble::skipped(origin.clone(), reason));
    let media_type = header.get("content-type").unwrap_or_default();
    let Some(kind) = header.get("warc-type") else {
        return Err(Trouble::failed(origin, Stage::Read, "its WARC-Type is missing"));
    };
    let (bytes, media_type) = match kind {
        "response" | "resource" if media_type.starts_with("application/http") => {
            match http::payload(body, limits) {
                Ok(http::Payload { status, .. }) if !http::is_success(status) => {
                    return skipped(SkipReason::HttpStatus);
                }
                Ok(http::Payload { bytes, media_type, .. }) => (bytes, media_type),
                Err(why) => return Err(Trouble::failed(origin, Stage::Read, why)),
            }
        }
        "response" | "resource" | "conversion" => (body, media_type.to_string()),
        _ => return skipped(SkipReason::OtherRecord),
    };
    if !is_text(&media_type) {
        return skipped(SkipReason::MediaType);
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return skipped(SkipReason::Empty);
    }
    let url = header.get("warc-target-uri").map(|url| url.trim_matches(['<', '>']).to_string());
    let media_type = Some(media_type).filter(|media_type| !media_type.is_empty());
    let declared = Declared { media_type, url, ..Declared::default() };
    Ok(RawDocument { origin, bytes, declared })
}

/// Whether a media type is one of pages or texts. What has none is looked at.
fn is_text(media_type: &str) -> bool {
    let name = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    matches!(name.as_str(), "" | "text/html" | "text/plain" | "application/xhtml+xml" | "application/xhtml")
}
