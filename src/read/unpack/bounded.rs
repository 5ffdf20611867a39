//! Bounds on what a compressed stream may become: bytes in all, and bytes for each byte of it.
use super::Damage;
use crate::config::ReadConfig;
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Unpacked bytes up to which the ratio is not looked at: short runs of one byte pack well, and harm nobody.
const FREE_BYTES: u64 = 1 << 20;

/// A stream that counts what was taken from it.
pub(super) struct Counted {
    inner: Box<dyn Read + Send>,
    taken: Arc<AtomicU64>,
}

impl Counted {
    /// The stream, and its counter.
    pub(super) fn new(inner: Box<dyn Read + Send>) -> (Counted, Arc<AtomicU64>) {
        let taken = Arc::new(AtomicU64::new(0));
        (Counted { inner, taken: Arc::clone(&taken) }, taken)
    }
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.taken.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// What was unpacked so far, and how much that may be.
pub(crate) struct Budget {
    /// What is unpacked, for messages.
    name: &'static str,
    unpacked: u64,
    max_bytes: u64,
    max_ratio: u64,
}

impl Budget {
    /// Nothing was unpacked yet.
    pub(crate) fn new(name: &'static str, limits: &ReadConfig) -> Budget {
        let (max_bytes, max_ratio) = (limits.max_unpacked_bytes, limits.max_unpack_ratio);
        Budget { name, unpacked: 0, max_bytes, max_ratio }
    }

    /// So many bytes more were unpacked.
    pub(crate) fn spend(&mut self, bytes: u64) {
        self.unpacked += bytes;
    }

    /// What is wrong if all this came out of so many packed bytes.
    pub(crate) fn fault(&self, packed: u64) -> Option<io::Error> {
        let name = self.name;
        if self.unpacked > self.max_bytes {
            let most = self.max_bytes;
            return Some(Damage::last(format!(
                "the {name} data unpacks to more than {most} bytes: raise read.max_unpacked_bytes to take it in"
            )));
        }
        let most = self.max_ratio;
        (self.unpacked > FREE_BYTES && self.unpacked / most > packed).then(|| {
            Damage::last(format!(
                "the {name} data unpacks to more than {most} times its size: raise read.max_unpack_ratio to take it in"
            ))
        })
    }
}

/// An unpacked stream that ends with an error at its bounds.
pub(super) struct Bounded {
    plain: Box<dyn Read + Send>,
    packed: Arc<AtomicU64>,
    budget: Budget,
}

impl Bounded {
    /// The stream `plain`, unpacked from what `packed` counts.
    pub(super) fn over(
        plain: Box<dyn Read + Send>,
        name: &'static str,
        packed: Arc<AtomicU64>,
        limits: &ReadConfig,
    ) -> Box<dyn Read + Send> {
        Box::new(Bounded { plain, packed, budget: Budget::new(name, limits) })
    }
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Some(error) = self.budget.fault(self.packed.load(Ordering::Relaxed)) {
            return Err(error);
        }
        let read = self.plain.read(buffer).map_err(|error| match error.kind() {
            _ if error.get_ref().is_some_and(|inner| inner.is::<Damage>()) => error,
            io::ErrorKind::Interrupted => error,
            _ => Damage::last(format!("the {} data is damaged or cut: {error}", self.budget.name)),
        })?;
        self.budget.spend(read as u64);
        Ok(read)
    }
}
