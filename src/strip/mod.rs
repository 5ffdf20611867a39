//! Cruft out: judges, in order. Each looks at the lines of a document and says of some that they go, and by
//! which rule. Nothing is deleted here: verdicts are set, and write acts on them.
mod captions;
mod chrome;
mod context;
mod credits;
mod examples;
pub(crate) mod features;
mod headlines;
mod kinds;
mod known;
mod numbers;
pub(crate) mod page;
mod phrases;
mod repeats;
mod runs;
mod scored;
mod sheet;
pub(crate) mod site;
mod source;
mod tally;
mod topics;
mod user;

use crate::config::{Scorer, StripConfig};
use crate::model::{Document, Kind};
use crate::rules::RuleSet;
pub use examples::{ExampleOf, Fault, faults};
use known::Memory;
pub use page::{BlockScore, scores};
pub(crate) use scored::Table;
use sheet::Sheet;

/// A judge: what it finds, for people, and how.
pub struct Judge {
    /// Its name; the rules it cuts by are `name/...`.
    pub name: &'static str,
    /// The rules it cuts by, each with what it finds.
    pub rules: &'static [JudgeRule],
    judge: Asked,
}

/// What a judge looks at.
enum Asked {
    /// What the user's selectors rule out, before anything is judged.
    User,
    /// The blocks of a page, before their lines are read.
    Page(fn(&mut Document, &StripConfig)),
    /// The lines that are still open.
    Lines(fn(&mut Sheet<'_>)),
    /// A page among the pages of its site.
    Site,
}

/// A rule that needs more than words: its name, and what it finds.
#[derive(Debug, Clone, Copy)]
pub struct JudgeRule {
    /// Its name.
    pub id: &'static str,
    /// What it finds, in one line.
    pub summary: &'static str,
}

/// All judges, in the order in which they are asked. The first verdict on a line stands.
pub const JUDGES: &[Judge] = &[
    user::JUDGE,
    page::JUDGE,
    chrome::JUDGE,
    credits::JUDGE,
    headlines::JUDGE,
    captions::JUDGE,
    phrases::JUDGE,
    runs::JUDGE,
    repeats::JUDGE,
    context::JUDGE,
    scored::JUDGE,
    site::JUDGE,
];

/// The features of the lines of a text, for training.
pub(crate) fn features_of(document: &Document, rules: &RuleSet) -> Vec<Vec<f32>> {
    let config = StripConfig { scorer: Scorer::Rules, ..StripConfig::default() };
    let mut memory = Memory::default();
    memory.read(document, rules);
    let mut sheet = Sheet::new(document, &config, rules, &memory);
    ask(&mut sheet);
    features::rows(&sheet)
}

fn ask(sheet: &mut Sheet<'_>) {
    for judge in JUDGES {
        if let Asked::Lines(judge) = judge.judge {
            judge(sheet);
        }
    }
}

/// Judges a document, until another look would change nothing: so cleaning the cleaned text again changes
/// nothing either. (A page keeps what its elements say of its blocks, which its text alone no longer does:
/// it is judged once.) Where the user says what is content, no judge looks for it.
pub(crate) fn strip(document: &mut Document, config: &StripConfig, rules: &RuleSet) {
    user::obey(document);
    if !config.enabled {
        return;
    }
    page::mind_signs(document);
    for judge in JUDGES {
        if let Asked::Page(judge) = judge.judge
            && !document.selected
        {
            judge(document, config);
        }
    }
    strip_lines(document, config, rules);
}

/// Asks the judges of lines.
pub(crate) fn strip_lines(document: &mut Document, config: &StripConfig, rules: &RuleSet) {
    strip_lines_with(document, config, rules, None);
}

/// The same by other trees than those built in.
pub(crate) fn strip_lines_with(
    document: &mut Document,
    config: &StripConfig,
    rules: &RuleSet,
    table: Option<&Table>,
) {
    let mut memory = Memory::default();
    loop {
        memory.read(document, rules);
        let mut sheet = Sheet::new(document, config, rules, &memory);
        sheet.table = table;
        ask(&mut sheet);
        let changed = sheet.verdicts().apply(document, &mut memory);
        if !changed || document.kind == Kind::Html {
            return;
        }
    }
}
