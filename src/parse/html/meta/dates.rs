//! When a page was published, and when it was changed.
use super::class_words::{self, HEADLINE, META, PUBLISHED, UPDATED};
use super::evidence::{Candidate, Evidence, Kind};
use super::json_ld::Linked;
use super::local_day;
use super::text::clean;
use super::walk::is_beside;
use super::{Found, put};
use crate::model::{DayOrder, FieldName, FieldOrigin, Fields, date_and_time, find_date};
use jiff::civil::Date;
use std::cell::LazyCell;

/// Names of `meta` elements that hold the day of publication, the most trusted first.
const PUBLISHED_METAS: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "cxenseparse:recs:publishtime",
    "dc.date.issued",
    "parsely-pub-date",
    "datepublished",
    "sailthru.date",
    "pubdate",
    "citation_publication_date",
    "citation_date",
    "dcterms.created",
    "dc.date.created",
];

/// Words in names of other `meta` elements that speak of publication.
const PUBLISHED_WORDS: &[&str] =
    &["publish", "pubdate", "pub_date", "pub-date", "issued", "created", "creation", "uploaddate"];

/// Names of `meta` elements that hold the day of the last change.
const UPDATED_METAS: &[&str] = &[
    "article:modified_time",
    "datemodified",
    "og:updated_time",
    "og:article:modified_time",
    "dcterms.modified",
    "last-modified",
    "lastmod",
];

/// Words in names of `meta` elements that are of another day.
const OTHER_DAYS: &[&str] =
    &["modif", "updat", "expir", "valid", "event", "build", "time_zone", "image", "url"];

/// Elements from a headline to the end of its reach.
const REACH: u32 = 120;

/// Points (see [`likelihood`]) of a day that is believed against a `meta` element of a loose name.
pub(super) const LIKELY: i32 = 45;

/// Points of a day that is believed against the day of the last change.
const POSSIBLE: i32 = 0;

/// Words before a day that say which it is.
const UPDATE_WORDS: &[&str] = &[
    "updated",
    "update:",
    "aktualisiert",
    "zuletzt",
    "modified",
    "last change",
    "mis à jour",
    "actualizado",
    "aggiornato",
    "stand:",
    "amended",
    "corrected",
    "correction",
    "edited on",
    "last edited",
    "revised",
    "geändert",
    "berichtigt",
    "überarbeitet",
    "modifié",
    "atualizado",
    "modificado",
    "bijgewerkt",
    "oppdatert",
    "uppdaterad",
    "opdateret",
    "zaktualizowano",
    "aktualizacja",
    "aktualizováno",
    "обновлено",
    "更新",
    "수정",
];

/// Those of them that speak of what was wrong, or of a text that anybody may change.
const CORRECTION_WORDS: &[&str] =
    &["amended", "corrected", "correction", "edited on", "last edited", "berichtigt"];

/// Words before a day that say that it is the one of publication.
const PUBLICATION_WORDS: &[&str] = &[
    "published",
    "posted",
    "veröffentlicht",
    "erschienen",
    "publié",
    "publicado",
    "pubblicato",
    "erstellt",
    "gepubliceerd",
    "opublikowano",
];

/// Points of a day that is surely another one: that on which a member joined, or today.
const OTHER_DAY: i32 = 40;

/// Words beside such a day.
const OTHER_DAY_WORDS: &[&str] = &[
    "registriert",
    "registered",
    "joined",
    "member since",
    "mitglied seit",
    "inscrit",
    "inscription",
    "it is currently",
    "aktuelles datum",
    "current time",
];

/// Chooses the days: what machines are told, then the address, then what stands near the headline.
pub(super) fn choose(evidence: &Evidence<'_>, linked: &Linked, headline: Option<u32>, fields: &mut Fields) {
    let order = fields.day_order;
    let updated = updated(evidence, linked);
    let shown_update = || shown_update(evidence, headline, order);
    let seen = LazyCell::new(|| in_page(evidence, headline, order));
    let visible =
        |least: i32| seen.filter(|(_, points)| *points >= least).and_then(|(date, _)| words_of(date, order));
    let published = told(evidence, linked)
        .or_else(|| of_property(evidence))
        .or_else(|| {
            let address = in_address(fields.url.as_deref())?;
            // What the page shows for that day may tell the hour too.
            Some(visible(LIKELY).filter(|(words, _)| is_near(words, &address.0, order)).unwrap_or(address))
        })
        .or_else(|| visible(LIKELY))
        .or_else(|| told_loosely(evidence))
        .or_else(|| visible(POSSIBLE))
        .or_else(|| updated.clone())
        .or_else(|| visible(i32::MIN))
        .or_else(|| loosely_in_address(fields.url.as_deref()));
    let updated = updated.or_else(shown_update);
    fields.updated = put(fields, FieldName::Updated, updated);
    fields.published = put(fields, FieldName::Published, published);
    fields.published_day = local_day::find(evidence, linked, headline, fields);
}

fn dated(words: &str) -> Option<String> {
    find_date(words, DayOrder::DayFirst).and_then(|_| clean(words))
}

/// What JSON-LD and the `meta` elements say of the day of publication.
fn told(evidence: &Evidence<'_>, linked: &Linked) -> Found<String> {
    let open_graph =
        evidence.meta(PUBLISHED_METAS[0]).and_then(dated).map(|date| (date, FieldOrigin::OpenGraph));
    let linked = || linked.published.as_deref().and_then(dated).map(|date| (date, FieldOrigin::JsonLd));
    let metas = || PUBLISHED_METAS[1..].iter().find_map(|name| evidence.meta(name).and_then(dated));
    open_graph.or_else(linked).or_else(|| metas().map(|date| (date, FieldOrigin::Meta)))
}

/// What `meta` elements of other names say, as far as the names speak of publication, or of a date at all.
fn told_loosely(evidence: &Evidence<'_>) -> Found<String> {
    let fits = |name: &str, words: &[&str]| {
        words.iter().any(|word| name.contains(word)) && !OTHER_DAYS.iter().any(|word| name.contains(word))
    };
    let of = |words: &[&str]| {
        let mut metas =
            evidence.metas.iter().filter(|(name, content)| content.len() <= 64 && fits(name, words));
        metas.find_map(|(_, content)| dated(content))
    };
    of(PUBLISHED_WORDS).or_else(|| of(&["date"])).map(|date| (date, FieldOrigin::Meta))
}

fn updated(evidence: &Evidence<'_>, linked: &Linked) -> Found<String> {
    let linked = linked.updated.as_deref().and_then(dated).map(|date| (date, FieldOrigin::JsonLd));
    let metas = || UPDATED_METAS.iter().find_map(|name| evidence.meta(name).and_then(dated));
    linked.or_else(|| metas().map(|date| (date, FieldOrigin::Meta)))
}

/// The day that an element gives as the one of publication.
fn of_property(evidence: &Evidence<'_>) -> Found<String> {
    let mut all = evidence.dates.iter().filter(|date| date.kind == Kind::Property && date.own & UPDATED == 0);
    all.find(|date| !is_beside(&date.place))
        .and_then(|date| clean(&date.words))
        .map(|date| (date, FieldOrigin::Microdata))
}

/// The path of an address.
fn path(url: Option<&str>) -> Option<&str> {
    Some(url?.split_once("://")?.1.split_once('/')?.1)
}

/// The day in the path of an address, with the year first: `/2022/01/04/`, `2022-01-04`.
pub(super) fn day_in_address(url: Option<&str>) -> Option<Date> {
    in_path(url, |date| date[..4].bytes().all(|byte| byte.is_ascii_digit())).map(|(day, _)| day)
}

fn in_path(url: Option<&str>, fits: impl Fn(&str) -> bool) -> Option<(Date, &str)> {
    let path = path(url)?;
    let (day, span) = find_date(path, DayOrder::DayFirst)?;
    let date = &path[span];
    let digits = date.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'/' | b'-' | b'_'));
    (digits && date.len() >= 8 && fits(date)).then_some((day, date))
}

fn in_address(url: Option<&str>) -> Found<String> {
    let (_, date) = in_path(url, |date| date[..4].bytes().all(|byte| byte.is_ascii_digit()))?;
    Some((date.to_string(), FieldOrigin::Url))
}

/// The day in the path of an address with the year last: `04-01-2022`.
fn loosely_in_address(url: Option<&str>) -> Found<String> {
    in_path(url, |date| date.len() == 10).map(|(_, date)| (date.to_string(), FieldOrigin::Url))
}

/// The most likely day among those that the page shows, with its points.
pub(super) fn in_page<'e>(
    evidence: &'e Evidence<'_>,
    headline: Option<u32>,
    order: DayOrder,
) -> Option<(&'e Candidate, i32)> {
    let mut best: Option<(&Candidate, i32)> = None;
    for date in &evidence.dates {
        if is_other_day(date, order) {
            continue;
        }
        let likely = likelihood(date, headline, order);
        if best.is_none_or(|(_, known)| likely > known) {
            best = Some((date, likely));
        }
    }
    best
}

/// The words of a day that the page shows: its own, or the date in them.
fn words_of(date: &Candidate, order: DayOrder) -> Found<String> {
    let words = first_of_publication(&date.words, order).unwrap_or(&date.words);
    Some((clean(date_and_time(words, order)?)?, FieldOrigin::Element))
}

/// Whether a day is that of a correction, or of a change that the page notes beside its article. The day of the last
/// update in the article's head is what many pages date themselves by.
fn is_other_day(date: &Candidate, order: DayOrder) -> bool {
    let is_shown = !is_machine(date) && date.own & PUBLISHED == 0;
    let is_noted = || is_beside(&date.place) || says(&date.words.to_lowercase(), CORRECTION_WORDS);
    is_shown && first_of_publication(&date.words, order).is_none() && is_noted()
}

/// Whether a date is written for machines.
fn is_machine(date: &Candidate) -> bool {
    date.shown.is_some() || !date.words.contains(char::is_whitespace)
}

/// Words from the first day on that is not said to be that of a change.
fn first_of_publication(words: &str, order: DayOrder) -> Option<&str> {
    let mut from = 0;
    while let Some((_, span)) = find_date(&words[from..], order) {
        if !says(&words[from..from + span.start].to_lowercase(), UPDATE_WORDS) {
            return Some(&words[from..]);
        }
        from += span.end;
    }
    None
}

/// The day of the last change as the page shows it: the one nearest to the headline that words or classes call so.
fn shown_update(evidence: &Evidence<'_>, headline: Option<u32>, order: DayOrder) -> Found<String> {
    let near = |date: &&Candidate| headline.map_or(date.at, |at| date.at.abs_diff(at));
    let mut dates: Vec<&Candidate> =
        evidence.dates.iter().filter(|date| !is_beside(&date.place) && !date.place.hidden).collect();
    dates.sort_by_key(near);
    let found = dates.iter().find_map(|date| {
        let own = (date.own & UPDATED != 0).then(|| date_and_time(&date.words, order)).flatten();
        own.or_else(|| of_update(date.shown.as_ref().unwrap_or(&date.words), order))
    });
    Some((clean(found?)?, FieldOrigin::Element))
}

/// The first day in the words that is said to be that of a change, with its time.
fn of_update(words: &str, order: DayOrder) -> Option<&str> {
    let mut from = 0;
    while let Some((_, span)) = find_date(&words[from..], order) {
        if says(&words[from..from + span.start].to_lowercase(), UPDATE_WORDS) {
            return date_and_time(&words[from..], order);
        }
        from += span.end;
    }
    None
}

/// Whether two notes name the same day, or days next to each other: clocks of the world differ.
fn is_near(words: &str, other: &str, order: DayOrder) -> bool {
    let day = |words: &str| find_date(words, order).map(|(day, _)| day);
    let apart = || Some((day(words)? - day(other)?).get_days().abs());
    apart().is_some_and(|days| days <= 1)
}

/// Whether what stands before a day says that it is that of a change.
pub(super) fn is_of_update(words: &str) -> bool {
    let before = find_date(words, DayOrder::DayFirst).map_or(words, |(_, span)| &words[..span.start]);
    says(&before.to_lowercase(), UPDATE_WORDS)
}

fn says(words: &str, list: &[&str]) -> bool {
    list.iter().any(|word| words.contains(word))
}

/// How likely a date is that of publication: points of no scale for what it is, what its classes and words say, and how
/// near it is to the headline. They were chosen on labelled pages; only their order and distances matter.
fn likelihood(date: &Candidate, headline: Option<u32>, order: DayOrder) -> i32 {
    let (own, place) = (date.own, &date.place);
    let words = date.words.to_lowercase();
    // What a machine is told, and what is marked as a change, needs no words.
    let by_words = own & UPDATED == 0 && date.kind != Kind::Property;
    let says_published = by_words && says(&words, PUBLICATION_WORDS);
    let signs = [
        (date.kind == Kind::Property, 30),
        (date.kind == Kind::Time, 25),
        (date.kind == Kind::Class, 20),
        (own & PUBLISHED != 0, 15),
        (own & UPDATED != 0, -15),
        (place.signs & (META | HEADLINE) != 0, 5),
        (place.article, 8),
        (is_beside(place), -40),
        (place.header, -10),
        (place.link, -10),
        (place.hidden, -10),
        (says_published, 15),
        (by_words && !says_published && is_of_update(&date.words), -15),
        (by_words && says(&words, OTHER_DAY_WORDS), -OTHER_DAY),
        (place.signs & class_words::OTHER_DAY != 0, -OTHER_DAY),
    ];
    let points: i32 = signs.iter().map(|&(holds, points)| if holds { points } else { 0 }).sum();
    points - beside_the_date(date, order) + nearness(date, headline)
}

/// What the words around a date in running text cost it.
fn beside_the_date(date: &Candidate, order: DayOrder) -> i32 {
    if date.kind != Kind::Text {
        return 0;
    }
    let span = find_date(&date.words, order).map_or(0, |(_, span)| span.len());
    (date.words.len().saturating_sub(span) as i32 / 4).min(15)
}

/// Points for standing near the headline, more of them below it than above.
fn nearness(date: &Candidate, headline: Option<u32>) -> i32 {
    let Some(at) = headline else { return 0 };
    let distance = date.at.abs_diff(at).min(REACH) as i32;
    if date.at < at {
        return 35 - distance / 2;
    }
    // Right below the headline a date belongs to it, whatever the names of the elements say.
    let right_below = is_beside(&date.place) && distance <= 25;
    40 - distance / 3 + if right_below { 15 } else { 0 }
}
