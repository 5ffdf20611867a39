//! The rows of a Parquet file, a row group after the other: damage costs the rest of its group.
//!
//! The format is read from its end, so what is no plain file (standard input, a compressed file) goes to a temporary
//! file first. Memory is bounded by the largest page of each column that is read, and by a few rows.
use super::super::row::{Column, Row};
use super::super::{Documents, Item, Opened, one, open_file, reading_failed};
use super::MAGIC;
use super::cells::{cell, is_text};
use crate::config::ReadConfig;
use crate::model::{Origin, Stage, Trouble};
use crate::read::panic_words;
use arrow_array::RecordBatch;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};
use parquet::basic::Compression;
use parquet::file::metadata::RowGroupMetaData;
use std::fmt::Display;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Rows that are held at a time: few, for each may hold a large page.
const BATCH_ROWS: usize = 8;

/// Bytes of the end of a file, at most, that say where all is: room for 100,000 row groups and more.
const MAX_FOOTER_BYTES: u64 = 64 << 20;

/// Bytes after the last of the footer: its length, and the magic.
const TAIL_BYTES: u64 = 8;

pub(super) fn open(opened: Opened) -> Documents {
    let source = opened.source.name.clone();
    match Rows::begin(opened) {
        Ok(rows) => Box::new(rows),
        Err(why) => one(Err(Trouble::failed(Origin::page(&source), Stage::Read, why))),
    }
}

/// The file, so that any place of it can be read: the source itself, or a copy of what it was unpacked to.
fn file(opened: &mut Opened) -> Result<File, String> {
    let failed = |error: io::Error| reading_failed(&error);
    if let Some(file) = open_file(&opened.source) {
        let mut file = file.map_err(failed)?.into_file();
        let mut first = [0; MAGIC.len()];
        if file.read_exact(&mut first).is_ok() && first == MAGIC {
            return Ok(file);
        }
    }
    let mut file = tempfile::tempfile().map_err(failed)?;
    io::copy(&mut opened.stream, &mut file).map_err(failed)?;
    Ok(file)
}

/// What the end of the file says of it.
fn footer(file: &File) -> Result<ArrowReaderMetadata, String> {
    let mut tail = [0; TAIL_BYTES as usize];
    let mut end = file;
    let read = end.seek(SeekFrom::End(-(TAIL_BYTES as i64))).and_then(|_| end.read_exact(&mut tail));
    let [a, b, c, d, magic @ ..] = tail;
    if read.is_err() || magic != MAGIC {
        return Err("the file is cut or damaged: it does not end as Parquet does".to_string());
    }
    if u64::from(u32::from_le_bytes([a, b, c, d])) > MAX_FOOTER_BYTES {
        return Err(format!("the file is damaged: its footer is longer than {MAX_FOOTER_BYTES} bytes"));
    }
    // Types as the format has them; those of the program that wrote it may be any.
    let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
    guarded(|| ArrowReaderMetadata::load(file, options)).map_err(|why| format!("the file is damaged: {why}"))
}

/// The places of the columns that are read, and what is in them.
fn columns(metadata: &ArrowReaderMetadata) -> Result<Vec<(usize, Column)>, String> {
    let fields = metadata.schema().fields().iter().enumerate();
    let named =
        fields.filter_map(|(root, field)| Some((root, field, Column::named(field.name().as_bytes())?)));
    let mut columns = Vec::new();
    for (root, field, column) in named {
        let is_body = matches!(column, Column::Html | Column::Text);
        if is_body && !is_text(field.data_type()) {
            return Err(format!("its column {} holds {} and no text", field.name(), field.data_type()));
        }
        columns.push((root, column));
    }
    match columns.iter().any(|(_, column)| matches!(column, Column::Html | Column::Text)) {
        true => Ok(columns),
        false => Err("none of its columns is called html or text".to_string()),
    }
}

struct Rows {
    source: String,
    file: File,
    metadata: ArrowReaderMetadata,
    mask: ProjectionMask,
    /// What is in each column that is read.
    columns: Vec<Column>,
    limits: ReadConfig,
    next_group: usize,
    /// The row group under way.
    reader: Option<ParquetRecordBatchReader>,
    /// Rows that were read, and the next of them.
    batch: Option<(RecordBatch, usize)>,
    /// The number of the row that was given last, from 1, and that of the last one of the group.
    row: u64,
    end: u64,
}

impl Iterator for Rows {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(row) = self.next_row() {
                return Some(row.document(&self.source, ("row", self.row), &self.limits));
            }
            match self.next_batch() {
                Ok(true) => {}
                Ok(false) => return None,
                Err(why) => return Some(Err(self.give_up_group(&why))),
            }
        }
    }
}

impl Rows {
    /// The rows of a source; or what is wrong with it as a whole.
    fn begin(mut opened: Opened) -> Result<Rows, String> {
        let file = file(&mut opened)?;
        let metadata = footer(&file)?;
        let (roots, columns): (Vec<usize>, Vec<Column>) = columns(&metadata)?.into_iter().unzip();
        let mask = ProjectionMask::roots(metadata.parquet_schema(), roots);
        let (source, limits) = (opened.source.name, opened.limits);
        let (next_group, reader, batch, row, end) = (0, None, None, 0, 0);
        Ok(Rows { source, file, metadata, mask, columns, limits, next_group, reader, batch, row, end })
    }

    /// The next of the rows that were read.
    fn next_row(&mut self) -> Option<Row> {
        let (batch, at) = self.batch.as_mut().filter(|(batch, at)| *at < batch.num_rows())?;
        let mut row = Row::default();
        for (column, cells) in self.columns.iter().zip(batch.columns()) {
            if let Some(cell) = cell(cells, *at) {
                row.set(*column, &cell);
            }
        }
        *at += 1;
        self.row += 1;
        Some(row)
    }

    /// Reads more rows, of the next group if need be; false if there are none.
    fn next_batch(&mut self) -> Result<bool, String> {
        let Some(reader) = &mut self.reader else { return self.next_group() };
        match guarded(|| reader.next().transpose())? {
            Some(batch) => self.batch = Some((batch, 0)),
            None if self.row < self.end => return Err("it holds fewer rows than it says".to_string()),
            None => self.reader = None,
        }
        Ok(true)
    }

    /// Begins the next group; false if there is none.
    fn next_group(&mut self) -> Result<bool, String> {
        let number = self.next_group;
        let metadata = self.metadata.metadata().clone();
        let Some(group) = metadata.row_groups().get(number) else { return Ok(false) };
        self.next_group += 1;
        self.end = self.row.saturating_add(u64::try_from(group.num_rows()).unwrap_or_default());
        self.packed_well(group)?;
        let file = self.file.try_clone().map_err(|error| reading_failed(&error))?;
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.metadata.clone())
            .with_projection(self.mask.clone())
            .with_row_groups(vec![number])
            .with_batch_size(BATCH_ROWS);
        self.reader = Some(guarded(|| builder.build())?);
        Ok(true)
    }

    /// Refuses what is packed so that nothing bounds what it becomes.
    fn packed_well(&self, group: &RowGroupMetaData) -> Result<(), String> {
        let leaves = group.columns().iter().enumerate().filter(|(leaf, _)| self.mask.leaf_included(*leaf));
        for (_, column) in leaves {
            let packing = column.compression();
            let is_bounded = matches!(
                packing,
                Compression::UNCOMPRESSED | Compression::SNAPPY | Compression::LZ4_RAW | Compression::ZSTD(_)
            );
            if !is_bounded {
                let name = column.column_path();
                return Err(format!(
                    "{name} is packed with {packing}; write it with zstd, snappy or lz4_raw"
                ));
            }
        }
        Ok(())
    }

    /// What is left of a group is lost, and reading goes on at the next one.
    fn give_up_group(&mut self, why: &str) -> Trouble {
        let (first, last) = (self.row + 1, self.end);
        (self.reader, self.batch, self.row) = (None, None, self.end);
        let origin = Origin::record(&self.source, &first.to_string());
        let group = self.next_group;
        let rows = if first < last { format!("rows {first} to {last}") } else { format!("row {first}") };
        Trouble::failed(origin, Stage::Read, format!("{rows}, in row group {group}, cannot be read: {why}"))
    }
}

/// Does work of the reader of the format; an error or a panic of it is what is wrong with the file.
fn guarded<T, E: Display>(work: impl FnOnce() -> Result<T, E>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(done) => done.map_err(|error| error.to_string()),
        Err(panic) => Err(panic_words(&*panic).to_string()),
    }
}
