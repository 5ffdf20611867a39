//! Lines of JSON to columns.
use super::rows::{Note, Row};
use super::{UTC, element, note_fields, schema};
use arrow_array::builder::{
    Float32Builder, Int64Builder, ListBuilder, StringBuilder, StructBuilder, TimestampMicrosecondBuilder,
};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Schema};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::schema::types::ColumnPath;
use std::io::{self, Write};
use std::sync::Arc;

/// Bytes of lines in a row group: of what readers take at a time 64 to 128 MB are usual, and this is held in memory.
const GROUP_BYTES: usize = 128 << 20;

/// Bytes of lines that become columns at a time.
const BATCH_BYTES: usize = 4 << 20;

/// Bytes of one line, at most: what a column of a batch can hold.
const MAX_LINE_BYTES: usize = 1 << 30;

/// Takes lines of JSON, and writes them as Parquet.
pub(in crate::write) struct Columns<W: Write + Send> {
    out: ArrowWriter<W>,
    /// The line under way.
    line: Vec<u8>,
    rows: Builders,
    /// Bytes of lines in the batch under way, and in the group.
    batch: usize,
    group: usize,
}

impl<W: Write + Send> Columns<W> {
    /// Begins a file.
    pub(in crate::write) fn new(out: W) -> io::Result<Columns<W>> {
        let properties = WriterProperties::builder()
            .set_created_by(concat!("gleaner version ", env!("CARGO_PKG_VERSION")).to_string())
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_max_row_group_row_count(None)
            // Each of these is another in each row.
            .set_column_dictionary_enabled(ColumnPath::from("id"), false)
            .set_column_dictionary_enabled(ColumnPath::from("text"), false)
            .build();
        let options = ArrowWriterOptions::new().with_properties(properties).with_skip_arrow_metadata(true);
        let out = ArrowWriter::try_new_with_options(out, Arc::new(schema()), options)?;
        Ok(Columns { out, line: Vec::new(), rows: Builders::new(), batch: 0, group: 0 })
    }

    /// Ends the file, with some things said of it, and hands back what it went into.
    pub(in crate::write) fn finish(mut self, notes: &[(&'static str, String)]) -> io::Result<W> {
        if !self.line.is_empty() {
            return Err(io::Error::other("the last line is cut"));
        }
        self.end_batch()?;
        for (key, value) in notes {
            self.out.append_key_value_metadata(KeyValue::new(key.to_string(), value.clone()));
        }
        Ok(self.out.into_inner()?)
    }

    /// Takes the line that is whole now.
    fn end_line(&mut self) -> io::Result<()> {
        let row = serde_json::from_slice(&self.line)?;
        self.rows.push(&row);
        self.batch += self.line.len();
        self.line.clear();
        if self.batch < BATCH_BYTES {
            return Ok(());
        }
        self.end_batch()?;
        if self.group >= GROUP_BYTES {
            self.out.flush()?;
            self.group = 0;
        }
        Ok(())
    }

    fn end_batch(&mut self) -> io::Result<()> {
        if self.batch > 0 {
            let batch = self.rows.finish().map_err(io::Error::other)?;
            self.out.write(&batch)?;
            self.group += self.batch;
            self.batch = 0;
        }
        Ok(())
    }
}

impl<W: Write + Send> Write for Columns<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Some(end) = memchr::memchr(b'\n', bytes) else {
            self.line.extend_from_slice(bytes);
            let fits = self.line.len() <= MAX_LINE_BYTES;
            return if fits {
                Ok(bytes.len())
            } else {
                Err(io::Error::other("a record is larger than 1 GiB"))
            };
        };
        self.line.extend_from_slice(&bytes[..end]);
        self.end_line()?;
        Ok(end + 1)
    }

    /// Nothing can be handed on before a row group is full.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The columns of a batch, in the order of the schema.
struct Builders {
    schema: Arc<Schema>,
    id: StringBuilder,
    text: StringBuilder,
    source: StringBuilder,
    created: TimestampMicrosecondBuilder,
    title: StringBuilder,
    authors: ListBuilder<StringBuilder>,
    published: StringBuilder,
    updated: StringBuilder,
    site: StringBuilder,
    agency: ListBuilder<StringBuilder>,
    language: StringBuilder,
    url: StringBuilder,
    kind: StringBuilder,
    encoding: StringBuilder,
    encoding_from: StringBuilder,
    blocks_kept: Int64Builder,
    blocks_removed: Int64Builder,
    duplicates: ListBuilder<StructBuilder>,
}

impl Builders {
    fn new() -> Builders {
        let texts = || ListBuilder::new(StringBuilder::new()).with_field(element(DataType::Utf8));
        let notes = ListBuilder::new(StructBuilder::from_fields(note_fields(), 0));
        Builders {
            schema: Arc::new(schema()),
            id: StringBuilder::new(),
            text: StringBuilder::new(),
            source: StringBuilder::new(),
            created: TimestampMicrosecondBuilder::new().with_timezone(UTC),
            title: StringBuilder::new(),
            authors: texts(),
            published: StringBuilder::new(),
            updated: StringBuilder::new(),
            site: StringBuilder::new(),
            agency: texts(),
            language: StringBuilder::new(),
            url: StringBuilder::new(),
            kind: StringBuilder::new(),
            encoding: StringBuilder::new(),
            encoding_from: StringBuilder::new(),
            blocks_kept: Int64Builder::new(),
            blocks_removed: Int64Builder::new(),
            duplicates: notes.with_field(element(DataType::Struct(note_fields()))),
        }
    }

    fn push(&mut self, row: &Row<'_>) {
        let metadata = &row.metadata;
        let created = row.created.as_deref().and_then(|words| words.parse::<jiff::Timestamp>().ok());
        self.id.append_value(&row.id);
        self.text.append_value(&row.text);
        self.source.append_value(&row.source);
        self.created.append_option(created.map(jiff::Timestamp::as_microsecond));
        self.title.append_option(metadata.title.as_deref());
        self.authors.append_value(metadata.authors.iter().map(Some));
        self.published.append_option(metadata.published.as_deref());
        self.updated.append_option(metadata.updated.as_deref());
        self.site.append_option(metadata.site.as_deref());
        self.agency.append_value(metadata.agency.iter().map(Some));
        self.language.append_option(metadata.language.as_deref());
        self.url.append_option(metadata.url.as_deref());
        self.kind.append_value(&metadata.kind);
        self.encoding.append_value(&metadata.encoding);
        self.encoding_from.append_value(&metadata.encoding_from);
        self.blocks_kept.append_value(metadata.blocks_kept);
        self.blocks_removed.append_value(metadata.blocks_removed);
        metadata.duplicates.iter().for_each(|note| push_note(self.duplicates.values(), note));
        self.duplicates.append(true);
    }

    fn finish(&mut self) -> Result<RecordBatch, arrow_schema::ArrowError> {
        let columns: Vec<ArrayRef> = vec![
            Arc::new(self.id.finish()),
            Arc::new(self.text.finish()),
            Arc::new(self.source.finish()),
            Arc::new(self.created.finish()),
            Arc::new(self.title.finish()),
            Arc::new(self.authors.finish()),
            Arc::new(self.published.finish()),
            Arc::new(self.updated.finish()),
            Arc::new(self.site.finish()),
            Arc::new(self.agency.finish()),
            Arc::new(self.language.finish()),
            Arc::new(self.url.finish()),
            Arc::new(self.kind.finish()),
            Arc::new(self.encoding.finish()),
            Arc::new(self.encoding_from.finish()),
            Arc::new(self.blocks_kept.finish()),
            Arc::new(self.blocks_removed.finish()),
            Arc::new(self.duplicates.finish()),
        ];
        RecordBatch::try_new(Arc::clone(&self.schema), columns)
    }
}

fn push_note(notes: &mut StructBuilder, note: &Note) {
    // The builders are those of `note_fields`, in its order.
    if let Some(block) = notes.field_builder::<Int64Builder>(0) {
        block.append_value(note.block);
    }
    if let Some(of) = notes.field_builder::<StringBuilder>(1) {
        of.append_value(&note.of);
    }
    if let Some(block) = notes.field_builder::<Int64Builder>(2) {
        block.append_value(note.of_block);
    }
    if let Some(similarity) = notes.field_builder::<Float32Builder>(3) {
        similarity.append_value(note.similarity);
    }
    notes.append(true);
}
