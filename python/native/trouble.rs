//! What goes wrong, as exceptions of Python.
use gleaner::model::{Error, Trouble};
use pyo3::exceptions::{PyException, PyOSError, PyValueError};
use pyo3::{PyErr, create_exception};

create_exception!(
    gleaner,
    GleanerError,
    PyException,
    "A document, or a whole job, that cannot be dealt with."
);
create_exception!(
    gleaner,
    Skipped,
    GleanerError,
    "A document that is passed over; `reason` is its first argument."
);
create_exception!(
    gleaner,
    Failed,
    GleanerError,
    "A document that failed; the message says at which stage, and why."
);

/// What a document without a record raises.
pub(crate) fn raised(trouble: &Trouble) -> PyErr {
    match trouble {
        Trouble::Skipped(skipped) => Skipped::new_err(skipped.reason.name()),
        Trouble::Failed(failure) => Failed::new_err(format!("{}: {}", failure.stage.name(), failure.error)),
    }
}

/// What stops everything: wrong settings are wrong values, the rest is the system's.
pub(crate) fn refused(error: Error) -> PyErr {
    match error {
        Error::Io { .. } => PyOSError::new_err(error.to_string()),
        Error::Config { .. } | Error::Rules { .. } | Error::Input { .. } | Error::Output { .. } => {
            PyValueError::new_err(error.to_string())
        }
        error => GleanerError::new_err(error.to_string()),
    }
}
