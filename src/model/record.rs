//! The record: the one thing that is written for a document. Column order lives here.
use super::date::{on_day, rfc3339};
use super::{Document, Fields, Verdict};
use serde::Serialize;

/// Bytes of the BLAKE3 hash of the origin that make an id.
const ID_BYTES: usize = 16;

/// A cleaned document, as written. The top-level keys are those that dolma and datatrove read.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Record {
    /// 128 bits of BLAKE3 over the origin, in hex: the same origin has the same id for ever.
    pub id: String,
    /// The kept blocks, one blank line between them; or the same as Markdown.
    pub text: String,
    /// The origin: `path` or `path#record`.
    pub source: String,
    /// The published date as RFC 3339, where it could be read.
    pub created: Option<String>,
    /// Everything else.
    pub metadata: Metadata,
}

/// What is known of a document. Keys and types never change; what is absent is null or empty.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Metadata {
    /// The headline.
    pub title: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// When it was first published, in the page's words.
    pub published: Option<String>,
    /// When it was last changed, in the page's words.
    pub updated: Option<String>,
    /// The name of the site.
    pub site: Option<String>,
    /// The news agencies it was taken from.
    pub agency: Vec<String>,
    /// The language of the body, an ISO 639 code.
    pub language: Option<&'static str>,
    /// The page's own address.
    pub url: Option<String>,
    /// `html` or `text`.
    pub kind: &'static str,
    /// The encoding's name in the WHATWG Encoding Standard.
    pub encoding: &'static str,
    /// What decided the encoding.
    pub encoding_from: &'static str,
    /// Blocks whose text is in `text`.
    pub blocks_kept: usize,
    /// Blocks that stand in the ledger instead.
    pub blocks_removed: usize,
    /// Blocks that say again what another block says.
    pub duplicates: Vec<DuplicateNote>,
}

/// One block of a document that repeats another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DuplicateNote {
    /// The number of the block in this document, from 1.
    pub block: u32,
    /// The document that holds the block that stays.
    pub of: String,
    /// The number of that block, from 1.
    pub of_block: u32,
    /// How alike they are, from 0 to 1.
    pub similarity: f32,
}

impl Record {
    /// The record of a judged document, its text plain.
    pub fn new(document: &Document) -> Record {
        Record::with_text(document, document.body())
    }

    /// The record of a judged document, with its text in another format.
    pub fn with_text(document: &Document, text: String) -> Record {
        let source = document.origin.to_string();
        let fields = &document.fields;
        let kept = document.kept().count();
        Record {
            id: blake3::hash(source.as_bytes()).to_hex()[..ID_BYTES * 2].to_string(),
            text,
            source,
            created: created(fields),
            metadata: Metadata {
                title: fields.title.clone(),
                authors: fields.authors.clone(),
                published: fields.published.clone(),
                updated: fields.updated.clone(),
                site: fields.site.clone(),
                agency: fields.agency.clone(),
                language: document.language,
                url: fields.url.clone(),
                kind: document.kind.name(),
                encoding: document.encoding,
                encoding_from: document.decided_by.name(),
                blocks_kept: kept,
                blocks_removed: document.blocks.len() - kept,
                duplicates: duplicates(document),
            },
        }
    }
}

/// The published date as RFC 3339, with an offset that gives it the day which the page tells.
fn created(fields: &Fields) -> Option<String> {
    let instant = rfc3339(fields.published.as_deref()?, fields.day_order)?;
    let day = fields.published_day.as_deref();
    Some(day.and_then(|day| on_day(&instant, day)).unwrap_or(instant))
}

fn duplicates(document: &Document) -> Vec<DuplicateNote> {
    let notes = document.blocks.iter().zip(1u32..).filter_map(|(block, number)| match block.verdict() {
        Verdict::Duplicate { of, similarity, .. } => Some(DuplicateNote {
            block: number,
            of: of.origin.to_string(),
            of_block: of.block,
            similarity: *similarity,
        }),
        _ => None,
    });
    notes.collect()
}
