//! Batches of Arrow in, batches of records out, row for row.
use super::cleaner::Cleaner;
use super::document::{Removed, removed};
use super::rows::Rows;
use arrow_array::{ArrayRef, Int64Array, ListArray, RecordBatch, StringArray, StructArray};
use arrow_buffer::OffsetBuffer;
use arrow_schema::{ArrowError, DataType, Field, Fields};
use gleaner::model::{Document, Record, Trouble};
use gleaner::record;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3_arrow::input::AnyRecordBatch;
use pyo3_arrow::{PyRecordBatch, PyTable};
use rayon::prelude::*;
use std::sync::Arc;

/// A row of the output.
enum Cleaned {
    Record { record: Box<Record>, removed: Vec<Removed> },
    Trouble { source: String, outcome: &'static str, reason: String },
}

/// A column of text: its name, and its cell of a record.
type TextColumn = (&'static str, fn(&Record) -> Option<&str>);

/// The columns of text, in the order of the record; null where there is no record.
const TEXTS: &[TextColumn] = &[
    ("text", |record| Some(&record.text)),
    ("created", |record| record.created.as_deref()),
    ("title", |record| record.metadata.title.as_deref()),
    ("published", |record| record.metadata.published.as_deref()),
    ("updated", |record| record.metadata.updated.as_deref()),
    ("site", |record| record.metadata.site.as_deref()),
    ("language", |record| record.metadata.language),
    ("url", |record| record.metadata.url.as_deref()),
    ("kind", |record| Some(record.metadata.kind)),
    ("encoding", |record| Some(record.metadata.encoding)),
    ("encoding_from", |record| Some(record.metadata.encoding_from)),
];

/// Cleans the rows of a record batch, or of a stream of batches.
pub(crate) fn clean(
    cleaner: &Cleaner,
    py: Python<'_>,
    batch: AnyRecordBatch,
    source: &str,
) -> PyResult<Py<PyAny>> {
    let stream = match batch {
        AnyRecordBatch::RecordBatch(batch) => {
            let cleaned = cleaner.batch(py, batch.as_ref(), source, 0)?;
            return Ok(PyRecordBatch::new(cleaned).into_pyobject(py)?.into_any().unbind());
        }
        AnyRecordBatch::Stream(stream) => stream.into_reader()?,
    };
    let (mut batches, mut before) = (Vec::new(), 0);
    for batch in stream {
        let batch = batch.map_err(|error| PyRuntimeError::new_err(error.to_string()))?;
        batches.push(cleaner.batch(py, &batch, source, before)?);
        before += batch.num_rows();
    }
    if batches.is_empty() {
        batches.push(output(&[]).map_err(failed)?);
    }
    let schema = batches[0].schema();
    Ok(PyTable::try_new(batches, schema)?.into_pyobject(py)?.into_any().unbind())
}

impl Cleaner {
    /// Cleans the rows of a batch before which so many others came.
    fn batch(
        &self,
        py: Python<'_>,
        batch: &RecordBatch,
        source: &str,
        before: usize,
    ) -> PyResult<RecordBatch> {
        let rows = Rows::new(batch, before)?;
        let clean = |row: usize| {
            let cleaned = self.one(rows.document(row, source, &self.config.read));
            self.row(cleaned.outcome())
        };
        let cleaned = py.detach(|| {
            let cleaned: Vec<Cleaned> = match self.is_parallel() {
                true => self.on_threads(|| (0..rows.len()).into_par_iter().map(clean).collect()),
                false => (0..rows.len()).map(clean).collect(),
            };
            output(&cleaned)
        });
        cleaned.map_err(failed)
    }

    fn row(&self, cleaned: Result<&Document, &Trouble>) -> Cleaned {
        match cleaned {
            Ok(document) => {
                let record = record(document, &self.config);
                Cleaned::Record { record: Box::new(record), removed: removed(document) }
            }
            Err(trouble) => {
                let source = trouble.origin().to_string();
                let (outcome, reason) = match trouble {
                    Trouble::Skipped(skipped) => ("skipped", skipped.reason.name().to_string()),
                    Trouble::Failed(failure) => {
                        ("failed", format!("{}: {}", failure.stage.name(), failure.error))
                    }
                };
                Cleaned::Trouble { source, outcome, reason }
            }
        }
    }
}

fn failed(error: ArrowError) -> PyErr {
    PyRuntimeError::new_err(format!("the batch cannot be made: {error}"))
}

impl Cleaned {
    fn record(&self) -> Option<&Record> {
        match self {
            Cleaned::Record { record, .. } => Some(record),
            Cleaned::Trouble { .. } => None,
        }
    }

    fn removed(&self) -> &[Removed] {
        match self {
            Cleaned::Record { removed, .. } => removed,
            Cleaned::Trouble { .. } => &[],
        }
    }

    /// Where the row comes from, what became of it, and why.
    fn end(&self) -> (String, &'static str, Option<&str>) {
        match self {
            Cleaned::Record { record, .. } if record.text.is_empty() => {
                (record.source.clone(), "skipped", Some("nothing-kept"))
            }
            Cleaned::Record { record, .. } => (record.source.clone(), "ok", None),
            Cleaned::Trouble { source, outcome, reason } => (source.clone(), outcome, Some(reason)),
        }
    }
}

/// The batch of these rows.
fn output(rows: &[Cleaned]) -> Result<RecordBatch, ArrowError> {
    let records = || rows.iter().map(Cleaned::record);
    let ends: Vec<_> = rows.iter().map(Cleaned::end).collect();
    let text = |cells: Vec<Option<&str>>| Arc::new(StringArray::from(cells)) as ArrayRef;
    let mut columns: Vec<(&str, ArrayRef)> = vec![
        ("id", text(records().map(|record| record.map(|record| record.id.as_str())).collect())),
        ("source", text(ends.iter().map(|(source, ..)| Some(source.as_str())).collect())),
        ("outcome", text(ends.iter().map(|(_, outcome, _)| Some(*outcome)).collect())),
        ("reason", text(ends.iter().map(|(.., reason)| *reason).collect())),
    ];
    for (name, cell) in TEXTS {
        columns.push((name, text(records().map(|record| record.and_then(cell)).collect())));
    }
    let counts = |count: fn(&Record) -> usize| {
        let cells = records().map(|record| record.map(|record| count(record) as i64));
        Arc::new(cells.collect::<Int64Array>()) as ArrayRef
    };
    columns.push(("authors", lists(records().map(|record| record.map(|record| &*record.metadata.authors)))?));
    columns.push(("agency", lists(records().map(|record| record.map(|record| &*record.metadata.agency)))?));
    columns.push(("blocks_kept", counts(|record| record.metadata.blocks_kept)));
    columns.push(("blocks_removed", counts(|record| record.metadata.blocks_removed)));
    columns.push(("removed", ledger(rows)?));
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, column)| (name, column, true)))
}

/// A column of lists of text, null where there is no record.
fn lists<'a>(cells: impl Iterator<Item = Option<&'a [String]>>) -> Result<ArrayRef, ArrowError> {
    let cells: Vec<&[String]> = cells.map(Option::unwrap_or_default).collect();
    let values: StringArray = cells.iter().copied().flatten().map(|text| Some(text.as_str())).collect();
    list(cells.iter().map(|cell| cell.len()), Arc::new(values))
}

/// The column of what was taken out: rows of the ledger.
fn ledger(rows: &[Cleaned]) -> Result<ArrayRef, ArrowError> {
    let all: Vec<&Removed> = rows.iter().flat_map(Cleaned::removed).collect();
    let numbers = |number: fn(&Removed) -> i64| {
        Arc::new(all.iter().map(|row| Some(number(row))).collect::<Int64Array>()) as ArrayRef
    };
    let texts = |cell: fn(&Removed) -> Option<&str>| {
        Arc::new(all.iter().map(|row| cell(row)).collect::<StringArray>()) as ArrayRef
    };
    let columns = [
        ("block", numbers(|row| i64::from(row.block))),
        ("start", numbers(|row| row.start as i64)),
        ("end", numbers(|row| row.end as i64)),
        ("text", texts(|row| Some(&row.text))),
        ("verdict", texts(|row| Some(row.verdict))),
        ("rule", texts(|row| Some(&row.rule))),
        ("field", texts(|row| row.field)),
    ];
    let fields: Fields =
        columns.iter().map(|(name, column)| Field::new(*name, column.data_type().clone(), true)).collect();
    let columns = columns.into_iter().map(|(_, column)| column).collect();
    let rows_of = rows.iter().map(|row| row.removed().len());
    list(rows_of, Arc::new(StructArray::try_new(fields, columns, None)?))
}

/// A column of lists, given how long each is, and all their values.
fn list(lengths: impl Iterator<Item = usize>, values: ArrayRef) -> Result<ArrayRef, ArrowError> {
    let item: DataType = values.data_type().clone();
    let field = Arc::new(Field::new("item", item, true));
    Ok(Arc::new(ListArray::try_new(field, OffsetBuffer::from_lengths(lengths), values, None)?))
}
