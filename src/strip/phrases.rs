//! Lines that a rule finds by its words; what they say of the document becomes its fields.
use super::known::words;
use super::sheet::Sheet;
use super::{Asked, Judge};
use crate::model::FieldName;
use crate::rules::{Action, Category, Hit, Proof, RuleSet};
use std::ops::Range;

/// What stands between the names of a byline: marks, and "and" in the languages of the rules.
const NAME_SEPARATORS: &[&str] =
    &[", ", " and ", " & ", " und ", " et ", " y ", " e ", " och ", " og ", " en ", " и ", ";", " / "];

/// The row in `JUDGES`. Its rules are those of the rule files.
pub(super) const JUDGE: Judge = Judge { name: "phrase", rules: &[], judge: Asked::Lines(judge) };

fn judge(sheet: &mut Sheet<'_>) {
    let body = sheet.body();
    for n in sheet.open() {
        let inside = body.contains(&n);
        let proven = |hit: &Hit<'_>| match hit.rule.proof {
            Proof::Strong => true,
            Proof::Edge => !inside,
            Proof::Weak => false,
        };
        let Some(hit) = sheet.hits(n).find(proven) else { continue };
        match hit.rule.action {
            Action::Cut => sheet.lines[n].cut_by(&hit.rule.id),
            Action::Field(field) => {
                let value = whole(&sheet.lines[n].text, hit.value.clone()).to_string();
                note(sheet, field, &value);
                sheet.lines[n].take_as(field, &hit.rule.id);
            }
        }
    }
}

/// A part of a text, with the bracket after it that one in it opens.
fn whole(text: &str, part: Range<usize>) -> &str {
    let (value, rest) = (&text[part.clone()], &text[part.end..]);
    let opens = |open: char, close: char| value.matches(open).count() > value.matches(close).count();
    let pairs = [('(', ')'), ('[', ']'), ('（', '）')];
    let closing = pairs.iter().find(|&&(open, close)| rest.starts_with(close) && opens(open, close));
    closing.map_or(value, |(_, close)| &text[part.start..part.end + close.len_utf8()])
}

/// Notes the value of a field. A byline holds names, and may name an agency after them.
fn note(sheet: &mut Sheet<'_>, field: FieldName, value: &str) {
    if field != FieldName::Authors {
        let edge = |c: char| c.is_whitespace() || matches!(c, '|' | '·' | '-' | ':' | '.');
        return sheet.note(field, value.trim_matches(edge));
    }
    for name in names(value) {
        let field = if is_agency(sheet.rules, &name) { FieldName::Agency } else { FieldName::Authors };
        sheet.note(field, &name);
    }
}

/// Whether the rules take the name for a news agency's, and for nothing else, where it signs a text.
fn is_agency(rules: &RuleSet, name: &str) -> bool {
    let signature = format!("- {name}");
    let hits = rules.hits(&signature, words(&signature));
    !hits.is_empty() && hits.iter().all(|hit| hit.rule.category == Category::Agency)
}

/// The names of a byline.
fn names(value: &str) -> Vec<String> {
    let mut names = vec![value.to_string()];
    for separator in NAME_SEPARATORS {
        names =
            names.iter().flat_map(|name| name.split(separator)).map(|name| name.trim().to_string()).collect();
    }
    names.retain(|name| !name.is_empty());
    names
}

#[cfg(test)]
mod tests {
    #[test]
    fn values_close_their_brackets() {
        let whole = |text, part| super::whole(text, part);
        assert_eq!(whole("Photo: The quay (Ada Novak)", 7..26), "The quay (Ada Novak)");
        assert_eq!(whole("(Photo: Ada Novak)", 8..17), "Ada Novak");
    }

    #[test]
    fn bylines_are_split_into_names() {
        assert_eq!(super::names("Ada Novak and Bo Lind, ANA"), ["Ada Novak", "Bo Lind", "ANA"]);
        assert_eq!(super::names("Ada Novak"), ["Ada Novak"]);
    }
}
