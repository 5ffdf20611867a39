//! How blocks are set: in which cells of a table their text stands, and the lines of preformatted text.
use crate::model::{Cell, Setting};

/// Columns that a cell spans, at most: wider ones are counted as this wide, so that no page makes a table of nothing
/// but empty cells.
const MAX_SPAN: u32 = 16;

/// A row that is open.
#[derive(Debug, Clone, Copy, Default)]
struct Row {
    /// The column of the cell that is open, or was last.
    column: u32,
    /// The column of the next one.
    next: u32,
}

/// Follows a walk over a page and notes how the block that is being gathered is set.
#[derive(Debug, Default)]
pub(super) struct Typist {
    rows: Vec<Row>,
    /// Open elements of preformatted text.
    preformatted: u32,
    /// The cells in which the block's text stands.
    cells: Vec<Cell>,
    /// Where its lines begin.
    lines: Vec<u32>,
    /// The line was broken, and nothing was read since.
    is_broken: bool,
    verbatim: String,
    /// The preformatted text that is open holds a block already.
    goes_on: bool,
}

impl Typist {
    /// The walk enters a block element.
    pub(super) fn open(&mut self, name: &str) {
        match name {
            "tr" => self.rows.push(Row::default()),
            "pre" => {
                self.preformatted += 1;
                self.goes_on = false;
            }
            _ => {}
        }
    }

    /// The walk leaves a block element.
    pub(super) fn close(&mut self, name: &str) {
        match name {
            "tr" => drop(self.rows.pop()),
            "pre" => self.preformatted = self.preformatted.saturating_sub(1),
            _ => {}
        }
    }

    /// The walk enters a cell.
    pub(super) fn cell(&mut self, element: &scraper::node::Element) {
        if let Some(row) = self.rows.last_mut() {
            let span = element.attr("colspan").and_then(|span| span.trim().parse().ok()).unwrap_or(1);
            row.column = row.next;
            row.next = row.next.saturating_add(span.clamp(1, MAX_SPAN));
        }
    }

    /// A word comes to stand at this byte of the block's text.
    pub(super) fn word(&mut self, at: usize) {
        if let Some(&Row { column, .. }) = self.rows.last()
            && self.cells.last().is_none_or(|cell| cell.column != column)
        {
            self.cells.push(Cell { at: at as u32, column });
        }
        if std::mem::take(&mut self.is_broken) && at > 0 {
            self.lines.push(at as u32);
        }
    }

    /// The line is broken.
    pub(super) fn line_break(&mut self) {
        self.is_broken = true;
        self.text("\n");
    }

    /// A text was read.
    pub(super) fn text(&mut self, text: &str) {
        if self.preformatted > 0 {
            self.verbatim.push_str(text);
        }
    }

    /// The block is whole, and is one if it has any text: the column in which it begins, and what else is to be told
    /// of its setting.
    pub(super) fn end_block(&mut self, has_text: bool) -> (u32, Option<Box<Setting>>) {
        let column = self.cells.first().map_or(0, |cell| cell.column);
        let cells = if self.cells.len() > 1 { self.cells.split_off(1) } else { Vec::new() };
        self.cells.clear();
        let verbatim = std::mem::take(&mut self.verbatim);
        let goes_on = has_text && self.preformatted > 0 && std::mem::replace(&mut self.goes_on, true);
        self.is_broken = false;
        let setting = Setting { cells, lines: std::mem::take(&mut self.lines), verbatim, goes_on };
        (column, (!setting.is_plain()).then(|| Box::new(setting)))
    }
}
