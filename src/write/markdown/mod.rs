//! The text of a page as Markdown: CommonMark, with the tables of GitHub.
//!
//! Headings, lists, tables, quotes and code are written as such, by what parse knows of each block and of the
//! elements around it. Everything else that would read as markup is [escaped](escape), so what a reader of the
//! Markdown sees is the text that is kept, every letter of it. Links are text. A text that is no page is written as it
//! is: nothing is known of its lines, and it may be Markdown already.
mod escape;
mod place;
mod table;

use crate::model::{Block, BlockKind, Document, Kind};
use escape::{Spot, escape, escape_lines};
use place::{Places, Step};
use std::borrow::Cow;
use table::Table;

/// Ticks of the fence around code, at least; more where the code has as many.
const FENCE: usize = 3;

/// The kept text of a document as Markdown. Plain texts come as they are.
pub fn markdown(document: &Document) -> String {
    if document.kind != Kind::Html {
        return document.body();
    }
    let blocks: Vec<&Block> = document.kept().collect();
    let places = Places::new(&document.outline, &blocks);
    let mut page = Page::default();
    let mut at = 0;
    while at < blocks.len() {
        let run = places.run(at);
        let path = places.path(at);
        match blocks[at].kind {
            BlockKind::TableRow => match Table::of(&blocks[run.clone()], &places, run.start) {
                Some(table) => page.put(path, &table.to_string()),
                None => run.clone().for_each(|n| page.paragraph(places.path(n), &blocks[n].body_in_lines())),
            },
            BlockKind::Code => page.put(path, &fenced(&blocks[run.clone()])),
            BlockKind::Heading(level) => {
                let marks = "#".repeat(usize::from(level));
                page.put(path, &format!("{marks} {}", escape(&blocks[at].body(), Spot::Heading)));
            }
            _ => page.paragraph(path, &blocks[at].body_in_lines()),
        }
        at = run.end;
    }
    page.text
}

/// What was written, and where in lists and quotes its end stands.
#[derive(Default)]
struct Page {
    text: String,
    path: Vec<Step>,
}

impl Page {
    fn paragraph(&mut self, path: Vec<Step>, text: &str) {
        let spot = if matches!(path.last(), Some(Step::Item { .. })) { Spot::Item } else { Spot::Paragraph };
        self.put(path, &escape_lines(text, spot));
    }

    /// Writes lines at a place: in the item or quote that is open already, or in a new one.
    fn put(&mut self, path: Vec<Step>, lines: &str) {
        let shared =
            path.iter().zip(&self.path).take_while(|(new, old)| new.element() == old.element()).count();
        self.part(&path, shared);
        let mut first = place::prefix(&path, shared);
        let rest = place::prefix(&path, path.len());
        for line in lines.lines() {
            self.text.push_str(if line.is_empty() { first.trim_end() } else { &first });
            self.text.push_str(line);
            self.text.push('\n');
            first.clone_from(&rest);
        }
        self.text.pop();
        self.path = path;
    }

    /// Parts what comes from what was written: by a blank line, but items of one list by a line break.
    fn part(&mut self, path: &[Step], shared: usize) {
        if self.text.is_empty() {
            return;
        }
        self.text.push('\n');
        let next_item = match (path.get(shared), self.path.get(shared)) {
            (Some(new @ Step::Item { .. }), Some(old)) => new.list() == old.list(),
            (Some(Step::Item { .. }), None) => matches!(self.path.last(), Some(Step::Item { .. })),
            _ => false,
        };
        if !next_item {
            self.text.push_str(place::prefix(&path[..shared], shared).trim_end());
            self.text.push('\n');
        }
    }
}

/// Code between fences, with the lines that the page has.
fn fenced(blocks: &[&Block]) -> String {
    let code: Vec<Cow<'_, str>> = blocks.iter().map(|block| block.body_in_lines()).collect();
    let code = code.join("\n");
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(FENCE.max(longest + 1));
    format!("{fence}\n{code}\n{fence}")
}
