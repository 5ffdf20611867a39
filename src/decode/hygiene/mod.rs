//! Hygiene: what no reader sees and every later tool trips over. Each rule has its option and its count; a
//! text that needs nothing is scanned once and not copied.
mod entities;
mod invisible;
mod scan;

use super::survey::Survey;
use crate::config::DecodeConfig;
use crate::model::{Hygiene, Text};
use scan::{CONTROL, INVISIBLE, LINE_END, MARK, NOT_NFC};
use std::borrow::Cow;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// Passes over a text at most. What one pass drops may bring together what the next composes; three have
/// always been enough.
const PASSES: usize = 4;

/// Tidies a decoded text, of which there is a survey, by the rules that are switched on.
pub(super) fn tidy(text: &mut Text<'_>, mut survey: Survey, config: &DecodeConfig) {
    let counts = &mut text.decoding.hygiene;
    let rules = rules(config);
    for _ in 0..PASSES {
        let Some(tidied) = pass(&text.text, &survey, rules, counts) else { break };
        survey = Survey::of(tidied.as_bytes());
        text.text = Cow::Owned(tidied);
    }
    if config.entities
        && let Some((tidied, count)) = entities::take_off_a_level(&text.text, &survey)
    {
        text.text = Cow::Owned(tidied);
        counts.entities += count;
    }
}

/// The kinds of characters that the rules are about.
fn rules(config: &DecodeConfig) -> u8 {
    let rule = |on: bool, kinds: u8| if on { kinds } else { 0 };
    rule(config.nfc, NOT_NFC | MARK)
        | rule(config.invisible, INVISIBLE)
        | rule(config.controls, CONTROL)
        | rule(config.line_ends, LINE_END)
}

/// What becomes of a place in the text.
struct Change {
    range: Range<usize>,
    with: Cow<'static, str>,
}

/// One pass; `None` if nothing had to change.
fn pass(text: &str, survey: &Survey, rules: u8, counts: &mut Hygiene) -> Option<String> {
    let mut out = String::new();
    let mut done = 0;
    let mut at = 0;
    while let Some((found, kinds)) = scan::next(text.as_bytes(), survey, at, rules) {
        let change = change(text, found, kinds & rules, done, counts);
        at = change.range.end.max(found + 1);
        if text[change.range.clone()] == *change.with {
            continue;
        }
        if out.capacity() == 0 {
            out.reserve(text.len());
        }
        out.push_str(&text[done..change.range.start]);
        out.push_str(&change.with);
        done = change.range.end;
    }
    if done == 0 {
        return None;
    }
    out.push_str(&text[done..]);
    Some(out)
}

/// The change at a character of one of the kinds, counted. Nothing before `done` is touched again.
fn change(text: &str, at: usize, kinds: u8, done: usize, counts: &mut Hygiene) -> Change {
    if kinds & LINE_END != 0 {
        return line_end(text, at, counts);
    }
    let (length, count) = match kinds {
        _ if kinds & CONTROL != 0 => (control_length(&text[at..]), 1),
        _ if kinds & INVISIBLE != 0 => invisible::droppable(text, at),
        _ => return composed(text, at, kinds, done, counts),
    };
    match kinds & CONTROL {
        0 => counts.invisible += count,
        _ => counts.controls += count,
    }
    let start = if count == 0 { at + length } else { at };
    Change { range: start..at + length, with: Cow::Borrowed("") }
}

/// A line end of any kind becomes `\n`.
fn line_end(text: &str, at: usize, counts: &mut Hygiene) -> Change {
    let length = match &text.as_bytes()[at..] {
        [b'\r', b'\n', ..] => 2,
        [byte, ..] if byte.is_ascii() => 1,
        [0xC2, ..] => 2,
        _ => 3,
    };
    counts.line_ends += 1;
    Change { range: at..at + length, with: Cow::Borrowed("\n") }
}

/// Bytes of a control character, or of the terminal escape sequence that it opens: `ESC [`, parameters, and
/// a final letter (ECMA-48, 5.4).
fn control_length(rest: &str) -> usize {
    let Some(sequence) = rest.strip_prefix("\x1B[") else {
        return rest.chars().next().map_or(0, char::len_utf8);
    };
    let parameters = sequence.bytes().take_while(|byte| matches!(byte, 0x20..=0x3F)).count();
    let is_final = sequence.as_bytes().get(parameters).is_some_and(|byte| matches!(byte, 0x40..=0x7E));
    if is_final { "\x1B[".len() + parameters + 1 } else { 1 }
}

/// The combining sequence around a character, in NFC.
fn composed(text: &str, at: usize, kinds: u8, done: usize, counts: &mut Hygiene) -> Change {
    let class = |c: char| canonical_combining_class(c);
    let unchanged = Change { range: at..at, with: Cow::Borrowed("") };
    let Some(here) = text[at..].chars().next() else { return unchanged };
    let before = text[done..at].chars().next_back();
    if kinds & NOT_NFC == 0 && before.is_none_or(|before| class(before) <= class(here)) {
        return unchanged;
    }
    let is_inside = |&(_, c): &(usize, char)| scan::kinds(c) & (NOT_NFC | MARK) != 0;
    let back =
        text[done..at].char_indices().rev().skip_while(is_inside).map(|(start, _)| done + start).next();
    let end = text[at..].char_indices().skip(1).find(|place| !is_inside(place));
    let range = back.unwrap_or(done)..end.map_or(text.len(), |(offset, _)| at + offset);
    let with: String = text[range.clone()].nfc().collect();
    counts.nfc += u64::from(with != text[range.clone()]);
    Change { range, with: Cow::Owned(with) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DecidedBy, Decoding};

    fn tidied(text: &str) -> (String, Hygiene) {
        let mut text = Text {
            text: Cow::Borrowed(text),
            encoding: "UTF-8",
            decided_by: DecidedBy::Utf8,
            decoding: Decoding::default(),
        };
        let survey = Survey::of(text.text.as_bytes());
        tidy(&mut text, survey, &DecodeConfig::default());
        (text.text.into_owned(), text.decoding.hygiene)
    }

    #[test]
    fn each_rule_changes_and_counts_its_own() {
        let long = "x".repeat(100);
        for (from, to, counts) in [
            ("cafe\u{301}", "café", Hygiene { nfc: 1, ..Hygiene::default() }),
            ("e\u{323}\u{302} e\u{302}\u{323}", "ệ ệ", Hygiene { nfc: 2, ..Hygiene::default() }),
            ("\u{1112}\u{1161}\u{11AB}", "한", Hygiene { nfc: 1, ..Hygiene::default() }),
            ("hy\u{AD}phen", "hyphen", Hygiene { invisible: 1, ..Hygiene::default() }),
            ("a\0b\x1B[31mc\x1B[0m\u{9D}", "abc", Hygiene { controls: 4, ..Hygiene::default() }),
            ("a\r\nb\rc\u{85}d\u{2028}e", "a\nb\nc\nd\ne", Hygiene { line_ends: 4, ..Hygiene::default() }),
            ("caf&amp;eacute;", "caf&eacute;", Hygiene { entities: 1, ..Hygiene::default() }),
        ] {
            assert_eq!(tidied(from), (to.to_string(), counts), "{from:?}");
            assert_eq!(tidied(&format!("{long}{from}{long}")).0, format!("{long}{to}{long}"), "{from:?}");
            assert_eq!(tidied(to), (to.to_string(), Hygiene::default()), "{to:?}");
        }
    }

    #[test]
    fn dropping_may_bring_marks_to_their_letters() {
        assert_eq!(tidied("e\u{AD}\u{301}").0, "é");
    }

    #[test]
    fn nothing_lossy_is_done() {
        for text in [
            "“quotes” ‘and’ — dashes…",
            "ﬁne ligatures, ＷＩＤＥ letters, ｶﾅ, x² ½ ™",
            "no\u{A0}break, tab\t",
            "हिन्दी में क्‍ष और ज्ञ",
            "می‌خواهم",
            "👩‍👩‍👧 ❤️ 🏴\u{E0067}\u{E0062}\u{E0077}\u{E006C}\u{E0073}\u{E007F}",
            "ภาษา\u{200B}ไทย",
            "\u{FFFD}",
            "שָׁלוֹם عَرَبِيّ",
        ] {
            assert_eq!(tidied(text), (text.to_string(), Hygiene::default()), "{text}");
        }
    }

    #[test]
    fn rules_can_be_switched_off() {
        let mut text = Text {
            text: Cow::Borrowed("e\u{301}\u{AD}\0\r\n caf&amp;eacute;"),
            encoding: "UTF-8",
            decided_by: DecidedBy::Utf8,
            decoding: Decoding::default(),
        };
        let off = DecodeConfig {
            nfc: false,
            invisible: false,
            controls: false,
            entities: false,
            line_ends: false,
            ..DecodeConfig::default()
        };
        let before = text.text.clone();
        let survey = Survey::of(text.text.as_bytes());
        tidy(&mut text, survey, &off);
        assert_eq!(text.text, before);
        assert!(text.decoding.hygiene.is_clean());
    }
}
