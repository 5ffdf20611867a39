//! The Python package's native part, `gleaner._gleaner`: thin wrappers around the library, a file for each noun.
//!
//! The Python files beside it are what users see; they say what is asked for in Python's own types, and this part
//! does the work with the interpreter's lock released.
mod batch;
mod cells;
mod cleaner;
mod command;
mod document;
mod job;
mod join;
mod near;
mod rows;
mod trouble;

use pyo3::prelude::*;

/// What `import gleaner` loads.
#[pymodule]
#[pyo3(name = "_gleaner")]
mod native {
    #[pymodule_export]
    use super::cleaner::Cleaner;
    #[pymodule_export]
    use super::command::command;
    #[pymodule_export]
    use super::document::{Block, Document, Removed};
    #[pymodule_export]
    use super::job::{Documents, Settler};
    #[pymodule_export]
    use super::join::NearJoin;
    #[pymodule_export]
    use super::near::{NearIndex, Paragraph};
    #[pymodule_export]
    use super::trouble::{Failed, GleanerError, Skipped};
    use pyo3::prelude::*;

    /// The version is the library's.
    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", gleaner::model::RunReport::new().version)
    }
}
