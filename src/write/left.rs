//! What earlier runs left, known by what proves it: the manifest, and what a report or a ledger begins with.
use super::look::PAGE_HEAD;
use super::manifest::{Manifest, Role};
use super::packing::Packing;
use super::{Outputs, atomic};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The name of a manifest in a folder, and what that of a file ends with.
const MANIFEST: &str = "manifest.json";

/// Bytes of a manifest, at most: that of a hundred thousand shards has a quarter of them.
const MANIFEST_BYTES: u64 = 128 << 20;

/// The first keys of a report and of a row of a ledger, in their order.
const FIRST_KEYS: &[&[&str]] = &[
    &["{\"version\":\"", "\",\"config\":\"", "\",\"documents\":"],
    &["{\"source\":\"", "\",\"block\":", ",\"span\":["],
];

/// Bytes of a file that are looked at to know it: more than a path may have.
const HEAD_BYTES: u64 = 8 << 10;

/// Whether an earlier run with the same outputs left this file, which is one of them. A file without bytes is nothing to
/// lose.
pub(crate) fn is_left(outputs: &Outputs, path: &Path) -> bool {
    let manifest = outputs.manifest_path();
    if manifest.as_deref() == Some(path) {
        return matches!(Manifest::read(path), Ok(Some(_)));
    }
    let listed = manifest.is_some_and(|manifest| is_listed(&manifest, path));
    listed || path.metadata().is_ok_and(|there| there.len() == 0) || begins_as_ours(path)
}

/// Files that a run keeps under this path while it goes on, and leaves where it is killed.
pub(crate) fn unfinished(path: &Path) -> [PathBuf; 2] {
    ["partial", "packed"].map(|ending| atomic::beside(path, ending))
}

/// What stands beside the data that this manifest lists: itself, the ledgers and the reports; nothing if it is no
/// manifest.
pub(crate) fn beside_data(path: &Path) -> Vec<PathBuf> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let Some(stem) = name.strip_suffix(MANIFEST) else { return Vec::new() };
    // Other programs call files so too, of any size.
    if path.metadata().is_ok_and(|there| there.len() > MANIFEST_BYTES) {
        return Vec::new();
    }
    let Ok(Some(manifest)) = Manifest::read(path) else { return Vec::new() };
    let mut names: Vec<String> =
        ["report.json", "report.html", MANIFEST].map(|ending| format!("{stem}{ending}")).to_vec();
    if stem.is_empty() {
        names.push("croissant.json".to_string());
    }
    names.extend(manifest.files.into_iter().filter(|row| row.role == Role::Removed).map(|row| row.name));
    names.iter().map(|name| path.with_file_name(name)).collect()
}

fn is_listed(manifest: &Path, path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = manifest.with_file_name(name.as_ref()) == path;
    let listed = Manifest::read(manifest).ok().flatten();
    beside && listed.is_some_and(|manifest| manifest.files.iter().any(|row| row.name == name))
}

/// Whether a file begins as a report, its page or a ledger does.
fn begins_as_ours(path: &Path) -> bool {
    let mut head = Vec::new();
    let plain = File::open(path).and_then(|file| Packing::of(path).0.unpack(file));
    if plain.and_then(|plain| plain.take(HEAD_BYTES).read_to_end(&mut head)).is_err() {
        return false;
    }
    let head = String::from_utf8_lossy(&head);
    let solid: String = head.split_whitespace().collect();
    let in_order = |keys: &&[&str]| {
        let after = |rest: &'_ str, key: &&str| rest.find(*key).map(|at| at + key.len());
        let mut at = 0;
        let found = keys.iter().all(|key| after(&solid[at..], key).map(|length| at += length).is_some());
        found && solid.starts_with(keys[0])
    };
    head.starts_with(PAGE_HEAD) || FIRST_KEYS.iter().any(in_order)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_run_left_begins_so() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("file");
        for (text, ours) in [
            ("{\n  \"version\": \"0.1.0\",\n  \"config\": \"ab\",\n  \"documents\": 1", true),
            ("{\"source\":\"a.txt\",\"block\":1,\"span\":[0,3],\"text\":\"a\"}\n", true),
            (PAGE_HEAD, true),
            ("{\"source\":\"a.txt\",\"text\":\"a\"}\n", false),
            ("{\"version\":\"1\",\"name\":\"x\"}\n", false),
            ("<!DOCTYPE html>\n<html lang=en>\n", false),
        ] {
            std::fs::write(&path, text).unwrap();
            assert_eq!(begins_as_ours(&path), ours, "{text}");
        }
    }
}
