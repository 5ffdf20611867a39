//! A cleaned document, as Python sees it.
use gleaner::model::{self, BlockKind, FieldName, Record, Verdict};
use gleaner::{Config, record};
use pyo3::prelude::*;
use std::ops::Range;

/// A cleaned document: what is kept, what is known of it, and what was taken out, with the reason.
#[pyclass(frozen, get_all, module = "gleaner")]
pub(crate) struct Document {
    id: String,
    text: String,
    source: String,
    created: Option<String>,
    title: Option<String>,
    authors: Vec<String>,
    published: Option<String>,
    updated: Option<String>,
    site: Option<String>,
    agency: Vec<String>,
    image_credits: Vec<String>,
    language: Option<&'static str>,
    url: Option<String>,
    kind: &'static str,
    encoding: &'static str,
    encoding_from: &'static str,
    blocks: Vec<Block>,
    removed: Vec<Removed>,
    json: String,
}

/// One paragraph-like piece of a document.
#[pyclass(frozen, get_all, module = "gleaner")]
#[derive(Clone)]
pub(crate) struct Block {
    number: u32,
    kind: &'static str,
    text: String,
    body: String,
    kept: bool,
}

/// A stretch of text that was taken out, as a row of the ledger.
#[pyclass(frozen, get_all, module = "gleaner")]
#[derive(Clone)]
pub(crate) struct Removed {
    pub(crate) block: u32,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) text: String,
    pub(crate) verdict: &'static str,
    pub(crate) rule: String,
    pub(crate) field: Option<&'static str>,
}

impl Document {
    /// A cleaned document.
    pub(crate) fn new(document: &model::Document, config: &Config) -> Document {
        let record = record(document, config);
        let json = serde_json::to_string(&record).unwrap_or_default();
        let Record { id, text, source, created, metadata } = record;
        Document {
            id,
            text,
            source,
            created,
            title: metadata.title,
            authors: metadata.authors,
            published: metadata.published,
            updated: metadata.updated,
            site: metadata.site,
            agency: metadata.agency,
            image_credits: document.fields.image_credits.clone(),
            language: metadata.language,
            url: metadata.url,
            kind: metadata.kind,
            encoding: metadata.encoding,
            encoding_from: metadata.encoding_from,
            blocks: (1..).zip(&document.blocks).map(|(number, block)| Block::new(number, block)).collect(),
            removed: removed(document),
            json,
        }
    }
}

#[pymethods]
impl Document {
    /// The record as a dict: what `json.loads` makes of it.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        py.import("json")?.call_method1("loads", (&self.json,))
    }

    fn __repr__(&self) -> String {
        format!("<gleaner.Document {:?}, {} characters>", self.source, self.text.chars().count())
    }
}

#[pymethods]
impl Block {
    fn __repr__(&self) -> String {
        format!("<gleaner.Block {} {} {:?}>", self.number, self.kind, self.text)
    }
}

#[pymethods]
impl Removed {
    fn __repr__(&self) -> String {
        format!("<gleaner.Removed {:?} by {}>", self.text, self.rule)
    }
}

impl Block {
    fn new(number: u32, block: &model::Block) -> Block {
        let kept = block.is_kept();
        let body = if kept { block.body().into_owned() } else { String::new() };
        Block { number, kind: kind(block.kind), text: block.text().to_string(), body, kept }
    }
}

/// All that was taken out of a document, in the order of its text.
pub(crate) fn removed(document: &model::Document) -> Vec<Removed> {
    let mut removed = Vec::new();
    for (number, block) in (1..).zip(&document.blocks) {
        let pieces = block.pieces().into_iter();
        removed.extend(pieces.filter_map(|piece| row(number, block.text(), piece.span, piece.verdict)));
    }
    removed
}

fn row(block: u32, text: &str, span: Range<usize>, verdict: &Verdict) -> Option<Removed> {
    let field = if let Verdict::Field(field, _) = verdict { Some(FieldName::name(*field)) } else { None };
    let rule = verdict.rule()?.to_string();
    let start = text[..span.start].chars().count();
    let text = text[span].to_string();
    Some(Removed {
        block,
        start,
        end: start + text.chars().count(),
        text,
        verdict: verdict.name(),
        rule,
        field,
    })
}

/// What a block is on its page, in a word.
fn kind(kind: BlockKind) -> &'static str {
    const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];
    match kind {
        BlockKind::Paragraph => "paragraph",
        BlockKind::Heading(level) => HEADINGS[usize::from(level.clamp(1, 6)) - 1],
        BlockKind::ListItem => "list-item",
        BlockKind::Quote => "quote",
        BlockKind::TableRow => "table-row",
        BlockKind::Code => "code",
        BlockKind::Caption => "caption",
        BlockKind::Line => "line",
    }
}
