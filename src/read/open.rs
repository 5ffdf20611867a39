//! Files opened with care: regular ones only, and below a folder that was walked no link, whatever became of them
//! since they were found.
use super::Source;
use super::patient::Patient;
use std::fs::File;
use std::io;
use std::path::Path;

/// Opens the file of a source; `None` is standard input.
///
/// # Errors
/// What the file system says; or it has become a pipe, a device or a link.
pub(crate) fn file(source: &Source) -> Option<io::Result<Patient>> {
    let path = source.path.as_deref()?;
    let below = source.within.as_deref().and_then(|folder| Some((folder, path.strip_prefix(folder).ok()?)));
    Some(match below {
        // A file that was itself named has nothing below it.
        Some((folder, below)) if !below.as_os_str().is_empty() => regular(below_folder(folder, below)),
        _ => regular(named(path)),
    })
}

/// The file, if it is a regular one: a pipe or a device neither blocks nor is read.
fn regular(file: io::Result<File>) -> io::Result<Patient> {
    let file = file?;
    if file.metadata()?.is_file() {
        Ok(Patient::new(file))
    } else {
        Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no regular file any more"))
    }
}

/// Opens a file that was named. A link is followed.
fn named(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits() as i32);
    }
    options.open(path)
}

/// Opens a file below a folder, one name of its path after the other, each in the folder opened before: so no link
/// is followed, not even one that took a folder's place a moment ago.
#[cfg(unix)]
fn below_folder(folder: &Path, below: &Path) -> io::Result<File> {
    use rustix::fs::{Mode, OFlags};
    use rustix::io::{Errno, retry_on_intr};
    let flags = OFlags::RDONLY | OFlags::CLOEXEC;
    let folders = flags | OFlags::DIRECTORY;
    let mut at = retry_on_intr(|| rustix::fs::open(folder, folders, Mode::empty()))?;
    let mut names = below.iter().peekable();
    while let Some(name) = names.next() {
        let flags =
            if names.peek().is_some() { folders } else { flags | OFlags::NONBLOCK } | OFlags::NOFOLLOW;
        at = retry_on_intr(|| rustix::fs::openat(&at, name, flags, Mode::empty())).map_err(|error| {
            let message = "a link or another kind of file has taken its place since it was found";
            match error {
                // What is no folder, or is a link; systems differ in which of these they say.
                Errno::LOOP | Errno::MLINK | Errno::NOTDIR => {
                    io::Error::new(io::ErrorKind::InvalidInput, message)
                }
                // A socket.
                Errno::NXIO => io::Error::new(io::ErrorKind::InvalidInput, message),
                error => error.into(),
            }
        })?;
    }
    Ok(File::from(at))
}

/// Opens a file below a folder.
#[cfg(not(unix))]
fn below_folder(folder: &Path, below: &Path) -> io::Result<File> {
    named(&folder.join(below))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::fs;
    use std::io::Read;
    use std::os::unix::fs::symlink;

    /// A source as a walk of `walked` found it.
    fn found(root: &Path, path: &str) -> Source {
        Source {
            name: path.to_string(),
            path: Some(root.join(path)),
            within: Some(root.to_path_buf()),
            bytes: 0,
        }
    }

    fn text(source: &Source) -> Result<String, String> {
        let mut text = String::new();
        let read = file(source).unwrap().and_then(|mut file| file.read_to_string(&mut text));
        read.map(|_| text).map_err(|error| error.to_string())
    }

    #[test]
    fn what_took_the_place_of_a_found_file_is_not_read() {
        let dir = tempfile::tempdir().unwrap();
        let (secret, root) = (dir.path().join("secret"), dir.path().join("root"));
        fs::create_dir_all(secret.join("deep")).unwrap();
        fs::write(secret.join("deep/a.txt"), "secret").unwrap();
        fs::create_dir_all(root.join("folder/deep")).unwrap();
        fs::write(root.join("folder/deep/a.txt"), "good").unwrap();
        let source = found(&root, "folder/deep/a.txt");
        assert_eq!(text(&source).unwrap(), "good");
        // A folder on the way becomes a link, then the file.
        fs::rename(root.join("folder"), root.join("moved")).unwrap();
        symlink(&secret, root.join("folder")).unwrap();
        assert!(text(&source).unwrap_err().contains("taken its place"));
        fs::remove_file(root.join("folder")).unwrap();
        fs::rename(root.join("moved"), root.join("folder")).unwrap();
        fs::remove_file(root.join("folder/deep/a.txt")).unwrap();
        symlink(secret.join("deep/a.txt"), root.join("folder/deep/a.txt")).unwrap();
        assert!(text(&source).unwrap_err().contains("taken its place"));
        // One that was named is followed.
        assert_eq!(text(&Source { within: None, ..source }).unwrap(), "secret");
    }

    #[test]
    fn pipes_sockets_and_devices_neither_block_nor_are_read() {
        let dir = tempfile::tempdir().unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(dir.path().join("socket")).unwrap();
        assert!(
            std::process::Command::new("mkfifo").arg(dir.path().join("pipe")).status().unwrap().success()
        );
        let null = found(Path::new("/dev"), "null");
        for source in [found(dir.path(), "socket"), found(dir.path(), "pipe"), null] {
            for within in [source.within.clone(), None] {
                assert!(text(&Source { within, ..source.clone() }).is_err(), "{source:?}");
            }
        }
    }
}
