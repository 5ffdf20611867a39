//! Records to files. An output format is one file here and one row in [`SINKS`].
mod atomic;
mod csv;
mod jsonl;
mod ledger;

use crate::config::WriteConfig;
use crate::model::{Document, Error, Record, Result, RunReport};
use atomic::Target;
use std::io::Write;
use std::path::{Path, PathBuf};

/// What writes records in one format.
pub(crate) trait Sink {
    /// Writes a record.
    ///
    /// # Errors
    /// What the file system says.
    fn put(&mut self, record: &Record) -> std::io::Result<()>;

    /// Hands back what it wrote into, with nothing held back.
    ///
    /// # Errors
    /// What the file system says.
    fn finish(self: Box<Self>) -> std::io::Result<Target>;
}

/// An output format.
pub struct SinkFormat {
    /// Its name.
    pub name: &'static str,
    /// The ending of its files.
    pub ending: &'static str,
    /// Opens it.
    open: fn(Target, &WriteConfig) -> std::io::Result<Box<dyn Sink>>,
}

/// All output formats.
pub const SINKS: &[SinkFormat] = &[jsonl::JSONL, csv::CSV];

/// The name of standard output as an output.
pub const STDOUT: &str = "-";

/// The files a run writes: the data, the ledger of what was removed, and the report.
pub struct Writers {
    data: Box<dyn Sink>,
    data_name: String,
    ledger: Option<Target>,
    report: Option<PathBuf>,
}

/// Which files a run writes. What is not given stands beside the output, under its stem.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outputs {
    /// The data: a path whose ending names the format, or `-` for standard output (JSONL).
    pub data: String,
    /// The ledger of what was removed.
    pub removed: Option<PathBuf>,
    /// The report.
    pub report: Option<PathBuf>,
}

impl Outputs {
    /// The ledger's path: as given, or `OUT.removed.jsonl`; none beside standard output.
    pub fn removed_path(&self) -> Option<PathBuf> {
        self.removed.clone().or_else(|| self.beside("removed.jsonl"))
    }

    /// The report's path: as given, or `OUT.report.json`; none beside standard output.
    pub fn report_path(&self) -> Option<PathBuf> {
        self.report.clone().or_else(|| self.beside("report.json"))
    }

    /// Every file that the run will write.
    pub fn paths(&self) -> Vec<PathBuf> {
        let data = (self.data != STDOUT).then(|| PathBuf::from(&self.data));
        [data, self.removed_path(), self.report_path()].into_iter().flatten().collect()
    }

    fn beside(&self, ending: &str) -> Option<PathBuf> {
        (self.data != STDOUT).then(|| Path::new(&self.data).with_extension(ending))
    }
}

impl Writers {
    /// Opens all files before any work is done, so that a bad path fails at once.
    ///
    /// # Errors
    /// An ending that names no format, or a file that cannot be created.
    pub fn open(outputs: &Outputs, config: &WriteConfig) -> Result<Writers> {
        let format = format_of(&outputs.data)?;
        let target = match outputs.data.as_str() {
            STDOUT => Target::stdout(),
            path => Target::create(Path::new(path))?,
        };
        let ledger = outputs.removed_path().map(|path| Target::create(&path)).transpose()?;
        let report = outputs.report_path();
        if let Some(path) = &report {
            // Opened now so that a bad path fails before the work, written when the work is done.
            Target::create(path)?;
        }
        let data_name = outputs.data.clone();
        let data = (format.open)(target, config).map_err(|error| Error::io("write", &data_name, error))?;
        Ok(Writers { data, data_name, ledger, report })
    }

    /// Writes a record.
    ///
    /// # Errors
    /// What the file system says.
    pub fn record(&mut self, record: &Record) -> Result<()> {
        self.data.put(record).map_err(|error| Error::io("write", &self.data_name, error))
    }

    /// Writes the ledger of a document: one row for each stretch of it that was removed or marked.
    ///
    /// # Errors
    /// What the file system says.
    pub fn ledger(&mut self, document: &Document) -> Result<()> {
        match &mut self.ledger {
            Some(target) => {
                ledger::put(target, document).map_err(|error| Error::io("write", target.name(), error))
            }
            None => Ok(()),
        }
    }

    /// Gives all files their names, the data last. Until then none of them is there under its name.
    ///
    /// # Errors
    /// What the file system says.
    pub fn commit(self, report: &RunReport) -> Result<()> {
        if let Some(ledger) = self.ledger {
            ledger.commit()?;
        }
        if let Some(path) = &self.report {
            let mut target = Target::create(path)?;
            let written = serde_json::to_writer_pretty(&mut target, report).map_err(std::io::Error::from);
            written
                .and_then(|()| target.write_all(b"\n"))
                .map_err(|error| Error::io("write", target.name(), error))?;
            target.commit()?;
        }
        self.data.finish().map_err(|error| Error::io("write", &self.data_name, error))?.commit()
    }
}

/// The format that an output's ending names; standard output is JSONL.
fn format_of(data: &str) -> Result<&'static SinkFormat> {
    let ending = if data == STDOUT {
        "jsonl".to_string()
    } else {
        Path::new(data).extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase()
    };
    SINKS.iter().find(|format| format.ending == ending).ok_or_else(|| {
        let endings: Vec<String> = SINKS.iter().map(|format| format!(".{}", format.ending)).collect();
        let message = format!("its ending must name a format: {}", endings.join(" or "));
        Error::Output { path: data.to_string(), message }
    })
}
