//! The two halves of the line on different machines: documents of a source cleaned to bytes, and bytes settled.
use super::cleaner::Cleaner;
use super::join::finding;
use super::rows::Rows;
use super::trouble::refused;
use arrow_array::{ArrayRef, BinaryArray, Int64Array, RecordBatch, StringArray};
use gleaner::model::{RawDocument, Trouble};
use gleaner::{Cleaned, Found, Outputs, Source};
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3_arrow::PyRecordBatch;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// Documents of a batch, at most, and bytes: as small as an engine likes its messages.
const BATCH_DOCUMENTS: usize = 512;
const BATCH_BYTES: usize = 4 << 20;

/// Documents in a row that fall to the same part of a source.
const RUN_OF_PART: u64 = 64;

/// What an input turned out to be: name, path, folder that was walked, bytes; and, where it is no source, what became
/// of it.
pub(crate) type FoundRow = (String, Option<PathBuf>, Option<PathBuf>, u64, Option<Vec<u8>>);

/// What there is to read, in the order of the corpus. What the job itself writes is no input.
pub(crate) fn found(cleaner: &Cleaner, inputs: &[String], output: &str) -> PyResult<Vec<FoundRow>> {
    let outputs = Outputs { data: output.to_string(), ..Outputs::default() };
    let rows = gleaner::inputs(inputs, &outputs).map_err(refused)?.into_iter().map(|found| match found {
        Found::Source(Source { name, path, within, bytes }) => (name, path, within, bytes, None),
        Found::Trouble(trouble) => {
            let name = trouble.origin().to_string();
            (name, None, None, 0, Some(cleaner.to_bytes(Err(trouble))))
        }
    });
    Ok(rows.collect())
}

/// The documents of a source, or of a part of it, cleaned: batches with the columns `source`, `document` (both are
/// the place in the corpus) and `cleaned`.
#[pyclass(frozen, module = "gleaner._gleaner")]
pub(crate) struct Documents {
    cleaner: Py<Cleaner>,
    source: i64,
    items: Mutex<Box<dyn Iterator<Item = (u64, Result<RawDocument, Trouble>)> + Send>>,
}

impl Documents {
    /// Opens a source; of its documents this is part `part` of `parts`.
    pub(crate) fn open(
        cleaner: Py<Cleaner>,
        (number, source): (i64, Source),
        (part, parts): (u64, u64),
    ) -> Documents {
        let limits = cleaner.get().config.read.clone();
        let items = gleaner::documents(vec![Found::Source(source)], &limits);
        let mine = (0..).zip(items).filter(move |(n, _)| n / RUN_OF_PART % parts.max(1) == part);
        Documents { cleaner, source: number, items: Mutex::new(Box::new(mine)) }
    }

    fn batch(&self) -> Option<RecordBatch> {
        let mut items = self.items.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut numbers, mut cleaned, mut bytes) = (Vec::new(), Vec::new(), 0);
        while cleaned.len() < BATCH_DOCUMENTS && bytes < BATCH_BYTES {
            let Some((number, item)) = items.next() else { break };
            let document = self.cleaner.get().to_bytes(item);
            bytes += document.len();
            numbers.push(number as i64);
            cleaned.push(document);
        }
        let sources = Int64Array::from(vec![self.source; numbers.len()]);
        let columns: [(&str, ArrayRef); 3] = [
            ("source", Arc::new(sources)),
            ("document", Arc::new(Int64Array::from(numbers))),
            ("cleaned", Arc::new(BinaryArray::from_iter_values(&cleaned))),
        ];
        let batch = RecordBatch::try_from_iter(columns).ok();
        batch.filter(|batch| batch.num_rows() > 0)
    }
}

#[pymethods]
impl Documents {
    fn __iter__(this: PyRef<'_, Self>) -> PyRef<'_, Self> {
        this
    }

    fn __next__(&self, py: Python<'_>) -> Option<PyRecordBatch> {
        py.detach(|| self.batch()).map(PyRecordBatch::new)
    }
}

/// The rows of a batch, cleaned: the columns `place` (the row's id) and `cleaned`.
pub(crate) fn rows(cleaner: &Cleaner, py: Python<'_>, batch: &RecordBatch) -> PyResult<RecordBatch> {
    let rows = Rows::new(batch, 0)?;
    let places: Vec<String> = (0..rows.len()).map(|row| rows.id(row)).collect::<PyResult<_>>()?;
    py.detach(|| {
        let clean = |row| cleaner.to_bytes(rows.document(row, "", &cleaner.config.read));
        let cleaned: Vec<Vec<u8>> = (0..rows.len()).map(clean).collect();
        let columns: [(&str, ArrayRef); 2] = [
            ("place", Arc::new(StringArray::from(places))),
            ("cleaned", Arc::new(BinaryArray::from_iter_values(&cleaned))),
        ];
        RecordBatch::try_from_iter(columns).map_err(|error| PyRuntimeError::new_err(error.to_string()))
    })
}

/// Settles cleaned documents in the order of the corpus, and writes.
#[pyclass(frozen, module = "gleaner._gleaner")]
pub(crate) struct Settler {
    cleaner: Py<Cleaner>,
    settler: Mutex<Option<gleaner::Settler>>,
}

#[pymethods]
impl Settler {
    /// Opens the outputs.
    #[new]
    fn new(
        py: Python<'_>,
        cleaner: Py<Cleaner>,
        output: String,
        removed: Option<PathBuf>,
        report: Option<PathBuf>,
    ) -> PyResult<Settler> {
        let outputs = Outputs { data: output, removed, report };
        let Cleaner { config, rules, .. } = cleaner.get();
        let settler = py.detach(|| gleaner::Settler::begin(config, rules, &outputs)).map_err(refused)?;
        Ok(Settler { cleaner, settler: Mutex::new(Some(settler)) })
    }

    /// Searches for no repeats: what there is to find was found elsewhere.
    fn resolve(&self, py: Python<'_>, findings: Vec<PyBackedBytes>) -> PyResult<()> {
        py.detach(|| {
            let findings: Vec<_> = findings.iter().map(|bytes| finding(bytes)).collect::<PyResult<_>>()?;
            let mut settler = self.settler.lock().unwrap_or_else(PoisonError::into_inner);
            let resolved = settler.take().ok_or_else(ended)?.resolved_by(findings).map_err(refused)?;
            *settler = Some(resolved);
            Ok(())
        })
    }

    /// Settles the documents that come next.
    fn settle(&self, py: Python<'_>, batch: Vec<PyBackedBytes>) -> PyResult<()> {
        let fingerprint = &self.cleaner.get().fingerprint;
        py.detach(|| {
            let documents = batch.iter().map(|bytes| Cleaned::from_bytes(bytes, fingerprint));
            let documents: Vec<Cleaned> = documents.collect::<Result<_, _>>().map_err(refused)?;
            let mut settler = self.settler.lock().unwrap_or_else(PoisonError::into_inner);
            settler.as_mut().ok_or_else(ended)?.settle(documents).map_err(refused)
        })
    }

    /// Ends the job: everything gets its name. Returns the report, in JSON.
    fn finish(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| {
            let settler = self.settler.lock().unwrap_or_else(PoisonError::into_inner).take();
            let report = settler.ok_or_else(ended)?.finish().map_err(refused)?;
            serde_json::to_string(&report).map_err(|error| PyRuntimeError::new_err(error.to_string()))
        })
    }
}

fn ended() -> PyErr {
    PyValueError::new_err("the job has ended")
}
