//! What the scorer of text knows of a line: its own shape, the rules that fit it, its place and its company.
//!
//! The features are those that the literature on boilerplate and a probe on labelled pages found to carry
//! (C. Kohlschütter et al., "Boilerplate detection using shallow text features", WSDM 2010; J. Pomikálek,
//! "Removing boilerplate and duplicate content from web corpora", 2011): length, ending, function words,
//! neighbours, repeats.
mod blocks;
mod place;
mod shape;

use super::sheet::Sheet;
use blocks::Blocks;
use place::Surroundings;
use shape::{NEIGHBOUR, neighbour, own};

/// Lines to either side whose shape is a feature.
const NEIGHBOURS: [isize; 6] = [-3, -2, -1, 1, 2, 3];

/// The names of the features, in the order of [`Features::append`].
#[rustfmt::skip]
pub(crate) const FEATURES: &[&str] = &[
    "words", "chars", "word_length", "ends", "colon", "ellipsis", "commas", "sentences", "upper",
    "title_case", "digits", "marks", "function_words", "quote", "separators", "copyright", "address",
    "glued", "first_upper", "bracket_end", "unspaced", "first_lower", "first_digit", "first_quote", "year",
    "inner_title_case", "is:advert", "is:agency", "is:app", "is:audio",
    "is:byline", "is:caption", "is:comments", "is:consent", "is:credit", "is:glyph", "is:legal", "is:live",
    "is:login", "is:nav", "is:newsletter", "is:paywall", "is:read-more", "is:reading-time", "is:related",
    "is:selector", "is:share", "is:site", "is:supporter", "is:tags", "is:timestamp", "is:video", "hits",
    "strong", "edge", "again", "again_later", "begins_next", "begun_before", "topic", "title", "place",
    "place_words", "-3:words", "-3:ends", "-3:hits", "-3:title_case", "-3:function_words", "-3:sentences",
    "-2:words", "-2:ends", "-2:hits", "-2:title_case", "-2:function_words", "-2:sentences", "-1:words",
    "-1:ends", "-1:hits", "-1:title_case", "-1:function_words", "-1:sentences", "+1:words", "+1:ends",
    "+1:hits", "+1:title_case", "+1:function_words", "+1:sentences", "+2:words", "+2:ends", "+2:hits",
    "+2:title_case", "+2:function_words", "+2:sentences", "+3:words", "+3:ends", "+3:hits",
    "+3:title_case", "+3:function_words", "+3:sentences", "window3:before", "window3:after",
    "window3:share", "window6:before", "window6:after", "window6:share", "window12:before",
    "window12:after", "window12:share", "since_prose", "until_prose", "prose", "in_run", "from_run",
    "to_run", "prose_share", "lines", "prose_words", "words_before", "run_share", "start_again",
    "topic_near", "topic_any", "-2:topic", "-1:topic", "+1:topic", "+2:topic", "window6:topic",
    "since_related", "until_related", "since_comments", "alike", "block_words", "usual_words", "before:shared",
    "after:shared", "opening:shared",
];

/// The features of all lines of a sheet, in their order. The cost is linear in the lines.
pub(super) fn rows(sheet: &Sheet<'_>) -> Vec<Vec<f32>> {
    let features = Features::new(sheet);
    let row = |n: usize| {
        let mut row = Vec::with_capacity(FEATURES.len());
        features.append(n, &mut row);
        row
    };
    (0..sheet.lines.len()).map(row).collect()
}

/// What the features of the lines of a sheet are made of.
pub(super) struct Features<'a> {
    sheet: &'a Sheet<'a>,
    neighbours: Vec<[f32; NEIGHBOUR]>,
    surroundings: Surroundings<'a>,
    blocks: Blocks,
}

impl<'a> Features<'a> {
    /// Looks over all lines.
    pub(super) fn new(sheet: &'a Sheet<'a>) -> Features<'a> {
        let neighbours = sheet.lines.iter().map(neighbour).collect();
        let blocks = Blocks::new(&sheet.lines, sheet.memory.topics.len());
        Features { sheet, neighbours, surroundings: Surroundings::new(sheet), blocks }
    }

    /// Adds the features of a line to a row.
    pub(super) fn append(&self, n: usize, row: &mut Vec<f32>) {
        own(&self.sheet.lines[n], row);
        self.surroundings.repeats(n, row);
        self.surroundings.place(n, row);
        for step in NEIGHBOURS {
            let neighbour = n.checked_add_signed(step).and_then(|at| self.neighbours.get(at));
            row.extend(neighbour.unwrap_or(&[-1.0; NEIGHBOUR]));
        }
        self.surroundings.windows(n, row);
        self.surroundings.run(n, row);
        self.surroundings.company(n, row);
        self.blocks.append(n, &self.sheet.lines[n], row);
    }
}

fn share(count: usize, of: usize) -> f32 {
    count as f32 / of.max(1) as f32
}

fn flag(is: bool) -> f32 {
    f32::from(u8::from(is))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Declared, Origin, RawDocument};
    use crate::strip::known::Memory;

    /// Passes on the sheet of a text, and how many topics it has.
    pub(super) fn with_sheet(text: &str, look: impl FnOnce(&Sheet<'_>, usize)) {
        let raw =
            RawDocument { origin: Origin::page("t"), bytes: text.into(), declared: Declared::default() };
        let document = crate::train::parsed(&raw).unwrap();
        let (config, rules) = (crate::StripConfig::default(), crate::RuleSet::load(&[], &[]).unwrap());
        let mut memory = Memory::default();
        memory.read(&document, &rules);
        look(&Sheet::new(&document, &config, &rules, &memory), memory.topics.len());
    }

    #[test]
    fn there_is_a_number_for_each_name() {
        let text = "A headline of some words\nBy Ada Novak\nThe harbour was closed on Monday, said the master.\nYes\n";
        with_sheet(text, |sheet, _| {
            let rows = rows(sheet);
            assert_eq!(rows.len(), 4);
            let is_whole =
                |row: &Vec<f32>| row.len() == FEATURES.len() && row.iter().all(|value| value.is_finite());
            assert!(rows.iter().all(is_whole));
        });
    }
}
