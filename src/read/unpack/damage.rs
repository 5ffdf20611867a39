//! Damage in a compressed stream, as an error of reading that says whether more can be read after it.
use std::fmt;
use std::io;

/// What is wrong with a compressed stream.
#[derive(Debug)]
pub(crate) struct Damage {
    message: String,
    /// Reading goes on after it, at the next part that is whole.
    goes_on: bool,
    /// What was read last, before the error, is part of what is damaged.
    spoils: bool,
}

impl Damage {
    /// Damage after which nothing more is read.
    pub(crate) fn last(message: impl Into<String>) -> io::Error {
        Damage { message: message.into(), goes_on: false, spoils: true }.into()
    }

    /// Damage after which reading goes on. It `spoils` what was read last, or lies ahead of that.
    pub(crate) fn passing(message: impl Into<String>, spoils: bool) -> io::Error {
        Damage { message: message.into(), goes_on: true, spoils }.into()
    }

    fn of(error: &io::Error) -> Option<&Damage> {
        error.get_ref()?.downcast_ref()
    }

    /// Whether more can be read after an error.
    pub(crate) fn goes_on(error: &io::Error) -> bool {
        Damage::of(error).is_some_and(|damage| damage.goes_on)
    }

    /// Whether an error says nothing against what was read before it.
    pub(crate) fn lies_ahead(error: &io::Error) -> bool {
        Damage::of(error).is_some_and(|damage| !damage.spoils)
    }
}

impl From<Damage> for io::Error {
    fn from(damage: Damage) -> io::Error {
        io::Error::new(io::ErrorKind::InvalidData, damage)
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Damage {}
