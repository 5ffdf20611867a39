//! JSON-LD: what a page says of itself in scripts, after schema.org.
use super::text::clean;
use crate::model::PageClaims;
use serde_json::{Map, Value};
use std::borrow::Cow;

/// Objects of all scripts that are looked at, at most.
const OBJECTS: usize = 512;

/// Names of a value, at most.
const NAMES: usize = 32;

/// Types of things that are articles, or stand for one, the surest first. Ends of names: `NewsArticle`.
const TYPES: &[&str] =
    &["article", "posting", "report", "review", "recipe", "videoobject", "webpage", "product"];

/// The fields of the page's main thing.
#[derive(Debug, Default)]
pub(super) struct Linked {
    pub headline: Option<String>,
    pub authors: Vec<String>,
    pub published: Option<String>,
    pub updated: Option<String>,
    pub site: Option<String>,
}

/// Parses the scripts; one that is no JSON even after small repairs is left.
pub(super) fn parse(scripts: &[String]) -> Vec<Value> {
    scripts
        .iter()
        .filter_map(|script| {
            serde_json::from_str(script).ok().or_else(|| serde_json::from_str(&repaired(script)?).ok())
        })
        .collect()
}

/// The script from its first bracket to its last (pages put comments around it), raw line breaks in strings made
/// blanks.
fn repaired(script: &str) -> Option<Cow<'_, str>> {
    let script = script.trim_start().trim_start_matches("<![CDATA[").trim_end().trim_end_matches("]]>");
    let start = script.find(['{', '['])?;
    let end = script.rfind(['}', ']'])?;
    let inner = script.get(start..=end)?;
    if inner.bytes().any(|byte| byte < b' ') {
        return Some(inner.replace(|c: char| c < ' ', " ").into());
    }
    Some(inner.into())
}

/// Reads the fields of the thing that is the page's article, or stands for one.
pub(super) fn read(scripts: &[Value], claims: &mut PageClaims) -> Linked {
    let objects = objects(scripts);
    let mut linked = Linked::default();
    let mut ranked: Vec<(usize, &Map<String, Value>)> = Vec::new();
    for &object in &objects {
        claim(object, claims);
        if let Some(rank) = rank(object) {
            ranked.push((rank, object));
        }
    }
    ranked.sort_by_key(|(rank, _)| *rank);
    for (rank, object) in ranked {
        let text = |key: &str| object.get(key).and_then(Value::as_str).and_then(clean);
        let is_page = TYPES[rank.min(TYPES.len() - 1)] == "webpage";
        let whole = !is_page;
        fill(&mut linked.headline, || {
            text("headline").or_else(|| text("name").filter(|_| rank < TYPES.len() && whole))
        });
        fill(&mut linked.published, || text("datePublished").or_else(|| text("uploadDate")));
        fill(&mut linked.updated, || text("dateModified"));
        fill(&mut claims.description, || text("description"));
        fill(&mut linked.site, || {
            object.get("publisher").and_then(|publisher| names(publisher, &objects).into_iter().next())
        });
        if linked.authors.is_empty() {
            let author = object.get("author").or_else(|| object.get("creator"));
            linked.authors = author.map(|author| names(author, &objects)).unwrap_or_default();
        }
    }
    linked
}

fn fill(slot: &mut Option<String>, value: impl FnOnce() -> Option<String>) {
    if slot.is_none() {
        *slot = value();
    }
}

/// Every object that may be the page's: those at the top, those of lists and of `@graph`, and what they are mainly of.
fn objects(scripts: &[Value]) -> Vec<&Map<String, Value>> {
    let mut found = Vec::new();
    let mut open: Vec<&Value> = scripts.iter().rev().collect();
    while let Some(value) = open.pop() {
        match value {
            Value::Array(values) => open.extend(values.iter().rev()),
            Value::Object(object) if found.len() < OBJECTS => {
                found.push(object);
                let inner =
                    ["mainEntityOfPage", "mainEntity", "@graph"].iter().filter_map(|key| object.get(*key));
                open.extend(inner.filter(|value| !value.is_string()));
            }
            _ => {}
        }
    }
    found
}

fn types(object: &Map<String, Value>) -> impl Iterator<Item = String> {
    let value = object.get("@type");
    let list = value.and_then(Value::as_array).map(Vec::as_slice);
    let list = list.or(value.map(std::slice::from_ref)).unwrap_or_default();
    list.iter().filter_map(Value::as_str).map(str::to_ascii_lowercase)
}

/// How sure it is that an object stands for the page's article; the surest first.
fn rank(object: &Map<String, Value>) -> Option<usize> {
    let by_type = types(object).filter_map(|name| TYPES.iter().position(|end| name.ends_with(end))).min();
    let has = |key: &str| object.get(key).is_some_and(Value::is_string);
    by_type.or((has("headline") || has("datePublished")).then_some(TYPES.len()))
}

fn claim(object: &Map<String, Value>, claims: &mut PageClaims) {
    claims.types.extend(types(object));
    if claims.article_body.is_none() {
        claims.article_body = object.get("articleBody").and_then(Value::as_str).map(str::to_string);
    }
}

/// The names in a person, an organisation, a list of them, a reference to one (`@id`), or bare text.
fn names(value: &Value, objects: &[&Map<String, Value>]) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        if found.len() >= NAMES {
            break;
        }
        match value {
            Value::String(name) if !name.starts_with("http") => found.extend(clean(name)),
            Value::Array(values) => open.extend(values.iter().rev().take(NAMES)),
            Value::Object(object) => match object.get("name") {
                Some(name @ (Value::String(_) | Value::Array(_))) => open.push(name),
                _ => found.extend(referred(object, objects)),
            },
            _ => {}
        }
    }
    found
}

/// The name of what an object without one refers to, or its parts.
fn referred(object: &Map<String, Value>, objects: &[&Map<String, Value>]) -> Option<String> {
    let text =
        |object: &Map<String, Value>, key: &str| object.get(key).and_then(Value::as_str).and_then(clean);
    if let (Some(given), Some(family)) = (text(object, "givenName"), text(object, "familyName")) {
        return Some(format!("{given} {family}"));
    }
    let id = object.get("@id")?;
    let same = |known: &&&Map<String, Value>| known.get("@id") == Some(id) && known.contains_key("name");
    objects.iter().find(same).and_then(|known| text(known, "name"))
}
