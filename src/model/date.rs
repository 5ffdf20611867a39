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

/// Hours that clocks are off UTC where many people live: Hawaii to New Zealand in summer.
const OFFSETS: std::ops::RangeInclusive<i8> = -10..=13;

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

/// An instant in UTC as RFC 3339, with the offset nearest to none by which it falls on this day; nothing where no clock
/// of the world shows that day then.
pub(super) fn on_day(instant: &str, day: &str) -> Option<String> {
    let instant: jiff::Timestamp = instant.parse().ok()?;
    let day: Date = day.parse().ok()?;
    let utc = jiff::tz::Offset::UTC.to_datetime(instant);
    let hours = match (day - utc.date()).get_days() {
        1 => 24 - utc.hour(),
        -1 => -1 - utc.hour(),
        _ => return None,
    };
    let offset = OFFSETS.contains(&hours).then(|| jiff::tz::Offset::from_hours(hours).ok()).flatten()?;
    Some(instant.display_with_offset(offset).to_string())
}

/// The order of day and month that a text gives away, where one of two numbers is no month: 31/12/2024.
pub(crate) fn order_in_digits(text: &str) -> Option<DayOrder> {
    let tokens = tokens(text);
    let reader = Reader { text, tokens: &tokens, order: DayOrder::DayFirst };
    (0..tokens.len()).find_map(|n| {
        let (first, second) = (reader.small(n)?, reader.small(n + 1)?);
        reader.year(n + 2)?;
        let slashes = [reader.gap(n), reader.gap(n + 1)] == ["/", "/"];
        match (1..=12).contains(&first) as u8 + 2 * (1..=12).contains(&second) as u8 {
            1 if slashes && second <= 31 => Some(DayOrder::MonthFirst),
            2 if slashes && first <= 31 => Some(DayOrder::DayFirst),
            _ => None,
        }
    })
}

/// The order of day and month in a date in words: 31 December 2024, or December 31, 2024.
pub(crate) fn order_in_words(text: &str) -> Option<DayOrder> {
    let tokens = tokens(text);
    let reader = Reader { text, tokens: &tokens, order: DayOrder::DayFirst };
    (0..tokens.len()).find_map(|n| {
        let day_first = reader.day_then_month(n).map(|_| DayOrder::DayFirst);
        day_first.or_else(|| reader.month_then_day(n).map(|_| DayOrder::MonthFirst))
    })
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
    fn an_instant_gets_the_offset_of_its_day() {
        let on = |instant, day| on_day(instant, day);
        assert_eq!(on("2023-12-22T04:00:41Z", "2023-12-21").as_deref(), Some("2023-12-21T23:00:41-05:00"));
        assert_eq!(on("2022-11-06T23:00:00Z", "2022-11-07").as_deref(), Some("2022-11-07T00:00:00+01:00"));
        for day in ["2022-11-06", "2022-11-05", "2022-11-08", "x"] {
            assert_eq!(on("2022-11-06T23:00:00Z", day), None, "{day}");
        }
    }

    #[test]
    fn the_order_of_day_and_month_is_told_by_dates_that_have_one() {
        assert_eq!(order_in_digits("on 25/01/2022 at"), Some(DayOrder::DayFirst));
        assert_eq!(order_in_digits("01/25/2022"), Some(DayOrder::MonthFirst));
        for none in ["01/02/2022", "25.01.2022", "25/26/2022", "1/2", "00/45/2022"] {
            assert_eq!(order_in_digits(none), None, "{none}");
        }
        assert_eq!(order_in_words("- 13 October 2023"), Some(DayOrder::DayFirst));
        assert_eq!(order_in_words("October 13, 2023"), Some(DayOrder::MonthFirst));
        assert_eq!(order_in_words("10/13/2023"), None);
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
