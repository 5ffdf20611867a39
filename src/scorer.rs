//! Small boosted trees: the features of a block to a score.
//!
//! Gradient boosting for two classes (J. Friedman, "Greedy function approximation: a gradient boosting
//! machine", Annals of Statistics 29, 2001): the sum over all trees of the leaf that a block falls into is the
//! log odds that it is cruft. Tables are made by `scripts/train` and checked in; here they are only read.
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

/// A node of a tree. Both children of a leaf are the leaf itself: who goes on from it stays.
#[derive(Debug, Clone, Copy)]
struct Node {
    feature: u32,
    left: u32,
    right: u32,
    threshold: f32,
    value: f32,
}

impl Node {
    fn is_leaf(&self) -> bool {
        self.left == self.right
    }

    fn next(&self, features: &[f32]) -> u32 {
        if features[self.feature as usize] <= self.threshold { self.left } else { self.right }
    }
}

/// Rows that go down a tree side by side, so that the processor need not wait for one node to find the next.
const SIDE_BY_SIDE: usize = 8;

/// Trees, ready to score.
#[derive(Debug, Clone)]
pub(crate) struct Forest {
    nodes: Vec<Node>,
    /// The root of each tree, and the steps to its deepest leaf.
    roots: Vec<(u32, u32)>,
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
        let (nodes, roots) = (Vec::new(), Vec::new());
        let mut forest = Forest { nodes, roots, bias: table.bias, width: features.len() };
        for tree in &table.trees {
            forest.add(tree, features.len()).ok_or_else(|| fail("a tree with a broken node"))?;
        }
        Ok(forest)
    }

    /// Adds a tree; none if a node points anywhere but further down its own tree.
    fn add(&mut self, tree: &TableTree, features: usize) -> Option<()> {
        let (size, base) = (tree.feature.len(), self.nodes.len() as u32);
        if size == 0 || [tree.threshold.len(), tree.right.len(), tree.value.len()] != [size; 3] {
            return None;
        }
        let mut depths = vec![0; size];
        for n in 0..size {
            let (at, right) = (base + n as u32, tree.right[n]);
            let (feature, left, right) = match tree.feature[n] {
                -1 => (0, at, at),
                feature if !(0..features as i32).contains(&feature) => return None,
                _ if !((n as u32 + 2)..size as u32).contains(&right) => return None,
                feature => (feature as u32, at + 1, base + right),
            };
            if left != right {
                depths[n + 1] = depths[n] + 1;
                depths[(right - base) as usize] = depths[n] + 1;
            }
            let (threshold, value) = (tree.threshold[n], tree.value[n]);
            self.nodes.push(Node { feature, left, right, threshold, value });
        }
        self.roots.push((base, depths.into_iter().max().unwrap_or(0)));
        Some(())
    }

    /// How many features it looks at.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// The log odds that a block with these features is cruft.
    pub(crate) fn score(&self, features: &[f32]) -> f32 {
        self.roots.iter().map(|&(root, _)| self.leaf(root, features)).sum::<f32>() + self.bias
    }

    /// The same for many blocks at once: their features stand one row after the other, `width` of each.
    pub(crate) fn scores(&self, rows: &[f32], width: usize) -> Vec<f32> {
        let mut scores = Vec::with_capacity(rows.len() / width.max(1));
        let side_by_side = rows.chunks_exact(width * SIDE_BY_SIDE);
        let rest = side_by_side.remainder();
        for rows in side_by_side {
            let mut sums = [0.0; SIDE_BY_SIDE];
            for &(root, depth) in &self.roots {
                let mut at = [root; SIDE_BY_SIDE];
                for _ in 0..depth {
                    for n in 0..SIDE_BY_SIDE {
                        at[n] = self.nodes[at[n] as usize].next(&rows[n * width..]);
                    }
                }
                for n in 0..SIDE_BY_SIDE {
                    sums[n] += self.nodes[at[n] as usize].value;
                }
            }
            scores.extend(sums.map(|sum| sum + self.bias));
        }
        scores.extend(rest.chunks_exact(width).map(|row| self.score(row)));
        scores
    }

    /// What each feature added to the score: along the path through each tree, the change of the mean score at a
    /// node is credited to the feature it looks at (A. Saabas, "Interpreting random forests", 2014).
    pub(crate) fn contributions(&self, features: &[f32]) -> Vec<f32> {
        let mut added = vec![0.0; features.len()];
        for &(root, _) in &self.roots {
            let mut node = &self.nodes[root as usize];
            while !node.is_leaf() {
                let next = &self.nodes[node.next(features) as usize];
                added[node.feature as usize] += next.value - node.value;
                node = next;
            }
        }
        added
    }

    fn leaf(&self, root: u32, features: &[f32]) -> f32 {
        let mut node = &self.nodes[root as usize];
        while !node.is_leaf() {
            node = &self.nodes[node.next(features) as usize];
        }
        node.value
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
        assert_eq!(forest.score(&[3.0, 0.0]), 1.5);
        assert_eq!(forest.score(&[4.0, 0.5]), -1.5);
        assert_eq!(forest.score(&[4.0, 0.6]), 2.5);
        let many: Vec<f32> = [[3.0, 0.0], [4.0, 0.5], [4.0, 0.6]].repeat(7).concat();
        assert_eq!(forest.scores(&many, 2), [1.5, -1.5, 2.5].repeat(7));
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
