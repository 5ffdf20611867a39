//! Which inputs were taken in, known by their content.
use super::super::source::{Hash, Mark};
use super::journal::{Journal, damaged};
use crate::model::{Error, Result};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};
use std::fs::OpenOptions;
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;

/// The file of inputs: a row of JSON for each, the last of one input counts. The journal says how long it is.
const NAME: &str = "inputs.jsonl";

/// What is known of an input.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Entry {
    /// Documents of it that were dealt with, the first ones.
    documents: u64,
    /// Those of them that failed, and are tried again.
    failed: BTreeSet<u64>,
    /// All of it was read.
    whole: bool,
}

#[derive(Serialize, Deserialize)]
struct Row {
    blake3: String,
    name: String,
    documents: u64,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    failed: BTreeSet<u64>,
    whole: bool,
}

/// All inputs that are known.
#[derive(Debug, Default)]
pub(super) struct Inputs {
    known: HashMap<Hash, Entry>,
    /// Those that changed since they were written, with their names, in the order of the run.
    changed: Vec<(Hash, String)>,
    hasher: blake3::Hasher,
}

impl Entry {
    /// That of an input that is being read: another of the same content says nothing new.
    pub(super) fn being_read() -> Entry {
        Entry { whole: true, ..Entry::default() }
    }

    /// Whether there is nothing to do.
    pub(super) fn is_done(&self) -> bool {
        self.whole && self.failed.is_empty()
    }

    /// Whether a document of the input is to be dealt with.
    pub(super) fn wants(&self, number: u64) -> bool {
        number >= self.documents || self.failed.contains(&number)
    }
}

impl Inputs {
    /// Reads the inputs of a folder, as far as its journal says.
    ///
    /// # Errors
    /// They are not what the journal says.
    pub(super) fn read(folder: &Path, journal: &Journal) -> Result<Inputs> {
        let mut inputs = Inputs::default();
        if journal.inputs.bytes == 0 {
            return Ok(inputs);
        }
        let path = folder.join(NAME);
        let bytes = std::fs::read(&path).map_err(|error| damaged(folder, NAME, error))?;
        let length = usize::try_from(journal.inputs.bytes).unwrap_or(usize::MAX);
        let bytes = bytes.get(..length).ok_or_else(|| damaged(folder, NAME, "it is cut"))?;
        inputs.hasher.update(bytes);
        if inputs.hasher.finalize().to_hex().as_str() != journal.inputs.blake3 {
            return Err(damaged(folder, NAME, "its hash is another"));
        }
        for row in serde_json::Deserializer::from_slice(bytes).into_iter::<Row>() {
            let row = row.map_err(|error| damaged(folder, NAME, error))?;
            let hash = blake3::Hash::from_hex(&row.blake3).map_err(|error| damaged(folder, NAME, error))?;
            let entry = Entry { documents: row.documents, failed: row.failed, whole: row.whole };
            inputs.known.insert(*hash.as_bytes(), entry);
        }
        Ok(inputs)
    }

    /// All that is known, for the thread that reads.
    pub(super) fn known(&self) -> HashMap<Hash, Entry> {
        self.known.clone()
    }

    /// Inputs that are known.
    pub(super) fn len(&self) -> usize {
        self.known.len()
    }

    /// Notes that a document was dealt with.
    pub(super) fn settle(&mut self, mark: &Mark, failed: bool) {
        if self.changed.last().is_none_or(|(hash, _)| *hash != mark.hash) {
            self.changed.push((mark.hash, mark.name.clone()));
        }
        let entry = self.known.entry(mark.hash).or_default();
        entry.documents = entry.documents.max(mark.number + 1);
        entry.whole = mark.last;
        if failed {
            entry.failed.insert(mark.number);
        } else {
            entry.failed.remove(&mark.number);
        }
    }

    /// Appends what changed, synced, and tells the journal how long the file is.
    ///
    /// # Errors
    /// What the file system says.
    pub(super) fn write(&mut self, folder: &Path, journal: &mut Journal) -> Result<()> {
        let mut rows = Vec::new();
        for (hash, name) in &self.changed {
            let Some(entry) = self.known.get(hash) else { continue };
            let row = Row {
                blake3: blake3::Hash::from_bytes(*hash).to_hex().to_string(),
                name: name.clone(),
                documents: entry.documents,
                failed: entry.failed.clone(),
                whole: entry.whole,
            };
            let _ = serde_json::to_writer(&mut rows, &row);
            rows.push(b'\n');
        }
        let path = folder.join(NAME);
        let append = || {
            let mut file = OpenOptions::new().write(true).create(true).truncate(false).open(&path)?;
            file.set_len(journal.inputs.bytes)?;
            file.seek(SeekFrom::End(0))?;
            file.write_all(&rows)?;
            file.sync_all()
        };
        append().map_err(|error| Error::io("write", path.display(), error))?;
        self.hasher.update(&rows);
        self.changed.clear();
        journal.inputs.bytes += rows.len() as u64;
        journal.inputs.blake3 = self.hasher.finalize().to_hex().to_string();
        Ok(())
    }
}
