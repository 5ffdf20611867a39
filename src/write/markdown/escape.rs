//! Text that Markdown reads as that text: what would be markup gets a backslash before it, and nothing else does.
use std::borrow::Cow;

/// Letters of the longest named reference (`&CounterClockwiseContourIntegral;`).
const REFERENCE_LETTERS: usize = 32;

/// Digits of the number of an item, at most (CommonMark 5.2).
const NUMBER_DIGITS: usize = 9;

/// Where a text stands, which says what would be markup there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spot {
    /// At the start of a line.
    Paragraph,
    /// After the marker of an item: where a box to tick may stand too.
    Item,
    /// In a heading.
    Heading,
    /// In a cell of a table.
    Cell,
    /// A line among the lines of a paragraph or an item.
    Line,
}

/// Escapes a text of any lines, with a break (a backslash) between two.
pub(super) fn escape_lines(text: &str, spot: Spot) -> Cow<'_, str> {
    if !text.contains('\n') {
        return escape(text, spot);
    }
    let lines: Vec<Cow<'_, str>> = text.lines().map(|line| escape(line, Spot::Line)).collect();
    Cow::Owned(lines.join("\\\n"))
}

/// Escapes a text of one line.
pub(super) fn escape(text: &str, spot: Spot) -> Cow<'_, str> {
    let signs = |c: char| matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '&' | '~' | '|');
    let leads = matches!(spot, Spot::Paragraph | Spot::Item | Spot::Line);
    let at_start = if leads { block_mark(text, spot) } else { None };
    let at_end = (spot == Spot::Heading && text.ends_with('#')).then(|| text.len() - 1);
    if at_start.is_none() && at_end.is_none() && !text.contains(signs) {
        return Cow::Borrowed(text);
    }
    // What stands alone in a line may have its other in the next.
    let pairs = |sign: char| text.matches(sign).nth(usize::from(spot != Spot::Line)).is_some();
    let paired = ['`', '*', '_', '~'].map(|sign| (sign, pairs(sign)));
    let mut escaped = String::with_capacity(text.len() + 8);
    for (at, c) in text.char_indices() {
        let marked = Some(at) == at_start
            || Some(at) == at_end
            || match c {
                '|' => matches!(spot, Spot::Cell | Spot::Line),
                '\\' if at + 1 == text.len() => spot == Spot::Line,
                '`' | '*' | '_' | '~' => {
                    paired.contains(&(c, true)) && is_delimiter(c, &text[..at], &text[at + 1..])
                }
                _ => signs(c) && is_markup(c, &text[at + 1..]),
            };
        if marked {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    Cow::Owned(escaped)
}

/// Whether a sign that marks a stretch of text from both sides may do so here.
fn is_delimiter(sign: char, before: &str, after: &str) -> bool {
    let (before, after) = (before.chars().next_back(), after.chars().next());
    let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match sign {
        '`' => true,
        '_' => !(blank(before) && blank(after) || letter(before) && letter(after)),
        _ => !(blank(before) && blank(after)),
    }
}

/// Whether a sign is markup by what follows it.
fn is_markup(sign: char, after: &str) -> bool {
    let next = after.chars().next();
    match sign {
        '\\' => next.is_some_and(|c| c.is_ascii_punctuation()),
        '<' => next.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
        '[' => next == Some('^'),
        ']' => next == Some('('),
        '&' => {
            let name = after.split(';').next().unwrap_or_default();
            let is_name = |c: char| c.is_ascii_alphanumeric() || c == '#';
            name.len() < after.len() && name.len() <= REFERENCE_LETTERS && name.chars().all(is_name)
        }
        _ => false,
    }
}

/// The byte of a sign that would make a block of another kind of the text.
fn block_mark(text: &str, spot: Spot) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=NUMBER_DIGITS).contains(&digits) {
        return (text[digits..].starts_with(['.', ')']) && is_blank(&text[digits + 1..])).then_some(digits);
    }
    // The dash of an item may be the first of three.
    let enough = |sign| match (spot, sign) {
        (Spot::Item, '-') => 2,
        (Spot::Line, '-') => 1,
        _ => 3,
    };
    let is_rule = |sign: char| {
        text.chars().all(|c| c == sign || c == ' ') && text.matches(sign).count() >= enough(sign)
    };
    let marked = match text.chars().next()? {
        '#' => text.trim_start_matches('#').len() + 6 >= text.len() && is_blank(text.trim_start_matches('#')),
        '>' => true,
        '+' => is_blank(&text[1..]),
        sign @ ('-' | '*') => is_blank(&text[1..]) || is_rule(sign),
        '_' => is_rule('_'),
        // What underlines the line before, or rules a table under it.
        '=' | ':' => spot == Spot::Line && text.chars().all(|c| matches!(c, '=' | ':' | '-' | '|' | ' ')),
        '[' => text.contains("]:") || (matches!(spot, Spot::Item | Spot::Line) && is_box(&text[1..])),
        _ => false,
    };
    marked.then_some(0)
}

fn is_blank(text: &str) -> bool {
    text.is_empty() || text.starts_with(char::is_whitespace)
}

/// Whether a text goes on, after its bracket, as a box to tick.
fn is_box(text: &str) -> bool {
    ["x]", "X]", " ]"].iter().any(|rest| text.starts_with(rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag};

    /// Marks a text as what it is to be, escaped.
    fn written(text: &str, spot: Spot) -> String {
        let escaped = escape_lines(text, spot);
        match spot {
            Spot::Paragraph | Spot::Line => escaped.into_owned(),
            Spot::Item => format!("- {escaped}"),
            Spot::Heading => format!("## {escaped}"),
            Spot::Cell => format!("| {escaped} |\n| --- |\n"),
        }
    }

    /// The text that a reader of Markdown sees, and the elements that are more than one wants around it.
    fn seen(markdown: &str, spot: Spot) -> (String, Vec<String>) {
        let (mut text, mut more) = (String::new(), Vec::new());
        for event in Parser::new_ext(markdown, Options::all() - Options::ENABLE_SMART_PUNCTUATION - extras())
        {
            let fits = match &event {
                Event::Start(Tag::Paragraph) => spot == Spot::Paragraph,
                Event::Start(Tag::List(None) | Tag::Item) => spot == Spot::Item,
                Event::Start(Tag::Heading { .. }) => spot == Spot::Heading,
                Event::Start(Tag::Table(_) | Tag::TableHead | Tag::TableCell) => spot == Spot::Cell,
                Event::Text(part) => {
                    text.push_str(part);
                    true
                }
                Event::HardBreak => {
                    text.push('\n');
                    true
                }
                Event::End(_) => true,
                _ => false,
            };
            if !fits {
                more.push(format!("{event:?}"));
            }
        }
        (text, more)
    }

    /// Markup of other dialects than CommonMark and GitHub's.
    fn extras() -> Options {
        Options::ENABLE_HEADING_ATTRIBUTES
            | Options::ENABLE_MATH
            | Options::ENABLE_DEFINITION_LIST
            | Options::ENABLE_SUPERSCRIPT
            | Options::ENABLE_SUBSCRIPT
            | Options::ENABLE_WIKILINKS
            | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
            | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
    }

    const SPOTS: [Spot; 4] = [Spot::Paragraph, Spot::Item, Spot::Heading, Spot::Cell];

    #[test]
    fn what_looks_like_markup_is_read_as_text() {
        for text in [
            "# no heading",
            "#hash",
            "1. no item",
            "2024. A year",
            "12) b",
            "- a",
            "+ b",
            "* c",
            "> d",
            "--",
            "---",
            "* * *",
            "___",
            "*a* and **b**",
            "3 * 4 * 5",
            "snake_case_name",
            "_emphasis_",
            "`code`",
            "a ` b",
            "[a](b)",
            "[1] and [2]",
            "[a]: b",
            "[ ] open",
            "[x] done",
            "[^1]: note",
            "![a](b)",
            "<b>bold</b>",
            "a < b > c",
            "<!-- c -->",
            "<https://a.b>",
            "&amp; &copy; &#65; & AT&T; x",
            "~~gone~~",
            "~5 km",
            "a\\*b \\n \\",
            "| a | b |",
            "```",
            "~~~ x",
            "C#",
            "C #",
            "## ##",
            "a|b",
            "+1",
            "-5 degrees",
            "#1",
            "1.5",
            "***",
            "a \\",
            "\\",
        ] {
            for spot in SPOTS {
                let markdown = written(text, spot);
                assert_eq!(seen(&markdown, spot), (text.to_string(), Vec::new()), "{markdown}");
            }
        }
    }

    #[test]
    fn plain_words_stay_as_they_are() {
        for text in [
            "A sentence, with signs: (1), 50%, a-b!",
            "5 * 3",
            "snake_case",
            "[1]",
            "a # b",
            "AT&T",
            "1 < 2",
            "~5",
        ] {
            assert_eq!(escape(text, Spot::Paragraph), text);
        }
    }

    proptest! {
        /// Blank space is folded and trimmed before, as parse does.
        #[test]
        fn any_text_is_read_as_it_was(text in "[ -~]{0,24}|[-*_#>+.\\[\\]()`~<&;:!|\\\\ 1ax]{1,12}") {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            for spot in SPOTS {
                if !text.is_empty() {
                    let markdown = written(&text, spot);
                    prop_assert_eq!(seen(&markdown, spot), (text.clone(), Vec::new()), "{}", markdown);
                }
            }
        }

        #[test]
        fn any_lines_are_read_as_they_were(lines in prop::collection::vec(
            "[ -~]{0,24}|[-*_#>+.\\[\\]()`~<&;:!|=\\\\ 1ax]{1,12}", 2..5,
        )) {
            let line = |line: &String| line.split_whitespace().collect::<Vec<_>>().join(" ");
            let lines: Vec<String> = lines.iter().map(line).filter(|line| !line.is_empty()).collect();
            let text = lines.join("\n");
            for spot in [Spot::Paragraph, Spot::Item] {
                if lines.len() > 1 {
                    let markdown = written(&text, spot).replace('\n', if spot == Spot::Item { "\n  " } else { "\n" });
                    prop_assert_eq!(seen(&markdown, spot), (text.clone(), Vec::new()), "{}", markdown);
                }
            }
        }
    }
}
