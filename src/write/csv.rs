//! CSV (RFC 4180): one header row, the record flattened, lists joined by "; ".
use super::{Sink, SinkFormat, Target};
use crate::config::WriteConfig;
use crate::model::{DuplicateNote, Record};
use std::borrow::Cow;
use std::io;

/// The row in `SINKS`.
pub(super) const CSV: SinkFormat = SinkFormat { name: "csv", ending: "csv", open };

/// A column: its name and its cell.
type Column = (&'static str, fn(&Record) -> Cow<'_, str>);

/// What stands between the members of a list.
const LIST_SEPARATOR: &str = "; ";

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
    writer: csv::Writer<Target>,
    guard: bool,
}

fn open(target: Target, config: &WriteConfig) -> io::Result<Box<dyn Sink>> {
    let mut writer = csv::WriterBuilder::new().from_writer(target);
    writer.write_record(COLUMNS.iter().map(|(name, _)| name))?;
    Ok(Box::new(Csv { writer, guard: config.csv_formula_guard }))
}

impl Sink for Csv {
    fn put(&mut self, record: &Record) -> io::Result<()> {
        for (_, cell) in COLUMNS {
            let cell = cell(record);
            let cell = if self.guard { guarded(cell) } else { cell };
            self.writer.write_field(cell.as_bytes())?;
        }
        Ok(self.writer.write_record(None::<&[u8]>)?)
    }

    fn finish(self: Box<Self>) -> io::Result<Target> {
        self.writer.into_inner().map_err(csv::IntoInnerError::into_error)
    }
}

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
