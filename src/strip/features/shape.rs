//! The shape of a line, apart from its place: how long it is, how it ends, what it is made of.
use super::blocks::{begins, names_a_year};
use super::{flag, share};
use crate::rules::{Category, Proof};
use crate::strip::sheet::Line;

/// How many features of a line its neighbours see.
pub(super) const NEIGHBOUR: usize = 6;

/// Categories in the order of the `is:` features.
#[rustfmt::skip]
const CATEGORIES: &[Category] = &[
    Category::Advert, Category::Agency, Category::App, Category::Audio, Category::Byline,
    Category::Caption, Category::Comments, Category::Consent, Category::Credit, Category::Glyph,
    Category::Legal, Category::Live, Category::Login, Category::Nav, Category::Newsletter,
    Category::Paywall, Category::ReadMore, Category::ReadingTime, Category::Related, Category::Selector,
    Category::Share, Category::Site, Category::Supporter, Category::Tags, Category::Timestamp,
    Category::Video,
];

/// The features of a line that its neighbours see.
pub(super) fn neighbour(line: &Line<'_>) -> [f32; NEIGHBOUR] {
    [
        line.words() as f32,
        flag(line.ends),
        flag(line.is_suspect()),
        share_of(line.tally.capitalised, line.tally.tokens),
        function_words(line),
        line.tally.sentences as f32,
    ]
}

/// Characters of unspaced scripts from which a line is written in one.
const UNSPACED_CHARS: u32 = 3;

/// By how much the share of particles among characters is raised, to be like that of function words among words:
/// a word of these scripts has two or three characters.
const CHARS_OF_WORD: f32 = 2.5;

/// The share of words that only hold sentences together; of scripts without blanks, that of particles.
fn function_words(line: &Line<'_>) -> f32 {
    let tally = &line.tally;
    match tally.unspaced {
        0..UNSPACED_CHARS => share(line.functional as usize, tally.tokens as usize),
        _ => CHARS_OF_WORD * share_of(tally.particles, tally.chars),
    }
}

fn share_of(count: u32, of: u32) -> f32 {
    share(count as usize, of as usize)
}

/// A line's own features.
pub(super) fn own(line: &Line<'_>, row: &mut Vec<f32>) {
    let (text, tally) = (&*line.text, &line.tally);
    row.extend([
        line.words() as f32,
        tally.chars as f32,
        share(tally.chars as usize, line.words()),
        flag(line.ends),
        flag(text.ends_with([':', '：'])),
        flag(text.ends_with("...") || text.ends_with('…')),
        tally.commas as f32,
        tally.sentences as f32,
        share_of(tally.capitals, tally.letters),
        share_of(tally.capitalised, tally.tokens),
        share_of(tally.digits, tally.chars),
        share_of(tally.marks, tally.chars),
        function_words(line),
        flag(tally.has_quote),
        tally.separators as f32,
        flag(tally.has_rights),
        flag(tally.has_address),
        tally.glued as f32,
        flag(text.starts_with(char::is_uppercase)),
        flag(text.trim_end_matches('.').ends_with([')', ']'])),
        share_of(tally.unspaced, tally.chars),
    ]);
    row.extend(begins(text));
    row.push(flag(tally.digits >= 4 && names_a_year(text)));
    let first = u32::from(text.starts_with(char::is_uppercase));
    row.push(share_of(tally.capitalised - first.min(tally.capitalised), tally.tokens.saturating_sub(1)));
    row.extend(CATEGORIES.iter().map(|&category| flag(line.is(category))));
    row.extend([flag(line.is_suspect()), flag(line.has(Proof::Strong)), flag(line.has(Proof::Edge))]);
}
