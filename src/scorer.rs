//! Small boosted trees: the features of a block to a score.
//!
//! Gradient boosting for two classes (J. Friedman, "Greedy function approximation: a gradient boosting
//! machine", Annals of Statistics 29, 2001): the sum over all trees of the leaf that a block falls into is the
//! log odds of what they were fitted to find: cruft among lines, content among the blocks of pages. Tables are made by
//! `scripts/train` and checked in; here they are only read.
use crate::model::{Error, Result};
use serde::Deserialize;

/// A table as it is checked in: JSON, one tree a line.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    /// What the trees were fitted to: the data's fingerprint, for people.
    #[serde(rename = "fitted_to")]
    _fitted_to: String,
    /// The features, in the order of their numbers.
    features: Vec<String>,
    /// The log odds before any tree speaks.
    bias: f32,
    trees: Vec<TableTree>,
}

/// A tree, its nodes in pre-order: the left child of a node stands right after it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TableTree {
    /// The feature a node looks at; of a leaf, -1.
    feature: Vec<i32>,
    /// At most this goes left.
    threshold: Vec<f32>,
    /// The place of the right child.
    right: Vec<u32>,
    /// The mean score of the rows that came here; of a leaf, its score.
    value: Vec<f32>,
}

/// Features of a block at most, and nodes of a tree: so many that an index of a byte needs no check.
pub(crate) const MAX_FEATURES: usize = 256;
const MAX_NODES: usize = 64;

/// The features of a block, zeros after the last.
pub(crate) type Row = [f32; MAX_FEATURES];

/// A node of a tree. Its children stand side by side; who goes on from a leaf stays.
#[derive(Debug, Clone, Copy)]
struct Node {
    /// At most this goes to the first child; of a leaf, more than any feature.
    threshold: f32,
    feature: u8,
    /// The place of the first child in the tree; of a leaf, its own.
    child: u8,
}

/// A tree: its nodes, with the mean score of the rows that came to each, and the steps to its deepest leaf.
#[derive(Debug, Clone)]
struct Tree {
    nodes: [Node; MAX_NODES],
    values: [f32; MAX_NODES],
    size: usize,
    depth: u32,
}

impl Tree {
    /// Reads a tree, level by level; none if it is too large, or if a node points anywhere but further down.
    fn new(table: &TableTree, features: usize) -> Option<Tree> {
        let size = table.feature.len();
        if !(1..=MAX_NODES).contains(&size)
            || [table.threshold.len(), table.right.len(), table.value.len()] != [size; 3]
        {
            return None;
        }
        let leaf = Node { threshold: f32::INFINITY, feature: 0, child: 0 };
        let mut tree = Tree { nodes: [leaf; MAX_NODES], values: [0.0; MAX_NODES], size: 0, depth: 0 };
        // Places in the table, in the order in which they stand here, and the level of each.
        let mut placed = vec![(0, 0)];
        while let Some(&(at, level)) = placed.get(tree.size) {
            let own = tree.size;
            *tree.values.get_mut(own)? = table.value[at];
            (tree.size, tree.depth) = (own + 1, level);
            tree.nodes[own] = match table.feature[at] {
                -1 => Node { child: own as u8, ..leaf },
                feature => {
                    let right = table.right[at] as usize;
                    if !(0..features as i32).contains(&feature) || !(at + 2..size).contains(&right) {
                        return None;
                    }
                    let child = placed.len() as u8;
                    placed.extend([(at + 1, level + 1), (right, level + 1)]);
                    Node { threshold: table.threshold[at], feature: feature as u8, child }
                }
            };
        }
        Some(tree)
    }

    fn is_leaf(&self, at: usize) -> bool {
        usize::from(self.nodes[at].child) == at
    }

    /// The place to which a row goes on from another.
    fn next(&self, at: usize, features: &[f32]) -> usize {
        let node = self.nodes[at];
        usize::from(node.child) + usize::from(features[usize::from(node.feature)] > node.threshold)
    }

    /// The same for one of many rows, without any check that it would wait for.
    fn step(&self, at: u8, row: &Row) -> u8 {
        let node = self.nodes[usize::from(at) % MAX_NODES];
        node.child + u8::from(row[usize::from(node.feature)] > node.threshold)
    }
}

/// Rows that go down a tree side by side, so that the processor need not wait for one node to find the next, nor read
/// the tree anew for few of them.
const SIDE_BY_SIDE: usize = 16;

/// The same of the last rows, some of which may be empty.
const AT_THE_END: usize = 8;

/// Trees, ready to score.
#[derive(Debug, Clone)]
pub(crate) struct Forest {
    trees: Vec<Tree>,
    bias: f32,
    /// Features of a block.
    width: usize,
}

impl Forest {
    /// Reads a table that was made for these features, in this order. `name` is for messages.
    ///
    /// # Errors
    /// A table that is not whole, or made for other features: it would give nonsense without a word.
    pub(crate) fn parse(table: &str, features: &[impl AsRef<str>], name: &str) -> Result<Forest> {
        let fail = |message: &str| Error::Table { name: name.to_string(), message: message.to_string() };
        let table: Table = serde_json::from_str(table).map_err(|error| fail(&error.to_string()))?;
        if !table.features.iter().map(String::as_str).eq(features.iter().map(AsRef::as_ref)) {
            return Err(fail("made for other features"));
        }
        if features.len() > MAX_FEATURES {
            return Err(fail("too many features"));
        }
        let trees =
            table.trees.iter().map(|tree| Tree::new(tree, features.len())).collect::<Option<Vec<_>>>();
        let trees = trees.ok_or_else(|| fail("a tree with a broken node"))?;
        Ok(Forest { trees, bias: table.bias, width: features.len() })
    }

    /// How many features it looks at.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// For each of some blocks, the log odds that it is what the trees were fitted to find.
    pub(crate) fn scores(&self, rows: &[Row]) -> Vec<f32> {
        let mut scores = Vec::with_capacity(rows.len());
        let (side_by_side, rest) = rows.as_chunks::<SIDE_BY_SIDE>();
        for rows in side_by_side {
            scores.extend(self.side_by_side(rows));
        }
        for rest in rest.chunks(AT_THE_END) {
            let mut rows = [[0.0; MAX_FEATURES]; AT_THE_END];
            rows[..rest.len()].copy_from_slice(rest);
            scores.extend(&self.side_by_side(&rows)[..rest.len()]);
        }
        scores
    }

    fn side_by_side<const ROWS: usize>(&self, rows: &[Row; ROWS]) -> [f32; ROWS] {
        let mut sums = [0.0; ROWS];
        for tree in &self.trees {
            let mut at = [0_u8; ROWS];
            for _ in 0..tree.depth {
                for n in 0..ROWS {
                    at[n] = tree.step(at[n], &rows[n]);
                }
            }
            for n in 0..ROWS {
                sums[n] += tree.values[usize::from(at[n]) % MAX_NODES];
            }
        }
        sums.map(|sum| sum + self.bias)
    }

    /// What each feature added to the score: along the path through each tree, the change of the mean score at a
    /// node is credited to the feature it looks at (A. Saabas, "Interpreting random forests", 2014).
    pub(crate) fn contributions(&self, features: &[f32]) -> Vec<f32> {
        let mut added = vec![0.0; features.len()];
        for tree in &self.trees {
            let mut at = 0;
            while !tree.is_leaf(at) {
                let next = tree.next(at, features);
                added[usize::from(tree.nodes[at].feature)] += tree.values[next] - tree.values[at];
                at = next;
            }
        }
        added
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEATURES: &[&str] = &["words", "links"];

    fn table(right: u32) -> String {
        format!(
            r#"{{"fitted_to": "two rows", "features": ["words", "links"], "bias": 0.5, "trees": [
            {{"feature": [0, -1, 1, -1, -1], "threshold": [3.0, 0, 0.5, 0, 0], "right": [{right}, 0, 4, 0, 0],
              "value": [0.1, 1.0, -0.5, -2.0, 2.0]}}]}}"#
        )
    }

    #[test]
    fn scores_come_from_the_leaf() {
        let forest = Forest::parse(&table(2), FEATURES, "t").unwrap();
        let row = |features: [f32; 2]| {
            let mut row = [0.0; MAX_FEATURES];
            row[..2].copy_from_slice(&features);
            row
        };
        let many = [[3.0, 0.0], [4.0, 0.5], [4.0, 0.6]].map(row).repeat(7);
        for count in 0..many.len() {
            assert_eq!(forest.scores(&many[..count]), [1.5, -1.5, 2.5].repeat(7)[..count]);
        }
    }

    #[test]
    fn broken_tables_are_refused() {
        for right in [0, 1, 5] {
            assert!(Forest::parse(&table(right), FEATURES, "t").is_err(), "{right}");
        }
        assert!(
            Forest::parse(&table(2), &["words"], "t").unwrap_err().to_string().contains("other features")
        );
    }
}
