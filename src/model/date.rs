//! Dates in words and digits: found in a text, and written as RFC 3339.
use super::months::month_named;
use jiff::civil::Date;

/// Bytes between two parts of one date, at most (`, `, `. `, ` – `).
const GAP: usize = 4;

/// Years that a page can have been published in; other numbers of four digits are no years.
const YEARS: std::ops::RangeInclusive<u32> = 1980..=2099;

/// Words that stand between day, month and year: ordinals and prepositions.
const FILLERS: &[&str] = &[
    "th", "st", "nd", "rd", "of", "de", "del", "di", "do", "er", "e", "den", "º", "ª", "o", "a", "m", "la",
    "年", "月", "日", "년", "월", "일", "года",
];

/// Which of day and month stands first in a date of digits with slashes or hyphens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DayOrder {
    /// 31/12/2024, as most of the world writes it.
    #[default]
    DayFirst,
    /// 12/31/2024, as American English has it.
    MonthFirst,
}

/// The instant that words name, as RFC 3339. Where they name a day alone, or a time in words, it is that day's midnight
/// in UTC.
pub(super) fn rfc3339(words: &str, order: DayOrder) -> Option<String> {
    let words = words.trim();
    if let Ok(instant) = words.parse::<jiff::Timestamp>() {
        let offset =
            jiff::fmt::temporal::Pieces::parse(words).ok().and_then(|pieces| pieces.to_numeric_offset());
        return Some(match offset {
            Some(offset) if !offset.is_zero() => instant.display_with_offset(offset).to_string(),
            _ => instant.to_string(),
        });
    }
    if let Ok(zoned) = jiff::fmt::rfc2822::parse(words) {
        return Some(zoned.timestamp().display_with_offset(zoned.offset()).to_string());
    }
    let time: jiff::civil::DateTime = match words.parse() {
        Ok(time) => time,
        Err(_) => find_date(words, order)?.0.at(0, 0, 0, 0),
    };
    Some(time.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().to_string())
}

/// The first date in a text, and the bytes it stands in.
pub(crate) fn find_date(text: &str, order: DayOrder) -> Option<(Date, std::ops::Range<usize>)> {
    let tokens = tokens(text);
    (0..tokens.len()).find_map(|first| {
        let reader = Reader { text, tokens: &tokens, order };
        let (date, last) = reader
            .year_first(first)
            .or_else(|| reader.digits(first))
            .or_else(|| reader.day_then_month(first).or_else(|| reader.month_then_day(first)))?;
        Some((date, tokens[first].start..tokens[last].end))
    })
}

/// A run of digits, or of letters.
#[derive(Debug, Clone, Copy)]
struct Token {
    start: usize,
    end: usize,
    /// The value of digits; nothing for a word, or for digits that are too many.
    number: Option<u32>,
}

impl Token {
    fn digits(&self) -> usize {
        self.end - self.start
    }
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut open: Option<bool> = None;
    for (at, c) in text.char_indices() {
        let kind = if c.is_ascii_digit() {
            Some(true)
        } else if c.is_alphabetic() || is_mark(c) || matches!(c, 'º' | 'ª') {
            Some(false)
        } else {
            None
        };
        if kind.is_some() && kind != open {
            tokens.push(Token { start: at, end: at, number: None });
        }
        if kind.is_some()
            && let Some(token) = tokens.last_mut()
        {
            token.end = at + c.len_utf8();
        }
        open = kind;
    }
    for token in &mut tokens {
        token.number = text[token.start..token.end].parse().ok();
    }
    tokens
}

/// Marks that stand inside words of Indic scripts and Thai.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{97f}' | '\u{e30}'..='\u{e4e}')
}

/// Reads a date at a place of the tokens.
struct Reader<'a> {
    text: &'a str,
    tokens: &'a [Token],
    order: DayOrder,
}

impl Reader<'_> {
    fn word(&self, n: usize) -> Option<&str> {
        self.tokens.get(n).filter(|token| token.number.is_none()).map(|t| &self.text[t.start..t.end])
    }

    fn gap(&self, after: usize) -> &str {
        match (self.tokens.get(after), self.tokens.get(after + 1)) {
            (Some(left), Some(right)) => &self.text[left.end..right.start],
            _ => "",
        }
    }

    /// The next token near enough to be of the same date, up to two fillers skipped.
    fn next(&self, n: usize) -> Option<usize> {
        let near = |n: usize| self.gap(n).len() <= GAP && !self.gap(n).contains([':', ';', '|', '(']);
        let filler = |n: usize| {
            self.word(n).is_some_and(|word| FILLERS.iter().any(|filler| word.eq_ignore_ascii_case(filler)))
        };
        let mut next = n + 1;
        while next < self.tokens.len() && near(next - 1) {
            if !filler(next) || next > n + 2 {
                return Some(next);
            }
            next += 1;
        }
        None
    }

    fn year(&self, n: usize) -> Option<i16> {
        let token = self.tokens.get(n)?;
        let year = token.number.filter(|year| token.digits() == 4 && YEARS.contains(year))?;
        i16::try_from(year).ok()
    }

    /// A number of one or two digits.
    fn small(&self, n: usize) -> Option<i8> {
        let token = self.tokens.get(n).filter(|token| token.digits() <= 2)?;
        token.number.and_then(|number| i8::try_from(number).ok())
    }

    fn month(&self, n: usize) -> Option<i8> {
        self.word(n).and_then(month_named)
    }

    /// 2024-12-31, 2024/12/31, 2024年12月31日, 2024. december 31., 20241231.
    fn year_first(&self, n: usize) -> Option<(Date, usize)> {
        if self.tokens[n].digits() == 8 {
            let packed = self.tokens[n].number?;
            let (year, month, day) = (packed / 10_000, packed / 100 % 100, packed % 100);
            let year = i16::try_from(year).ok().filter(|_| YEARS.contains(&year))?;
            return Some((Date::new(year, month as i8, day as i8).ok()?, n));
        }
        let year = self.year(n)?;
        let second = self.next(n)?;
        let third = self.next(second)?;
        let month = self.small(second).or_else(|| self.month(second))?;
        Some((Date::new(year, month, self.small(third)?).ok()?, third))
    }

    /// 31.12.2024, 31/12/2024, 12/31/2024, 31.12.24.
    fn digits(&self, n: usize) -> Option<(Date, usize)> {
        let (first, second) = (self.small(n)?, self.small(n + 1)?);
        let mark = self.gap(n).trim();
        if mark != self.gap(n + 1).trim() || !matches!(mark, "." | "/" | "-") {
            return None;
        }
        let year = match self.year(n + 2) {
            Some(year) => year,
            None if mark != "-" && self.tokens.get(n + 2)?.digits() == 2 && self.gap(n + 1).len() == 1 => {
                2000 + i16::from(self.small(n + 2)?)
            }
            None => return None,
        };
        let month_first = mark != "." && self.order == DayOrder::MonthFirst;
        let (day, month) =
            if (month_first && first <= 12) || second > 12 { (second, first) } else { (first, second) };
        Some((Date::new(year, month, day).ok()?, n + 2))
    }

    /// 31. Dezember 2024, 31 de diciembre de 2024, 31st of December, 2024.
    fn day_then_month(&self, n: usize) -> Option<(Date, usize)> {
        let day = self.small(n)?;
        let second = self.next(n)?;
        let month = self.month(second)?;
        let third = self.next(second)?;
        Some((Date::new(self.year(third)?, month, day).ok()?, third))
    }

    /// December 31, 2024; Dec. 31st 2024.
    fn month_then_day(&self, n: usize) -> Option<(Date, usize)> {
        self.word(n)?;
        let second = self.next(n)?;
        let day = self.small(second)?;
        let third = self.next(second)?;
        let year = self.year(third)?;
        Some((Date::new(year, self.month(n)?, day).ok()?, third))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &str) -> Option<String> {
        rfc3339(words, DayOrder::DayFirst)
    }

    #[test]
    fn dates_of_machines_become_rfc_3339() {
        assert_eq!(read("2024-05-16T12:30:00+02:00").as_deref(), Some("2024-05-16T12:30:00+02:00"));
        assert_eq!(read("2024-05-16T12:30:00+0200").as_deref(), Some("2024-05-16T12:30:00+02:00"));
        assert_eq!(read("2024-05-16T12:30:00Z").as_deref(), Some("2024-05-16T12:30:00Z"));
        assert_eq!(read("2024-05-16").as_deref(), Some("2024-05-16T00:00:00Z"));
        assert_eq!(read("Thu, 16 May 2024 12:30:00 +0200").as_deref(), Some("2024-05-16T12:30:00+02:00"));
        for odd in
            ["4:19 am today", "0000-00-00", "2024-02-30", "292277026596-12-04T15:30:08Z", "", "May 2024"]
        {
            assert_eq!(read(odd), None, "{odd}");
        }
    }

    #[test]
    fn dates_in_words_are_read_in_many_languages() {
        for words in [
            "4. Januar 2022",
            "Dienstag, den 4. Januar 2022, 10:30 Uhr",
            "January 4, 2022",
            "Jan. 4th 2022",
            "4th of January, 2022",
            "4 janvier 2022",
            "4 de enero de 2022",
            "4 gennaio 2022",
            "4 januari 2022",
            "4 stycznia 2022",
            "4. ledna 2022",
            "2022年1月4日",
            "2022년 1월 4일",
            "2022. január 4.",
            "4 января 2022 года",
            "4. tammikuuta 2022",
            "4 Ocak 2022",
            "Updated at 9:45 a.m. on January 4, 2022",
            "20220104",
            "4. januar 2022",
            "04.01.2022",
            "4.1.22",
            "04/01/2022",
            "2022/01/04",
            "Jan 04 2022",
            "04-Jan-2022",
            "4 de janeiro de 2022",
        ] {
            assert_eq!(read(words).as_deref(), Some("2022-01-04T00:00:00Z"), "{words}");
        }
    }

    #[test]
    fn slashes_are_read_in_the_order_of_the_page() {
        let american = |words| rfc3339(words, DayOrder::MonthFirst);
        assert_eq!(american("02/01/2022").as_deref(), Some("2022-02-01T00:00:00Z"));
        assert_eq!(american("25/01/2022").as_deref(), Some("2022-01-25T00:00:00Z"));
        assert_eq!(american("02.01.2022").as_deref(), Some("2022-01-02T00:00:00Z"));
        assert_eq!(read("01/25/2022").as_deref(), Some("2022-01-25T00:00:00Z"));
    }

    #[test]
    fn numbers_and_words_that_are_no_dates_are_left() {
        for words in [
            "Version 3.11.2",
            "call 555 2022",
            "the 4 may not 2022x",
            "10:30:22",
            "1.2.3.4",
            "in 2022 4 people",
        ] {
            assert_eq!(find_date(words, DayOrder::DayFirst).map(|(date, _)| date), None, "{words}");
        }
    }
}
