//! Markup as it is written. Only what stands in this program is taken for markup; all other text is escaped.
use std::fmt::{self, Display, Write};

/// A piece of a page. No text from outside can become markup in it: markup is `'static`, all else goes through
/// [`Escape`].
#[derive(Debug, Default)]
pub(super) struct Html(String);

impl Html {
    /// Adds markup.
    pub(super) fn put(&mut self, markup: &'static str) -> &mut Html {
        self.0.push_str(markup);
        self
    }

    /// Adds text, escaped.
    pub(super) fn text(&mut self, text: impl Display) -> &mut Html {
        // Writing to a string cannot fail.
        let _ = write!(Escape(&mut self.0), "{text}");
        self
    }

    /// Adds a name or a line from outside: escaped, and set apart so that its direction moves nothing beside it.
    pub(super) fn name(&mut self, text: &str) -> &mut Html {
        self.put("<bdi>").text(text).put("</bdi>")
    }

    /// Adds an attribute with its value, escaped.
    pub(super) fn attr(&mut self, name: &'static str, value: impl Display) -> &mut Html {
        self.put(" ").put(name).put("=\"").text(value).put("\"")
    }

    /// Begins a part of a page: its name in links, and its heading.
    pub(super) fn section(&mut self, place: &'static str, heading: &'static str) -> &mut Html {
        self.put("<section").attr("id", place).attr("aria-labelledby", format_args!("h-{place}"));
        self.put("><h2").attr("id", format_args!("h-{place}")).put(">").put(heading).put("</h2>\n")
    }

    /// Adds the head of a table: its caption is open before, its body after. Each column has a title and a class; one
    /// without a title is a column of bars.
    pub(super) fn columns(&mut self, columns: &[(&'static str, &'static str)]) -> &mut Html {
        self.put("</caption><thead><tr>");
        for (title, class) in columns {
            let tag = if title.is_empty() { "<td" } else { "<th scope=col" };
            self.put(tag);
            if !class.is_empty() {
                self.attr("class", class);
            }
            self.put(">").put(title);
        }
        self.put("</thead><tbody>")
    }

    /// The markup.
    pub(super) fn into_string(self) -> String {
        self.0
    }
}

/// Escapes what is written through it: nothing that comes out can begin a tag, end an attribute, name an entity, or
/// turn the text around it. Characters that nobody sees are named.
struct Escape<'a>(&'a mut String);

impl Write for Escape<'_> {
    fn write_str(&mut self, mut text: &str) -> fmt::Result {
        while let Some(at) = text.bytes().position(|byte| !is_plain(byte)) {
            let (plain, rest) = text.split_at(at);
            self.0.push_str(plain);
            let mut rest = rest.chars();
            rest.next().map_or(Ok(()), |c| self.write_char(c))?;
            text = rest.as_str();
        }
        self.0.push_str(text);
        Ok(())
    }

    fn write_char(&mut self, c: char) -> fmt::Result {
        match c {
            '&' => self.0.push_str("&amp;"),
            '<' => self.0.push_str("&lt;"),
            '>' => self.0.push_str("&gt;"),
            '"' => self.0.push_str("&quot;"),
            '\'' => self.0.push_str("&#39;"),
            '\n' | '\t' => self.0.push(c),
            c if is_unseen(c) => write!(self.0, "[U+{:04X}]", c as u32)?,
            c => self.0.push(c),
        }
        Ok(())
    }
}

/// Whether a byte is a character that stands for itself alone.
fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..0x7F) && !matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'')
}

/// Whether a character does something to the text around it, or to nothing at all, and is not seen itself: controls,
/// marks and overrides of direction, zero-width blanks, tags, noncharacters. Joiners are part of words.
fn is_unseen(c: char) -> bool {
    let noncharacter = (c as u32) & 0xFFFE == 0xFFFE || ('\u{FDD0}'..='\u{FDEF}').contains(&c);
    c.is_control()
        || noncharacter
        || matches!(c,
            '\u{AD}' | '\u{61C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// The first so many characters of a text, and whether that is less than all.
pub(super) fn clip(text: &str, characters: usize) -> (&str, bool) {
    match text.char_indices().nth(characters) {
        Some((at, _)) => (&text[..at], true),
        None => (text, false),
    }
}

/// A text, cut after so many characters, with `…` where it was.
pub(super) fn clipped(text: &str, characters: usize) -> String {
    let (text, cut) = clip(text, characters);
    format!("{text}{}", if cut { "…" } else { "" })
}

/// Bytes that a text takes when it is escaped.
pub(super) fn escaped_bytes(text: &str) -> usize {
    let mut html = Html::default();
    html.text(text);
    html.0.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(text: &str) -> String {
        let mut html = Html::default();
        html.text(text);
        html.into_string()
    }

    #[test]
    fn nothing_that_is_escaped_is_markup() {
        let single: String = ('\0'..='\u{FFF}').map(|c| escaped(&c.to_string())).collect();
        assert_eq!(escaped(&('\0'..='\u{FFF}').collect::<String>()), single);
        assert_eq!(escaped("<b a=\"x\" c='y'>&amp;"), "&lt;b a=&quot;x&quot; c=&#39;y&#39;&gt;&amp;amp;");
        let all: String = (0..=char::MAX as u32).filter_map(char::from_u32).collect();
        assert!(!escaped(&all).contains(['<', '>', '"', '\'', '\0', '\r', '\u{1b}', '\u{202E}', '\u{2066}']));
    }

    #[test]
    fn what_nobody_sees_is_named() {
        assert_eq!(escaped("a\u{202E}b\0c\u{FEFF}"), "a[U+202E]b[U+0000]c[U+FEFF]");
        assert_eq!(escaped("נהר می\u{200C}خواهم 👩\u{200D}👧"), "נהר می\u{200C}خواهم 👩\u{200D}👧");
    }

    #[test]
    fn attributes_end_where_they_should() {
        let mut html = Html::default();
        html.put("<a").attr("href", "#x\" onclick=\"y").put(">");
        assert_eq!(html.into_string(), "<a href=\"#x&quot; onclick=&quot;y\">");
    }

    #[test]
    fn clipping_counts_characters() {
        assert_eq!(clip("añb", 2), ("añ", true));
        assert_eq!(clipped("añb", 3), "añb");
    }
}
