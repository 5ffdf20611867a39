//! What earlier runs left of an output, and whether it can be added to.
use super::manifest::{FileRow, Manifest, Role, hash_file};
use super::writers::{Unfinished, failed};
use super::{Outputs, Target};
use crate::model::{Error, Result};
use std::path::Path;

/// How a run stands to those before it.
#[derive(Debug, Default)]
pub(crate) enum Earlier {
    /// There are none: what is there is replaced when the run ends.
    #[default]
    None,
    /// It can be gone on with if it is interrupted. `manifest` is the hash of the manifest that the last run
    /// left, to which this one adds if it finds it; `here` says that it was left under this name.
    Runs { manifest: Option<String>, here: bool, unfinished: Option<Box<Unfinished>> },
}

/// The row of a file that an earlier run wrote under this name.
pub(super) fn earlier<'a>(manifest: &'a Manifest, name: &str) -> Option<&'a FileRow> {
    let name = Path::new(name).file_name()?.to_string_lossy();
    manifest.files.iter().find(|row| row.name == name)
}

/// Begins a file with what an earlier run wrote; its rows.
pub(super) fn again(target: &mut Target, row: &FileRow) -> Result<u64> {
    let name = target.name();
    let known = hash_file(Path::new(&name)).map_err(|error| failed(&name, error))?;
    if known.to_hex().as_str() != row.blake3 {
        return Err(changed(&name));
    }
    target.begin_with_earlier().map_err(|error| failed(&name, error))?;
    Ok(row.records)
}

fn changed(name: &str) -> Error {
    let message = "is not as the last run left it; move it away, or name another".to_string();
    Error::Output { path: name.to_string(), message }
}

/// The manifest to add to, and the number of the first shard.
pub(super) fn begin(outputs: &Outputs, earlier: &Earlier) -> Result<(Manifest, u64)> {
    let empty = Manifest::empty(matches!(earlier, Earlier::Runs { .. }));
    let Some(path) = outputs.manifest_path() else { return Ok((empty, 1)) };
    if outputs.is_folder() {
        let folder = Path::new(&outputs.data);
        std::fs::create_dir_all(folder).map_err(|error| Error::io("create", folder.display(), error))?;
    }
    let present = path.is_file();
    match earlier {
        Earlier::Runs { manifest: Some(known), here, .. } if present => {
            let hash = hash_file(&path).map_err(|error| failed(&path.display().to_string(), error))?;
            match hash.to_hex().as_str() == known {
                true => add_to(outputs, &path, empty),
                false if *here || outputs.is_folder() => Err(changed(&path.display().to_string())),
                false => Ok((empty, 1)),
            }
        }
        Earlier::Runs { here: true, .. } if Path::new(&outputs.data).is_file() => {
            Err(changed(&path.display().to_string()))
        }
        Earlier::Runs { .. } if present && outputs.is_folder() => {
            let message =
                "holds the output of other runs; name an empty folder, or use their --state".to_string();
            Err(Error::Output { path: outputs.data.clone(), message })
        }
        Earlier::None if present => match Manifest::read(&path) {
            Ok(Some(manifest)) if manifest.kept => {
                let path = path.display().to_string();
                let message =
                    "belongs to a dataset that runs with --state keep; give their --state, or remove this \
                               file to have the dataset replaced"
                        .to_string();
                Err(Error::Output { path, message })
            }
            _ => Ok((empty, 1)),
        },
        _ if !present && outputs.is_folder() && strange(Path::new(&outputs.data)) => {
            let message = "is a folder with other files in it; name an empty one, or a file".to_string();
            Err(Error::Output { path: outputs.data.clone(), message })
        }
        _ => Ok((empty, 1)),
    }
}

/// The manifest of the last run, and the number of the shard that comes next.
fn add_to(outputs: &Outputs, path: &Path, empty: Manifest) -> Result<(Manifest, u64)> {
    let Some(manifest) = Manifest::read(path)? else { return Ok((empty, 1)) };
    let here = |row: &FileRow| row.role == Role::Data && path.with_file_name(&row.name).is_file();
    if !outputs.is_folder() && !manifest.files.iter().any(here) {
        // The dataset was moved away: a new one begins.
        return Ok((empty, 1));
    }
    // `data-000001.jsonl`
    let number = |row: &FileRow| row.name.split(['-', '.']).nth(1)?.parse::<u64>().ok();
    let last = manifest.files.iter().filter_map(number).max().unwrap_or(0);
    Ok((Manifest { program: empty.program, kept: empty.kept, ..manifest }, last + 1))
}

/// Whether a folder holds files that no run of ours left, or began.
fn strange(folder: &Path) -> bool {
    let ours = |name: &str| {
        let name = name.trim_start_matches('.');
        ["data-", "removed-", "manifest.json", "croissant.json", "report.json", "report.html"]
            .iter()
            .any(|ours| name.starts_with(ours))
    };
    let names = std::fs::read_dir(folder).into_iter().flatten().flatten();
    names.map(|entry| entry.file_name().to_string_lossy().into_owned()).any(|name| !ours(&name))
}
