//! What a page says of itself: one walk over its tree gathers the evidence, then each field is chosen from it.
mod authors;
mod class_words;
mod dates;
mod evidence;
mod head;
mod json_ld;
mod local_day;
mod names;
mod site;
mod text;
mod title;
mod walk;

use crate::model::{DayOrder, FieldName, FieldOrigin, Fields, PageClaims, order_in_digits, order_in_words};
use evidence::Evidence;
use scraper::Html;

/// A value and where it was read.
type Found<T> = Option<(T, FieldOrigin)>;

/// Reads the fields of a page.
pub(super) fn read(tree: &Html, fields: &mut Fields, claims: &mut PageClaims) {
    let evidence = walk::gather(tree);
    let scripts = json_ld::parse(&evidence.scripts);
    let linked = json_ld::read(&scripts, claims);
    fields.day_order = day_order(&evidence);
    if fields.url.is_none() {
        fields.url = evidence.address();
    }
    name_site(&evidence, &linked, fields);
    let names = site::Site::of(&evidence, &linked, fields.url.as_deref());
    let headline = title::choose(&evidence, &linked, &names, fields);
    authors::choose(&evidence, &linked, &names, headline, fields);
    dates::choose(&evidence, &linked, headline, fields);
    head::claims(&evidence, claims);
}

fn name_site(evidence: &Evidence<'_>, linked: &json_ld::Linked, fields: &mut Fields) {
    let named = |name| evidence.meta(name).and_then(text::clean);
    let found = named("og:site_name").map(|site| (site, FieldOrigin::OpenGraph));
    let found = found.or_else(|| named("application-name").map(|site| (site, FieldOrigin::Meta)));
    let found = linked.site.clone().map(|site| (site, FieldOrigin::JsonLd)).or(found);
    fields.site = put(fields, FieldName::Site, found);
}

/// Notes the origin of a field and hands back its value.
fn put<T>(fields: &mut Fields, field: FieldName, found: Found<T>) -> Option<T> {
    let (value, origin) = found?;
    fields.origins.set(field, origin);
    Some(value)
}

/// American pages write the month first: those in English that name no other country. What the page writes elsewhere
/// goes before: a number that is no month, and of pages that name no country, whether the day stands before a month
/// in words.
fn day_order(evidence: &Evidence<'_>) -> DayOrder {
    let language = evidence.language.or_else(|| evidence.meta("og:locale")).unwrap_or_default();
    let mut parts = language.split(['-', '_']);
    let english = parts.next().is_some_and(|part| part.eq_ignore_ascii_case("en"));
    let country = parts.next();
    let american =
        country.is_some_and(|part| ["us", "ca", "ph"].iter().any(|us| part.eq_ignore_ascii_case(us)));
    let written = || evidence.dates.iter().map(|date| date.shown.as_ref().unwrap_or(&date.words).as_str());
    let told = written().find_map(order_in_digits);
    match told {
        Some(order) => order,
        None if !english => DayOrder::DayFirst,
        None if american => DayOrder::MonthFirst,
        None if country.is_some() => DayOrder::DayFirst,
        None => written().find_map(order_in_words).unwrap_or(DayOrder::MonthFirst),
    }
}

#[cfg(test)]
mod tests;
