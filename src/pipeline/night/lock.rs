//! The lock of a state folder. It is the system's, so it dies with its process, however that ends.
use crate::model::{Error, Result};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::Path;

/// The name of the file that is locked. It holds the number of the process while that runs.
const NAME: &str = "run.lock";

/// Bytes of a process number that are read, at most.
const PID_BYTES: u64 = 20;

/// A lock that is held.
pub(super) struct Lock(File);

impl Lock {
    /// Takes the lock of a folder in which a run has worked.
    ///
    /// # Errors
    /// None has, or one does now.
    pub(super) fn take_earlier(folder: &Path) -> Result<Lock> {
        if !folder.join(NAME).is_file() {
            let message = "holds no state; `gleaner run --state DIR` makes one".to_string();
            return Err(Error::State { path: folder.display().to_string(), message });
        }
        Lock::take(folder)
    }

    /// Takes the lock of a folder.
    ///
    /// # Errors
    /// Another run holds it; the message says which process that is.
    pub(super) fn take(folder: &Path) -> Result<Lock> {
        let path = folder.join(NAME);
        let create = |error| Error::io("create", path.display(), error);
        let mut options = OpenOptions::new();
        let mut file =
            options.read(true).write(true).create(true).truncate(false).open(&path).map_err(create)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                let _ = Read::by_ref(&mut file).take(PID_BYTES).read_to_string(&mut holder);
                let holder: String = holder.chars().filter(char::is_ascii_digit).collect();
                let message = format!("is in use by another run (process {holder}); wait for it to end");
                return Err(Error::State { path: folder.display().to_string(), message });
            }
            Err(TryLockError::Error(error)) => return Err(create(error)),
        }
        file.set_len(0).and_then(|()| write!(file, "{}", std::process::id())).map_err(create)?;
        Ok(Lock(file))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // A number that stays behind does no harm: the lock is gone with the process.
        let _ = self.0.set_len(0);
    }
}
