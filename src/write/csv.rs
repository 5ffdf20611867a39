//! CSV (RFC 4180): one header row, the record flattened, lists joined by "; ".
use super::{Sink, SinkFormat, Target};
use crate::config::WriteConfig;
use crate::model::{DuplicateNote, Record};
use csv_core::ReadRecordResult;
use std::borrow::Cow;
use std::io::{self, Read};

/// The row in `SINKS`.
pub(super) const CSV: SinkFormat =
    SinkFormat { name: "csv", ending: "csv", media_type: "text/csv", head, open, count };

/// A column: its name and its cell.
type Column = (&'static str, fn(&Record) -> Cow<'_, str>);

/// What stands between the members of a list.
const LIST_SEPARATOR: &str = "; ";

/// Bytes of a row that are gathered before they are written.
const ROW_BYTES: usize = 4096;

/// The columns, in the order of the record.
const COLUMNS: &[Column] = &[
    ("id", |record| (&record.id).into()),
    ("text", |record| (&record.text).into()),
    ("source", |record| (&record.source).into()),
    ("created", |record| option(&record.created)),
    ("title", |record| option(&record.metadata.title)),
    ("authors", |record| record.metadata.authors.join(LIST_SEPARATOR).into()),
    ("published", |record| option(&record.metadata.published)),
    ("updated", |record| option(&record.metadata.updated)),
    ("site", |record| option(&record.metadata.site)),
    ("agency", |record| record.metadata.agency.join(LIST_SEPARATOR).into()),
    ("language", |record| record.metadata.language.unwrap_or_default().into()),
    ("url", |record| option(&record.metadata.url)),
    ("kind", |record| record.metadata.kind.into()),
    ("encoding", |record| record.metadata.encoding.into()),
    ("encoding_from", |record| record.metadata.encoding_from.into()),
    ("blocks_kept", |record| record.metadata.blocks_kept.to_string().into()),
    ("blocks_removed", |record| record.metadata.blocks_removed.to_string().into()),
    ("duplicates", |record| {
        record.metadata.duplicates.iter().map(note).collect::<Vec<_>>().join(LIST_SEPARATOR).into()
    }),
];

struct Csv {
    target: Target,
    guard: bool,
}

fn head(target: &mut Target) -> io::Result<()> {
    put_row(target, COLUMNS.iter().map(|(name, _)| Cow::Borrowed(*name)))
}

fn open(target: Target, config: &WriteConfig) -> Box<dyn Sink> {
    Box::new(Csv { target, guard: config.csv_formula_guard })
}

impl Sink for Csv {
    fn put(&mut self, record: &Record) -> io::Result<()> {
        let guard = self.guard;
        let cells = COLUMNS.iter().map(|(_, cell)| cell(record));
        put_row(&mut self.target, cells.map(|cell| if guard { guarded(cell) } else { cell }))
    }

    fn target(&mut self) -> io::Result<&mut Target> {
        Ok(&mut self.target)
    }

    fn finish(self: Box<Self>) -> io::Result<Target> {
        Ok(self.target)
    }
}

/// Writes a row. The writer lives for the row alone: between rows the target is the sink's, to be measured and cut into
/// shards.
fn put_row<'a>(target: &mut Target, cells: impl Iterator<Item = Cow<'a, str>>) -> io::Result<()> {
    let mut row = csv::WriterBuilder::new().buffer_capacity(ROW_BYTES).from_writer(target);
    for cell in cells {
        row.write_field(cell.as_bytes())?;
    }
    row.write_record(None::<&[u8]>)?;
    row.flush()
}

/// Counts rows, without the first. All must have the same number of cells.
fn count(mut text: Box<dyn Read + '_>) -> io::Result<u64> {
    let mut reader = csv_core::Reader::new();
    let (mut buffer, mut cells, mut ends) =
        (vec![0; BUFFER_BYTES], vec![0; BUFFER_BYTES], [0; COLUMNS.len() + 1]);
    let (mut ready, mut used, mut width, mut rows) = (text.read(&mut buffer)?, 0, 0, 0u64);
    loop {
        let (result, taken, _, ended) = reader.read_record(&buffer[used..ready], &mut cells, &mut ends);
        used += taken;
        width += ended;
        match result {
            ReadRecordResult::Record if width == COLUMNS.len() => (rows, width) = (rows + 1, 0),
            ReadRecordResult::Record => return Err(io::Error::other("a row has another number of cells")),
            ReadRecordResult::End => return Ok(rows.saturating_sub(1)),
            ReadRecordResult::InputEmpty => (ready, used) = (text.read(&mut buffer)?, 0),
            ReadRecordResult::OutputFull => {}
            ReadRecordResult::OutputEndsFull => return Err(io::Error::other("a row has too many cells")),
        }
    }
}

/// Bytes that are read at a time when rows are counted.
const BUFFER_BYTES: usize = 64 << 10;

fn option(value: &Option<String>) -> Cow<'_, str> {
    value.as_deref().unwrap_or_default().into()
}

/// `3 = other.txt block 5 (0.83)`
fn note(note: &DuplicateNote) -> String {
    format!("{} = {} block {} ({:.2})", note.block, note.of, note.of_block, note.similarity)
}

/// A cell that a spreadsheet would run as a formula gets a leading `'` (OWASP, CSV injection). What hides
/// before the sign does not hide it from a spreadsheet: white space and zero-width characters are looked past.
fn guarded(cell: Cow<'_, str>) -> Cow<'_, str> {
    let hidden =
        |c: char| c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}');
    let sign = cell.trim_start_matches(hidden).starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if sign || cell.starts_with(['\t', '\r']) { format!("'{cell}").into() } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_neutralised() {
        for cell in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\u{FEFF}=1", " =1", "＝1"] {
            assert!(guarded(cell.into()).starts_with('\''), "{cell}");
        }
        for cell in ["", "a=1", "1-1", "'=1"] {
            assert_eq!(guarded(cell.into()), cell);
        }
    }
}
