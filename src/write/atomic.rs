//! A file that is there whole or not at all: written beside its name, synced, then renamed. A pipe or a device is
//! written as it stands.
use super::outputs::is_device;
use super::packing::{Notes, Packer, Packing};
use crate::model::{Error, Result};
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Bytes gathered before they are handed to the system.
const BUFFER_BYTES: usize = 256 << 10;

/// Something to write into: a file under a temporary name, or a stream.
pub(crate) struct Target {
    out: Option<Packer<BufWriter<Out>>>,
    /// The name for messages.
    name: String,
    /// None of a stream.
    path: Option<Paths>,
    /// Bytes that were written, before they are packed.
    bytes: u64,
    notes: Notes,
}

enum Out {
    File(File),
    /// A pipe or a device.
    Device(File),
    Stdout(io::Stdout),
}

struct Paths {
    partial: PathBuf,
    last: PathBuf,
    /// The file is written plain, and packed when it is closed.
    pack_later: Packing,
    /// A later run can go on with it, once it was synced.
    can_resume: bool,
    /// The file stays if it is not closed: a later run goes on with it.
    resumable: bool,
}

/// A file that is whole and synced, and waits for its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Closed {
    /// The name it has.
    pub(crate) from: PathBuf,
    /// The name it will have.
    pub(crate) to: PathBuf,
    /// A file it was made of, which goes when it has its name.
    pub(crate) made_of: Option<PathBuf>,
}

impl Target {
    /// Standard output.
    pub(super) fn stdout() -> Target {
        let out = BufWriter::with_capacity(BUFFER_BYTES, Out::Stdout(io::stdout()));
        Target {
            out: Some(Packer::Plain(out)),
            name: "standard output".to_string(),
            path: None,
            bytes: 0,
            notes: Notes::new(),
        }
    }

    /// A pipe or a device.
    fn device(path: &Path) -> Result<Target> {
        let write = |error| Error::io("write", path.display(), error);
        let device = OpenOptions::new().write(true).open(path).map_err(write)?;
        let (packing, _) = Packing::of(path);
        let out = packing.pack(BufWriter::with_capacity(BUFFER_BYTES, Out::Device(device))).map_err(write)?;
        let name = path.display().to_string();
        Ok(Target { out: Some(out), name, path: None, bytes: 0, notes: Notes::new() })
    }

    /// A file that will have this path. Its temporary name is always the same, so that a run after a killed one
    /// leaves nothing behind; a lock on it keeps two runs apart. It is packed as its ending says.
    pub(super) fn create(last: &Path) -> Result<Target> {
        if is_device(last) {
            return Target::device(last);
        }
        let file = locked(last, 0)?;
        let write = |error| Error::io("write", last.display(), error);
        let (packing, _) = Packing::of(last);
        let out = packing.pack(BufWriter::with_capacity(BUFFER_BYTES, Out::File(file))).map_err(write)?;
        let paths = Paths {
            partial: beside(last, "partial"),
            last: last.to_path_buf(),
            pack_later: Packing::Plain,
            can_resume: false,
            resumable: false,
        };
        let name = last.display().to_string();
        Ok(Target { out: Some(out), name, path: Some(paths), bytes: 0, notes: Notes::new() })
    }

    /// A file that a later run can go on with: it holds so many bytes already, is written plain, and packed when
    /// it is closed.
    pub(super) fn resume(last: &Path, bytes: u64) -> Result<Target> {
        if is_device(last) {
            return Target::device(last);
        }
        let mut file = locked(last, bytes)?;
        file.seek(SeekFrom::End(0)).map_err(|error| Error::io("write", last.display(), error))?;
        let out = Packer::Plain(BufWriter::with_capacity(BUFFER_BYTES, Out::File(file)));
        let (pack_later, _) = Packing::of(last);
        let name = last.display().to_string();
        let (partial, last) = (beside(last, "partial"), last.to_path_buf());
        let paths = Paths { partial, last, pack_later, can_resume: true, resumable: bytes > 0 };
        Ok(Target { out: Some(out), name, path: Some(paths), bytes, notes: Notes::new() })
    }

    /// What the file is to say of itself, if its packing has a place for that.
    pub(super) fn note(&mut self, notes: Notes) {
        self.notes = notes;
    }

    /// Begins with the text of the file that has the name now.
    pub(super) fn begin_with_earlier(&mut self) -> io::Result<()> {
        let Some(path) = &self.path else { return Ok(()) };
        let mut earlier = path.pack_later.unpack(File::open(&path.last)?)?;
        let mut buffer = vec![0; BUFFER_BYTES];
        loop {
            match earlier.read(&mut buffer)? {
                0 => return Ok(()),
                read => self.write_all(&buffer[..read])?,
            }
        }
    }

    /// The name for messages.
    pub(super) fn name(&self) -> String {
        self.name.clone()
    }

    /// Bytes that were written, before they are packed.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Hands all that was written to the disk.
    pub(super) fn sync(&mut self) -> io::Result<()> {
        let Some(out) = &mut self.out else { return Ok(()) };
        out.flush()?;
        if let Packer::Plain(out) = out {
            out.get_ref().sync()?;
        }
        let Some(path) = &mut self.path else { return Ok(()) };
        path.resumable = path.can_resume;
        sync_folder(&path.partial)
    }

    /// Lets go of the file, and leaves nothing of it.
    pub(super) fn discard(mut self) {
        if let Some(path) = &mut self.path {
            path.resumable = false;
        }
    }

    /// Makes the file whole, synced and packed; it waits for its name. Nothing waits of standard output.
    pub(super) fn close(mut self) -> io::Result<Option<Closed>> {
        let Some(out) = self.out.take() else { return Ok(None) };
        let mut out = out.finish(&self.notes)?;
        out.flush()?;
        out.get_ref().sync()?;
        let Some(path) = self.path.take() else { return Ok(None) };
        if path.pack_later == Packing::Plain {
            return Ok(Some(Closed { from: path.partial, to: path.last, made_of: None }));
        }
        let packed = beside(&path.last, "packed");
        let mut packer = path.pack_later.pack(BufWriter::new(File::create(&packed)?))?;
        io::copy(&mut File::open(&path.partial)?, &mut packer)?;
        let file = packer.finish(&self.notes)?.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        Ok(Some(Closed { from: packed, to: path.last, made_of: Some(path.partial) }))
    }
}

impl Closed {
    /// Gives the file its name, for good.
    ///
    /// # Errors
    /// What the file system says.
    pub(crate) fn rename(&self) -> Result<()> {
        let rename = || {
            std::fs::rename(&self.from, &self.to)?;
            sync_folder(&self.to)?;
            self.made_of.as_ref().map_or(Ok(()), remove)
        };
        rename().map_err(|error| Error::io("write", self.to.display(), error))
    }
}

/// Removes a file; one that is gone already is no error.
pub(crate) fn remove(path: impl AsRef<Path>) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// A name beside another that no listing shows.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{ending}"))
}

/// The file under the temporary name of `last`, locked, with its first bytes alone.
fn locked(last: &Path, bytes: u64) -> Result<File> {
    let refused =
        |message: &str| Error::Output { path: last.display().to_string(), message: message.to_string() };
    if last.file_name().is_none() {
        return Err(refused("is not the name of a file"));
    }
    if last.is_dir() {
        return Err(refused("is a folder; name a file in it"));
    }
    if last.metadata().is_ok_and(|there| !there.is_file()) {
        return Err(refused("is no file, and nothing that can be written as one"));
    }
    if last.parent().is_some_and(|folder| !folder.as_os_str().is_empty() && !folder.exists()) {
        return Err(refused("its folder does not exist; create it first"));
    }
    let create = |error| Error::io("create", last.display(), error);
    let mut options = OpenOptions::new();
    let file =
        options.write(true).create(true).truncate(false).open(beside(last, "partial")).map_err(create)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            return Err(refused("another run is writing it; wait for it to end"));
        }
        Err(TryLockError::Error(error)) => return Err(create(error)),
    }
    if file.metadata().map_err(create)?.len() < bytes {
        return Err(refused("what an interrupted run wrote of it is gone; begin with a new state folder"));
    }
    file.set_len(bytes).map_err(create)?;
    Ok(file)
}

/// A rename lasts through a power loss only when its folder was synced too.
pub(crate) fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.as_mut().map_or(Ok(0), |out| out.write(bytes))?;
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Out {
    fn sync(&self) -> io::Result<()> {
        match self {
            Out::File(file) => file.sync_all(),
            Out::Device(_) | Out::Stdout(_) => Ok(()),
        }
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Out::File(file) | Out::Device(file) => file.write(bytes),
            Out::Stdout(stdout) => stdout.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Out::File(file) | Out::Device(file) => file.flush(),
            Out::Stdout(stdout) => stdout.flush(),
        }
    }
}

impl Drop for Target {
    /// What was not closed goes, unless a later run may go on with it.
    fn drop(&mut self) {
        if let Some(path) = self.path.take() {
            let keep = path.resumable;
            if let Some(Packer::Plain(out)) = self.out.take() {
                // Nothing gathered is written out.
                let (_file, _gathered) = out.into_parts();
            }
            if !keep {
                let _ = std::fs::remove_file(&path.partial);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_there_whole_or_not_at_all() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["a.txt", "a.txt.gz", "a.txt.zst"] {
            let path = dir.path().join(name);
            let mut target = Target::create(&path).unwrap();
            target.write_all(b"one").unwrap();
            assert!(!path.exists());
            drop(target);
            assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
            let mut target = Target::create(&path).unwrap();
            target.write_all(b"two").unwrap();
            target.close().unwrap().unwrap().rename().unwrap();
            let mut text = String::new();
            let file = File::open(&path).unwrap();
            Packing::of(&path).0.unpack(file).unwrap().read_to_string(&mut text).unwrap();
            assert_eq!(text, "two");
            assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
            std::fs::remove_file(&path).unwrap();
        }
    }

    #[test]
    fn a_later_run_goes_on_where_the_last_one_was_synced() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.txt.gz");
        let mut target = Target::resume(&path, 0).unwrap();
        target.write_all(b"one, ").unwrap();
        target.sync().unwrap();
        let bytes = target.bytes();
        target.write_all(b"lost").unwrap();
        drop(target);
        let mut target = Target::resume(&path, bytes).unwrap();
        target.write_all(b"two").unwrap();
        target.close().unwrap().unwrap().rename().unwrap();
        let mut text = String::new();
        flate2::read::MultiGzDecoder::new(File::open(&path).unwrap()).read_to_string(&mut text).unwrap();
        assert_eq!(text, "one, two");
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
