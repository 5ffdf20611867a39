//! Pages judged block by block by the scorer: shape, place and company of a block together.
pub(crate) mod company;
mod elements;
pub(crate) mod features;
mod shape;
mod words;

use crate::model::Document;
use crate::rules::RuleSet;
use company::Company;
use features::Page;

/// The features of the first look at all blocks of a page, one row after the other.
pub(crate) fn first_rows(document: &Document) -> Vec<f32> {
    let page = Page::new(document);
    let mut rows = Vec::new();
    (0..document.blocks.len()).for_each(|n| page.row(n, &mut rows));
    rows
}

/// The features that the second look adds, given the first scores.
pub(crate) fn second_rows(document: &Document, scores: &[f32], rules: &RuleSet) -> Vec<f32> {
    let page = Page::new(document);
    let company = Company::new(&page, scores, rules);
    let mut rows = Vec::new();
    (0..document.blocks.len()).for_each(|n| company.row(n, &mut rows));
    rows
}
