//! Whether an output is what its manifest says.
use super::manifest::{FileRow, Manifest, Role, hashes};
use super::packing::Packing;
use super::{Outputs, SINKS, jsonl, part};
use crate::model::{Error, Result};
use std::fs::File;
use std::path::Path;

/// What was found when an output was checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// Files that the manifest lists.
    pub files: usize,
    /// Records in its files of data.
    pub records: u64,
    /// Their bytes.
    pub bytes: u64,
    /// What is wrong, a line a file; nothing if all is well.
    pub faults: Vec<String>,
}

/// Checks each file of an output: that it is there, its length, its two hashes, and its records. The manifest must be
/// that of the output, and a folder must hold no other shards.
///
/// # Errors
/// There is no manifest, or it cannot be read.
pub fn verify(output: &str) -> Result<Verified> {
    let outputs = Outputs { data: output.to_string(), ..Outputs::default() };
    let none = |message: &str| Error::Output { path: output.to_string(), message: message.to_string() };
    let path = outputs.manifest_path().ok_or_else(|| none("is no file or folder"))?;
    let manifest = Manifest::read(&path)?
        .ok_or_else(|| none("has no manifest beside it or in it: gleaner run writes one"))?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut verified =
        Verified { files: manifest.files.len(), records: manifest.records, ..Verified::default() };
    for row in &manifest.files {
        verified.bytes += row.bytes;
        verified.faults.extend(fault(folder, row).map(|fault| format!("{}: {fault}", row.name)));
    }
    if outputs.is_folder() {
        verified.faults.extend(strangers(folder, &manifest)?);
    } else {
        verified.faults.extend(unlisted(output, &path, &manifest));
    }
    Ok(verified)
}

/// Says of an output that its manifest does not list it.
fn unlisted(output: &str, path: &Path, manifest: &Manifest) -> Option<String> {
    let name = Path::new(output).file_name().unwrap_or_default().to_string_lossy();
    let is_data = |row: &&FileRow| row.role != Role::Removed;
    let listed: Vec<&str> = manifest.files.iter().filter(is_data).map(|row| row.name.as_str()).collect();
    let manifest = path.file_name().unwrap_or_default().to_string_lossy();
    let message = format!("{name}: is not in {manifest}, which is of {}", listed.join(", "));
    (!listed.contains(&name.as_ref())).then_some(message)
}

/// What is wrong with a file.
fn fault(folder: &Path, row: &FileRow) -> Option<String> {
    let path = folder.join(&row.name);
    let (bytes, blake3, sha256) = match hashes(&path) {
        Ok(found) => found,
        Err(error) => return Some(format!("cannot be read: {error}")),
    };
    if bytes != row.bytes {
        return Some(format!("has {bytes} bytes, not {}", row.bytes));
    }
    if blake3 != row.blake3 || sha256 != row.sha256 {
        return Some("its content is another".to_string());
    }
    match count(&path, row.role) {
        Err(error) => Some(format!("cannot be read to its end: {error}")),
        Ok(count) if count != row.records => Some(format!("holds {count} records, not {}", row.records)),
        Ok(_) => None,
    }
}

fn count(path: &Path, role: Role) -> std::io::Result<u64> {
    if role == Role::Part {
        return part::count(path);
    }
    let (packing, plain) = Packing::of(path);
    let text = packing.unpack(File::open(path)?)?;
    let ending = plain.extension().unwrap_or_default().to_string_lossy().into_owned();
    match SINKS.iter().find(|format| role == Role::Data && format.ending == ending) {
        Some(format) => (format.count)(text),
        None => jsonl::count(text),
    }
}

/// Shards in a folder that the manifest does not list.
fn strangers(folder: &Path, manifest: &Manifest) -> Result<Vec<String>> {
    let read = |error| Error::io("read", folder.display(), error);
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(read)? {
        let name = entry.map_err(read)?.file_name().to_string_lossy().into_owned();
        let shard = name.starts_with("data-") || name.starts_with("removed-");
        if shard && !manifest.files.iter().any(|row| row.name == name) {
            names.push(format!("{name}: is not in the manifest"));
        }
    }
    names.sort();
    Ok(names)
}
