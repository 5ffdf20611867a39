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
    files: Vec<File>,
    /// What is there only while a run goes on.
    unfinished: Vec<FilePlace>,
}

/// A file that a run writes, or the folder of its files.
struct File {
    path: PathBuf,
    place: FilePlace,
    is_folder: bool,
}

impl<'a> Written<'a> {
    fn by(outputs: &'a Outputs) -> Written<'a> {
        let paths = outputs.paths();
        let unfinished = paths.iter().flat_map(|path| unfinished_files(path));
        let file = |path: &PathBuf| {
            let (path, place, is_folder) = (path.clone(), FilePlace::of(path)?, path.is_dir());
            Some(File { path, place, is_folder })
        };
        Written {
            outputs,
            unfinished: unfinished.filter_map(|path| FilePlace::of(&path)).collect(),
            files: paths.iter().filter_map(file).collect(),
        }
    }

    /// The output that a file is, or lies in.
    fn at(&self, place: &FilePlace) -> Option<&File> {
        self.files.iter().find(|file| match file.is_folder {
            true => place.is_within(&file.place),
            false => place.is(&file.place),
        })
    }

    /// Refuses an input, as typed, that is an output.
    fn refuse(&self, input: &str) -> Result<()> {
        let place = match input {
            STDOUT => FilePlace::of_stdin(),
            path if Path::new(path).exists() => FilePlace::of(Path::new(path)),
            _ => None,
        };
        match place.and_then(|place| self.at(&place)) {
            None => Ok(()),
            Some(file) if file.is_folder => {
                Err(refused(&file.path, format!("holds the input {input}; name another output")))
            }
            Some(file) => {
                Err(refused(&file.path, "is an input and an output; name another output".to_string()))
            }
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
        match self.at(&place) {
            None => Ok(false),
            Some(file) if file.is_folder || is_left(self.outputs, &file.path) => Ok(true),
            Some(file) => {
                let message = "is among the inputs and was left by no earlier run; name another output, or move it away";
                Err(refused(&file.path, message.to_string()))
            }
        }
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
