//! Settings and rules, read once, and the clean half of the line for any number of documents.
use super::document::Document;
use super::trouble::{raised, refused};
use gleaner::model::{self, Declared, Origin, RawDocument, SkipReason, Stage, Trouble};
use gleaner::rules::RuleFile;
use gleaner::{Config, RuleSet, Work};
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3_arrow::input::AnyRecordBatch;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Stack of a cleaning thread, in bytes: what the command gives each of its own.
const STACK_BYTES: usize = 4 << 20;

/// The media type of pages, and of texts.
const MEDIA_TYPES: [(&str, &str); 2] = [("html", "text/html"), ("text", "text/plain")];

/// Settings and compiled rules. Both come as text with the name that messages call them; Python reads the files.
#[pyclass(frozen, module = "gleaner._gleaner")]
pub(crate) struct Cleaner {
    pub(crate) config: Config,
    rules: RuleSet,
    pool: Option<rayon::ThreadPool>,
}

#[pymethods]
impl Cleaner {
    #[new]
    fn new(py: Python<'_>, config: Named, rules: Vec<Named>, threads: usize) -> PyResult<Cleaner> {
        py.detach(|| {
            let config = config.config()?;
            let mut files = Vec::new();
            for path in &config.strip.rules {
                files.push(RuleFile::read(path).map_err(refused)?);
            }
            for named in &rules {
                files.push(RuleFile { path: named.name.clone().into(), text: named.toml()? });
            }
            let rules = RuleSet::with(&files, &config.strip.without).map_err(refused)?;
            let pool = (threads != 1).then(|| pool(threads)).transpose()?;
            Ok(Cleaner { config, rules, pool })
        })
    }

    /// Cleans one document.
    #[pyo3(signature = (page, source, kind, url, title, date, charset))]
    #[allow(clippy::too_many_arguments, reason = "Python names them")]
    fn clean(
        &self,
        py: Python<'_>,
        page: Page,
        source: &str,
        kind: Option<&str>,
        url: Option<String>,
        title: Option<String>,
        date: Option<String>,
        charset: Option<String>,
    ) -> PyResult<Document> {
        let media_type = kind.map(media_type).transpose()?;
        let declared = Declared { charset, media_type, url, title, date };
        let raw = RawDocument { origin: Origin::page(source), bytes: page.into_bytes(), declared };
        let cleaned = py.detach(|| self.one(&raw));
        cleaned.map(|document| Document::new(&document, &self.config)).map_err(|trouble| raised(&trouble))
    }

    /// Cleans the rows of a record batch, or of a stream of batches.
    fn clean_batch(&self, py: Python<'_>, batch: AnyRecordBatch, source: &str) -> PyResult<Py<PyAny>> {
        super::batch::clean(self, py, batch, source)
    }
}

impl Cleaner {
    /// Cleans a document; a panic costs that document only.
    pub(crate) fn one(&self, raw: &RawDocument) -> Result<model::Document, Trouble> {
        if raw.bytes.iter().all(u8::is_ascii_whitespace) {
            return Err(Trouble::skipped(raw.origin.clone(), SkipReason::Empty));
        }
        let clean = || gleaner::clean(&self.config, &self.rules, raw, &mut Work::default());
        catch_unwind(AssertUnwindSafe(clean)).unwrap_or_else(|_| {
            let message = "internal error, please report it with the document";
            Err(Trouble::failed(raw.origin.clone(), Stage::Strip, message))
        })
    }

    /// Does work on all threads, or on this one where one was asked for.
    pub(crate) fn on_threads<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        match &self.pool {
            Some(pool) => pool.install(work),
            None => work(),
        }
    }

    /// Whether there is more than one thread.
    pub(crate) fn is_parallel(&self) -> bool {
        self.pool.is_some()
    }
}

fn pool(threads: usize) -> PyResult<rayon::ThreadPool> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .stack_size(STACK_BYTES)
        .build()
        .map_err(|error| PyRuntimeError::new_err(format!("cannot start the threads: {error}")))
}

fn media_type(kind: &str) -> PyResult<String> {
    let known = MEDIA_TYPES.iter().find(|(name, _)| *name == kind);
    let known = known.map(|(_, media_type)| media_type.to_string());
    known.ok_or_else(|| PyValueError::new_err(format!("kind is 'html' or 'text', not {kind:?}")))
}

/// A page as Python has it.
#[derive(FromPyObject)]
enum Page {
    #[pyo3(transparent, annotation = "str")]
    Text(String),
    #[pyo3(transparent, annotation = "bytes")]
    Bytes(PyBackedBytes),
}

impl Page {
    fn into_bytes(self) -> Vec<u8> {
        match self {
            Page::Text(text) => text.into_bytes(),
            Page::Bytes(bytes) => bytes.to_vec(),
        }
    }
}

/// A file of settings or rules that Python has read, or a dict of the same.
#[derive(FromPyObject)]
pub(crate) struct Named {
    name: String,
    text: String,
    json: bool,
}

impl Named {
    /// The settings it holds.
    pub(crate) fn config(&self) -> PyResult<Config> {
        Config::parse(&self.toml()?, &self.name).map_err(refused)
    }

    /// Its text in TOML.
    fn toml(&self) -> PyResult<String> {
        if !self.json {
            return Ok(self.text.clone());
        }
        let fail = |error: String| PyValueError::new_err(format!("{}: {error}", self.name));
        let table: toml::Table = serde_json::from_str(&self.text).map_err(|error| fail(error.to_string()))?;
        toml::to_string(&table).map_err(|error| fail(error.to_string()))
    }
}
