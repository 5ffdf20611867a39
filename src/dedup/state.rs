//! The state: what earlier runs kept, in a folder, so that a night of new text is joined with all nights before.
//!
//! A night adds one run of sorted, immutable files; runs of like size are merged, so that there are few of
//! them. The manifest is renamed last: until then the state is what it was.
mod bytes;
mod manifest;
mod run;

use super::addresses::Addresses;
use super::index::{NearIndex, near_postings};
use super::order::Order;
use super::postings::EPOCH;
use crate::config::NearProfile;
use crate::model::{Error, Result};
use manifest::{Manifest, Part, refused, sync_folder};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// A run is merged with the one before it if that is at most this many times as long.
const TIER: usize = 2;

/// The index of a state folder. Whoever opens one holds the folder's lock.
pub(crate) struct State {
    folder: PathBuf,
    manifest: Manifest,
    /// Paragraphs of earlier runs.
    earlier: usize,
}

impl State {
    /// Opens a state folder, or makes one.
    ///
    /// # Errors
    /// It was made with another version or profile.
    pub(super) fn open(folder: &Path, profile: &NearProfile, learn_at: usize) -> Result<State> {
        fs::create_dir_all(folder).map_err(|error| Error::io("create", folder.display(), error))?;
        let manifest = Manifest::read(folder)?.unwrap_or_else(|| Manifest::new(profile.clone(), learn_at));
        if manifest.profile != *profile {
            return Err(refused(folder, other_profile(&manifest.profile, profile)));
        }
        manifest.sweep(folder).map_err(|error| Error::io("clean up", folder.display(), error))?;
        Ok(State { folder: folder.to_path_buf(), earlier: manifest.paragraphs(), manifest })
    }

    /// Reads what earlier runs kept into an empty index.
    ///
    /// # Errors
    /// A file is missing, truncated or damaged.
    pub(super) fn load(&self, index: &mut NearIndex, addresses: &mut Addresses) -> Result<()> {
        index.learn_at = self.manifest.learn_at;
        if let Some(order) = &self.manifest.order {
            index.order = Order::from_classes(self.read_whole(order)?);
        }
        index.near = near_postings(index.learn_at);
        for run in &self.manifest.runs {
            let bytes = self.read_whole(&run.index)?;
            let words = self.open_part(&run.words)?;
            run::read(&bytes, run.words.bytes, index, addresses)
                .map_err(|error| self.damaged(&run.index, error))?;
            index.arena.attach(words, run.words.bytes);
        }
        Ok(())
    }

    /// Writes what was kept since, and a manifest that names it, which waits for its name: these two paths.
    /// Until it has that the state is what it was.
    ///
    /// # Errors
    /// The folder cannot be written; the state is what it was.
    pub(super) fn prepare(&mut self, index: &NearIndex, addresses: &Addresses) -> Result<(PathBuf, PathBuf)> {
        if index.len() == self.earlier {
            return self.manifest.prepare(&self.folder);
        }
        let mut next = self.manifest.clone();
        next.learn_at = index.learn_at;
        let first = if index.learnt { 0 } else { next.merge_from(index.len() - self.earlier) };
        next.runs.truncate(next.runs_before(first));
        let mut write = || {
            if index.learnt {
                let order =
                    run::part(&self.folder, "order", |out| io::Write::write_all(out, index.order.classes()))?;
                next.order = Some(order);
            }
            for from in (first..index.len()).step_by(EPOCH) {
                let paragraphs = from as u32..index.len().min(from + EPOCH) as u32;
                next.runs.push(run::write(&self.folder, index, addresses, paragraphs)?);
            }
            sync_folder(&self.folder)
        };
        write().map_err(|error| Error::io("write", self.folder.display(), error))?;
        let paths = next.prepare(&self.folder)?;
        self.earlier = index.len();
        self.manifest = next;
        Ok(paths)
    }

    /// To be called when the manifest has its name: removes what is no longer part of the state.
    pub(super) fn tidy(&self) {
        // What is no longer named does no harm; the next run tries again.
        let _ = self.manifest.sweep(&self.folder);
    }

    fn open_part(&self, part: &Part) -> Result<File> {
        let file = File::open(self.folder.join(&part.name)).map_err(|error| self.damaged(part, error))?;
        let bytes = file.metadata().map_err(|error| self.damaged(part, error))?.len();
        if bytes != part.bytes {
            return Err(self.damaged(part, format!("it has {bytes} bytes, not {}", part.bytes)));
        }
        Ok(file)
    }

    /// Reads a file and checks its hash.
    fn read_whole(&self, part: &Part) -> Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(part.bytes as usize);
        let mut file = self.open_part(part)?;
        io::Read::read_to_end(&mut file, &mut bytes).map_err(|error| self.damaged(part, error))?;
        if blake3::hash(&bytes).to_hex().as_str() != part.blake3 {
            return Err(self.damaged(part, "its hash is another"));
        }
        Ok(bytes)
    }

    fn damaged(&self, part: &Part, what: impl std::fmt::Display) -> Error {
        let advice = "restore the folder from a copy, or start with a new one";
        refused(&self.folder, format!("{} is missing or damaged ({what}); {advice}", part.name))
    }
}

impl Manifest {
    /// From which paragraph on the next run reaches, if so many are new: it takes in the runs before it as
    /// long as they are not much longer.
    fn merge_from(&self, new: usize) -> usize {
        let (mut from, mut length) = (self.paragraphs(), new);
        for run in self.runs.iter().rev() {
            if run.paragraphs > TIER * length || run.paragraphs + length > EPOCH {
                break;
            }
            from -= run.paragraphs;
            length += run.paragraphs;
        }
        from
    }

    /// How many runs end at or before a paragraph.
    fn runs_before(&self, first: usize) -> usize {
        let mut end = 0;
        self.runs
            .iter()
            .take_while(|run| {
                end += run.paragraphs;
                end <= first
            })
            .count()
    }
}

fn other_profile(old: &NearProfile, new: &NearProfile) -> String {
    let show = |profile| toml::to_string(profile).unwrap_or_default().trim().replace('\n', ", ");
    format!(
        "was made with another profile ({}; now {}); use the same --near and [dedup.profile], or a new folder",
        show(old),
        show(new)
    )
}

/// Whether these bytes are an index of paragraphs whose words have so many bytes.
pub(crate) fn is_index(bytes: &[u8], words_bytes: u64) -> bool {
    let mut index = NearIndex::new(&NearProfile::default());
    run::read(bytes, words_bytes, &mut index, &mut Addresses::default()).is_ok()
}

/// What the index of a state folder holds, in words.
///
/// # Errors
/// One of its files is damaged: the message names it.
pub(crate) fn describe_state(folder: &Path) -> Result<String> {
    let Some(manifest) = Manifest::read(folder)? else {
        return Ok("no index of duplicates\n".to_string());
    };
    let state = State { folder: folder.to_path_buf(), earlier: 0, manifest };
    let manifest = &state.manifest;
    for part in manifest.parts() {
        let file = state.open_part(part)?;
        if bytes::hash(file).map_err(|error| state.damaged(part, error))? != part.blake3 {
            return Err(state.damaged(part, "its hash is another"));
        }
    }
    let bytes: u64 = manifest.parts().fold(0, |sum, part| sum.saturating_add(part.bytes));
    let paragraphs = manifest.paragraphs();
    let profile = toml::to_string(&manifest.profile).unwrap_or_default().trim().replace('\n', ", ");
    let mut text = format!(
        "format      {}\nprofile     {profile}\nparagraphs  {paragraphs}\nbytes       {bytes} ({:.0} a paragraph)\n",
        manifest.format,
        bytes as f64 / paragraphs.max(1) as f64
    );
    for run in &manifest.runs {
        let bytes = run.index.bytes + run.words.bytes;
        text.push_str(&format!(
            "run         {} paragraphs, {bytes} bytes, {}\n",
            run.paragraphs, run.index.name
        ));
    }
    text.push_str("all files are whole\n");
    Ok(text)
}
