//! The command `gleaner`, as it comes with the package.
use pyo3::prelude::*;
use std::ffi::OsString;

/// Runs the command that these arguments name, the program's name first; its exit code.
#[pyfunction]
pub(crate) fn command(py: Python<'_>, args: Vec<OsString>) -> u8 {
    py.detach(|| gleaner::cli::command(args)) as u8
}
