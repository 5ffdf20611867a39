//! Lines that a rule finds by its words; what they say of the document becomes its fields.
use super::known::words;
use super::sheet::Sheet;
use super::{Asked, Judge};
use crate::model::{Block, BlockKind, FieldName, date_and_time, find_date, people_of_byline};
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
        let Some(hit) = sheet.hits(n).find(|hit| proven(hit) && !is_told(sheet, n, hit, inside)) else {
            continue;
        };
        match hit.rule.action {
            Action::Cut => sheet.lines[n].cut_by(&hit.rule.id),
            Action::Field(field) => {
                let value = whole(&sheet.lines[n].text, hit.value.clone()).to_string();
                if note(sheet, field, &value) {
                    sheet.lines[n].take_as(field, &hit.rule.id);
                } else {
                    sheet.lines[n].cut_by(&hit.rule.id);
                }
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

/// Whether the line tells of what a rule's words are about, rather than being it.
fn is_told(sheet: &Sheet<'_>, n: usize, hit: &Hit<'_>, inside: bool) -> bool {
    let line = &sheet.lines[n];
    let field = |field| hit.rule.action == Action::Field(field);
    if field(FieldName::Published) || field(FieldName::Updated) {
        return goes_on(&line.text[hit.value.clone()], sheet);
    }
    match hit.rule.category {
        _ if line.is_prose() && is_speech(&line.text) => true,
        Category::Consent => inside && line.ends && sheet.is_page() && answers(sheet, n),
        Category::Related => hit.rule.proof == Proof::Edge && sheet.is_page() && heads_points(sheet, n),
        _ => false,
    }
}

/// Words of a sentence after a date from which a line is more than the date.
const SENTENCE_WORDS: usize = 4;

/// Whether a whole sentence comes after a date: of a correction, say.
fn goes_on(value: &str, sheet: &Sheet<'_>) -> bool {
    let rest = find_date(value, sheet.document.fields.day_order).map(|(_, span)| &value[span.end..]);
    let sentence =
        rest.and_then(|rest| rest.strip_prefix(['.', ';', ':'])).filter(|rest| rest.starts_with(' '));
    sentence.is_some_and(|sentence| words(sentence) >= SENTENCE_WORDS)
}

/// Pairs of quotation marks.
const QUOTES: &[(char, char)] = &[
    ('“', '”'),
    ('"', '"'),
    ('„', '“'),
    ('„', '”'),
    ('«', '»'),
    ('»', '«'),
    ('”', '”'),
    ('「', '」'),
    ('『', '』'),
];

/// Whether a line is what somebody says, with words on who says it.
fn is_speech(text: &str) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let inner = &text[first.len_utf8()..];
    let rest = |close| inner.find(close).map(|at| &inner[at..]);
    QUOTES.iter().filter(|(open, _)| *open == first).filter_map(|(_, close)| rest(*close)).any(|rest| {
        // Who says it, and how: three letters in scripts that need no blanks.
        rest.chars().filter(|c| c.is_alphabetic()).count() >= 3
    })
}

/// Whether a block answers the question in the heading above it.
fn answers(sheet: &Sheet<'_>, n: usize) -> bool {
    let above = n.checked_sub(1).map(|above| (&sheet.lines[above], sheet.block(above)));
    above.is_some_and(|(line, block)| {
        line.is_open()
            && matches!(block.kind, BlockKind::Heading(_))
            && line.text.ends_with(['?', '？', '؟', ';'])
    })
}

/// Whether a heading of a page stands over a list that links nowhere: points of the text, not other articles.
fn heads_points(sheet: &Sheet<'_>, n: usize) -> bool {
    let links = |block: &Block| block.evidence.link_bytes > 0;
    let next = sheet.document.blocks.get(sheet.lines[n].block + 1);
    let head = sheet.block(n);
    let is_item = next.is_some_and(|next| next.kind == BlockKind::ListItem && !links(next));
    matches!(head.kind, BlockKind::Heading(_)) && !links(head) && is_item
}

/// Notes the value of a field; says whether the document holds it. A byline holds names, and may name an agency after
/// them.
fn note(sheet: &mut Sheet<'_>, field: FieldName, value: &str) -> bool {
    let order = sheet.document.fields.day_order;
    match field {
        FieldName::Authors => {
            let names = byline_names(value, |name| is_agency(sheet.rules, name));
            for (field, name) in &names {
                sheet.note(*field, name);
            }
            let authors = names.iter().filter(|(field, _)| *field == FieldName::Authors);
            authors.into_iter().any(|(_, name)| sheet.holds(FieldName::Authors, name))
                || names.iter().any(|(field, _)| *field == FieldName::Agency)
        }
        FieldName::Published | FieldName::Updated => {
            let date = date_and_time(value, order).unwrap_or(value).trim_matches(is_edge);
            sheet.note(field, date);
            sheet.holds(field, date)
        }
        _ => {
            sheet.note(field, value.trim_matches(is_edge));
            true
        }
    }
}

fn is_edge(c: char) -> bool {
    c.is_whitespace() || matches!(c, '|' | '·' | '-' | ':' | '.')
}

/// The names of a byline, each with what it names: people, or the agency they write for.
fn byline_names(value: &str, is_agency: impl Fn(&str) -> bool) -> Vec<(FieldName, String)> {
    let (agencies, people): (Vec<String>, Vec<String>) =
        names(value).into_iter().partition(|name| is_agency(name));
    let people = people_of_byline(people).into_iter().map(|name| (FieldName::Authors, name));
    people.chain(agencies.into_iter().map(|name| (FieldName::Agency, name))).collect()
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
    fn bylines_are_split_into_names() {
        assert_eq!(super::names("Ada Novak and Bo Lind, ANA"), ["Ada Novak", "Bo Lind", "ANA"]);
        assert_eq!(super::names("Ada Novak"), ["Ada Novak"]);
    }

    #[test]
    fn values_close_their_brackets() {
        let whole = |text, part| super::whole(text, part);
        assert_eq!(whole("Photo: The quay (Ada Novak)", 7..26), "The quay (Ada Novak)");
        assert_eq!(whole("(Photo: Ada Novak)", 8..17), "Ada Novak");
    }

    #[test]
    fn speech_says_who_speaks() {
        for (text, expected) in [
            ("“We use cookies to draw children in,” the baker says.", true),
            ("„Wir verwenden Cookies“, sagt sie und lacht.", true),
            ("「クッキーを使います」と彼女は言った。", true),
            ("“We use cookies to make this site work.”", false),
            ("We use “cookies” to make this site work.", false),
        ] {
            assert_eq!(super::is_speech(text), expected, "{text}");
        }
    }
}
