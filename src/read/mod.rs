//! Sources to raw documents. An input format is one file here and one row in [`FORMATS`].
mod csv;
mod entry;
mod feed;
mod find;
mod guard;
mod json;
mod jsonl;
mod lines;
mod objects;
mod open;
mod page;
mod parquet;
mod patient;
mod quotes;
mod rewind;
mod row;
mod table;
mod tar;
mod unpack;
mod utf16;
mod warc;
mod zip;

use crate::config::ReadConfig;
use crate::model::{Origin, RawDocument, Stage, Trouble};
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;

pub use find::find;
pub(crate) use guard::words as panic_words;
pub(crate) use open::file as open_file;
use patient::begun;
pub use row::Row;

/// Bytes at the head of a source by which its format is told.
pub(crate) const SNIFF_BYTES: usize = 4096;

/// Bytes that are read from a source at a time.
const BUFFER_BYTES: usize = 64 << 10;

/// The mark that some programs put before UTF-8.
const BOM: &[u8] = b"\xEF\xBB\xBF";

/// How often a source may be compressed, one time in the other.
const MAX_LAYERS: usize = 3;

/// A document, or what became of it.
pub(crate) type Item = std::result::Result<RawDocument, Trouble>;

/// One document after another.
pub(crate) type Documents = Box<dyn Iterator<Item = Item> + Send>;

/// Something to read: a regular file or standard input, with the name it has in records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The name in records: the path as typed or found, with `/`.
    pub name: String,
    /// The file; `None` is standard input.
    pub path: Option<PathBuf>,
    /// The folder that was walked when the file was found in it: no link below it is followed.
    pub within: Option<PathBuf>,
    /// Its size in bytes when it was found, where known.
    pub bytes: u64,
}

/// What a named input turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Something to read.
    Source(Source),
    /// Something that is passed over or cannot be read.
    Trouble(Trouble),
}

/// An input format.
pub struct Format {
    /// Its name, as in messages.
    pub name: &'static str,
    /// Whether a source that begins so, and is named so, is of this format.
    pub tells: fn(head: &[u8], name: &str) -> bool,
    /// Reads the documents of a source.
    pub(crate) open: fn(Opened) -> Documents,
}

/// All input formats; the first that tells a source as its own reads it.
pub const FORMATS: &[Format] = &[
    warc::WARC,
    tar::TAR,
    zip::ZIP,
    parquet::PARQUET,
    jsonl::JSONL,
    objects::OBJECTS,
    csv::CSV,
    feed::FEED,
    page::PAGE,
];

/// The formats of text whose rows are documents.
const ROWS: &[Format] = &[jsonl::JSONL, objects::OBJECTS, csv::CSV];

/// An opened and unpacked source: its head, read already, and all of it.
pub(crate) struct Opened {
    /// The source.
    pub(crate) source: Source,
    /// The first bytes.
    pub(crate) head: Vec<u8>,
    /// The whole stream, from its first byte.
    pub(crate) stream: Box<dyn BufRead + Send>,
    /// What may be how large.
    pub(crate) limits: ReadConfig,
}

/// The documents of what was found, in its order.
///
/// ```
/// let found = gleaner::find(&["seeds/*.txt".to_string()])?;
/// let documents = gleaner::documents(found, &gleaner::ReadConfig::default());
/// assert_eq!(documents.filter(Result::is_ok).count(), 5);
/// # Ok::<(), gleaner::model::Error>(())
/// ```
pub fn documents(found: Vec<Found>, limits: &ReadConfig) -> impl Iterator<Item = Item> + Send + use<> {
    let limits = limits.clone();
    found.into_iter().flat_map(move |found| match found {
        Found::Trouble(trouble) => one(Err(trouble)),
        Found::Source(source) => {
            let (name, limits) = (source.name.clone(), limits.clone());
            Box::new(guard::Guarded::new(name, move || open(source, limits)))
        }
    })
}

fn one(item: Item) -> Documents {
    Box::new(std::iter::once(item))
}

/// Opens a source, unpacks it, and tells its format by its content first, its name second.
fn open(source: Source, limits: ReadConfig) -> std::result::Result<Documents, Trouble> {
    let failed = |error| Trouble::failed(Origin::page(&source.name), Stage::Read, reading_failed(&error));
    let raw: Box<dyn Read + Send> = match open_file(&source) {
        Some(file) => Box::new(file.map_err(failed)?),
        None => Box::new(std::io::stdin()),
    };
    told(source, raw, limits)
}

/// Unpacks a stream and reads it in the format that its first bytes tell.
pub(crate) fn told(
    source: Source,
    raw: Box<dyn Read + Send>,
    limits: ReadConfig,
) -> std::result::Result<Documents, Trouble> {
    let failed = |error| Trouble::failed(Origin::page(&source.name), Stage::Read, reading_failed(&error));
    let (mut head, mut stream) = begun(raw);
    for _ in 0..MAX_LAYERS {
        let Some(plain) = unpack::unpack(&head, &mut stream, &limits) else { break };
        (head, stream) = begun(plain.map_err(failed)?);
    }
    let name = unpack::bare_name(&source.name);
    (head, stream) = utf16::rows_as_utf8(head, stream, name);
    let format = FORMATS.iter().find(|format| (format.tells)(&head, name)).unwrap_or(&page::PAGE);
    let stream = Box::new(BufReader::with_capacity(BUFFER_BYTES, stream));
    Ok((format.open)(Opened { head, stream, source, limits }))
}

/// Whether a name ends so, in small letters or capitals.
fn is_named(name: &str, ending: &str) -> bool {
    name.len() > ending.len()
        && name.as_bytes()[name.len() - ending.len()..].eq_ignore_ascii_case(ending.as_bytes())
}

/// Why a document is not taken in that is larger than one may be.
fn too_large(limits: &ReadConfig) -> String {
    let limit = limits.max_document_bytes;
    format!("larger than {limit} bytes: raise read.max_document_bytes to take it in")
}

/// What an error of the file system means for one document.
pub(crate) fn reading_failed(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "vanished before it could be read".to_string(),
        std::io::ErrorKind::PermissionDenied => "no permission to read it".to_string(),
        _ => format!("cannot be read: {error}"),
    }
}
