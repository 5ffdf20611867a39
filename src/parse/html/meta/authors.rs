//! Who wrote a page.
use super::class_words::OTHER_NAMES;
use super::evidence::{Candidate, Evidence, Kind};
use super::json_ld::Linked;
use super::names;
use super::site::Site;
use super::walk::is_beside;
use super::{Found, put};
use crate::model::{FieldName, FieldOrigin, Fields};

/// Names of `meta` elements that hold authors and nothing else, the most trusted first.
const SURE_METAS: &[&str] =
    &["parsely-author", "sailthru.author", "cxenseparse:author", "byl", "citation_author"];

/// Names of `meta` elements that hold authors, or whoever set the page up.
const METAS: &[&str] = &[
    "author",
    "dc.creator",
    "dcterms.creator",
    "article:author_name",
    "authors",
    "og:article:author",
    "og:author",
    "article:author",
    "creator",
    "dc.contributor",
];

/// Elements between a headline and the links to its authors, at most.
const LINK_REACH: u32 = 120;

/// Elements between the links of one list of authors, at most.
const LIST_STEP: u32 = 12;

/// Chooses the authors: the first place that names people; else the organisation that the page names as its author.
pub(super) fn choose(
    evidence: &Evidence<'_>,
    linked: &Linked,
    site: &Site,
    headline: Option<u32>,
    fields: &mut Fields,
) {
    let linked_to = |kind| linked_names(evidence, headline, kind);
    let metas = |list: &'static [&'static str]| list.iter().map(|name| meta(evidence, name));
    // Each place is looked at only where those before it name nobody.
    let places = std::iter::once_with(|| (names::of_list(&linked.authors), FieldOrigin::JsonLd))
        .chain(metas(SURE_METAS).map(|names| (names, FieldOrigin::Meta)))
        .chain(std::iter::once_with(|| (linked_to(Kind::AuthorLink), FieldOrigin::Microdata)))
        .chain(std::iter::once_with(|| (shared(evidence), FieldOrigin::Meta)))
        .chain(metas(METAS).map(|names| (names, FieldOrigin::Meta)))
        .chain(std::iter::once_with(|| (linked_to(Kind::Property), FieldOrigin::Microdata)))
        .chain(std::iter::once_with(|| (in_byline(evidence, headline, Kind::Class), FieldOrigin::Element)))
        .chain(std::iter::once_with(|| (in_byline(evidence, headline, Kind::Text), FieldOrigin::Element)))
        .chain(std::iter::once_with(|| (beside(evidence), FieldOrigin::Microdata)));
    fields.authors = put(fields, FieldName::Authors, people(places, site)).unwrap_or_default();
}

/// The names of the first place that names people; else those of the first that names anybody.
fn people(places: impl Iterator<Item = (Vec<String>, FieldOrigin)>, site: &Site) -> Found<Vec<String>> {
    let mut named: Found<Vec<String>> = None;
    for (names, origin) in places.filter(|(names, _)| !names.is_empty()) {
        let people: Vec<String> = names.iter().filter(|name| !site.is_named(name)).cloned().collect();
        if !people.is_empty() {
            return Some((people, origin));
        }
        named = named.or(Some((names, origin)));
    }
    named
}

fn meta(evidence: &Evidence<'_>, name: &str) -> Vec<String> {
    let contents: Vec<String> = evidence
        .metas
        .iter()
        .filter(|(known, _)| known == name)
        .map(|(_, content)| content.to_string())
        .collect();
    names::of_list(&contents)
}

/// The author that a card for sharing names (`twitter:label1` says what `twitter:data1` is).
fn shared(evidence: &Evidence<'_>) -> Vec<String> {
    for (label, data) in [("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2")] {
        let label = evidence.meta(label).unwrap_or_default().to_lowercase();
        if ["written by", "author", "verfasst von", "geschrieben von", "écrit par", "escrito por", "autor"]
            .iter()
            .any(|w| label.contains(w))
        {
            return meta(evidence, data);
        }
    }
    Vec::new()
}

fn may_be_author(candidate: &&Candidate) -> bool {
    !is_beside(&candidate.place) && candidate.place.signs & OTHER_NAMES == 0
}

/// The names that elements of a kind hold, from the first near the headline on, as far as they stand together.
fn linked_names(evidence: &Evidence<'_>, headline: Option<u32>, kind: Kind) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut last: Option<u32> = None;
    let all = || evidence.bylines.iter().filter(|candidate| candidate.kind == kind).filter(may_be_author);
    let near = |candidate: &&Candidate| headline.is_none_or(|at| candidate.at.abs_diff(at) <= LINK_REACH);
    let start = all().find(near).or_else(|| all().next()).map_or(0, |candidate| candidate.at);
    for candidate in all().filter(|candidate| candidate.at >= start) {
        if last.is_some_and(|last| candidate.at - last > LIST_STEP) {
            break;
        }
        for name in names::in_words(&candidate.words) {
            if !found.iter().any(|known| known.eq_ignore_ascii_case(&name)) {
                found.push(name);
            }
        }
        if !found.is_empty() {
            last = Some(candidate.at);
        }
    }
    found
}

/// The names in the byline nearest to the headline, of those told in this way.
fn in_byline(evidence: &Evidence<'_>, headline: Option<u32>, kind: Kind) -> Vec<String> {
    let mut bylines: Vec<&Candidate> =
        evidence.bylines.iter().filter(|c| c.kind == kind).filter(may_be_author).collect();
    if let Some(at) = headline {
        bylines.sort_by_key(|candidate| (candidate.at < at, candidate.at.abs_diff(at)));
    }
    bylines
        .iter()
        .map(|candidate| names::in_words(&candidate.words))
        .find(|names| !names.is_empty())
        .unwrap_or_default()
}

/// The first author that a link names, wherever it stands: boxes about authors stand below articles.
fn beside(evidence: &Evidence<'_>) -> Vec<String> {
    let mut links = evidence.bylines.iter().filter(|candidate| candidate.kind == Kind::AuthorLink);
    links
        .find_map(|link| Some(names::in_words(&link.words)).filter(|names| !names.is_empty()))
        .unwrap_or_default()
}
