//! What belongs together stays together: the head of a table and its rows, a term and what it means, the pieces of
//! code of a page. The trees look at each block for itself, and may see a head or a term as a label.
use crate::model::{Block, BlockKind, Document, Outline};
use crate::strip::known::words;

/// Share of a table's rows that stay from which its head does.
const ROWS: f32 = 0.5;

/// Words of a meaning that keeps its term: a date or a number says little.
const MEANING_WORDS: usize = 4;

/// Keeps what belongs to a block that is kept: gives it the least chance of one that stays.
pub(super) fn keep_whole(
    document: &Document,
    chances: &mut [f32],
    least: f32,
    is_furniture: impl Fn(&Block) -> bool,
) {
    let page = Page { blocks: &document.blocks, outline: &document.outline };
    let mut keep = Vec::new();
    for start in page.starts(|block| page.above(block, &["table"])) {
        keep.extend(page.head_of(start, |n| chances[n] >= least));
    }
    for start in page.starts(|block| page.above(block, &["dl"])) {
        keep.extend(page.entries(start, |n| chances[n] >= least));
    }
    keep.extend(page.code(|n| chances[n] >= least));
    for n in keep {
        if !is_furniture(&document.blocks[n]) {
            chances[n] = chances[n].max(least);
        }
    }
}

/// A page's blocks and the elements around them.
struct Page<'a> {
    blocks: &'a [Block],
    outline: &'a Outline,
}

impl Page<'_> {
    /// The innermost element of these names around a block.
    fn above(&self, block: &Block, names: &[&str]) -> Option<u32> {
        let mut above = self.outline.upwards(block.evidence.element);
        above.find(|(_, element)| names.contains(&&*element.tag)).map(|(at, _)| at)
    }

    /// The runs of blocks that stand in the same element of a kind.
    fn starts(&self, element: impl Fn(&Block) -> Option<u32>) -> Vec<std::ops::Range<usize>> {
        let mut runs: Vec<(u32, std::ops::Range<usize>)> = Vec::new();
        for (n, block) in self.blocks.iter().enumerate() {
            // Most blocks stand in no such element; those that do are rows or items.
            if !matches!(block.kind, BlockKind::TableRow | BlockKind::ListItem) {
                continue;
            }
            let Some(at) = element(block) else { continue };
            match runs.last_mut() {
                Some((known, run)) if *known == at && run.end == n => run.end = n + 1,
                _ => runs.push((at, n..n + 1)),
            }
        }
        runs.into_iter().map(|(_, run)| run).collect()
    }

    /// The blocks of a table's head, if enough of the rows under it are kept. A head has the columns of its rows.
    fn head_of(&self, table: std::ops::Range<usize>, kept: impl Fn(usize) -> bool) -> std::ops::Range<usize> {
        let row = |n: usize| self.above(&self.blocks[n], &["tr"]);
        let first = row(table.start);
        let head = table.clone().take_while(|&n| row(n) == first).count();
        let (head, rest) = (table.start..table.start + head, table.start + head..table.end);
        let columns = |n: usize| {
            let cells = self.blocks[n].evidence.setting.as_ref().map(|setting| setting.cells.len());
            cells.unwrap_or_default()
        };
        let is_alike = || columns(head.start) > 0 && columns(head.start) == columns(rest.start);
        let is_head = self.above(&self.blocks[table.start], &["thead"]).is_some();
        let fits = !rest.is_empty() && (is_head || (head.len() == 1 && is_alike()));
        let stay = rest.clone().filter(|&n| kept(n)).count();
        if fits && stay as f32 >= ROWS * rest.len() as f32 { head } else { 0..0 }
    }

    /// Of a list of terms: the terms whose meaning is kept, and the first meaning of terms that are.
    fn entries(&self, list: std::ops::Range<usize>, kept: impl Fn(usize) -> bool) -> Vec<usize> {
        let is_term = |n: usize| {
            let entry = self.above(&self.blocks[n], &["dt", "dd"]);
            entry.is_some_and(|at| &*self.outline.elements[at as usize].tag == "dt")
        };
        let mut keep = Vec::new();
        let mut at = list.start;
        while at < list.end {
            let terms = at..(at..list.end).find(|&n| !is_term(n)).unwrap_or(list.end);
            let meanings = terms.end..(terms.end..list.end).find(|&n| is_term(n)).unwrap_or(list.end);
            let explains = |n: usize| kept(n) && words(self.blocks[n].text()) >= MEANING_WORDS;
            if meanings.clone().any(explains) {
                keep.extend(terms.clone());
            } else if terms.clone().any(&kept) {
                keep.extend(meanings.clone().take(1));
            }
            at = meanings.end;
        }
        keep
    }

    /// The code of a page of which some is kept, each with the line before it that ends in a colon.
    fn code(&self, kept: impl Fn(usize) -> bool) -> Vec<usize> {
        let is_code = |n: usize| self.blocks[n].kind == BlockKind::Code;
        let all: Vec<usize> = (0..self.blocks.len()).filter(|&n| is_code(n)).collect();
        if !all.iter().any(|&n| kept(n)) {
            return Vec::new();
        }
        let is_heading = |n: usize| matches!(self.blocks[n].kind, BlockKind::Heading(_));
        let announces = |n: &usize| self.blocks[*n].text().ends_with([':', '：']) && !is_heading(*n);
        let before = all.iter().filter_map(|&n| n.checked_sub(1)).filter(announces);
        before.collect::<Vec<_>>().into_iter().chain(all.iter().copied()).collect()
    }
}
