//! Readings in the single-byte encodings, by pairs of letters.
use super::Reading;
use super::evidence::Evidence;
use super::models::{ANY_LANGUAGE, BOUNDARY, LEVELS, MODELS, Script, UNKNOWN};
use encoding_rs::*;
use std::sync::LazyLock;

/// The single-byte encodings of the web and what each costs beforehand, in nats: how rare it is, by rough
/// count of declared encodings. `true`: the letters are those of this script.
const ENCODINGS: &[(&Encoding, &str, f32)] = &[
    (WINDOWS_1252, "latin", 0.0),
    (WINDOWS_1250, "latin", 1.5),
    (WINDOWS_1254, "latin", 2.5),
    (WINDOWS_1257, "latin", 3.0),
    (WINDOWS_1258, "latin", 3.5),
    (ISO_8859_2, "latin", 2.0),
    (ISO_8859_15, "latin", 3.0),
    (ISO_8859_3, "latin", 6.0),
    (ISO_8859_4, "latin", 5.0),
    (ISO_8859_10, "latin", 6.0),
    (ISO_8859_13, "latin", 4.5),
    (ISO_8859_14, "latin", 7.0),
    (ISO_8859_16, "latin", 6.0),
    (MACINTOSH, "latin", 5.0),
    (WINDOWS_1251, "cyrillic", 1.0),
    (KOI8_R, "cyrillic", 2.0),
    (KOI8_U, "cyrillic", 3.0),
    (IBM866, "cyrillic", 3.0),
    (ISO_8859_5, "cyrillic", 4.0),
    (X_MAC_CYRILLIC, "cyrillic", 4.0),
    (WINDOWS_1253, "greek", 1.0),
    (ISO_8859_7, "greek", 2.0),
    (WINDOWS_1255, "hebrew", 1.0),
    (ISO_8859_8, "hebrew", 3.0),
    (WINDOWS_1256, "arabic", 1.0),
    (ISO_8859_6, "arabic", 3.0),
    (WINDOWS_874, "thai", 1.0),
];

/// Costs of what is no letter, in levels: a common mark such as a quote or a dash, a rare symbol, a control
/// character or an unassigned byte; and what a letter on one side adds, as marks stand between words.
const MARK: f32 = 16.0;
const MARK_BY_LETTER: f32 = 6.0;
const SYMBOL: f32 = 40.0;
const SYMBOL_BY_LETTER: f32 = 10.0;
const CONTROL: f32 = 56.0;

/// Costs of case, in levels: a capital after a small letter; a capital anywhere.
const CASE_BREAK: f32 = 18.0;
const CAPITAL: f32 = 2.0;

/// The cost of an ASCII letter beside a letter of another script, in levels.
const MIXED: f32 = 30.0;

/// The same where the ASCII letter looks like one of the script.
const MIXED_ALIKE: f32 = 10.0;

/// What a text in no language that has statistics costs beforehand, in levels.
const ANY_LANGUAGE_COST: f32 = 16.0;

/// Marks that texts are full of.
const COMMON_MARKS: &str = "\u{A0}«»“”„‘‚‹›–—…·°¡¿ªº²³´";

/// Signs that are as common, but do not touch letters.
const COMMON_SIGNS: &str = "•©®™€£§№";

/// ASCII letters that look like Cyrillic ones and were typed for them.
const ALIKE_CYRILLIC: &str = "ABCEHKMOPTXaceopxyijs";

/// The mark that stands inside words.
const APOSTROPHE: char = '’';

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter {
        number: usize,
        capital: bool,
    },
    /// An ASCII letter in a text of another script.
    Foreign,
    /// An ASCII letter that looks like one of the script.
    Alike,
    Boundary,
    Apostrophe,
    Mark,
    Sign,
    Symbol,
    Control,
}

/// An encoding, laid out for scoring.
struct Candidate {
    encoding: &'static Encoding,
    prior: f32,
    script: &'static Script,
    classes: [Class; 256],
}

static CANDIDATES: LazyLock<Vec<Candidate>> = LazyLock::new(|| {
    let candidate = |&(encoding, script, prior): &(&'static Encoding, &str, f32)| {
        let script = MODELS.scripts.iter().find(|model| model.name == script)?;
        Some(Candidate { encoding, prior, script, classes: classes(encoding, script) })
    };
    ENCODINGS.iter().filter_map(candidate).collect()
});

/// A reading in each single-byte encoding.
pub(super) fn readings(evidence: &Evidence) -> Vec<Reading> {
    let reading = |candidate: &Candidate| Reading {
        encoding: candidate.encoding,
        cost: candidate.prior + candidate.cost(evidence) / LEVELS,
    };
    CANDIDATES.iter().map(reading).collect()
}

fn classes(encoding: &'static Encoding, script: &Script) -> [Class; 256] {
    std::array::from_fn(|byte| {
        let byte = byte as u8;
        let text = encoding.decode_without_bom_handling(std::slice::from_ref(&byte)).0;
        text.chars().next().map_or(Class::Control, |c| class(c, script))
    })
}

fn class(c: char, script: &Script) -> Class {
    let mut lower = c.to_lowercase();
    let small = lower.next().filter(|_| lower.next().is_none()).unwrap_or(c);
    match c {
        _ if script.name == "cyrillic" && ALIKE_CYRILLIC.contains(c) => Class::Alike,
        'A'..='Z' | 'a'..='z' if script.name != "latin" => Class::Foreign,
        char::REPLACEMENT_CHARACTER | '\u{7F}'..='\u{9F}' | '\u{E000}'..='\u{F8FF}' => Class::Control,
        APOSTROPHE => Class::Apostrophe,
        _ if COMMON_MARKS.contains(c) => Class::Mark,
        _ if COMMON_SIGNS.contains(c) => Class::Sign,
        _ if c.is_ascii() && !c.is_ascii_alphabetic() => Class::Boundary,
        _ => match script.number(small) {
            Some(number) => Class::Letter { number, capital: small != c },
            None if c.is_alphabetic() => Class::Letter { number: UNKNOWN, capital: small != c },
            None => Class::Symbol,
        },
    }
}

impl Candidate {
    /// What the evidence costs in the language that it fits best, in levels.
    fn cost(&self, evidence: &Evidence) -> f32 {
        let mut shared = 0.0;
        let mut costs = vec![0.0_f32; self.script.languages.len()];
        for &(a, b, count) in &evidence.pairs {
            let (first, second) = (self.classes[usize::from(a)], self.classes[usize::from(b)]);
            shared += count * beside(first, second);
            // A letter of ASCII after a mark says nothing of the encoding.
            if is_telling(a, first) || is_telling(b, second) {
                for (cost, &level) in costs.iter_mut().zip(self.row(first, second)) {
                    *cost += count * f32::from(level);
                }
            }
        }
        // The orthographies without statistics were written in windows-1252, and are rarer than the others.
        costs[0] += match (self.script.languages[0], self.encoding == WINDOWS_1252) {
            (ANY_LANGUAGE, true) => ANY_LANGUAGE_COST,
            (ANY_LANGUAGE, false) => f32::INFINITY,
            _ => 0.0,
        };
        shared + costs.into_iter().fold(f32::INFINITY, f32::min)
    }

    /// The row of a pair in the models; what is no letter is a boundary.
    fn row(&self, first: Class, second: Class) -> &[u8] {
        let number = |class| match class {
            Class::Letter { number, .. } => number,
            _ => BOUNDARY,
        };
        self.script.row(number(first), number(second))
    }
}

/// Whether a byte is a letter only in some encodings.
fn is_telling(byte: u8, class: Class) -> bool {
    !byte.is_ascii() && matches!(class, Class::Letter { .. })
}

/// What a pair costs in any language, in levels.
fn beside(first: Class, second: Class) -> f32 {
    let is_letter = |class| matches!(class, Class::Letter { .. } | Class::Foreign | Class::Alike);
    let own = match second {
        Class::Mark | Class::Sign | Class::Apostrophe => MARK,
        Class::Symbol => SYMBOL,
        Class::Control => CONTROL,
        _ => 0.0,
    };
    let by_letter = match (first, second) {
        (Class::Mark, other) | (other, Class::Mark) if is_letter(other) => MARK_BY_LETTER,
        (Class::Symbol | Class::Sign, other) | (other, Class::Symbol | Class::Sign) if is_letter(other) => {
            SYMBOL_BY_LETTER
        }
        (Class::Foreign, Class::Letter { .. }) | (Class::Letter { .. }, Class::Foreign) => MIXED,
        (Class::Alike, Class::Letter { .. }) | (Class::Letter { .. }, Class::Alike) => MIXED_ALIKE,
        _ => 0.0,
    };
    let case = match (first, second) {
        (Class::Letter { capital: false, .. }, Class::Letter { capital: true, .. }) => CASE_BREAK,
        (_, Class::Letter { capital: true, .. }) => CAPITAL,
        _ => 0.0,
    };
    own + by_letter + case
}
