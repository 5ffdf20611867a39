//! Where a block stands on its page, as far as Markdown tells: quotes, items of lists, tables, preformatted text.
use crate::model::{Block, BlockKind, Outline};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Quotes and items around a block that are written, the outermost: each costs some bytes before every line.
const MAX_DEPTH: usize = 8;

/// A quote or an item around a block; elements are indices into the outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// A `blockquote`.
    Quote(u32),
    /// An item of a list.
    Item {
        /// The item.
        element: u32,
        /// The list around it.
        list: Option<u32>,
        /// What stands before it: `- `, or its number.
        marker: String,
    },
}

impl Step {
    pub(super) fn element(&self) -> u32 {
        match self {
            Step::Quote(element) | Step::Item { element, .. } => *element,
        }
    }

    pub(super) fn list(&self) -> Option<u32> {
        match self {
            Step::Quote(_) => None,
            Step::Item { list, .. } => *list,
        }
    }
}

/// What stands before a line at this place, where the first so many steps are not new.
pub(super) fn prefix(path: &[Step], old: usize) -> String {
    let mut prefix = String::new();
    for (n, step) in path.iter().enumerate() {
        match step {
            Step::Quote(_) => prefix.push_str("> "),
            Step::Item { marker, .. } if n >= old => prefix.push_str(marker),
            Step::Item { marker, .. } => prefix.extend(std::iter::repeat_n(' ', marker.len())),
        }
    }
    prefix
}

/// What stands around one block.
#[derive(Debug, Default)]
struct Around {
    path: Vec<Step>,
    table: Option<u32>,
    row: Option<u32>,
    preformatted: Option<u32>,
}

/// What stands around each block.
pub(super) struct Places {
    blocks: Vec<(BlockKind, Around)>,
    /// Tables that hold other tables: those set pages, not data.
    layouts: HashSet<u32>,
}

impl Places {
    pub(super) fn new(outline: &Outline, blocks: &[&Block]) -> Places {
        let mut layouts = HashSet::new();
        let mut numbers = HashMap::new();
        let around = |block: &&Block| (block.kind, around(block, outline, &mut numbers, &mut layouts));
        Places { blocks: blocks.iter().map(around).collect(), layouts }
    }

    /// The quotes and items around a block, from the outside in.
    pub(super) fn path(&self, n: usize) -> Vec<Step> {
        self.blocks[n].1.path.clone()
    }

    /// The row of a table in which a block stands.
    pub(super) fn row(&self, n: usize) -> Option<u32> {
        self.blocks[n].1.row
    }

    /// Whether the table around a block sets the page rather than data.
    pub(super) fn is_layout(&self, n: usize) -> bool {
        self.blocks[n].1.table.is_none_or(|table| self.layouts.contains(&table))
    }

    /// The blocks from here on that are written as one: those of a table, or of preformatted text.
    pub(super) fn run(&self, from: usize) -> Range<usize> {
        let whole = |(kind, around): &(BlockKind, Around)| match kind {
            BlockKind::TableRow => around.table,
            BlockKind::Code => around.preformatted,
            _ => None,
        };
        let first = &self.blocks[from];
        let same = |next: &&(BlockKind, Around)| {
            next.0 == first.0 && whole(next).is_some() && whole(next) == whole(first)
        };
        from..from + 1 + self.blocks[from + 1..].iter().take_while(same).count()
    }
}

/// Looks at the elements around a block, from the inside out. Items are counted as they are met.
fn around(
    block: &Block,
    outline: &Outline,
    numbers: &mut HashMap<u32, (u32, u32)>,
    layouts: &mut HashSet<u32>,
) -> Around {
    let mut around = Around::default();
    for (element, named) in outline.upwards(block.evidence.element) {
        match &*named.tag {
            "blockquote" => around.path.push(Step::Quote(element)),
            "li" | "dt" | "dd" => {
                let (list, marker) = (named.parent, String::new());
                around.path.push(Step::Item { element, list, marker });
            }
            "table" if around.table.is_some() => drop(layouts.insert(element)),
            "table" => around.table = Some(element),
            "tr" if around.row.is_none() => around.row = Some(element),
            "pre" if around.preformatted.is_none() => around.preformatted = Some(element),
            _ => {}
        }
    }
    around.path.reverse();
    around.path.truncate(MAX_DEPTH);
    for step in &mut around.path {
        if let Step::Item { element, list, marker } = step {
            *marker = marker_of(*element, *list, outline, numbers);
        }
    }
    around
}

/// The marker of an item; `numbers` holds of each list its last item and the number of that.
fn marker_of(
    item: u32,
    list: Option<u32>,
    outline: &Outline,
    numbers: &mut HashMap<u32, (u32, u32)>,
) -> String {
    let ordered = list.filter(|&list| &*outline.elements[list as usize].tag == "ol");
    let Some(list) = ordered else { return "- ".to_string() };
    let (last, number) = numbers.entry(list).or_insert((item, 1));
    if *last != item {
        (*last, *number) = (item, *number + 1);
    }
    format!("{number}. ")
}
