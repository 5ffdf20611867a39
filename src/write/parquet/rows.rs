//! A record as it is read from a line of JSON, and written to one: the keys of [`Record`](crate::model::Record).
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

#[derive(Serialize, Deserialize)]
pub(super) struct Row<'a> {
    #[serde(borrow)]
    pub(super) id: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) text: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) source: Cow<'a, str>,
    pub(super) created: Option<String>,
    #[serde(borrow)]
    pub(super) metadata: Metadata<'a>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Metadata<'a> {
    pub(super) title: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) published: Option<String>,
    pub(super) updated: Option<String>,
    pub(super) site: Option<String>,
    pub(super) agency: Vec<String>,
    pub(super) language: Option<String>,
    pub(super) url: Option<String>,
    #[serde(borrow)]
    pub(super) kind: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) encoding: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) encoding_from: Cow<'a, str>,
    pub(super) blocks_kept: i64,
    pub(super) blocks_removed: i64,
    pub(super) duplicates: Vec<Note>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Note {
    pub(super) block: i64,
    pub(super) of: String,
    pub(super) of_block: i64,
    pub(super) similarity: f32,
}
