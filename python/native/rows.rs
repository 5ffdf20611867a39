//! Rows of an Arrow batch to raw documents, by the names that rows of JSON Lines have too.
use super::cells::Cells;
use arrow_array::RecordBatch;
use gleaner::model::{Origin, RawDocument, Trouble};
use gleaner::{ReadConfig, Row};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

/// The columns of a batch that are read.
pub(crate) struct Rows {
    html: Option<Cells>,
    text: Option<Cells>,
    id: Option<Cells>,
    url: Option<Cells>,
    title: Option<Cells>,
    date: Option<Cells>,
    count: usize,
    before: usize,
}

impl Rows {
    /// The rows of a batch with a column `html` or `text`, before which so many others came.
    pub(crate) fn new(batch: &RecordBatch, before: usize) -> PyResult<Rows> {
        let rows = Rows {
            html: Cells::pages(batch, "html")?,
            text: Cells::pages(batch, "text")?,
            id: Cells::values(batch, "id")?,
            url: Cells::values(batch, "url")?,
            title: Cells::values(batch, "title")?,
            date: Cells::values(batch, "date")?,
            count: batch.num_rows(),
            before,
        };
        if rows.html.is_none() && rows.text.is_none() {
            let names: Vec<&str> =
                batch.schema_ref().fields().iter().map(|field| field.name().as_str()).collect();
            let message = format!("there is no column html or text among the columns {}", names.join(", "));
            return Err(PyValueError::new_err(message));
        }
        Ok(rows)
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.count
    }

    /// The id of a row.
    pub(crate) fn id(&self, row: usize) -> PyResult<String> {
        let id = self.id.as_ref().and_then(|cells| cells.text(row)).filter(|id| !id.is_empty());
        id.ok_or_else(|| {
            PyValueError::new_err("a row has no id: each needs one, for it is its place in the corpus")
        })
    }

    /// The document of a row. Where no source is named, a row's id is all of its origin.
    pub(crate) fn document(
        &self,
        row: usize,
        source: &str,
        limits: &ReadConfig,
    ) -> Result<RawDocument, Trouble> {
        let bytes =
            |cells: &Option<Cells>| cells.as_ref().and_then(|cells| cells.bytes(row)).map(<[u8]>::to_vec);
        let text = |cells: &Option<Cells>| cells.as_ref().and_then(|cells| cells.text(row));
        let values = Row {
            html: bytes(&self.html),
            text: bytes(&self.text),
            id: text(&self.id),
            url: text(&self.url),
            title: text(&self.title),
            date: text(&self.date),
        };
        let id = values.id.clone();
        let document = values.document(source, ("row", (self.before + row) as u64 + 1), limits);
        match id {
            Some(id) if source.is_empty() && !id.is_empty() => named(document, &id),
            _ => document,
        }
    }
}

/// The same, with an origin that is the id alone.
fn named(document: Result<RawDocument, Trouble>, id: &str) -> Result<RawDocument, Trouble> {
    let origin = Origin::page(id);
    match document {
        Ok(raw) => Ok(RawDocument { origin, ..raw }),
        Err(Trouble::Skipped(mut skipped)) => {
            skipped.origin = origin;
            Err(Trouble::Skipped(skipped))
        }
        Err(Trouble::Failed(mut failure)) => {
            failure.origin = origin;
            Err(Trouble::Failed(failure))
        }
    }
}
