//! Two texts side by side, word by word: where they differ.
use super::words::Word;

/// Cells of the table that lays two texts side by side, at most. Texts that are longer where they differ
/// (about 1,000 words in both) are not compared.
const MOST_CELLS: usize = 1 << 20;

/// Whether the two texts differ somewhere in such a way: `says` is given the words of either that stand in the place of
/// those of the other. One side may have none there.
pub(super) fn differ(a: &[Word], b: &[Word], says: impl Fn(&[Word], &[Word]) -> bool) -> bool {
    let head = a.iter().zip(b).take_while(|(a, b)| a.same(**b)).count();
    let (a, b) = (&a[head..], &b[head..]);
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a.same(**b)).count();
    let (a, b) = (&a[..a.len() - tail], &b[..b.len() - tail]);
    if a.is_empty() || b.is_empty() {
        return says(a, b);
    }
    if (a.len() + 1).saturating_mul(b.len() + 1) > MOST_CELLS {
        return false;
    }
    let table = common(a, b);
    let (mut i, mut j) = (0, 0);
    while i < a.len() || j < b.len() {
        let (from_a, from_b) = (i, j);
        while i < a.len() && j < b.len() && !a[i].same(b[j]) {
            if table.at(i + 1, j) >= table.at(i, j + 1) { i += 1 } else { j += 1 }
        }
        if i == a.len() || j == b.len() {
            (i, j) = (a.len(), b.len());
        }
        if says(&a[from_a..i], &b[from_b..j]) {
            return true;
        }
        (i, j) = (i + 1, j + 1);
    }
    false
}

/// Lengths of the longest common subsequences of all pairs of tails.
struct Table {
    width: usize,
    cells: Vec<u16>,
}

impl Table {
    fn at(&self, i: usize, j: usize) -> u16 {
        self.cells[i * self.width + j]
    }
}

fn common(a: &[Word], b: &[Word]) -> Table {
    let width = b.len() + 1;
    let mut cells = vec![0u16; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            let at = i * width + j;
            cells[at] = if a[i].same(b[j]) {
                cells[at + width + 1].saturating_add(1)
            } else {
                cells[at + width].max(cells[at + 1])
            };
        }
    }
    Table { width, cells }
}
