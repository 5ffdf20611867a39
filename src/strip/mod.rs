//! Cruft out: judges, in order. Each sets verdicts on blocks and says by which rule; none deletes anything.
use crate::model::Document;
use crate::rules::RuleSet;

/// Judges a document.
pub(crate) fn strip(document: &mut Document, rules: &RuleSet) {
    for block in &mut document.blocks {
        let words = block.text().split_whitespace().count();
        if let Some(hit) = rules.hits(block.text(), words).first() {
            block.cut(&hit.rule.id.clone());
        }
    }
}
