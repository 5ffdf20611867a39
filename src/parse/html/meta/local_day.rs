//! On which day a page was published where its readers are, if machines are told an instant in UTC.
//!
//! What happens in the evening in America has the next day's date in UTC. The page itself tells the day: by the same
//! instant with its offset, by a clock that shows the same minute and second, by its address, by the day it shows.
use super::class_words::UPDATED;
use super::dates::{LIKELY, day_in_address, in_page, is_of_update};
use super::evidence::Evidence;
use super::json_ld::Linked;
use crate::model::{Fields, find_date};
use jiff::civil::{Date, DateTime};
use jiff::fmt::temporal::Pieces;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

/// Seconds between two notes of the same instant, at most.
const SAME_INSTANT: i64 = 60;

/// Hours that the clocks of the world are apart from UTC, at most.
const CLOCK_HOURS: i64 = 14;

/// Bytes of a note of an instant, at most.
const INSTANT_BYTES: usize = 40;

/// Languages that are spoken where it is midnight at 22:00 or 23:00 UTC, in Central Europe, and hardly elsewhere.
const CENTRAL_EUROPE: &[&str] =
    &["de", "fr", "it", "nl", "pl", "cs", "sk", "hu", "da", "sv", "nb", "nn", "no", "sl", "hr"];

/// The day of publication as the page tells it, where it is not that of UTC.
pub(super) fn find(
    evidence: &Evidence<'_>,
    linked: &Linked,
    headline: Option<u32>,
    fields: &Fields,
) -> Option<String> {
    let instant = in_utc(fields.published.as_deref()?)?;
    let utc = Offset::UTC.to_datetime(instant);
    let day = of_clocks(evidence, linked, instant)
        .or_else(|| near(day_in_address(fields.url.as_deref())?, utc.date()))
        .or_else(|| near(shown(evidence, headline, fields)?, utc.date()))
        .or_else(|| midnight(evidence, utc));
    day.filter(|&day| day != utc.date()).map(|day| day.to_string())
}

/// The instant that words for machines name, if they give it in UTC.
fn in_utc(words: &str) -> Option<Timestamp> {
    let instant: Timestamp = words.trim().parse().ok()?;
    let offset = Pieces::parse(words.trim()).ok()?.to_numeric_offset();
    offset.is_none_or(Offset::is_zero).then_some(instant)
}

/// The day of the same instant by another clock: with an offset, or without one and to the same minute and second.
fn of_clocks(evidence: &Evidence<'_>, linked: &Linked, instant: Timestamp) -> Option<Date> {
    let linked = [&linked.published, &linked.updated].into_iter().flatten().map(String::as_str);
    let metas = evidence.metas.iter().map(|(_, content)| *content);
    let shown = evidence.dates.iter().map(|date| date.words.as_str());
    let notes = || {
        linked.clone().chain(metas.clone()).chain(shown.clone()).filter(|note| note.len() <= INSTANT_BYTES)
    };
    notes()
        .find_map(|note| of_offset(note.trim(), instant))
        .or_else(|| notes().find_map(|note| of_clock(note.trim(), instant)))
}

fn of_offset(note: &str, instant: Timestamp) -> Option<Date> {
    let same: Timestamp = note.parse().ok()?;
    let offset = Pieces::parse(note).ok()?.to_numeric_offset().filter(|offset| !offset.is_zero())?;
    let apart = same.duration_since(instant).as_secs().abs();
    (apart <= SAME_INSTANT).then(|| offset.to_datetime(same).date())
}

fn of_clock(note: &str, instant: Timestamp) -> Option<Date> {
    let utc = Offset::UTC.to_datetime(instant);
    let clock: DateTime = note.trim_end_matches('Z').parse().ok()?;
    let seconds = clock.duration_since(utc).as_secs();
    let by_hours = (utc.minute(), utc.second()) != (0, 0)
        && clock.minute() == utc.minute()
        && clock.second() == utc.second()
        && clock != utc
        && seconds.abs() <= SignedDuration::from_hours(CLOCK_HOURS).as_secs();
    by_hours.then(|| clock.date())
}

/// A day that is that of UTC, or next to it.
fn near(day: Date, utc: Date) -> Option<Date> {
    ((day - utc).get_days().abs() <= 1).then_some(day)
}

/// The day that readers are shown for the instant, else the likeliest day near the headline. That of the last change
/// is none.
fn shown(evidence: &Evidence<'_>, headline: Option<u32>, fields: &Fields) -> Option<Date> {
    let order = fields.day_order;
    let same = |date: &&super::evidence::Candidate| Some(date.words.trim()) == fields.published.as_deref();
    let beside = evidence.dates.iter().filter(same).find_map(|date| find_date(date.shown.as_deref()?, order));
    if let Some((day, _)) = beside {
        return Some(day);
    }
    let (likely, _) = in_page(evidence, headline, order).filter(|(_, points)| *points >= LIKELY)?;
    let (day, _) = find_date(likely.shown.as_ref().unwrap_or(&likely.words), order)?;
    let changed = fields.updated.as_deref().and_then(|words| find_date(words, order));
    let of_change = likely.own & UPDATED != 0
        || is_of_update(&likely.words)
        || changed.is_some_and(|(changed, _)| changed == day);
    (!of_change).then_some(day)
}

/// The next day, where the instant is midnight where the page's language is spoken: a day without a time.
fn midnight(evidence: &Evidence<'_>, utc: DateTime) -> Option<Date> {
    let language = evidence.language?.split(['-', '_']).next()?;
    let spoken = CENTRAL_EUROPE.iter().any(|known| language.eq_ignore_ascii_case(known));
    let sharp = matches!(utc.hour(), 22 | 23) && (utc.minute(), utc.second()) == (0, 0);
    (spoken && sharp).then(|| utc.date().tomorrow().ok()).flatten()
}
