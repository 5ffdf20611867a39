//! Columns to lines of JSON: what was packed.
use super::rows::{Metadata, Note, Row};
use super::schema;
use arrow_array::cast::AsArray;
use arrow_array::types::{Float32Type, Int64Type, TimestampMicrosecondType};
use arrow_array::{Array, ArrayRef, RecordBatch, StructArray};
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};

/// Rows that become lines at a time.
const BATCH_ROWS: usize = 64;

/// The lines of JSON that a file was made of.
pub(in crate::write) struct Lines {
    batches: ParquetRecordBatchReader,
    lines: Vec<u8>,
    used: usize,
}

impl Lines {
    /// The lines of a file that this program wrote.
    pub(in crate::write) fn of(file: File) -> io::Result<Lines> {
        let builder = ParquetRecordBatchReaderBuilder::try_new(file)?;
        if builder.schema().fields() != schema().fields() {
            return Err(io::Error::other("its columns are others than those of a dataset"));
        }
        let batches = builder.with_batch_size(BATCH_ROWS).build()?;
        Ok(Lines { batches, lines: Vec::new(), used: 0 })
    }
}

impl Read for Lines {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.used == self.lines.len() {
            let Some(batch) = self.batches.next().transpose().map_err(io::Error::other)? else {
                return Ok(0);
            };
            self.lines.clear();
            self.used = 0;
            for n in 0..batch.num_rows() {
                serde_json::to_writer(&mut self.lines, &row(&batch, n))?;
                self.lines.push(b'\n');
            }
        }
        let read = (&self.lines[self.used..]).read(buffer)?;
        self.used += read;
        Ok(read)
    }
}

/// A row of a batch, whose columns are those of the schema.
fn row(batch: &RecordBatch, n: usize) -> Row<'_> {
    let column = |at: usize| batch.column(at);
    let text = |at| Cow::Borrowed(column(at).as_string::<i32>().value(n));
    let maybe = |at| column(at).is_valid(n).then(|| column(at).as_string::<i32>().value(n).to_string());
    let number = |at| column(at).as_primitive::<Int64Type>().value(n);
    let created = column(3).as_primitive::<TimestampMicrosecondType>();
    let created = created.is_valid(n).then(|| created.value(n));
    let created = created.and_then(|instant| jiff::Timestamp::from_microsecond(instant).ok());
    Row {
        id: text(0),
        text: text(1),
        source: text(2),
        created: created.map(|instant| instant.to_string()),
        metadata: Metadata {
            title: maybe(4),
            authors: texts(&column(5).as_list::<i32>().value(n)),
            published: maybe(6),
            updated: maybe(7),
            site: maybe(8),
            agency: texts(&column(9).as_list::<i32>().value(n)),
            language: maybe(10),
            url: maybe(11),
            kind: text(12),
            encoding: text(13),
            encoding_from: text(14),
            blocks_kept: number(15),
            blocks_removed: number(16),
            duplicates: notes(column(17).as_list::<i32>().value(n).as_struct()),
        },
    }
}

fn texts(list: &ArrayRef) -> Vec<String> {
    list.as_string::<i32>().iter().flatten().map(str::to_string).collect()
}

fn notes(list: &StructArray) -> Vec<Note> {
    let number = |at: usize, n| list.column(at).as_primitive::<Int64Type>().value(n);
    let note = |n| Note {
        block: number(0, n),
        of: list.column(1).as_string::<i32>().value(n).to_string(),
        of_block: number(2, n),
        similarity: list.column(3).as_primitive::<Float32Type>().value(n),
    };
    (0..list.len()).map(note).collect()
}
