//! The parts that were named: whether they are all parts of one corpus, and each is there once.
use super::super::shard::{Header, Shard};
use crate::model::{Error, Result};
use crate::write::PartReader;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Shards that are named as missing, at most.
const MAX_NAMED: usize = 20;

/// A part that was named.
pub(super) struct Part {
    pub(super) path: PathBuf,
    pub(super) header: Header,
}

impl Part {
    /// Opens a part, and reads what it says of itself.
    ///
    /// # Errors
    /// It is no part, or is cut or damaged.
    pub(super) fn open(path: &Path) -> Result<Part> {
        let reader = PartReader::open(path)?;
        let header = serde_json::from_slice(&reader.header)
            .map_err(|error| refused(path, format!("is damaged ({error}); run its shard again")))?;
        Ok(Part { path: path.to_path_buf(), header })
    }
}

/// What all parts say of themselves, if they are all parts of one corpus, and each is there once.
pub(super) fn checked(parts: &[Part]) -> Result<&Header> {
    let first = parts.first().ok_or_else(|| {
        Error::Cleaned("no part was named; name those that gleaner run --shard wrote".to_string())
    })?;
    let here = env!("CARGO_PKG_VERSION");
    if first.header.fingerprint.version != here {
        let version = &first.header.fingerprint.version;
        return Err(refused(
            &first.path,
            format!(
                "was written by version {version}; this is {here}: run its shard again, or merge with that version"
            ),
        ));
    }
    let mut known = BTreeMap::new();
    for part in parts {
        alike(first, part)?;
        let Part { path, header } = part;
        let shard = Shard::new(header.shard, header.shards);
        shard.ok_or_else(|| refused(path, "is damaged; run its shard again".to_string()))?;
        if let Some(other) = known.insert(header.shard, path) {
            let (shard, other) = (format!("{}/{}", header.shard, header.shards), other.display());
            return Err(refused(path, format!("is shard {shard}, and so is {other}; name each shard once")));
        }
    }
    let missing = (1..=first.header.shards).filter(|shard| !known.contains_key(shard));
    let missing: Vec<String> = missing.map(|shard| shard.to_string()).collect();
    if missing.is_empty() { Ok(&first.header) } else { Err(absent(first, &missing)) }
}

/// Refuses a part that is not of the corpus of the first, or was not cleaned alike.
fn alike(first: &Part, part: &Part) -> Result<()> {
    let (one, other, to) = (&first.header, &part.header, first.path.display());
    let refused = |why: String| Err(refused(&part.path, why));
    if let Some(difference) = one.fingerprint.difference(&other.fingerprint) {
        return refused(format!("does not go with {to}: it {difference}"));
    }
    if one.shards != other.shards {
        return refused(format!("is one of {} shards, {to} one of {}", other.shards, one.shards));
    }
    if one.inputs != other.inputs {
        return refused(format!(
            "was cleaned of {}, {to} of {}: every shard must find the same names and sizes",
            other.inputs, one.inputs
        ));
    }
    Ok(())
}

/// Says which shards are not there.
fn absent(first: &Part, missing: &[String]) -> Error {
    let mut names = missing[..missing.len().min(MAX_NAMED)].join(", ");
    if missing.len() > MAX_NAMED {
        names += &format!(" and {} more", missing.len() - MAX_NAMED);
    }
    let shards = first.header.shards;
    refused(&first.path, format!("is one of {shards} shards, of which these are missing: {names}"))
}

/// Refuses a part.
pub(super) fn refused(path: &Path, message: String) -> Error {
    Error::Part { path: path.display().to_string(), message }
}
