//! Tables of data, as pipe tables.
use super::escape::{Spot, escape};
use super::place::Places;
use crate::model::Block;
use std::collections::BTreeMap;
use std::fmt;

/// A table: its rows, each with the text of its cells by column.
pub(super) struct Table {
    rows: Vec<BTreeMap<u32, String>>,
}

impl Table {
    /// The table of these blocks, which all stand in one, the first of them the `first` of the page; nothing for one
    /// that sets the page: it has one row or one column, holds another table, or has a cell of several blocks.
    pub(super) fn of(blocks: &[&Block], places: &Places, first: usize) -> Option<Table> {
        let mut rows: Vec<BTreeMap<u32, String>> = Vec::new();
        let mut last = None;
        for (n, block) in blocks.iter().enumerate() {
            if rows.is_empty() || places.row(first + n) != last {
                rows.push(BTreeMap::new());
            }
            last = places.row(first + n);
            let row = rows.last_mut()?;
            for (column, text) in cells(block) {
                if row.insert(column, text).is_some() {
                    return None;
                }
            }
        }
        let is_data = rows.len() > 1 && rows.iter().any(|row| row.len() > 1) && !places.is_layout(first);
        is_data.then_some(Table { rows })
    }
}

/// The cells of a block, with their columns; what was cut of them is left out.
fn cells(block: &Block) -> Vec<(u32, String)> {
    let text = block.text();
    let inner = block.evidence.setting.iter().flat_map(|setting| setting.cells.iter());
    let starts: Vec<(usize, u32)> = std::iter::once((0, block.evidence.column))
        .chain(inner.map(|cell| ((cell.at as usize).min(text.len()), cell.column)))
        .collect();
    let ends = starts[1..].iter().map(|(at, _)| *at).chain([text.len()]);
    let pieces = block.pieces();
    let kept = |start: usize, end: usize| {
        let first = pieces.partition_point(|piece| piece.span.end <= start);
        let inside = pieces[first..].iter().take_while(|piece| piece.span.start < end);
        let inside = inside.filter(|piece| piece.verdict.is_kept());
        let spans = inside.map(|piece| piece.span.start.max(start)..piece.span.end.min(end));
        let texts: Vec<&str> =
            spans.filter(|span| span.start < span.end).map(|span| text[span].trim()).collect();
        texts.join(" ")
    };
    let cells = starts.iter().zip(ends).map(|(&(start, column), end)| (column, kept(start, end)));
    cells.filter(|(_, text)| !text.is_empty()).collect()
}

impl fmt::Display for Table {
    /// The first row is the head, as Markdown wants one, and as wide as the widest; others may be shorter.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = |row: &BTreeMap<u32, String>| row.last_key_value().map_or(0, |(column, _)| column + 1);
        let widest = self.rows.iter().map(width).max().unwrap_or(0);
        for (n, row) in self.rows.iter().enumerate() {
            let columns = if n == 0 { widest } else { width(row) };
            for column in 0..columns {
                let text = row.get(&column).map(|text| escape(text, Spot::Cell));
                write!(f, "| {}", text.unwrap_or_default())?;
                f.write_str(if row.contains_key(&column) { " " } else { "" })?;
            }
            f.write_str("|\n")?;
            if n == 0 {
                f.write_str(&"| --- ".repeat(widest as usize))?;
                f.write_str("|\n")?;
            }
        }
        Ok(())
    }
}
