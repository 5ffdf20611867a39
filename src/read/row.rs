//! A row of a table of documents, whatever its format: its columns, and the document it makes.
use crate::config::ReadConfig;
use crate::model::{Declared, Origin, RawDocument, SkipReason, Stage, Trouble, is_bidi_mark};

/// The columns that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// A page.
    Html,
    /// A plain text; read if there is no page.
    Text,
    /// What names the row in its source.
    Id,
    /// The address.
    Url,
    /// The title.
    Title,
    /// The publication date.
    Date,
}

impl Column {
    /// The column of a name, in small letters or capitals.
    pub(super) fn named(name: &[u8]) -> Option<Column> {
        let names: [(&[u8], Column); 6] = [
            (b"html", Column::Html),
            (b"text", Column::Text),
            (b"id", Column::Id),
            (b"url", Column::Url),
            (b"title", Column::Title),
            (b"date", Column::Date),
        ];
        names.into_iter().find(|(known, _)| name.eq_ignore_ascii_case(known)).map(|(_, column)| column)
    }
}

/// The media type of a column of pages.
const HTML_TYPE: &str = "text/html";

/// What was read of a row. What it says of its document is trusted more than what the document says.
#[derive(Debug, Default)]
pub struct Row {
    /// The page.
    pub html: Option<Vec<u8>>,
    /// The plain text; read if there is no page.
    pub text: Option<Vec<u8>>,
    /// What names the row in its source.
    pub id: Option<String>,
    /// The address.
    pub url: Option<String>,
    /// The title.
    pub title: Option<String>,
    /// The publication date, as written.
    pub date: Option<String>,
}

impl Row {
    /// Sets a cell; of two columns of one name the first that has something in it counts.
    pub(super) fn set(&mut self, column: Column, cell: &[u8]) {
        let text = || Some(String::from_utf8_lossy(cell).into_owned());
        match column {
            _ if cell.is_empty() => {}
            Column::Html => self.html = self.html.take().or_else(|| Some(cell.to_vec())),
            Column::Text => self.text = self.text.take().or_else(|| Some(cell.to_vec())),
            Column::Id => self.id = self.id.take().or_else(text),
            Column::Url => self.url = self.url.take().or_else(text),
            Column::Title => self.title = self.title.take().or_else(text),
            Column::Date => self.date = self.date.take().or_else(text),
        }
    }

    /// The document of the row at this place of this source: `("line", 3)`.
    ///
    /// # Errors
    /// A row without a page or a text, or with one that is empty or too large.
    pub fn document(
        self,
        source: &str,
        (unit, number): (&str, u64),
        limits: &ReadConfig,
    ) -> Result<RawDocument, Trouble> {
        let origin = match filled(self.id) {
            Some(id) => Origin::record(source, &id),
            None => Origin::record(source, &number.to_string()),
        };
        let is_blank = |bytes: &[u8]| bytes.iter().all(u8::is_ascii_whitespace);
        let has_text = self.text.as_ref().is_some_and(|text| !is_blank(text));
        let html = self.html.filter(|html| !(html.is_empty() || has_text && is_blank(html)));
        let media_type = html.is_some().then(|| HTML_TYPE.to_string());
        let Some(bytes) = html.or(self.text) else {
            let message = format!("{unit} {number} has neither html nor text");
            return Err(Trouble::failed(origin, Stage::Read, message));
        };
        if bytes.len() as u64 > limits.max_document_bytes {
            return Err(Trouble::failed(origin, Stage::Read, super::too_large(limits)));
        }
        if is_blank(&bytes) {
            return Err(Trouble::skipped(origin, SkipReason::Empty));
        }
        let declared = Declared {
            charset: None,
            media_type,
            url: filled(self.url),
            title: filled(self.title),
            date: filled(self.date).map(|date| instant(&date).unwrap_or(date)),
        };
        Ok(RawDocument { origin, bytes, declared })
    }
}

/// Seconds after 1970 of dates that can be meant: from March 1973, when they get nine digits, to May 2033, when they
/// begin as years do.
const EPOCH_SECONDS: std::ops::Range<i64> = 100_000_000..2_000_000_000;

/// An instant as programs count it, in seconds or thousandths of them, as RFC 3339.
fn instant(date: &str) -> Option<String> {
    let (whole, part) = date.split_once('.').unwrap_or((date, "0"));
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let number: i64 = whole.parse().ok().filter(|_| is_number(whole) && is_number(part))?;
    let seconds = [number, number / 1000].into_iter().find(|seconds| EPOCH_SECONDS.contains(seconds))?;
    jiff::Timestamp::from_second(seconds).ok().map(|instant| instant.to_string())
}

/// The value on one line, without characters that nobody sees, if there is anything in it.
fn filled(value: Option<String>) -> Option<String> {
    let mut value = value?;
    value.retain(|c| c.is_whitespace() || !(c.is_control() || is_bidi_mark(c)));
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    (!value.is_empty()).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_told_from_dates_in_digits() {
        for (date, told) in [
            ("1583020800", Some("2020-03-01T00:00:00Z")),
            ("1583020800.25", Some("2020-03-01T00:00:00Z")),
            ("1583020800123", Some("2020-03-01T00:00:00Z")),
            ("20200301", None),
            ("2020030112", None),
            ("20200301120000", None),
            ("2020", None),
            ("1.3.2020", None),
            ("-1583020800", None),
        ] {
            assert_eq!(instant(date).as_deref(), told, "{date}");
        }
    }
}
