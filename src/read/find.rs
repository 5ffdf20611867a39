//! From what the user typed to what there is to read: files, folders, globs, standard input.
use super::{Found, Source};
use crate::model::{Error, Origin, Result, SkipReason, Stage, Trouble, is_bidi_mark};
use std::fs::Metadata;
use std::path::Path;

/// The name of standard input among the inputs, and in records.
const STDIN: &str = "-";

/// Finds what the inputs name, in their order; folders are walked in the order of their names.
///
/// An input that exists as typed is taken as it is, whatever characters its name has; else it is a glob.
/// Links that are named are followed, links met in a folder are not.
///
/// # Errors
/// An input that names nothing at all, or is no glob, stops the run before it starts.
pub fn find(inputs: &[String]) -> Result<Vec<Found>> {
    let mut found = Vec::new();
    for input in inputs {
        if input == STDIN {
            found.push(Found::Source(Source { name: STDIN.to_string(), path: None, within: None, bytes: 0 }));
        } else if Path::new(input).symlink_metadata().is_ok() {
            named(Path::new(input), &mut found);
        } else {
            matching(input, &mut found)?;
        }
    }
    Ok(found)
}

/// A glob's matches, in the order of their names.
fn matching(pattern: &str, found: &mut Vec<Found>) -> Result<()> {
    let fail = |message: String| Error::Input { input: pattern.to_string(), message };
    let paths =
        glob::glob(pattern).map_err(|error| fail(format!("is no file, and no glob either: {error}")))?;
    let before = found.len();
    for path in paths {
        match path {
            Ok(path) => named(&path, found),
            Err(error) => found.push(unreadable(error.path(), error.error())),
        }
    }
    if found.len() == before {
        return Err(fail("no such file or folder; check the path and the folder you are in".to_string()));
    }
    Ok(())
}

/// A path that the user named: a folder is walked, a link is followed.
fn named(path: &Path, found: &mut Vec<Found>) {
    match path.metadata() {
        Ok(metadata) if metadata.is_dir() => walk(path, found),
        Ok(metadata) => found.push(file(path, None, &metadata)),
        Err(error) => found.push(unreadable(path, &error)),
    }
}

/// All files of a folder, in the order of their names, as deep as it goes.
fn walk(folder: &Path, found: &mut Vec<Found>) {
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        match entry {
            // The folder itself was named, and may be a link to one.
            Ok(entry) if entry.depth() == 0 || entry.file_type().is_dir() => {}
            Ok(entry) if entry.path_is_symlink() => {
                found.push(Found::Trouble(Trouble::skipped(
                    Origin::page(&name_of(entry.path())),
                    SkipReason::Link,
                )));
            }
            Ok(entry) => match entry.metadata() {
                Ok(metadata) => found.push(file(entry.path(), Some(folder), &metadata)),
                Err(error) => found.push(unreadable(entry.path(), &error.into())),
            },
            Err(error) => {
                let path = error.path().unwrap_or(folder).to_path_buf();
                found.push(unreadable(&path, &error.into()));
            }
        }
    }
}

/// A file, and the folder that was walked to find it.
fn file(path: &Path, folder: Option<&Path>, metadata: &Metadata) -> Found {
    let name = name_of(path);
    if metadata.is_file() {
        let within = folder.map(Path::to_path_buf);
        Found::Source(Source { name, path: Some(path.to_path_buf()), within, bytes: metadata.len() })
    } else {
        Found::Trouble(Trouble::skipped(Origin::page(&name), SkipReason::SpecialFile))
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> Found {
    let reason = super::reading_failed(error);
    Found::Trouble(Trouble::failed(Origin::page(&name_of(path)), Stage::Read, reason))
}

/// The path as it stands in records: with `/` on every system; what would move a cursor, or is no text at all,
/// is escaped.
fn name_of(path: &Path) -> String {
    let mut name = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                std::path::MAIN_SEPARATOR => name.push('/'),
                _ if c.is_control() || is_bidi_mark(c) => name.extend(c.escape_unicode()),
                _ => name.push(c),
            }
        }
        name.extend(
            chunk.invalid().iter().flat_map(|byte| format!("\\x{byte:02x}").into_bytes()).map(char::from),
        );
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn names(found: &[Found]) -> Vec<String> {
        found
            .iter()
            .map(|found| match found {
                Found::Source(source) => source.name.clone(),
                Found::Trouble(trouble) => format!("!{}", trouble.origin()),
            })
            .collect()
    }

    #[test]
    fn folders_are_walked_in_order_of_names() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("b")).unwrap();
        for name in ["c.txt", "a.txt", "b/z.txt", "b/[1].txt"] {
            fs::write(dir.path().join(name), "x").unwrap();
        }
        let root = dir.path().to_string_lossy().into_owned();
        let expected = ["a.txt", "b/[1].txt", "b/z.txt", "c.txt"].map(|name| format!("{root}/{name}"));
        assert_eq!(names(&find(std::slice::from_ref(&root)).unwrap()), expected);
        assert_eq!(names(&find(&[format!("{root}/*.txt")]).unwrap()), [&*expected[0], &*expected[3]]);
        assert_eq!(names(&find(&[format!("{root}/b/[1].txt")]).unwrap()), [&*expected[1]]);
    }

    #[cfg(unix)]
    #[test]
    fn links_in_folders_are_named_and_not_followed() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("a.txt"), "x").unwrap();
        std::os::unix::fs::symlink("/etc/hostname", dir.path().join("b.txt")).unwrap();
        let root = dir.path().to_string_lossy().into_owned();
        assert_eq!(
            names(&find(std::slice::from_ref(&root)).unwrap()),
            [format!("{root}/a.txt"), format!("!{root}/b.txt")]
        );
    }

    #[test]
    fn what_is_not_there_stops_the_run() {
        let error = find(&["no/such/file.txt".to_string()]).unwrap_err().to_string();
        assert!(error.contains("no/such/file.txt") && error.contains("check the path"), "{error}");
    }
}
