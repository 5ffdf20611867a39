//! The search for repeats on many machines: texts to buckets, buckets to findings.
use super::cleaner::Cleaner;
use super::trouble::refused;
use arrow_array::cast::AsArray;
use arrow_array::{ArrayRef, BinaryArray, Int32Array, Int64Array, RecordBatch};
use arrow_schema::DataType;
use gleaner::{Cleaned, NearFinding};
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3_arrow::PyRecordBatch;
use std::borrow::Cow;
use std::sync::Arc;

/// Finds what texts are to each other, a bucket at a time.
#[pyclass(frozen, module = "gleaner._gleaner")]
pub(crate) struct NearJoin(gleaner::NearJoin, Py<Cleaner>);

#[pymethods]
impl NearJoin {
    #[new]
    fn new(cleaner: Py<Cleaner>, order: Vec<u8>) -> NearJoin {
        NearJoin(gleaner::NearJoin::new(&cleaner.get().config.dedup.profile(), order), cleaner)
    }

    /// An order of shingles, from the words of some texts.
    fn learn(&self, py: Python<'_>, sample: Vec<PyBackedBytes>) -> Vec<u8> {
        py.detach(|| self.0.learn(&sample))
    }

    /// The texts of cleaned documents that are compared: the columns `row`, which is that of the document, and
    /// `words`.
    fn texts(&self, py: Python<'_>, batch: PyRecordBatch) -> PyResult<PyRecordBatch> {
        let cleaned = binary(batch.as_ref(), "cleaned")?;
        let cleaner = self.1.get();
        py.detach(|| {
            let (mut rows, mut words) = (Vec::new(), Vec::new());
            for (row, bytes) in (0..).zip(cleaned.iter()) {
                let document =
                    Cleaned::from_bytes(bytes.unwrap_or_default(), &cleaner.fingerprint).map_err(refused)?;
                let texts = document.compared(&cleaner.config);
                let of = texts.iter().filter_map(|text: &Cow<'_, str>| self.0.words(text));
                words.extend(of);
                rows.resize(words.len(), row);
            }
            made([
                ("row", Arc::new(Int32Array::from(rows)) as ArrayRef),
                ("words", Arc::new(BinaryArray::from_iter_values(&words))),
            ])
        })
    }

    /// The buckets in which texts must stand: the columns `row`, which is that of the text, and `bucket`.
    fn buckets(&self, py: Python<'_>, batch: PyRecordBatch, buckets: u32) -> PyResult<PyRecordBatch> {
        let words = binary(batch.as_ref(), "words")?;
        py.detach(|| {
            let (mut rows, mut of) = (Vec::new(), Vec::new());
            for (row, words) in (0..).zip(words.iter()) {
                of.extend(self.0.buckets(words.unwrap_or_default(), buckets).into_iter().map(i64::from));
                rows.resize(of.len(), row);
            }
            made([
                ("row", Arc::new(Int32Array::from(rows)) as ArrayRef),
                ("bucket", Arc::new(Int64Array::from(of))),
            ])
        })
    }

    /// What the texts of a bucket are to each other, and how many of its keys are shared by too many.
    fn pairs(
        &self,
        py: Python<'_>,
        texts: Vec<PyBackedBytes>,
        this: u32,
        buckets: u32,
    ) -> PyResult<(Vec<Vec<u8>>, u64)> {
        py.detach(|| {
            let found = self.0.pairs(&texts, this, buckets);
            let findings = found.findings.iter().map(serde_json::to_vec).collect::<Result<_, _>>();
            Ok((findings.map_err(|error| PyRuntimeError::new_err(error.to_string()))?, found.crowded_keys))
        })
    }
}

/// A finding, from what [`NearJoin::pairs`] gave.
pub(crate) fn finding(bytes: &[u8]) -> PyResult<NearFinding> {
    serde_json::from_slice(bytes).map_err(|error| PyValueError::new_err(format!("no finding: {error}")))
}

/// A column of bytes.
fn binary(batch: &RecordBatch, name: &str) -> PyResult<BinaryArray> {
    let column = batch.column_by_name(name);
    let column = column.ok_or_else(|| PyValueError::new_err(format!("there is no column {name}")))?;
    let column = arrow_cast::cast(column, &DataType::Binary);
    Ok(column.map_err(|error| PyValueError::new_err(error.to_string()))?.as_binary::<i32>().clone())
}

fn made(columns: [(&str, ArrayRef); 2]) -> PyResult<PyRecordBatch> {
    let batch = RecordBatch::try_from_iter(columns);
    batch.map(PyRecordBatch::new).map_err(|error| PyRuntimeError::new_err(error.to_string()))
}
