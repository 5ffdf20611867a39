//! Pages judged block by block: shape, place and company of a block together, by two forests of trees.
//!
//! The first, small one looks at every block. The second looks at those that may be content, and also at what the
//! first said of the blocks around them (stacking: D. Wolpert, "Stacked generalization", Neural Networks 5, 1992).
//! What stays is the choice with the greatest expected F1 ([`choose`]): on a page of which little is sure, more is
//! kept.
pub(crate) mod company;
mod elements;
pub(crate) mod features;
mod shape;
mod signs;
pub(crate) mod tables;
mod wholes;
mod words;

use super::known::{ends_like_a_sentence, words};
use super::{Asked, Judge, JudgeRule};
use crate::config::{Scorer, StripConfig};
use crate::model::{Block, BlockKind, Document, FieldName, Fields, Kind, RuleId};
use crate::scorer::MAX_FEATURES;
use company::Company;
use features::Page;
use tables::Tables;

/// The least chance of a block that stays lies between these, whatever the expected F1 says.
const LEAST: std::ops::RangeInclusive<f32> = 0.2..=0.6;

/// Words of a sentence that counts as running text.
const SENTENCE_WORDS: usize = 12;

/// Share of a page's running text that it hides above which scripts will show it, and it may be content.
const MOSTLY_HIDDEN: f32 = 0.4;

/// Share of a block's text inside links above which it is called a link.
const LINK_SHARE: f32 = 0.5;

/// The row in `JUDGES`.
pub(super) const JUDGE: Judge = Judge {
    name: "page",
    rules: &[HIDDEN, FURNITURE, LINKS, UNLIKE, signs::ANCHOR, signs::READING],
    judge: Asked::Page(judge),
};

const HIDDEN: JudgeRule =
    JudgeRule { id: "page/hidden", summary: "Text that the page hides from its readers." };
const FURNITURE: JudgeRule = JudgeRule {
    id: "page/furniture",
    summary: "No content, says the scorer: a block in a menu, footer, form, side bar or the like.",
};
const LINKS: JudgeRule =
    JudgeRule { id: "page/links", summary: "No content, says the scorer: mostly links." };
const UNLIKE: JudgeRule = JudgeRule {
    id: "page/unlike-content",
    summary: "A block whose shape, place and company are not those of content, says the scorer.",
};

fn judge(document: &mut Document, config: &StripConfig) {
    if document.kind == Kind::Html && config.scorer == Scorer::Trees {
        judge_with(document, config, tables::built_in());
    }
}

/// Cuts the signs inside lines that are no text.
pub(super) fn mind_signs(document: &mut Document) {
    signs::judge(document);
}

/// Judges a page by these tables.
pub(crate) fn judge_with(document: &mut Document, config: &StripConfig, tables: &Tables) {
    let mut chances = chances(document, tables, config.strictness);
    trust_quotes(&document.blocks, &mut chances);
    let least = choose(&document.blocks, &chances);
    let furniture = super::chrome::furniture(&document.outline, |_| true);
    let hides = document.blocks.iter().any(|block| block.evidence.hidden);
    let hides_little = hides && hidden_share(&document.blocks) <= MOSTLY_HIDDEN;
    wholes::keep_whole(document, &mut chances, least, |block| {
        block.evidence.hidden || block.evidence.element.is_some_and(|element| furniture[element as usize])
    });
    let ids = [HIDDEN, FURNITURE, LINKS, UNLIKE].map(|rule| RuleId::new(rule.id));
    let Document { blocks, fields, .. } = document;
    for (block, chance) in blocks.iter_mut().zip(chances) {
        if chance < least || (block.evidence.hidden && hides_little) {
            let rule = &ids[reason(block, &furniture) as usize];
            match field_of(block, fields) {
                Some(field) => block.take(field, rule),
                None => block.cut(rule),
            }
        }
    }
}

/// Words of a byline, at most.
const BYLINE_WORDS: usize = 20;

/// The field that holds what a block says: a headline that is the title, or a short line that names all authors.
fn field_of(block: &Block, fields: &Fields) -> Option<FieldName> {
    let text = block.text();
    let is_title = || fields.title.as_deref() == Some(text) && matches!(block.kind, BlockKind::Heading(_));
    let names_authors = || {
        let all = fields.authors.iter().all(|name| text.contains(name.as_str()));
        !fields.authors.is_empty() && all && words(text) <= BYLINE_WORDS
    };
    if is_title() { Some(FieldName::Title) } else { names_authors().then_some(FieldName::Authors) }
}

/// The chance of each block to be content.
fn chances(document: &Document, tables: &Tables, strictness: f32) -> Vec<f32> {
    let mut chances = Vec::with_capacity(document.blocks.len());
    look_twice(document, tables, |look| {
        chances.push(match look {
            Look::First(_, log_odds) => chance(log_odds),
            Look::Second(_, log_odds) => chance(log_odds + shift(strictness)),
        });
    });
    chances
}

/// The chance from which a block vouches for a quotation beside it: set by hand, so high that few are wrong.
const VOUCHES: f32 = 0.9;

/// A quotation between two blocks that are surely content is content: articles quote, and few of the pages that the
/// trees were fitted to hold a quotation, so that they doubt what breaks a run of paragraphs.
fn trust_quotes(blocks: &[Block], chances: &mut [f32]) {
    let mut start = 0;
    for run in blocks.chunk_by(|a, b| a.kind == b.kind) {
        let end = start + run.len();
        if run[0].kind == BlockKind::Quote
            && start > 0
            && chances[start - 1] >= VOUCHES
            && chances.get(end).is_some_and(|&after| after >= VOUCHES)
        {
            chances[start..end].fill(VOUCHES);
        }
        start = end;
    }
}

/// What settled a block: a look, the features it saw, and the log odds that it gave.
enum Look<'a> {
    First(&'a [f32], f32),
    Second(&'a [f32], f32),
}

/// Looks at all blocks, and again at those that may be content; passes on, in order, what settled each.
fn look_twice(document: &Document, tables: &Tables, mut settled: impl FnMut(Look<'_>)) {
    let page = Page::new(document);
    let (own, added) = (tables.first.width(), tables.second.width());
    let rows = rows(0..document.blocks.len(), |n, row| page.row(n, row));
    let (rows, _) = rows.as_chunks::<MAX_FEATURES>();
    let first = tables.first.scores(rows);
    let chances: Vec<f32> = first.iter().map(|&log_odds| chance(log_odds)).collect();
    let company = Company::new(&page, &chances);
    let asked = (0..first.len()).filter(|&n| chances[n] > company::WORTH_ASKING);
    let more = self::rows(asked, |n, row| {
        company.row(n, row);
        row.extend_from_slice(&rows[n][..own]);
    });
    let (more, _) = more.as_chunks::<MAX_FEATURES>();
    let mut again = more.iter().zip(tables.second.scores(more));
    for n in 0..first.len() {
        let look = if chances[n] > company::WORTH_ASKING { again.next() } else { None };
        settled(match look {
            Some((row, log_odds)) => Look::Second(&row[..added], log_odds),
            None => Look::First(&rows[n][..own], first[n]),
        });
    }
}

/// The features of some blocks, one [`Row`](crate::scorer::Row) after the other.
fn rows(blocks: impl Iterator<Item = usize>, fill: impl Fn(usize, &mut Vec<f32>)) -> Vec<f32> {
    let mut rows = Vec::with_capacity(blocks.size_hint().0 * MAX_FEATURES);
    for n in blocks {
        fill(n, &mut rows);
        rows.resize(rows.len().next_multiple_of(MAX_FEATURES), 0.0);
    }
    rows
}

/// What is added to the log odds of content: the usual strictness leaves them as they are.
fn shift(strictness: f32) -> f32 {
    let log_odds = |chance: f32| (chance / (1.0 - chance)).ln();
    log_odds(StripConfig::default().strictness) - log_odds(strictness)
}

/// How a block of a page was scored: for people who ask why.
#[derive(Debug, Clone, PartialEq)]
pub struct BlockScore {
    /// The chance that the block is content, 0 to 1.
    pub chance: f32,
    /// The features that weighed most, each with what it added to the log odds, the weightiest first.
    pub reasons: Vec<(String, f32)>,
}

/// How many reasons are told.
const REASONS: usize = 3;

/// How each block of a page is scored, and by which features most. Nothing for a text.
pub fn scores(document: &Document, config: &StripConfig) -> Vec<BlockScore> {
    let mut scores = Vec::new();
    if document.kind != Kind::Html || config.scorer != Scorer::Trees {
        return scores;
    }
    let (first, second) = tables::names();
    let tables = tables::built_in();
    look_twice(document, tables, |look| {
        let (forest, names, row, log_odds) = match look {
            Look::First(row, log_odds) => (&tables.first, &first, row, log_odds),
            Look::Second(row, log_odds) => {
                (&tables.second, &second, row, log_odds + shift(config.strictness))
            }
        };
        let mut weights: Vec<(usize, f32)> = forest.contributions(row).into_iter().enumerate().collect();
        weights.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then(a.0.cmp(&b.0)));
        let reasons = weights.iter().take(REASONS).map(|&(n, weight)| (names[n].clone(), weight)).collect();
        scores.push(BlockScore { chance: chance(log_odds), reasons });
    });
    scores
}

fn chance(log_odds: f32) -> f32 {
    1.0 / (1.0 + (-log_odds).exp())
}

/// The least chance of a block that stays. Of all choices of the likeliest blocks it is the one whose expected F1,
/// counted in characters, is the greatest: twice the expected content among what is kept, over all that is kept and
/// all expected content.
fn choose(blocks: &[Block], chances: &[f32]) -> f32 {
    let mut order: Vec<usize> = (0..blocks.len()).collect();
    order.sort_by(|&a, &b| chances[b].total_cmp(&chances[a]));
    let weight = |n: usize| f64::from(chances[n]) * blocks[n].text().len() as f64;
    let expected: f64 = order.iter().map(|&n| weight(n)).sum();
    let (mut hit, mut kept) = (0.0, 0.0);
    let (mut best, mut least) = (0.0, *LEAST.end());
    for n in order {
        hit += weight(n);
        kept += blocks[n].text().len() as f64;
        let f1 = 2.0 * hit / (kept + expected);
        if f1 > best {
            (best, least) = (f1, chances[n]);
        }
    }
    least.clamp(*LEAST.start(), *LEAST.end())
}

/// The share of a page's running text that it hides.
fn hidden_share(blocks: &[Block]) -> f32 {
    let (mut hidden, mut all) = (0, 0);
    for block in blocks {
        let words = if ends_like_a_sentence(block.text()) { words(block.text()) } else { 0 };
        if words >= SENTENCE_WORDS {
            all += words;
            hidden += if block.evidence.hidden { words } else { 0 };
        }
    }
    hidden as f32 / all.max(1) as f32
}

/// Why a block went, in words that people know: the place of a rule among those of the judge.
#[derive(Clone, Copy)]
enum Reason {
    Hidden,
    Furniture,
    Links,
    Unlike,
}

fn reason(block: &Block, furniture: &[bool]) -> Reason {
    let evidence = &block.evidence;
    if evidence.hidden {
        Reason::Hidden
    } else if evidence.element.is_some_and(|element| furniture[element as usize]) {
        Reason::Furniture
    } else if evidence.link_bytes as f32 > LINK_SHARE * block.text().len() as f32 {
        Reason::Links
    } else {
        Reason::Unlike
    }
}

/// The features of the first look at all blocks of a page, one row after the other.
pub(crate) fn first_rows(document: &Document) -> Vec<f32> {
    let page = Page::new(document);
    let mut rows = Vec::new();
    (0..document.blocks.len()).for_each(|n| page.row(n, &mut rows));
    rows
}

/// The features that the second look adds, given the first scores.
pub(crate) fn second_rows(document: &Document, scores: &[f32]) -> Vec<f32> {
    let page = Page::new(document);
    let company = Company::new(&page, scores);
    let mut rows = Vec::new();
    (0..document.blocks.len()).for_each(|n| company.row(n, &mut rows));
    rows
}
