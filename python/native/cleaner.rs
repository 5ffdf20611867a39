//! Settings and rules, read once, and the clean half of the line for any number of documents.
use super::document::Document;
use super::job::{self, Documents, FoundRow};
use super::trouble::{raised, refused};
use gleaner::model::{Declared, Origin, RawDocument, SkipReason, Trouble};
use gleaner::rules::RuleFile;
use gleaner::{Cleaned, Config, Duplicates, Fingerprint, RuleSet, Source};
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3_arrow::PyRecordBatch;
use pyo3_arrow::input::AnyRecordBatch;
use std::path::PathBuf;

/// Stack of a cleaning thread, in bytes: what the command gives each of its own.
const STACK_BYTES: usize = 4 << 20;

/// Settings and compiled rules. Both come as text with the name that messages call them; Python reads the files.
#[pyclass(frozen, module = "gleaner._gleaner")]
pub(crate) struct Cleaner {
    pub(crate) config: Config,
    pub(crate) fingerprint: Fingerprint,
    pub(crate) rules: RuleSet,
    files: Vec<RuleFile>,
    pool: Option<rayon::ThreadPool>,
}

#[pymethods]
impl Cleaner {
    /// Reads settings and rules; `whole` says that the rules hold those of files that the settings name.
    #[new]
    fn new(
        py: Python<'_>,
        config: Named,
        rules: Vec<Named>,
        threads: usize,
        whole: bool,
    ) -> PyResult<Cleaner> {
        py.detach(|| {
            let config = config.config()?;
            let named = config.strip.rules.iter().filter(|_| !whole);
            let mut files =
                named.map(|path| RuleFile::read(path)).collect::<Result<Vec<_>, _>>().map_err(refused)?;
            for named in &rules {
                files.push(RuleFile { path: named.name.clone().into(), text: named.toml()? });
            }
            let rules = RuleSet::with(&files, &config.strip.without).map_err(refused)?;
            let fingerprint = Fingerprint::of(&config, &rules);
            let pool = (threads != 1).then(|| pool(threads)).transpose()?;
            Ok(Cleaner { config, fingerprint, rules, files, pool })
        })
    }

    /// All rules beside those built in, with the names of their files.
    fn files(&self) -> Vec<(String, String, bool)> {
        let name = |file: &RuleFile| file.path.to_string_lossy().into_owned();
        self.files.iter().map(|file| (name(file), file.text.clone(), false)).collect()
    }

    /// Whether repeats are looked for, and can be on many machines: without what is only known in the order of the
    /// corpus.
    fn joins(&self) -> bool {
        let sites = self.config.strip.enabled && self.config.strip.site_lines.enabled;
        self.config.dedup.duplicates != Duplicates::Keep && !sites
    }

    /// The folder of earlier runs that the settings name.
    fn state(&self) -> Option<PathBuf> {
        self.config.dedup.state.clone()
    }

    /// The version, the settings and the rules in 32 digits.
    fn key(&self) -> String {
        self.fingerprint.key().iter().map(|byte| format!("{byte:02x}")).collect()
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
        let item = match raw.bytes.iter().all(u8::is_ascii_whitespace) {
            true => Err(Trouble::skipped(raw.origin, SkipReason::Empty)),
            false => Ok(raw),
        };
        let cleaned = py.detach(|| self.one(item));
        let document = cleaned.outcome().map_err(raised)?;
        Ok(Document::new(document, &self.config))
    }

    /// Cleans the rows of a record batch, or of a stream of batches.
    fn clean_batch(&self, py: Python<'_>, batch: AnyRecordBatch, source: &str) -> PyResult<Py<PyAny>> {
        super::batch::clean(self, py, batch, source)
    }

    /// What there is to read, in the order of the corpus.
    fn found(&self, inputs: Vec<String>, output: &str) -> PyResult<Vec<FoundRow>> {
        job::found(self, &inputs, output)
    }

    /// Opens a source; of its documents the result is part `part` of `parts`.
    #[pyo3(signature = (number, name, path, within, bytes, part, parts))]
    #[allow(clippy::too_many_arguments, reason = "a row of what was found, as Python has it")]
    fn documents(
        this: Bound<'_, Self>,
        number: i64,
        name: String,
        path: Option<PathBuf>,
        within: Option<PathBuf>,
        bytes: u64,
        part: u64,
        parts: u64,
    ) -> Documents {
        Documents::open(this.unbind(), (number, Source { name, path, within, bytes }), (part, parts))
    }

    /// The rows of a batch, cleaned to bytes.
    fn rows(&self, py: Python<'_>, batch: PyRecordBatch) -> PyResult<PyRecordBatch> {
        job::rows(self, py, batch.as_ref()).map(PyRecordBatch::new)
    }
}

impl Cleaner {
    /// Cleans a document, or what became of it when it was read.
    pub(crate) fn one(&self, item: Result<RawDocument, Trouble>) -> Cleaned {
        Cleaned::new(&self.config, &self.rules, item)
    }

    /// The same, to be settled elsewhere.
    pub(crate) fn to_bytes(&self, item: Result<RawDocument, Trouble>) -> Vec<u8> {
        self.one(item).to_bytes(&self.fingerprint)
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

/// The media type of what is said to be a page. That something is a text only its content tells.
fn media_type(kind: &str) -> PyResult<String> {
    match kind {
        "html" => Ok("text/html".to_string()),
        _ => Err(PyValueError::new_err(format!("kind is 'html', or left out; it is {kind:?}"))),
    }
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
