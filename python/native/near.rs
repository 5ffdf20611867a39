//! The search for near-identical paragraphs, for one stream of texts.
use super::cleaner::Named;
use gleaner::Match;
use pyo3::exceptions::PyOSError;
use pyo3::prelude::*;
use std::sync::{Mutex, PoisonError};

/// Finds, for each paragraph of a stream, the earlier one that says the same, if there is one.
#[pyclass(frozen, module = "gleaner._gleaner")]
pub(crate) struct NearIndex(Mutex<gleaner::NearIndex>);

/// What became of a paragraph.
#[pyclass(frozen, get_all, module = "gleaner")]
pub(crate) struct Paragraph {
    outcome: &'static str,
    number: Option<u32>,
    of: Option<u32>,
    similarity: Option<f32>,
}

#[pymethods]
impl NearIndex {
    #[new]
    fn new(config: Named) -> PyResult<NearIndex> {
        let profile = config.config()?.dedup.profile();
        Ok(NearIndex(Mutex::new(gleaner::NearIndex::new(&profile))))
    }

    /// Judges some paragraphs, in order, against all before them.
    fn judge(&self, py: Python<'_>, texts: Vec<String>) -> PyResult<Vec<Paragraph>> {
        let matches = py.detach(|| self.0.lock().unwrap_or_else(PoisonError::into_inner).judge(&texts));
        let matches = matches.map_err(|error| PyOSError::new_err(error.to_string()))?;
        Ok(matches.into_iter().map(Paragraph::from).collect())
    }

    /// Paragraphs kept so far.
    fn __len__(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}

impl From<Match> for Paragraph {
    fn from(found: Match) -> Paragraph {
        let (outcome, number, of, similarity) = match found {
            Match::Short => ("short", None, None, None),
            Match::Kept(id) => ("kept", Some(id), None, None),
            Match::Overlap { id, with, share } => ("overlap", Some(id), Some(with), Some(share)),
            Match::Same { of, similarity } => ("same", None, Some(of), Some(similarity)),
        };
        Paragraph { outcome, number, of, similarity }
    }
}

#[pymethods]
impl Paragraph {
    fn __repr__(&self) -> String {
        match (self.of, self.similarity) {
            (Some(of), Some(similarity)) => {
                format!("<gleaner.Paragraph {} of {of}, {similarity:.2}>", self.outcome)
            }
            _ => format!("<gleaner.Paragraph {}>", self.outcome),
        }
    }
}
