//! What a page says of itself: title, meta elements, Open Graph, JSON-LD.
use crate::model::{Fields, PageClaims};
use scraper::{Html, Selector};
use serde_json::Value;
use std::sync::LazyLock;

/// Bytes of JSON-LD that are read, at most: what is longer is no description of a page.
const JSON_LD_BYTES: usize = 1 << 20;

/// Characters of a title, at most: what is longer is no title.
const TITLE_CHARS: usize = 500;

#[expect(clippy::unwrap_used, reason = "selectors written here, each parsed by a test")]
fn selector(css: &str) -> Selector {
    Selector::parse(css).unwrap()
}

static META: LazyLock<Selector> = LazyLock::new(|| selector("meta[content]"));
static TITLE: LazyLock<Selector> = LazyLock::new(|| selector("title"));
static HEADLINE: LazyLock<Selector> = LazyLock::new(|| selector("h1"));
static CANONICAL: LazyLock<Selector> = LazyLock::new(|| selector("link[rel=canonical][href]"));
static JSON_LD: LazyLock<Selector> = LazyLock::new(|| selector("script[type='application/ld+json']"));

/// Reads the fields of a page, the most trusted first: JSON-LD, Open Graph and meta, the elements themselves.
pub(super) fn read(tree: &Html, fields: &mut Fields, claims: &mut PageClaims) {
    for script in tree.select(&JSON_LD) {
        let text: String = script.text().collect();
        if text.len() <= JSON_LD_BYTES
            && let Ok(value) = serde_json::from_str::<Value>(&text)
        {
            from_json_ld(&value, fields, claims);
        }
    }
    for meta in tree.select(&META) {
        let name = meta.attr("property").or(meta.attr("name")).or(meta.attr("itemprop")).unwrap_or_default();
        from_meta(&name.to_ascii_lowercase(), meta.attr("content").unwrap_or_default(), fields, claims);
    }
    let first = |selector| tree.select(selector).next().map(|element| element.text().collect::<String>());
    if fields.title.is_none() {
        fields.title = first(&HEADLINE).or_else(|| first(&TITLE)).and_then(|title| clean(&title));
    }
    if let Some(link) = tree.select(&CANONICAL).next() {
        set(&mut fields.url, link.attr("href"));
    }
}

fn from_meta(name: &str, content: &str, fields: &mut Fields, claims: &mut PageClaims) {
    match name {
        "og:title" | "twitter:title" => set(&mut fields.title, Some(content)),
        "og:site_name" | "application-name" => set(&mut fields.site, Some(content)),
        "og:url" => set(&mut fields.url, Some(content)),
        "article:published_time" | "datepublished" | "date" | "pubdate" | "dc.date" => {
            set(&mut fields.published, Some(content));
        }
        "article:modified_time" | "og:updated_time" | "datemodified" => {
            set(&mut fields.updated, Some(content))
        }
        "author" | "article:author" | "dc.creator"
            if fields.authors.is_empty() && !content.starts_with("http") =>
        {
            fields.authors.extend(clean(content));
        }
        "description" | "og:description" => set(&mut claims.description, Some(content)),
        "og:type" => claims.types.push(content.to_ascii_lowercase()),
        _ => {}
    }
}

/// Walks a JSON-LD value to the first thing that has a headline and takes its fields. serde_json bounds the depth.
fn from_json_ld(value: &Value, fields: &mut Fields, claims: &mut PageClaims) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| from_json_ld(value, fields, claims)),
        Value::Object(object) => {
            if let Some(graph) = object.get("@graph") {
                from_json_ld(graph, fields, claims);
            }
            let text = |key: &str| object.get(key).and_then(Value::as_str);
            claims.types.extend(
                object
                    .get("@type")
                    .map(names)
                    .unwrap_or_default()
                    .iter()
                    .map(|name| name.to_ascii_lowercase()),
            );
            if let Some(body) = text("articleBody")
                && claims.article_body.is_none()
            {
                claims.article_body = Some(body.to_string());
            }
            if text("headline").is_some() || text("datePublished").is_some() {
                set(&mut fields.title, text("headline"));
                set(&mut fields.published, text("datePublished"));
                set(&mut fields.updated, text("dateModified"));
                set(&mut claims.description, text("description"));
                if let Some(publisher) = object.get("publisher") {
                    set(&mut fields.site, names(publisher).first().map(String::as_str));
                }
                if let Some(author) = object.get("author").filter(|_| fields.authors.is_empty()) {
                    fields.authors = names(author);
                }
            }
        }
        _ => {}
    }
}

/// The names in a JSON-LD person, organisation, list of them, or bare text.
fn names(value: &Value) -> Vec<String> {
    match value {
        Value::String(name) if !name.starts_with("http") => clean(name).into_iter().collect(),
        Value::Array(values) => values.iter().flat_map(names).collect(),
        Value::Object(object) => object.get("name").map(names).unwrap_or_default(),
        _ => Vec::new(),
    }
}

fn set(slot: &mut Option<String>, value: Option<&str>) {
    if slot.is_none() {
        *slot = value.and_then(clean);
    }
}

/// The value with its white space folded; none if nothing, or far too much, is left.
fn clean(value: &str) -> Option<String> {
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    (!value.is_empty() && value.chars().count() <= TITLE_CHARS).then_some(value)
}
