//! Signs that an expression cannot match without: digits, brackets, a copyright sign. One look over a text tells
//! which it holds, and most expressions that its words let through need not run.
use regex_syntax::hir::{Class, Hir, HirKind};
use std::borrow::Cow;

/// A set of signs, a bit each: one for all digits, one for each ASCII mark, the rest for what other marks fall into.
type Set = u64;

/// The bit of all digits, of whatever script, and fractions and numbers in circles with them.
const DIGIT: Set = 1;

/// The bits of marks beyond ASCII, by their code points: a text may seem to hold one that it does not.
const OTHER_BITS: u32 = 31;

/// Ranges and characters of a class beyond which it is taken to match anything.
const MAX_CLASS: usize = 16;

/// The bit of each ASCII character; letters and blanks have none.
const ASCII: [Set; 128] = {
    let (mut bits, mut byte, mut next) = ([0; 128], 0, 1);
    while byte < 128 {
        if (byte as u8).is_ascii_digit() {
            bits[byte] = DIGIT;
        } else if (byte as u8).is_ascii_punctuation() {
            bits[byte] = 1 << next;
            next += 1;
        }
        byte += 1;
    }
    bits
};

fn bit(c: char) -> Set {
    match c {
        c if c.is_ascii() => ASCII[c as usize],
        c if is_frequent_letter(c) => 0,
        c if c.is_numeric() => DIGIT,
        c if c.is_alphabetic() || c.is_whitespace() => 0,
        c => 1 << (64 - OTHER_BITS + c as u32 % OTHER_BITS),
    }
}

/// Whether a character is one of those letters that most texts are made of: no need to look it up.
fn is_frequent_letter(c: char) -> bool {
    matches!(c,
        '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{24F}' | '\u{400}'..='\u{481}'
        | '\u{48A}'..='\u{52F}' | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7A3}')
}

/// The signs that a text holds.
pub(in super::super) fn held(text: &str) -> Set {
    text.chars().fold(0, |set, c| set | bit(c))
}

/// What every match of an expression holds: at least one sign of each set.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) struct Signs(pub(in super::super) Cow<'static, [Set]>);

impl Signs {
    /// Reads an expression.
    pub(super) fn of(hir: &Hir) -> Signs {
        let mut sets = Vec::new();
        needs(hir, &mut sets);
        sets.sort_unstable_by_key(|set| (set.count_ones(), *set));
        sets.dedup();
        Signs(Cow::Owned(sets))
    }

    /// Whether a text that holds these signs may match.
    pub(in super::super) fn are_in(&self, held: Set) -> bool {
        self.0.iter().all(|set| set & held != 0)
    }
}

fn needs(hir: &Hir, sets: &mut Vec<Set>) {
    match hir.kind() {
        HirKind::Literal(literal) => {
            let text = std::str::from_utf8(&literal.0).unwrap_or_default();
            sets.extend(text.chars().map(bit).filter(|bit| *bit != 0));
        }
        HirKind::Class(class) => sets.extend(one_of(class)),
        HirKind::Capture(capture) => needs(&capture.sub, sets),
        HirKind::Repetition(repetition) if repetition.min > 0 => needs(&repetition.sub, sets),
        HirKind::Concat(parts) => parts.iter().for_each(|part| needs(part, sets)),
        // One set of each branch, the one that tells most; without one in each, nothing is sure.
        HirKind::Alternation(branches) => {
            let of_each = branches.iter().map(|branch| Signs::of(branch).0.first().copied());
            sets.extend(of_each.collect::<Option<Vec<_>>>().map(|all| all.into_iter().fold(0, |a, b| a | b)));
        }
        _ => {}
    }
}

/// The signs of a class that holds nothing else.
fn one_of(class: &Class) -> Option<Set> {
    let Class::Unicode(class) = class else { return None };
    let chars = || class.ranges().iter().flat_map(|range| range.start()..=range.end());
    if chars().all(char::is_numeric) {
        return (!class.ranges().is_empty()).then_some(DIGIT);
    }
    let bits: Vec<Set> = chars().take(MAX_CLASS + 1).map(bit).collect();
    (bits.len() <= MAX_CLASS && !bits.contains(&0)).then(|| bits.into_iter().fold(0, |a, b| a | b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn may(pattern: &str, text: &str) -> bool {
        Signs::of(&regex_syntax::parse(pattern).unwrap()).are_in(held(text))
    }

    #[test]
    fn an_expression_runs_where_its_signs_are() {
        assert!(may(r"^\d{1,2}:\d\d$", "12:30"));
        assert!(may(r"^\d{1,2}:\d\d$", "١٢:٣٠"));
        assert!(!may(r"^\d{1,2}:\d\d$", "half past: twelve"));
        assert!(!may(r"^#\S+( #\S+)*$", "no tag"));
        assert!(may(r"^[▶►]\s?.+$", "► next"));
        assert!(!may(r"^[▶►]\s?.+$", "next"));
        assert!(!may(r"[(\[](left|l)\b", "to the left"));
        assert!(may(r"(©|\(c\)) \d", "(c) 1"));
        assert!(!may(r"(©|\(c\)) \d", "c 1"));
    }

    #[test]
    fn frequent_letters_are_letters() {
        for c in ('\0'..=char::MAX).filter(|&c| is_frequent_letter(c)) {
            assert!(c.is_alphabetic() && !c.is_numeric() && !c.is_whitespace(), "{c}");
        }
    }

    #[test]
    fn what_may_be_left_out_is_not_asked_for() {
        for pattern in ["#?a", "(#|a)", r"[#a]", r"\W", r"[#\s]", ".", "#*", r"(\d+)?"] {
            assert!(may(pattern, "a"), "{pattern}");
        }
    }
}
