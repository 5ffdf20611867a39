//! Which of a page's headlines is its title.
//!
//! Heads of pages carry titles for search engines and shares, with the site's name or in other words; readers see the
//! headline. So a visible `h1` that the head agrees with wins, and the head's own titles stand in where there is none.
use super::evidence::{Candidate, Evidence, Kind};
use super::json_ld::Linked;
use super::site::{self, Site, folded};
use super::text::clean;
use super::walk::is_beside;
use super::{Found, put};
use crate::model::{FieldName, FieldOrigin, Fields};

/// Share of a headline's words that a title of the head has too, from which on they are the same headline.
const AGREES: f32 = 0.5;

/// The same for a headline in what looks like a teaser.
const AGREES_BESIDE: f32 = 0.8;

/// What speaks for a headline, or against it, beside its agreement with the head: that it is an `h1`, that it stands
/// in what looks like a teaser, or in the header of a page.
const IS_HEADING: f32 = 0.2;
const IS_BESIDE: f32 = -0.3;
const IS_IN_HEADER: f32 = -0.1;

/// Words of a lone `h1` that is believed against the head.
const LONE_WORDS: usize = 3;

/// Chooses the title. Hands back the number of the element that shows it.
pub(super) fn choose(
    evidence: &Evidence<'_>,
    linked: &Linked,
    site: &Site,
    fields: &mut Fields,
) -> Option<u32> {
    let head = Head::of(evidence, linked, site);
    let shown = shown(evidence, &head, site);
    let found = match &shown {
        Some((title, _)) => Some((title.clone(), FieldOrigin::Element)),
        None => head.best(),
    };
    fields.title = put(fields, FieldName::Title, found);
    shown.map(|(_, at)| at)
}

/// The titles of the head, in words.
struct Head {
    linked: Option<String>,
    open_graph: Option<String>,
    title: Option<String>,
}

impl Head {
    fn of(evidence: &Evidence<'_>, linked: &Linked, site: &Site) -> Head {
        let open_graph = evidence.meta("og:title").or_else(|| evidence.meta("twitter:title"));
        let mut head = Head {
            linked: linked.headline.clone(),
            open_graph: open_graph.and_then(clean),
            title: evidence.title.as_deref().and_then(clean),
        };
        let shown: Vec<String> = evidence.headings.iter().map(|heading| folded(&heading.words)).collect();
        let others = |own: &Option<String>| {
            let mut all = shown.clone();
            all.extend(
                [&head.linked, &head.open_graph]
                    .into_iter()
                    .filter(|other| *other != own)
                    .flatten()
                    .map(|t| folded(t)),
            );
            all
        };
        let open_graph = head
            .open_graph
            .as_deref()
            .map(|title| site::strip(title, site, &others(&head.open_graph), false));
        let title = head.title.as_deref().map(|title| site::strip(title, site, &others(&head.title), true));
        (head.open_graph, head.title) = (open_graph, title);
        head
    }

    fn best(self) -> Found<String> {
        let linked = self.linked.map(|title| (title, FieldOrigin::JsonLd));
        let open_graph = self.open_graph.map(|title| (title, FieldOrigin::OpenGraph));
        linked.or(open_graph).or(self.title.map(|title| (title, FieldOrigin::Element)))
    }

    fn all(&self) -> impl Iterator<Item = &String> {
        [&self.linked, &self.open_graph, &self.title].into_iter().flatten()
    }
}

/// The headline that readers see, where there is one that can be told.
fn shown(evidence: &Evidence<'_>, head: &Head, site: &Site) -> Option<(String, u32)> {
    let refs: Vec<Vec<String>> = head.all().map(|title| words(title)).collect();
    let headings = || evidence.headings.iter().filter(|heading| !heading.place.hidden);
    let mut best: Option<(f32, &Candidate)> = None;
    for heading in headings() {
        let own = words(&heading.words);
        if own.is_empty() || site.is_named(&heading.words) {
            continue;
        }
        let agreement = refs.iter().map(|title| agreement(&own, title)).fold(0.0, f32::max);
        let beside = is_beside(&heading.place);
        let bonus = |points: f32, holds: bool| if holds { points } else { 0.0 };
        let rank = agreement
            + bonus(IS_HEADING, heading.kind == Kind::Heading)
            + bonus(IS_BESIDE, beside)
            + bonus(IS_IN_HEADER, heading.place.header);
        let enough = if beside { AGREES_BESIDE } else { AGREES };
        if agreement >= enough && best.is_none_or(|(known, _)| rank > known) {
            best = Some((rank, heading));
        }
    }
    let mut h1 = headings().filter(|heading| heading.kind == Kind::Heading && !site.is_named(&heading.words));
    let lone = h1.next().filter(|heading| {
        h1.next().is_none() && !is_beside(&heading.place) && words(&heading.words).len() >= LONE_WORDS
    });
    let heading = best.map(|(_, heading)| heading).or(lone)?;
    Some((clean(&heading.words)?, heading.at))
}

fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let mut words = Vec::new();
    for word in lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if word.chars().any(|c| c >= '\u{2e80}') {
            words.extend(word.chars().map(String::from));
        } else {
            words.push(word.to_string());
        }
    }
    words
}

/// The share of the shown headline's words that stand in the other; where twice the share of the other's words is less,
/// the mean of the two.
fn agreement(shown: &[String], head: &[String]) -> f32 {
    let common = shown.iter().filter(|word| head.contains(word)).count() as f32;
    let (of_shown, of_head) = (common / shown.len() as f32, common / head.len().max(1) as f32);
    if common == 0.0 { 0.0 } else { of_shown.min(0.5 * of_shown + 0.5 * (of_head * 2.0).min(1.0)) }
}
