//! What the head of a page claims of its content.
use super::evidence::Evidence;
use super::text::clean;
use crate::model::PageClaims;

/// Takes the description and the types of Open Graph; JSON-LD was there first.
pub(super) fn claims(evidence: &Evidence<'_>, claims: &mut PageClaims) {
    for (name, content) in &evidence.metas {
        match name.as_str() {
            "description" | "og:description" if claims.description.is_none() => {
                claims.description = clean(content)
            }
            "og:type" => claims.types.push(content.to_ascii_lowercase()),
            _ => {}
        }
    }
}
