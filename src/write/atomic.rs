//! A file that is there whole or not at all: written beside its name, synced, then renamed.
use crate::model::{Error, Result};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Bytes gathered before they are handed to the system.
const BUFFER_BYTES: usize = 256 << 10;

/// Something to write into: a file under a temporary name, or standard output.
pub(crate) struct Target {
    out: Option<BufWriter<Out>>,
    path: Option<Paths>,
}

enum Out {
    File(File),
    Stdout(io::Stdout),
}

struct Paths {
    partial: PathBuf,
    last: PathBuf,
}

impl Target {
    /// Standard output.
    pub(super) fn stdout() -> Target {
        Target { out: Some(BufWriter::with_capacity(BUFFER_BYTES, Out::Stdout(io::stdout()))), path: None }
    }

    /// A file that will have this path when it is committed. Its temporary name is always the same, so that
    /// a run after a killed one leaves nothing behind; a lock on it keeps two runs apart.
    pub(super) fn create(last: &Path) -> Result<Target> {
        let refused =
            |message: &str| Error::Output { path: last.display().to_string(), message: message.to_string() };
        let name = last.file_name().ok_or_else(|| refused("is not the name of a file"))?;
        if last.is_dir() {
            return Err(refused("is a folder; name a file in it"));
        }
        let partial = last.with_file_name(format!(".{}.partial", name.to_string_lossy()));
        let create = |error| Error::io("create", last.display(), error);
        let file =
            OpenOptions::new().write(true).create(true).truncate(false).open(&partial).map_err(create)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(refused("another run is writing it; wait for it to end"));
            }
            Err(TryLockError::Error(error)) => return Err(create(error)),
        }
        file.set_len(0).map_err(create)?;
        let out = Some(BufWriter::with_capacity(BUFFER_BYTES, Out::File(file)));
        Ok(Target { out, path: Some(Paths { partial, last: last.to_path_buf() }) })
    }

    /// The name for messages.
    pub(super) fn name(&self) -> String {
        self.path
            .as_ref()
            .map_or_else(|| "standard output".to_string(), |path| path.last.display().to_string())
    }

    /// Syncs the file and gives it its name.
    pub(super) fn commit(mut self) -> Result<()> {
        let name = self.name();
        self.finish().map_err(|error| Error::io("write", name, error))
    }

    fn finish(&mut self) -> io::Result<()> {
        let Some(mut out) = self.out.take() else { return Ok(()) };
        out.flush()?;
        let (Out::File(file), Some(path)) = (out.get_ref(), &self.path) else { return Ok(()) };
        file.sync_all()?;
        std::fs::rename(&path.partial, &path.last)?;
        sync_folder(&path.last)
    }
}

/// A rename lasts through a power loss only when its folder was synced too.
fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.as_mut().map_or(Ok(0), |out| out.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Out::File(file) => file.write(bytes),
            Out::Stdout(stdout) => stdout.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Out::File(file) => file.flush(),
            Out::Stdout(stdout) => stdout.flush(),
        }
    }
}

impl Drop for Target {
    /// What was not committed goes.
    fn drop(&mut self) {
        if let (Some(out), Some(path)) = (self.out.take(), &self.path) {
            // Nothing gathered is written out: the file goes.
            let (_file, _gathered) = out.into_parts();
            let _ = std::fs::remove_file(&path.partial);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_there_whole_or_not_at_all() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.txt");
        let mut target = Target::create(&path).unwrap();
        target.write_all(b"one").unwrap();
        assert!(!path.exists());
        drop(target);
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
        let mut target = Target::create(&path).unwrap();
        target.write_all(b"two").unwrap();
        target.commit().unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn two_runs_do_not_write_one_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.txt");
        let _first = Target::create(&path).unwrap();
        let error = Target::create(&path).map(|_| ()).unwrap_err().to_string();
        assert!(error.contains("another run"), "{error}");
    }

    #[test]
    fn a_folder_is_no_output() {
        let dir = tempfile::tempdir().unwrap();
        let error = Target::create(dir.path()).map(|_| ()).unwrap_err().to_string();
        assert!(error.contains("folder"), "{error}");
    }
}
