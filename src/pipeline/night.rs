//! A run among runs: what earlier ones took in is left out, what one adds becomes part of the whole at one
//! moment, and an interrupted one is gone on with.
//!
//! With a state folder everything that a run changes is written under other names first. Then one file, the
//! [`journal`], is renamed: it says how far inputs and outputs are, and which files are to get their names. That
//! is the one moment at which the run counts; what a kill leaves undone after it, the next run does first.
mod inputs;
mod journal;
mod lock;
mod sites;

use super::across::Across;
use super::source::{Mark, Met};
use crate::config::{Config, ReadConfig, SiteLinesConfig};
use crate::model::{Error, Result, RunReport, SkipReason, Trouble};
use crate::read::{self, Found};
use crate::strip::site::{self, Sites};
use crate::write::{Closed, Earlier, Outputs, Unfinished, Writers, hash_file};
use inputs::Inputs;
use journal::{Journal, Rename};
use lock::Lock;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// A run under way.
pub(super) struct Night {
    writers: Writers,
    state: Option<State>,
}

/// The state folder of a run.
struct State {
    folder: PathBuf,
    journal: Journal,
    inputs: Inputs,
    outputs: Outputs,
    checked: Instant,
    every: Duration,
    _lock: Lock,
}

impl Night {
    /// Locks the state, does what a killed run left undone, and opens the outputs.
    ///
    /// # Errors
    /// The state is in use or damaged, or an output cannot be written.
    pub(super) fn begin(config: &Config, outputs: &Outputs) -> Result<Night> {
        let Some(folder) = &config.dedup.state else {
            return Ok(Night { writers: Writers::open(outputs, config)?, state: None });
        };
        std::fs::create_dir_all(folder).map_err(|error| Error::io("create", folder.display(), error))?;
        let lock = Lock::take(folder)?;
        let journal = Journal::read(folder)?;
        journal.finish(folder)?;
        let inputs = Inputs::read(folder, &journal)?;
        if outputs.is_stream() {
            let message =
                "a stream such as standard output cannot be gone on with; name a file or a folder with --state"
                    .to_string();
            return Err(Error::Output { path: outputs.data.clone(), message });
        }
        let unfinished = unfinished(&journal, outputs)?;
        let path = outputs.manifest_path().as_deref().map(absolute).transpose()?;
        let known = journal.manifest.as_ref();
        let here = known.is_some_and(|known| path.as_ref() == Some(&known.path));
        if let (Some(known), Some(path), false) = (known, &path, here) {
            fits(outputs, known, path)?;
        }
        let manifest = known.map(|known| known.blake3.clone());
        let writers = Writers::after(outputs, config, Earlier::Runs { manifest, here, unfinished })?;
        let every = Duration::from_secs(config.run.checkpoint_seconds);
        let state = State {
            folder: folder.clone(),
            journal,
            inputs,
            outputs: outputs.clone(),
            checked: Instant::now(),
            every,
            _lock: lock,
        };
        Ok(Night { writers, state: Some(state) })
    }

    /// What is known of sites, if they are looked at.
    ///
    /// # Errors
    /// The state is damaged.
    pub(super) fn sites(&self, config: &SiteLinesConfig, looks: bool) -> Result<Option<Sites>> {
        if !looks {
            return Ok(None);
        }
        let Some(State { folder, journal, .. }) = &self.state else {
            return Ok(Some(Sites::new(config)));
        };
        let earlier = sites::read(folder, journal)?.unwrap_or_default();
        let sites = Sites::remembered(config, &earlier);
        sites.map(Some).map_err(|error| sites::unreadable(folder, error))
    }

    /// What the run writes into.
    pub(super) fn writers(&mut self) -> &mut Writers {
        &mut self.writers
    }

    /// The documents of what was found; those that earlier runs took in are left out.
    pub(super) fn documents(
        &self,
        found: Vec<Found>,
        limits: &ReadConfig,
    ) -> Box<dyn Iterator<Item = Met> + Send> {
        let limits = limits.clone();
        let Some(state) = &self.state else {
            return Box::new(read::documents(found, &limits).map(|item| Met::new(item, None)));
        };
        let (mut known, folder) = (state.inputs.known(), state.folder.clone());
        Box::new(found.into_iter().flat_map(move |found| -> Box<dyn Iterator<Item = Met> + Send> {
            let one = |trouble| Box::new(std::iter::once(Met::new(Err(trouble), None)));
            let (source, hash) = match found {
                Found::Trouble(trouble) => return one(trouble),
                Found::Source(source) => match super::source::hashed(source, &folder) {
                    Ok(hashed) => hashed,
                    Err(trouble) => return one(trouble),
                },
            };
            let entry = known.insert(hash, inputs::Entry::being_read());
            let entry = entry.unwrap_or_default();
            if entry.is_done() {
                let origin = crate::model::Origin::page(&source.name);
                return one(Trouble::skipped(origin, SkipReason::Known));
            }
            let name = source.name.clone();
            let documents = read::documents(vec![Found::Source(source)], &limits);
            let wanted = documents.zip(0..).filter(move |(_, number)| entry.wants(*number));
            let mut wanted = wanted.peekable();
            Box::new(std::iter::from_fn(move || {
                let (item, number) = wanted.next()?;
                let last = wanted.peek().is_none();
                Some(Met::new(item, Some(Mark { hash, name: name.clone(), number, last })))
            }))
        }))
    }

    /// Notes what became of a document.
    pub(super) fn settled(&mut self, mark: Option<&Mark>, failed: bool) {
        if let (Some(state), Some(mark)) = (&mut self.state, mark) {
            state.inputs.settle(mark, failed);
        }
    }

    /// Makes the work so far safe, if it is time, or `now`. True if it is safe.
    ///
    /// # Errors
    /// What the file system says; what was safe before still is.
    pub(super) fn checkpoint(&mut self, across: &mut Across, now: bool) -> Result<bool> {
        let Some(state) = &mut self.state else { return Ok(false) };
        if !now && state.checked.elapsed() < state.every {
            return Ok(false);
        }
        let files = self.writers.unfinished()?;
        let output = absolute(Path::new(&state.outputs.data))?;
        state.journal.unfinished = Some(journal::Open { output, files });
        state.commit(&[], across)?;
        state.checked = Instant::now();
        Ok(true)
    }

    /// Ends the run: all that it wrote becomes part of the whole.
    ///
    /// # Errors
    /// What the file system says; then the run can be run again.
    pub(super) fn commit(self, across: &mut Across, report: &RunReport) -> Result<()> {
        let Some(mut state) = self.state else { return self.writers.commit(report) };
        let (closed, told) = self.writers.close(report)?;
        state.journal.unfinished = None;
        if let Some(path) = state.outputs.manifest_path()
            && let Some(file) = closed.iter().find(|file| file.to == path)
        {
            let hash =
                hash_file(&file.from).map_err(|error| Error::io("read", file.from.display(), error))?;
            state.journal.manifest =
                Some(journal::Known { path: absolute(&path)?, blake3: hash.to_hex().to_string() });
        }
        state.commit(&closed, across)?;
        told.iter().try_for_each(Closed::rename)?;
        super::source::forget_spool(&state.folder);
        Ok(())
    }
}

impl State {
    /// Writes inputs, sites and index, then the journal, then gives files their names.
    fn commit(&mut self, closed: &[Closed], across: &mut Across) -> Result<()> {
        let mut renames = closed.iter().map(Rename::of).collect::<Result<Vec<_>>>()?;
        if let Some(bytes) = across.sites.as_ref().and_then(Sites::to_bytes)
            && let Some(closed) = sites::prepare(&self.folder, &bytes, &mut self.journal)?
        {
            renames.push(Rename::of(&closed)?);
        }
        if let Some((from, to)) = across.deduper.prepare()? {
            renames.push(Rename::of(&Closed { from, to, made_of: None })?);
        }
        self.journal.renames = renames;
        self.inputs.write(&self.folder, &mut self.journal)?;
        self.journal.write(&self.folder)?;
        self.journal.finish(&self.folder)?;
        across.deduper.committed();
        Ok(())
    }
}

/// Refuses an output that the state is not of, while the one it is of is still there: what that one holds would be in
/// neither.
///
/// # Errors
/// The output is another.
fn fits(outputs: &Outputs, known: &journal::Known, path: &Path) -> Result<()> {
    let is_known = |path: &Path| hash_file(path).is_ok_and(|hash| hash.to_hex().as_str() == known.blake3);
    if is_known(path) || !is_known(&known.path) {
        return Ok(());
    }
    let message = format!(
        "is not the output that the state folder is of: what it took in stands in that of {}. Name that one, or move it \
         away to begin a new one, or give this output a state folder of its own",
        known.path.display()
    );
    Err(Error::Output { path: outputs.data.clone(), message })
}

/// The files of an interrupted run, if there was one, which wrote to the same place.
fn unfinished(journal: &Journal, outputs: &Outputs) -> Result<Option<Box<Unfinished>>> {
    let Some(open) = &journal.unfinished else { return Ok(None) };
    if open.output == absolute(Path::new(&outputs.data))? {
        return Ok(Some(Box::new(open.files.clone())));
    }
    let message = format!(
        "an interrupted run is to be finished first: run it again with --output {}",
        open.output.display()
    );
    Err(Error::Output { path: outputs.data.clone(), message })
}

/// The path from the root. The file need not exist, its folder must.
fn absolute(path: &Path) -> Result<PathBuf> {
    std::path::absolute(path).map_err(|error| Error::io("find", path.display(), error))
}

/// What a state folder holds, in words: its inputs, its sites, and its index of duplicates. Everything is checked.
///
/// # Errors
/// It is no state folder, is in use, or one of its files is damaged: the message names the file.
pub fn describe_state(folder: &Path) -> Result<String> {
    let _lock = Lock::take_earlier(folder)?;
    let journal = Journal::read(folder)?;
    let inputs = Inputs::read(folder, &journal)?;
    let sites = sites::read(folder, &journal)?.map(|bytes| site::describe(&bytes)).transpose();
    let sites = sites.map_err(|error| sites::unreadable(folder, error))?.unwrap_or_default();
    let unfinished = journal.unfinished.map(|open| format!("interrupted {}\n", open.output.display()));
    let index = crate::dedup::describe_state(folder)?;
    Ok(format!("inputs      {}\n{sites}{}{index}", inputs.len(), unfinished.unwrap_or_default()))
}
