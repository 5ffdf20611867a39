//! CSV: a header row that names a column `html` or `text`, then a document a row. A broken row is counted and
//! costs nothing else.
use super::row::{Column, Row};
use super::table::{Cells, DELIMITERS, Table};
use super::unpack::Damage;
use super::{Documents, Format, Item, Opened, one, reading_failed};
use crate::config::ReadConfig;
use crate::model::{Origin, Stage, Trouble};
use std::io::BufRead;

/// The row in `FORMATS`.
pub(super) const CSV: Format = Format { name: "csv", tells, open };

/// Bytes of a column's name, at most; what is longer is prose.
const NAME_BYTES: usize = 64;

/// Told by a first line that is a list of names, `html` or `text` among them, above a row of as many cells; or by its
/// name.
fn tells(head: &[u8], name: &str) -> bool {
    let first = first_line(head);
    let delimiter = delimiter(first);
    let below = memchr::memchr(b'\n', head).map_or(&[][..], |end| &head[end + 1..]);
    let names: Vec<&[u8]> = first.split(|&byte| byte == delimiter).map(bare).collect();
    let listed = names.len() > 1
        && names.iter().all(|name| name.len() <= NAME_BYTES)
        && names.iter().any(|name| matches!(Column::named(name), Some(Column::Html | Column::Text)))
        && is_row(below, delimiter, names.len());
    let page = head.trim_ascii_start().starts_with(b"<");
    !page && (listed || [".csv", ".tsv"].iter().any(|ending| super::is_named(name, ending)))
}

/// Whether what stands below a list of names may be the row of a table: it has as many cells, or quotes that say where
/// they end. There may be no row, or one that is longer than what is seen of it.
fn is_row(below: &[u8], delimiter: u8, cells: usize) -> bool {
    let Some(end) = memchr::memchr(b'\n', below) else { return true };
    let line = &below[..end];
    line.contains(&b'"') || line.split(|&byte| byte == delimiter).count() == cells
}

fn first_line(head: &[u8]) -> &[u8] {
    let head = head.strip_prefix(super::BOM).unwrap_or(head);
    head.split(|&byte| byte == b'\n').next().unwrap_or_default()
}

/// What stands between two cells: what a line has most of.
fn delimiter(line: &[u8]) -> u8 {
    let count = |delimiter: &u8| memchr::memchr_iter(*delimiter, line).count();
    // Of like counts the first of the list: a line without any has one column.
    DELIMITERS.into_iter().rev().max_by_key(count).unwrap_or(b',')
}

/// A name without quotes and blanks around it.
fn bare(name: &[u8]) -> &[u8] {
    let name = name.trim_ascii();
    name.strip_prefix(b"\"").and_then(|name| name.strip_suffix(b"\"")).unwrap_or(name)
}

fn open(opened: Opened) -> Documents {
    let source = opened.source.name.clone();
    let limits = opened.limits.clone();
    let delimiter = delimiter(first_line(&opened.head));
    let mut table = Table::new(opened.stream, delimiter, limits.max_line_bytes);
    let failed = |message: String| one(Err(Trouble::failed(Origin::page(&source), Stage::Read, message)));
    match table.next_row() {
        Err(error) => failed(reading_failed(&error)),
        Ok(Some(Cells::Whole)) => {
            let names =
                table.cells().map(|name| Column::named(bare(name.strip_prefix(super::BOM).unwrap_or(name))));
            let columns: Vec<Option<Column>> = names.collect();
            if columns.iter().flatten().any(|column| matches!(column, Column::Html | Column::Text)) {
                return Box::new(Rows { source, table, columns, limits, ended: false });
            }
            failed("no column of its header row is called html or text; give the column of the documents one of these \
                 names"
                    .to_string())
        }
        Ok(Some(Cells::TooLarge)) => {
            failed(format!("its header row is longer than read.max_line_bytes ({})", limits.max_line_bytes))
        }
        Ok(Some(Cells::Unclosed)) => failed("a quote in its header row is not closed".to_string()),
        Ok(None) => Box::new(std::iter::empty()),
    }
}

struct Rows<R> {
    source: String,
    table: Table<R>,
    /// What is in each column, where it is read.
    columns: Vec<Option<Column>>,
    limits: ReadConfig,
    ended: bool,
}

impl<R: BufRead> Iterator for Rows<R> {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        if self.ended {
            return None;
        }
        let read = self.table.next_row();
        let line = self.table.line;
        match read {
            Ok(None) => None,
            Ok(Some(Cells::Whole)) if self.has_cells_too_many() => Some(Err(self.failed(format!(
                "line {line}: it has more cells than the header row ({}); put cells in which commas stand, or what else \
                 parts cells, into quotes",
                self.columns.len()
            )))),
            Ok(Some(Cells::Whole)) => Some(self.row().document(&self.source, ("line", line), &self.limits)),
            Ok(Some(Cells::Unclosed)) => {
                Some(Err(self.failed(format!("line {line}: a quote that is opened in it is not closed"))))
            }
            Ok(Some(Cells::TooLarge)) => Some(Err(self.failed(format!(
                "the row at line {line} is longer than {} bytes, or a quote in it is not closed; raise read.max_line_bytes \
                 to take it in",
                self.limits.max_line_bytes
            )))),
            Err(error) => {
                self.ended = !Damage::goes_on(&error);
                Some(Err(self.failed(format!("line {line}: {}", reading_failed(&error)))))
            }
        }
    }
}

impl<R: BufRead> Rows<R> {
    fn failed(&self, message: String) -> Trouble {
        Trouble::failed(Origin::record(&self.source, &self.table.line.to_string()), Stage::Read, message)
    }

    /// Whether anything stands behind the last column of the row that was just read.
    fn has_cells_too_many(&self) -> bool {
        self.table.cells().skip(self.columns.len()).any(|cell| !cell.trim_ascii().is_empty())
    }

    /// The cells of the row that was just read, by their columns.
    fn row(&self) -> Row {
        let mut row = Row::default();
        for (column, cell) in self.columns.iter().zip(self.table.cells()) {
            if let Some(column) = column {
                row.set(*column, cell);
            }
        }
        row
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_told_from_texts() {
        for (head, name) in [
            ("url,title,text\n", "-"),
            ("\u{FEFF}\"id\";\"HTML\"\r\n1;", "-"),
            ("id\ttext\n", "x"),
            ("no such names\n", "a.csv"),
        ] {
            assert!(tells(head.as_bytes(), name), "{head}");
        }
        for (head, name) in [
            ("text\n", "a.txt"),
            ("Some text, and more of it.\n", "-"),
            ("Text, images and links\n\nA page is made of text, images and links.\n", "a.md"),
            ("HTML, CSS and JavaScript\nA page is made of these.\n", "-"),
            ("<p>a,text\n", "a.csv"),
            ("", "-"),
        ] {
            assert!(!tells(head.as_bytes(), name), "{head}");
        }
    }
}
