//! A date with what belongs to it in a line: the day of the week and the time of day beside it.
use super::DayOrder;
use super::date::find_date;
use regex::Regex;
use std::sync::LazyLock;

/// Names of days of the week, whole and short, in the languages whose dates put them before.
const WEEKDAYS: &str = "mon(day)?|tue(s|sday)?|wed(nesday)?|thu(r|rs|rsday)?|fri(day)?|sat(urday)?|sun(day)?|\
    mo|di|mi|do|fr|sa|so|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|\
    lun(di)?|mar(di)?|mer(credi)?|jeu(di)?|ven(dredi)?|sam(edi)?|dim(anche)?|lunes|martes|miércoles|jueves|viernes|sábado|\
    domingo|segunda|terça|quarta|quinta|sexta|(segunda|terça|quarta|quinta|sexta)-feira|lunedì|martedì|mercoledì|giovedì|\
    venerdì|sabato|domenica|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|poniedziałek|wtorek|środa|czwartek|\
    piątek|sobota|niedziela|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье";

/// A time of day with its zone.
const TIME: &str = r"\d{1,2}(\s?[:.h時点]\s?\d{2}([:.]\d{2})?|\s?h\b|\s?[ap]\.?m\b|\s?uhr\b)\s?分?(\s?[ap]\.?m\b\.?)?(\s?(uhr|hrs?)\b)?(\s?\(?(?-i:[A-Z]{2,4})\b\)?)?";

#[expect(clippy::unwrap_used, reason = "written here, and a test reads them")]
static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?i)(?:\b{TIME}[\s,|·•–-]*(?:on\s+|am\s+)?)?(?:\b(?:{WEEKDAYS})\b\.?,?\s+(?:den\s+)?)?$"
    ))
    .unwrap()
});

#[expect(clippy::unwrap_used, reason = "written here, and a test reads them")]
static AFTER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?i)^日?(?:[\s,|·•–—(-]*(?:\b(?:at|um|à|às|a las|alle|ore|kl\.?|klo|о?в|om|года)\s+){{0,2}}{TIME})?"
    ))
    .unwrap()
});

/// The first date in a text with the time of day and the day of the week that stand beside it. A note for machines,
/// which has no blanks, is taken whole.
pub(crate) fn date_and_time(text: &str, order: DayOrder) -> Option<&str> {
    let text = text.trim();
    let (_, span) = find_date(text, order)?;
    if span.start == 0 && !text.contains(char::is_whitespace) && text.is_ascii() {
        return Some(text);
    }
    let start = BEFORE.find(&text[..span.start]).map_or(span.start, |found| found.start());
    let end = span.end + AFTER.find(&text[span.end..]).map_or(0, |found| found.end());
    Some(text[start..end].trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_keeps_its_time_and_nothing_else() {
        for (line, expected) in [
            ("Posted on March 3, 2022 by Ada in Bread", "March 3, 2022"),
            ("by Ada Moor | 21.02.2020 | Travel", "21.02.2020"),
            ("Stand: 4. Januar 2022, 10:30 Uhr", "4. Januar 2022, 10:30 Uhr"),
            ("asked Mar 3, 2019 at 12:01", "Mar 3, 2019 at 12:01"),
            ("10/05/2023 09h15 Atualizado há 2 horas", "10/05/2023 09h15"),
            ("Sat Jun 08, 2019 6:41 pm", "Sat Jun 08, 2019 6:41 pm"),
            ("Publié le 3 août 2022 à 18h00, mis à jour le 4 août 2022", "3 août 2022 à 18h00"),
            ("10:40 GMT, Monday, 3 May 2021", "10:40 GMT, Monday, 3 May 2021"),
            ("公開日：2021年5月3日 10:40 更新", "2021年5月3日 10:40"),
            ("2021-05-02T06:15:00Z", "2021-05-02T06:15:00Z"),
            ("2 May 2021, 06:15 GMT", "2 May 2021, 06:15 GMT"),
            ("3 May 2021 12 boats were lost", "3 May 2021"),
        ] {
            assert_eq!(date_and_time(line, DayOrder::DayFirst), Some(expected));
        }
        assert_eq!(date_and_time("two hours ago", DayOrder::DayFirst), None);
    }
}
