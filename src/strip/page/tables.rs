//! The forests that judge a page's blocks, read once.
use super::{company, features};
use crate::model::Result;
use crate::scorer::Forest;
use std::sync::LazyLock;

/// Made by `scripts/train/pages.py`.
const FIRST: &str = include_str!("first.trees.json");
const SECOND: &str = include_str!("second.trees.json");

/// The forests of both looks.
#[derive(Debug, Clone)]
pub(crate) struct Tables {
    /// Looks at every block.
    pub(crate) first: Forest,
    /// Looks at what the first left open, and at what it said of the rest.
    pub(crate) second: Forest,
}

impl Tables {
    /// Reads two tables.
    ///
    /// # Errors
    /// A table that is not whole, or made for other features.
    pub(crate) fn parse(first: &str, second: &str) -> Result<Tables> {
        let (of_first, of_second) = names();
        Ok(Tables {
            first: Forest::parse(first, &of_first, "strip/page/first.trees.json")?,
            second: Forest::parse(second, &of_second, "strip/page/second.trees.json")?,
        })
    }
}

/// The names of the features that each look sees.
pub(super) fn names() -> (Vec<String>, Vec<String>) {
    let first = features::names();
    let second = company::names().into_iter().chain(first.iter().cloned()).collect();
    (first, second)
}

/// The tables that the program carries.
pub(super) fn built_in() -> &'static Tables {
    static TABLES: LazyLock<Tables> = LazyLock::new(|| {
        #[expect(clippy::expect_used, reason = "the tables are part of the program, and a test reads them")]
        Tables::parse(FIRST, SECOND).expect("the tables fit the features")
    });
    &TABLES
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_tables_fit_the_features() {
        let tables = super::built_in();
        assert!(tables.first.scores(&[[0.0; crate::scorer::MAX_FEATURES]])[0].is_finite());
    }
}
