//! How a text must begin for an expression that is tied to its beginning: most lines begin otherwise.
use super::super::fold::fold;
use regex_syntax::hir::{Class, Hir, HirKind, Look, Repetition};
use std::collections::BTreeSet;

/// Heads of an expression, and characters of one, from which they are followed no further.
const MAX_HEADS: usize = 60;
const MAX_CHARS: usize = 20;

/// Characters of a class, at most, that are told one by one.
const MAX_CLASS: usize = 4;

/// A folded text from its first letter or digit.
pub(in super::super) fn from_first_letter(folded: &str) -> &str {
    folded.trim_start_matches(|c| !is_letter(c))
}

/// Whether a character is a letter or digit, by what both expressions and folding say of it.
fn is_letter(c: char) -> bool {
    match c.is_ascii() {
        true => c.is_ascii_alphanumeric(),
        false => c.is_alphanumeric() && regex_syntax::is_word_character(c),
    }
}

/// Texts of which one stands at the beginning of every folded text that an expression matches, if it holds any letter;
/// marks before the first one apart. Nothing where it may begin with anything.
pub(super) fn needed(hir: &Hir) -> Option<BTreeSet<String>> {
    if !hir.properties().look_set_prefix().contains(Look::Start) {
        return None;
    }
    let mut heads = Heads { open: BTreeSet::from([String::new()]), whole: BTreeSet::new() };
    heads.follow(hir)?;
    heads.whole.append(&mut heads.open);
    if hir.properties().look_set_suffix().contains(Look::End) {
        heads.whole.remove("");
    }
    // The last marks of a head may be folded otherwise for what stands after them.
    let ends = |head: &str| head.trim_end_matches(|c: char| !c.is_alphanumeric()).to_string();
    let heads: BTreeSet<String> =
        heads.whole.iter().map(|head| ends(from_first_letter(&fold(head)))).collect();
    heads.iter().all(|head| !head.is_empty()).then_some(heads)
}

/// Beginnings of what an expression matches: those that go on with what stands next in it, and those that are
/// followed no further.
#[derive(Clone)]
struct Heads {
    open: BTreeSet<String>,
    whole: BTreeSet<String>,
}

impl Heads {
    /// Goes on with what stands next; nothing if a text may then begin with anything.
    fn follow(&mut self, next: &Hir) -> Option<()> {
        match next.kind() {
            HirKind::Empty | HirKind::Look(_) => {}
            HirKind::Literal(literal) => {
                let text = std::str::from_utf8(&literal.0).ok()?;
                self.open = self.open.iter().map(|head| head.clone() + text).collect();
            }
            HirKind::Class(class) => self.one_of(class)?,
            HirKind::Capture(capture) => self.follow(&capture.sub)?,
            HirKind::Concat(parts) => parts.iter().try_for_each(|part| self.follow(part))?,
            HirKind::Alternation(branches) => {
                let before = std::mem::take(&mut self.open);
                for branch in branches {
                    let mut heads = Heads { open: before.clone(), whole: BTreeSet::new() };
                    heads.follow(branch)?;
                    self.open.append(&mut heads.open);
                    self.whole.append(&mut heads.whole);
                }
            }
            HirKind::Repetition(repetition) => self.repeat(repetition)?,
        }
        let many = self.open.len() > MAX_HEADS;
        self.end_those(|head| many || head.chars().count() > MAX_CHARS);
        Some(())
    }

    /// Follows these no further. Marks before the first letter are no part of a head.
    fn end_those(&mut self, are_long: impl Fn(&str) -> bool) {
        for head in std::mem::take(&mut self.open) {
            match head.chars().any(is_letter) {
                true if are_long(&head) => self.whole.insert(head),
                true => self.open.insert(head),
                false => self.open.insert(String::new()),
            };
        }
    }

    fn one_of(&mut self, class: &Class) -> Option<()> {
        let Class::Unicode(class) = class else { return None };
        let chars = || class.ranges().iter().flat_map(|range| range.start()..=range.end());
        if chars().nth(MAX_CLASS).is_none() {
            let before = std::mem::take(&mut self.open);
            self.open = before.iter().flat_map(|head| chars().map(move |c| format!("{head}{c}"))).collect();
            return Some(());
        }
        self.end_those(|_| true);
        (self.open.is_empty() || !chars().any(is_letter)).then_some(())
    }

    fn repeat(&mut self, repetition: &Repetition) -> Option<()> {
        let before = self.open.clone();
        self.follow(&repetition.sub)?;
        if repetition.max != Some(1) {
            self.end_those(|_| true);
        }
        if repetition.min == 0 {
            self.open.extend(before);
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heads(pattern: &str) -> Option<Vec<String>> {
        needed(&regex_syntax::parse(pattern).unwrap()).map(Vec::from_iter)
    }

    #[test]
    fn a_text_must_begin_with_one_of_the_heads() {
        let some = |heads: &[&str]| Some(heads.iter().map(|head| head.to_string()).collect::<Vec<_>>());
        assert_eq!(
            heads(r"^(in )?(this|an?) (photo|picture)s? "),
            some(&[
                "a photo",
                "a photos",
                "a picture",
                "a pictures",
                "an photo",
                "an photos",
                "an picture",
                "an pictures",
                "in a photo",
                "in a photos",
                "in a picture",
                "in a pictures",
                "in an photo",
                "in an photos",
                "in an picture",
                "in an pictures",
                "in this photo",
                "in this photos",
                "in this picture",
                "in this pictures",
                "this photo",
                "this photos",
                "this picture",
                "this pictures",
            ])
        );
        assert_eq!(heads(r"^\W*(?<value>(the )?AP|dpa)[\W]*$"), some(&["ap", "dpa", "the ap"]));
        assert_eq!(heads(r"^(share|,|\||\s)+$"), some(&["share"]));
        assert_eq!(heads(r"^(share|,|\s)+"), None);
        assert_eq!(heads(r"^[-–(\[\s/]*\(c\) \d"), some(&["c"]));
        assert_eq!(heads(r"^file\s?[-–]+"), some(&["file"]));
        assert_eq!(heads(r"^(?i:by) "), some(&["by"]));
        for anything in [r"photo", r"^.*photo", r"^\d+ photos", r"^[\W\d_]?$", r"^(,+$|.)", r"(^|\s)a"] {
            assert_eq!(heads(anything), None, "{anything}");
        }
    }

    #[test]
    fn what_an_expression_matches_begins_with_one_of_its_heads() {
        let matches = [
            (r"^\W*von :x", "½ von :x"),
            (r"^_?foo [’']s", "_foo ’s"),
            (r"^(file :|file) \d", "file : 1"),
            (r"^“?(?i:größe)", "“GRÖßE"),
            (r"^(ab|\s)+$", "  ab ab"),
            (r"^写真：", "写真：x"),
        ];
        for (pattern, text) in matches {
            let folded = fold(text);
            let start = from_first_letter(&folded);
            let heads = heads(pattern).unwrap();
            assert!(heads.iter().any(|head| start.starts_with(head.as_str())), "{pattern} {heads:?}");
        }
    }
}
