//! What there is to read, and that nothing of it is written over: outputs are no inputs.
use crate::model::{Error, Origin, Result, SkipReason, Trouble};
use crate::read::{self, Found, Source};
use crate::write::{FilePlace, Outputs, STDOUT, beside_data, is_left, unfinished_files};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Finds what the inputs name, as [`find`](crate::find) does, for a run with these outputs.
///
/// Where a folder or a glob holds what an earlier run with the same outputs left, that is left out. Manifests, ledgers
/// and reports of other runs that are met in a folder are passed over by name ([`SkipReason::RunFile`]); their data is
/// read.
///
/// # Errors
/// An input that names nothing, or one that the run would write over: a file that is named both as an input and as an
/// output, under whatever spelling; a folder that lies in the output; a file met in a folder that no run left there.
pub fn inputs(inputs: &[String], outputs: &Outputs) -> Result<Vec<Found>> {
    spare(inputs.iter().map(String::as_str), outputs)?;
    let outputs = Written::by(outputs);
    let mut kept = Vec::new();
    for found in read::find(inputs)? {
        match &found {
            Found::Source(Source { path: Some(path), .. }) if outputs.holds(path)? => {}
            _ => kept.push(found),
        }
    }
    Ok(of_other_runs(kept))
}

/// Refuses outputs that would be written over one of these files, which the run reads.
///
/// # Errors
/// One of them is an output too, under whatever spelling.
pub(crate) fn spare<'a>(read: impl IntoIterator<Item = &'a str>, outputs: &Outputs) -> Result<()> {
    let outputs = Written::by(outputs);
    read.into_iter().try_for_each(|input| outputs.refuse(input))
}

/// What a run writes.
struct Written<'a> {
    outputs: &'a Outputs,
    /// Where each path leads.
    places: Vec<(PathBuf, FilePlace)>,
    /// What is there only while a run goes on.
    unfinished: Vec<FilePlace>,
}

impl<'a> Written<'a> {
    fn by(outputs: &'a Outputs) -> Written<'a> {
        let paths = outputs.paths();
        let unfinished = paths.iter().flat_map(|path| unfinished_files(path));
        Written {
            outputs,
            unfinished: unfinished.filter_map(|path| FilePlace::of(&path)).collect(),
            places: paths
                .into_iter()
                .filter_map(|path| Some((path.clone(), FilePlace::of(&path)?)))
                .collect(),
        }
    }

    /// Refuses an input, as typed, that is an output.
    fn refuse(&self, input: &str) -> Result<()> {
        let place = match input {
            STDOUT => FilePlace::of_stdin(),
            path if Path::new(path).exists() => FilePlace::of(Path::new(path)),
            _ => None,
        };
        let Some(place) = place else { return Ok(()) };
        match self.places.iter().find(|(path, output)| self.is_part(path, output, &place)) {
            Some((path, _)) if path.is_dir() => {
                Err(refused(path, format!("holds the input {input}; name another output")))
            }
            Some((path, _)) => {
                Err(refused(path, "is an input and an output; name another output".to_string()))
            }
            None => Ok(()),
        }
    }

    /// Whether a file is one that an earlier run with the same outputs left.
    ///
    /// # Errors
    /// It would be written over, and is of no earlier run.
    fn holds(&self, path: &Path) -> Result<bool> {
        let Some(place) = FilePlace::of(path) else { return Ok(false) };
        if self.unfinished.iter().any(|unfinished| unfinished.is(&place)) {
            return Ok(true);
        }
        match self.places.iter().find(|(path, output)| self.is_part(path, output, &place)) {
            None => Ok(false),
            Some((output, _)) if output.is_dir() || is_left(self.outputs, output) => Ok(true),
            Some((output, _)) => {
                let message = "is among the inputs and was left by no earlier run; name another output, or move it away";
                Err(refused(output, message.to_string()))
            }
        }
    }

    /// Whether what leads to a place is that output, or lies in it.
    fn is_part(&self, path: &Path, output: &FilePlace, place: &FilePlace) -> bool {
        if path.is_dir() { place.is_within(output) } else { place.is(output) }
    }
}

fn refused(path: &Path, message: String) -> Error {
    Error::Output { path: path.display().to_string(), message }
}

/// Passes over what other runs left beside their data, where it was met in a folder.
pub(super) fn of_other_runs(mut found: Vec<Found>) -> Vec<Found> {
    let is_met = |found: &&mut Found| matches!(found, Found::Source(Source { within: Some(_), .. }));
    let paths: Vec<&mut Found> = found.iter_mut().filter(is_met).collect();
    let mut by_path: BTreeMap<PathBuf, &mut Found> = BTreeMap::new();
    for found in paths {
        if let Found::Source(Source { path: Some(path), .. }) = &*found {
            by_path.insert(path.clone(), found);
        }
    }
    let left: Vec<PathBuf> = by_path.keys().flat_map(|path| beside_data(path)).collect();
    for path in left {
        if let Some(found) = by_path.remove(&path)
            && let Found::Source(source) = &*found
        {
            *found = Found::Trouble(Trouble::skipped(Origin::page(&source.name), SkipReason::RunFile));
        }
    }
    found
}
