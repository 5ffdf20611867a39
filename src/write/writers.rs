//! The files of a run under way: data in one file or in shards, the ledger, and at the end report and manifest.
use super::earlier::{Earlier, again, begin, earlier};
use super::manifest::{FileRow, Manifest, Role, close_json};
use super::outputs::Layout;
use super::packing::Notes;
use super::{Closed, Look, Outputs, Sink, Target, croissant, ledger, remove};
use crate::config::{Config, WriteConfig};
use crate::model::{Document, Error, Record, Result, RunReport};
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::path::Path;

/// What a run writes into.
pub struct Writers {
    layout: Layout,
    config: WriteConfig,
    /// What files of data say of themselves.
    notes: Notes,
    /// What earlier runs left, which this one adds to.
    manifest: Manifest,
    earlier: Earlier,
    /// The shard under way, from 1.
    shard: u64,
    data: Option<Open<Box<dyn Sink>>>,
    ledger: Option<Open<Target>>,
    closed: Vec<Part>,
    /// What the report for people will tell, if there is to be one.
    look: Option<Look>,
}

/// An open file and the rows that were written into it.
struct Open<T> {
    file: T,
    rows: u64,
    /// Whether it still waits for its first row, and begins with what an earlier run wrote.
    fresh: bool,
}

/// How far an interrupted run came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Unfinished {
    shard: u64,
    data: Option<Position>,
    ledger: Option<Position>,
    closed: Vec<Part>,
}

/// How far a file came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Position {
    bytes: u64,
    rows: u64,
}

/// A file that is whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Part {
    role: Role,
    rows: u64,
    file: Closed,
}

impl Writers {
    /// Opens all files before any work is done, so that a bad path fails at once.
    ///
    /// # Errors
    /// An ending that names no format, or a file that cannot be created.
    pub fn open(outputs: &Outputs, config: &Config) -> Result<Writers> {
        Writers::after(outputs, config, Earlier::None)
    }

    /// Opens all files, to add to what earlier runs left.
    ///
    /// # Errors
    /// As [`open`](Writers::open); what earlier runs left is not there as they left it.
    pub(crate) fn after(outputs: &Outputs, config: &Config, earlier: Earlier) -> Result<Writers> {
        let layout = Layout::new(outputs, &config.write)?;
        let (manifest, shard) = begin(outputs, &earlier)?;
        let mut writers = Writers {
            layout,
            config: config.write.clone(),
            notes: vec![
                ("gleaner.version", env!("CARGO_PKG_VERSION").to_string()),
                ("gleaner.config", config.fingerprint()),
            ],
            manifest,
            earlier,
            shard,
            data: None,
            ledger: None,
            closed: Vec::new(),
            look: None,
        };
        let unfinished = match &mut writers.earlier {
            Earlier::Runs { unfinished, .. } => unfinished.take(),
            Earlier::None => None,
        };
        if let Some(unfinished) = unfinished {
            writers.shard = unfinished.shard;
            writers.closed = unfinished.closed;
            writers.data = unfinished.data.map(|position| writers.open_data(Some(position))).transpose()?;
            writers.ledger =
                unfinished.ledger.map(|position| writers.open_ledger(Some(position))).transpose()?.flatten();
        }
        writers.open_all()?;
        if let Some(path) = outputs.report_path() {
            // Opened now so that a bad path fails before the work, written when the work is done.
            Target::create(&path)?;
        }
        Ok(writers)
    }

    /// Makes a report for people, too, if there is a place for it.
    ///
    /// # Errors
    /// It cannot be written there.
    pub(crate) fn look_with(&mut self, look: Look) -> Result<()> {
        if let Some(path) = self.layout.outputs.page_path() {
            Target::create(&path)?;
            self.look = Some(look);
        }
        Ok(())
    }

    /// Tells the report for people of a judged document, written or not.
    pub(crate) fn look(&mut self, document: &Document, record: &Record) {
        if let Some(look) = &mut self.look {
            look.document(document, record);
        }
    }

    fn resumable(&self) -> bool {
        matches!(self.earlier, Earlier::Runs { .. })
    }

    /// Opens what is not open.
    fn open_all(&mut self) -> Result<()> {
        if self.data.is_none() {
            self.data = Some(self.open_data(None)?);
        }
        if self.ledger.is_none() {
            self.ledger = self.open_ledger(None)?;
        }
        Ok(())
    }

    fn target(&self, path: &Path, position: Option<Position>) -> Result<Target> {
        match self.resumable() {
            true => Target::resume(path, position.map_or(0, |position| position.bytes)),
            false => Target::create(path),
        }
    }

    fn open_data(&self, position: Option<Position>) -> Result<Open<Box<dyn Sink>>> {
        let mut target = match self.layout.data(self.shard) {
            Some(path) => self.target(&path, position)?,
            None => Target::stdout(),
        };
        target.note(self.notes.clone());
        let file = (self.layout.format.open)(target, &self.config);
        Ok(Open { file, rows: position.map_or(0, |position| position.rows), fresh: position.is_none() })
    }

    fn open_ledger(&self, position: Option<Position>) -> Result<Option<Open<Target>>> {
        let Some(path) = self.layout.ledger(self.shard) else { return Ok(None) };
        let file = self.target(&path, position)?;
        Ok(Some(Open { file, rows: position.map_or(0, |position| position.rows), fresh: position.is_none() }))
    }

    /// Opens what is not open, and begins what is fresh.
    fn begun(&mut self) -> Result<()> {
        self.open_all()?;
        let (manifest, layout) = (&self.manifest, &self.layout);
        if let Some(data) = self.data.as_mut().filter(|data| data.fresh) {
            data.fresh = false;
            let target = data.file.target().map_err(|error| failed(&data_name(layout), error))?;
            match earlier(manifest, &target.name()) {
                Some(row) => data.rows = again(target, row)?,
                None => (layout.format.head)(target).map_err(|error| failed(&target.name(), error))?,
            }
        }
        if let Some(ledger) = self.ledger.as_mut().filter(|ledger| ledger.fresh) {
            ledger.fresh = false;
            if let Some(row) = earlier(manifest, &ledger.file.name()) {
                ledger.rows = again(&mut ledger.file, row)?;
            }
        }
        Ok(())
    }

    /// Writes a record, and ends the shard if it is full.
    ///
    /// # Errors
    /// What the file system says.
    pub fn record(&mut self, record: &Record) -> Result<()> {
        self.begun()?;
        let Some(data) = &mut self.data else { return Ok(()) };
        let name = data_name(&self.layout);
        data.file.put(record).map_err(|error| failed(&name, error))?;
        data.rows += 1;
        let bytes = data.file.target().map_err(|error| failed(&name, error))?.bytes();
        if self.layout.outputs.is_folder() && bytes >= self.config.shard_bytes {
            self.end_shard()?;
        }
        Ok(())
    }

    /// Writes the ledger of a document: one row for each stretch of it that was removed or marked.
    ///
    /// # Errors
    /// What the file system says.
    pub fn ledger(&mut self, document: &Document) -> Result<()> {
        self.begun()?;
        match &mut self.ledger {
            Some(ledger) => {
                let rows = ledger::put(&mut ledger.file, document);
                ledger.rows += rows.map_err(|error| failed(&ledger.file.name(), error))?;
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// Makes the files of the shard whole.
    fn end_shard(&mut self) -> Result<()> {
        if self.layout.ledger_in_shards() {
            self.close_ledger()?;
        }
        self.close_data()?;
        self.shard += 1;
        Ok(())
    }

    fn close_data(&mut self) -> Result<()> {
        let name = data_name(&self.layout);
        let Some(data) = self.data.take() else { return Ok(()) };
        let closed = data.file.finish().and_then(Target::close).map_err(|error| failed(&name, error))?;
        self.closed.extend(closed.map(|file| Part { role: Role::Data, rows: data.rows, file }));
        Ok(())
    }

    fn close_ledger(&mut self) -> Result<()> {
        let Some(ledger) = self.ledger.take() else { return Ok(()) };
        let name = ledger.file.name();
        let closed = ledger.file.close().map_err(|error| failed(&name, error))?;
        self.closed.extend(closed.map(|file| Part { role: Role::Removed, rows: ledger.rows, file }));
        Ok(())
    }

    /// Hands all that was written to the disk, and tells how far it came.
    ///
    /// # Errors
    /// What the file system says.
    pub(crate) fn unfinished(&mut self) -> Result<Unfinished> {
        let name = data_name(&self.layout);
        let data = match self.data.as_mut().filter(|data| !data.fresh) {
            Some(data) => {
                let target = data.file.target().map_err(|error| failed(&name, error))?;
                target.sync().map_err(|error| failed(&name, error))?;
                Some(Position { bytes: target.bytes(), rows: data.rows })
            }
            None => None,
        };
        let ledger = match self.ledger.as_mut().filter(|ledger| !ledger.fresh) {
            Some(ledger) => {
                ledger.file.sync().map_err(|error| failed(&ledger.file.name(), error))?;
                Some(Position { bytes: ledger.file.bytes(), rows: ledger.rows })
            }
            None => None,
        };
        Ok(Unfinished { shard: self.shard, data, ledger, closed: self.closed.clone() })
    }

    /// Makes all files whole; they wait for their names, the manifest last. The reports are apart: they have times
    /// in them, and are no part of what must be there as a whole.
    ///
    /// # Errors
    /// What the file system says.
    pub(crate) fn close(mut self, report: &RunReport) -> Result<(Vec<Closed>, Vec<Closed>)> {
        // A run that adds nothing leaves what is there as it is.
        let there = self.layout.data(1).is_some_and(|path| path.exists()) || !self.manifest.files.is_empty();
        if self.closed.is_empty() && !(self.resumable() && there) {
            self.begun()?;
        }
        self.data =
            self.data.take().and_then(|data| kept(data, |data| drop(data.finish().map(Target::discard))));
        self.ledger = self.ledger.take().and_then(|ledger| kept(ledger, Target::discard));
        self.close_ledger()?;
        self.close_data()?;
        let outputs = self.layout.outputs.clone();
        let mut all = Vec::new();
        let folder = outputs.manifest_path().and_then(|path| path.parent().map(Path::to_path_buf));
        for part in self.closed.iter().filter(|part| part.file.to.parent() == folder.as_deref()) {
            let row = FileRow::of(&part.file, part.role, part.rows);
            self.manifest.put(row.map_err(|error| failed(&part.file.to.display().to_string(), error))?);
        }
        self.closed.sort_by_key(|part| std::cmp::Reverse(part.role));
        let told = told(&outputs, report, self.look.as_ref())?;
        let changed = !self.closed.is_empty();
        all.extend(self.closed.into_iter().map(|part| part.file));
        let Some(path) = outputs.manifest_path().filter(|_| changed) else { return Ok((all, told)) };
        self.manifest.config.clone_from(&report.config);
        if outputs.is_folder() {
            let folder = Path::new(&outputs.data);
            let name = folder.file_name().unwrap_or_default().to_string_lossy();
            let sheet =
                croissant::datasheet(&self.manifest, &name, self.layout.format, &self.config.datasheet);
            all.extend(close_json(&folder.join("croissant.json"), &sheet)?);
        }
        all.extend(close_json(&path, &self.manifest)?);
        Ok((all, told))
    }

    /// Gives all files their names. Until then none of them is there under its name.
    ///
    /// # Errors
    /// What the file system says.
    pub fn commit(self, report: &RunReport) -> Result<()> {
        let outputs = self.layout.outputs.clone();
        let (closed, told) = self.close(report)?;
        told.iter().chain(&closed).try_for_each(Closed::rename)?;
        if outputs.is_folder() { sweep(Path::new(&outputs.data), &closed) } else { Ok(()) }
    }
}

/// The reports of a run: one for programs, one for people.
fn told(outputs: &Outputs, report: &RunReport, look: Option<&Look>) -> Result<Vec<Closed>> {
    let json = outputs.report_path().map(|path| close_json(&path, report)).transpose()?.flatten();
    let page = outputs.page_path().zip(look).map(|(path, look)| close_text(&path, &look.page(report)));
    Ok(json.into_iter().chain(page.transpose()?.flatten()).collect())
}

/// Writes a text as a file that waits for its name.
fn close_text(path: &Path, text: &str) -> Result<Option<Closed>> {
    let mut target = Target::create(path)?;
    let written = target.write_all(text.as_bytes()).and_then(|()| target.close());
    written.map_err(|error| failed(&path.display().to_string(), error))
}

/// The file, unless nothing was written into it.
fn kept<T>(open: Open<T>, discard: impl FnOnce(T)) -> Option<Open<T>> {
    if open.fresh {
        discard(open.file);
        return None;
    }
    Some(open)
}

/// Removes the shards of an earlier output that this one takes the place of.
fn sweep(folder: &Path, closed: &[Closed]) -> Result<()> {
    let read = |error| Error::io("clean up", folder.display(), error);
    for entry in std::fs::read_dir(folder).map_err(read)? {
        let path = entry.map_err(read)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let shard = name.starts_with("data-") || name.starts_with("removed-");
        if shard && !closed.iter().any(|file| file.to == path) {
            remove(&path).map_err(read)?;
        }
    }
    Ok(())
}

fn data_name(layout: &Layout) -> String {
    match layout.outputs.data.as_str() {
        super::STDOUT => "standard output".to_string(),
        path => path.to_string(),
    }
}

pub(super) fn failed(name: &str, error: std::io::Error) -> Error {
    Error::io("write", name, error)
}
