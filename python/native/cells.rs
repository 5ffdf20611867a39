//! The cells of an Arrow column of text or bytes, read where they lie.
use arrow_array::cast::AsArray;
use arrow_array::types::{BinaryViewType, StringViewType};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::DataType;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;

/// A column whose cells are bytes.
pub(crate) struct Cells(ArrayRef);

impl Cells {
    /// A column of pages or texts; nothing if there is none of this name.
    pub(crate) fn pages(batch: &RecordBatch, name: &str) -> PyResult<Option<Cells>> {
        let Some(column) = column(batch, name) else { return Ok(None) };
        if !is_read(column.data_type()) && *column.data_type() != DataType::Null {
            let message = format!("the column {name} is of type {}, not text or bytes", column.data_type());
            return Err(PyTypeError::new_err(message));
        }
        Ok(Some(Cells(column)))
    }

    /// A column of short values: text, or what can be written as text (numbers, dates).
    pub(crate) fn values(batch: &RecordBatch, name: &str) -> PyResult<Option<Cells>> {
        let Some(column) = column(batch, name) else { return Ok(None) };
        if is_read(column.data_type()) {
            return Ok(Some(Cells(column)));
        }
        let text = arrow_cast::cast(&column, &DataType::Utf8).map_err(|error| {
            PyValueError::new_err(format!("the column {name} cannot be read as text: {error}"))
        })?;
        Ok(Some(Cells(text)))
    }

    /// The bytes of a cell; nothing for null.
    pub(crate) fn bytes(&self, row: usize) -> Option<&[u8]> {
        let column = &self.0;
        if column.is_null(row) {
            return None;
        }
        match column.data_type() {
            DataType::Utf8 => Some(column.as_string::<i32>().value(row).as_bytes()),
            DataType::LargeUtf8 => Some(column.as_string::<i64>().value(row).as_bytes()),
            DataType::Utf8View => Some(column.as_byte_view::<StringViewType>().value(row).as_bytes()),
            DataType::Binary => Some(column.as_binary::<i32>().value(row)),
            DataType::LargeBinary => Some(column.as_binary::<i64>().value(row)),
            DataType::BinaryView => Some(column.as_byte_view::<BinaryViewType>().value(row)),
            _ => None,
        }
    }

    /// The text of a cell; nothing for null.
    pub(crate) fn text(&self, row: usize) -> Option<String> {
        self.bytes(row).map(|bytes| String::from_utf8_lossy(bytes).into_owned())
    }
}

fn column(batch: &RecordBatch, name: &str) -> Option<ArrayRef> {
    let names = batch.schema_ref().fields().iter();
    let at = names.into_iter().position(|field| field.name().eq_ignore_ascii_case(name))?;
    Some(batch.column(at).clone())
}

/// Whether cells of this type are read where they lie.
fn is_read(data_type: &DataType) -> bool {
    use DataType::{Binary, BinaryView, LargeBinary, LargeUtf8, Utf8, Utf8View};
    matches!(data_type, Utf8 | LargeUtf8 | Utf8View | Binary | LargeBinary | BinaryView)
}
