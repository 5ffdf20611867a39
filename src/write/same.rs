//! Whether two paths lead to one file, however they are spelled: by `..`, a link, or a second name of the same file.
use std::fs::Metadata;
use std::path::{Path, PathBuf};

/// Where a path leads. What is neither a file nor a folder, such as a device, leads nowhere: it can be named twice.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    path: PathBuf,
    /// Of a file that is there: its device and its number on it.
    number: Option<(u64, u64)>,
}

impl Place {
    /// Where the path leads; a file need not be there yet.
    pub(crate) fn of(path: &Path) -> Option<Place> {
        match path.metadata() {
            Ok(metadata) if metadata.is_file() || metadata.is_dir() => {
                Some(Place { path: path.canonicalize().ok()?, number: number(&metadata) })
            }
            Ok(_) => None,
            Err(_) => {
                let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
                let folder = folder.unwrap_or(Path::new(".")).canonicalize().ok()?;
                Some(Place { path: folder.join(path.file_name()?), number: None })
            }
        }
    }

    /// What standard input is, where that is a file.
    pub(crate) fn of_stdin() -> Option<Place> {
        Place::of(Path::new("/dev/stdin"))
    }

    /// Whether the other leads to the same file.
    pub(crate) fn is(&self, other: &Place) -> bool {
        self.path == other.path || (self.number.is_some() && self.number == other.number)
    }

    /// Whether it is that folder, or lies in it.
    pub(crate) fn is_within(&self, folder: &Place) -> bool {
        self.is(folder) || self.path.starts_with(&folder.path)
    }
}

#[cfg(unix)]
fn number(metadata: &Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn number(_: &Metadata) -> Option<(u64, u64)> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn one_file_is_known_by_any_name() {
        let dir = tempfile::tempdir().unwrap();
        let path = |name: &str| dir.path().join(name);
        fs::create_dir(path("folder")).unwrap();
        fs::write(path("a"), "x").unwrap();
        fs::write(path("b"), "x").unwrap();
        fs::hard_link(path("a"), path("second")).unwrap();
        let place = |name: &str| Place::of(&path(name)).unwrap();
        for same in ["a", "folder/../a", "second"] {
            assert!(place("a").is(&place(same)), "{same}");
        }
        assert!(!place("a").is(&place("b")) && !place("a").is(&place("none")));
        assert!(place("none").is(&place("folder/../none")));
        assert!(place("folder/c").is_within(&place("folder")) && !place("a").is_within(&place("folder")));
        assert!(Place::of(Path::new("/dev/null")).is_none());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_what_it_leads_to() {
        let dir = tempfile::tempdir().unwrap();
        let (file, link) = (dir.path().join("a"), dir.path().join("link"));
        fs::write(&file, "x").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        assert!(Place::of(&file).unwrap().is(&Place::of(&link).unwrap()));
    }
}
