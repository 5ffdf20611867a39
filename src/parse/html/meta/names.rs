//! Names of people in bylines: without "by", roles, addresses and dates.
use super::text::clean;
use crate::model::{DayOrder, JOB_TITLES, find_date, without_roles};

/// Words before a name, in lower case.
const OPENINGS: &[&str] = &[
    "by",
    "von",
    "par",
    "por",
    "di",
    "da",
    "af",
    "av",
    "door",
    "przez",
    "autor",
    "autorin",
    "author",
    "authors",
    "auteur",
    "text",
    "words",
    "words by",
    "story by",
    "written by",
    "posted by",
    "published by",
    "geschrieben von",
    "verfasst von",
    "ein artikel von",
    "ein gastbeitrag von",
    "gastbeitrag von",
    "eine kolumne von",
    "ein kommentar von",
    "kommentar von",
    "aus",
    "écrit par",
    "publié par",
    "escrito por",
    "a cura di",
    "scritto da",
    "erstellt von",
    "veröffentlicht von",
    "text von",
    "guest post by",
    "reviewed by",
    "posted",
    "report by",
    "interview von",
    "from",
    "article by",
    "作者",
    "文",
    "記者",
];

/// Words of the lines that stand around names; a part with one of these, or with a job title, is no name.
const NO_NAMES: &[&str] = &[
    "autor",
    "author",
    "authors",
    "about",
    "follow",
    "view",
    "posts",
    "published",
    "updated",
    "posted",
    "read",
    "min",
    "minutes",
    "share",
    "comments",
    "comment",
    "email",
    "twitter",
    "director",
    "manager",
    "officer",
    "more",
    "articles",
    "profile",
    "subscribe",
    "written",
    "veröffentlicht",
    "kommentare",
    "uhr",
    "artikel",
    "mehr",
    "founder",
    "analyst",
    "professor",
    "phd",
    "md",
    "rd",
    "rn",
    "null",
    "undefined",
    "category",
    "leave",
    "website",
    "search",
    "home",
];

/// Names of accounts that whoever set the page up did not change.
const ACCOUNTS: &[&str] = &[
    "admin",
    "administrator",
    "webmaster",
    "root",
    "superuser",
    "user",
    "guest",
    "wordpress",
    "default",
    "test",
];

/// Words of a name, at most (three Spanish ones and their particles).
const NAME_WORDS: usize = 6;

/// Bytes of a name, at most.
const NAME_BYTES: usize = 60;

/// Labels at the start of a short line that announce names, in lower case.
const LABELS: &[&str] = &[
    "author",
    "autor",
    "autora",
    "autorin",
    "auteur",
    "autrice",
    "autore",
    "auteure",
    "forfatter",
    "författare",
    "автор",
    "автори",
    "yazar",
    "penulis",
    "tác giả",
    "interview",
    "entrevista",
    "intervista",
    "entretien",
    "كتب",
    "كتبت",
    "بقلم",
    "الكاتب",
    "लेखक",
    "글쓴이",
    "문",
];

/// Labels of scripts without blanks; what they announce ends with a blank or a mark.
const UNSPACED_LABELS: &[&str] = &["作者", "记者", "記者", "撰文", "著者", "執筆", "筆者", "文"];

/// What stands after such a label.
const LABEL_MARKS: [char; 2] = [':', '：'];

/// Words of a line that is a label and names, at most.
const LABELLED_WORDS: usize = 8;

/// The names that a label in a short text announces, as words.
pub(super) fn labelled(text: &str) -> Option<&str> {
    let at = text.find(LABEL_MARKS)?;
    let label = text[..at].trim().to_lowercase();
    if LABELS.contains(&label.as_str()) {
        let names = text[at..].trim_start_matches(LABEL_MARKS).trim();
        let is_short = names.split_whitespace().count() < LABELLED_WORDS && !names.contains(['?', '!', ';']);
        return (is_short && !names.starts_with(char::is_lowercase)).then_some(names);
    }
    let ends = |c: char| {
        c.is_whitespace() || matches!(c, '，' | '。' | '|' | '｜' | ')' | '）' | ']' | '】' | '/' | '／')
    };
    text.char_indices().filter(|(_, c)| LABEL_MARKS.contains(c)).find_map(|(at, mark)| {
        let label =
            text[..at].rsplit(|c: char| c.is_whitespace() || matches!(c, '（' | '(' | '【' | '[')).next()?;
        let names = text[at + mark.len_utf8()..].trim_start().split(ends).next()?;
        (UNSPACED_LABELS.contains(&label.trim()) && !names.is_empty()).then_some(names)
    })
}

/// Names in values that should hold nothing else.
pub(super) fn of_list(values: &[String]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for name in values.iter().flat_map(|value| in_line(value)) {
        if !found.iter().any(|known| known.eq_ignore_ascii_case(&name)) {
            found.push(name);
        }
    }
    found
}

/// Names in the words of a byline: those of its first line that has any, at best one that says "by".
pub(super) fn in_words(words: &str) -> Vec<String> {
    let lines = || words.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut after_opening = false;
    for line in lines() {
        let bare = line.trim_end_matches(':').to_lowercase();
        if OPENINGS.contains(&bare.as_str()) {
            after_opening = true;
            continue;
        }
        let found = if after_opening || opening(line) > 0 { in_line(line) } else { Vec::new() };
        if !found.is_empty() {
            return found;
        }
        after_opening = false;
    }
    lines().map(in_line).find(|names| !names.is_empty()).unwrap_or_default()
}

/// Bytes of the words before the names.
fn opening(line: &str) -> usize {
    let mut best = 0;
    for opening in OPENINGS {
        if let Some(start) = line.get(..opening.len())
            && start.to_lowercase() == *opening
            && line[opening.len()..].starts_with([' ', ':', '\u{a0}', '：'])
        {
            best = best.max(opening.len());
        }
    }
    best
}

fn in_line(line: &str) -> Vec<String> {
    let Some(line) = clean(line) else { return Vec::new() };
    let mut line = line.as_str();
    if let Some((_, span)) = find_date(line, DayOrder::DayFirst) {
        line = &line[..span.start];
    }
    while opening(line) > 0 {
        line = line[opening(line)..].trim_start_matches([':', ' ', '：']);
    }
    for mark in [
        " • ", " · ", " – ", " — ", " - ", " (", "\u{2022}", " on ", " am ", " in ", " @ ", " Stand:", "http",
    ] {
        line = line.split(mark).next().unwrap_or_default();
    }
    without_roles(parts(line).into_iter().filter_map(|part| name(&part)).collect())
}

/// The parts of a list of names.
fn parts(line: &str) -> Vec<String> {
    let mut line = line.to_string();
    for word in [" and ", " und ", " et ", " with ", " og ", " och ", " & ", "|", ";", "/", "，", "、"] {
        line = line.replace(word, ",");
    }
    line.split(',').map(|part| part.trim().to_string()).collect()
}

/// The part as a name, if it can be one.
fn name(part: &str) -> Option<String> {
    let start = opening(part);
    let part =
        part[start..].trim_matches(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | ')' | '"' | '!')));
    let words = part.split_whitespace().count();
    let bad = |word: &str| {
        let lower = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        [NO_NAMES, JOB_TITLES].iter().any(|list| list.contains(&lower.as_str())) || word.contains('@')
    };
    if ACCOUNTS.contains(&part.to_lowercase().as_str()) {
        return None;
    }
    let fits = part.len() > 1 && part.len() <= NAME_BYTES && words <= NAME_WORDS;
    let letters = part.chars().any(char::is_alphabetic) && !part.starts_with(|c: char| c.is_ascii_digit());
    (fits && letters && !part.split_whitespace().any(bad)).then(|| part.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_give_up_their_names() {
        for (words, expected) in [
            ("By Ada Moor", vec!["Ada Moor"]),
            ("Von Ada Moor und Till Rink", vec!["Ada Moor", "Till Rink"]),
            ("by\nAda Moor\nJanuary 4, 2022", vec!["Ada Moor"]),
            ("News\nBy Ada Moor, Senior Reporter", vec!["Ada Moor"]),
            ("Ada Moor, 4. Januar 2022", vec!["Ada Moor"]),
            ("Text: Ada Moor", vec!["Ada Moor"]),
            ("Ada Moor • 5 min read", vec!["Ada Moor"]),
            ("Published 4 January 2022", vec![]),
        ] {
            assert_eq!(in_words(words), expected, "{words}");
        }
        for (text, expected) in [
            ("Interview: Ada Moor", Some("Ada Moor")),
            ("Автор: Ада Мур", Some("Ада Мур")),
            ("2031-05-06 10:20 来源：山城日报 作者：李文 编辑：张三", Some("李文")),
            ("Author: the man who writes", None),
            ("At 10:40 the author: Ada Moor", None),
        ] {
            assert_eq!(labelled(text), expected, "{text}");
        }
        assert_eq!(
            of_list(&["Ada Moor".into(), "ada moor".into(), "https://x.example/ada".into()]),
            ["Ada Moor"]
        );
    }
}
