//! A number that nobody outside the process knows.
use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;

/// A number that is another in each process. Tables that a document fills begin their hashes with it, so that no page
/// can be written whose words all fall into one place (S. Crosby and D. Wallach, "Denial of Service via Algorithmic
/// Complexity Attacks", 2003). Nothing that is written may depend on it.
pub(crate) fn secret() -> u64 {
    static SECRET: LazyLock<u64> = LazyLock::new(|| RandomState::new().hash_one(0));
    *SECRET
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_stays_the_same_while_the_process_runs() {
        assert_eq!(secret(), secret());
        assert_ne!(secret(), 0);
    }
}
