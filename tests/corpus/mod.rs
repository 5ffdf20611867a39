//! Where the large collections stand that conformance tests and benches read. They are no part of this repository:
//! `GLEANER_CORPUS` names the folder that holds them.
use flate2::read::GzDecoder;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

/// A folder of the collections; none, with a note, where `GLEANER_CORPUS` is not set.
pub(crate) fn folder(name: &str) -> Option<PathBuf> {
    match std::env::var_os("GLEANER_CORPUS") {
        Some(corpus) => Some(Path::new(&corpus).join(name)),
        None => {
            eprintln!("skipped: set GLEANER_CORPUS to the folder that holds `{name}` to run this");
            None
        }
    }
}

/// The files of a folder with an ending, sorted.
#[allow(dead_code, reason = "not every user of this module lists files")]
pub(crate) fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = entries.filter(|path| path.to_str().unwrap().ends_with(ending)).collect();
    files.sort();
    assert!(!files.is_empty(), "no {ending} in {}", folder.display());
    files
}

/// The pages of a collection of `SOURCE/pages.jsonl.gz`, as (id, html), sorted by source. `only` names one source.
#[allow(dead_code, reason = "not every user of this module reads pages")]
pub(crate) fn pages(collection: &Path, only: Option<&str>) -> Vec<(String, String)> {
    let mut sources: Vec<_> = fs::read_dir(collection).unwrap().map(|entry| entry.unwrap().path()).collect();
    sources.sort();
    sources.retain(|source| source.is_dir() && only.is_none_or(|only| source.ends_with(only)));
    let mut pages = Vec::new();
    for source in sources {
        let file = File::open(source.join("pages.jsonl.gz")).unwrap();
        for line in BufReader::new(GzDecoder::new(file)).lines() {
            let row: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
            let text = |key: &str| row[key].as_str().unwrap().to_owned();
            pages.push((format!("{}/{}", source.file_name().unwrap().display(), text("id")), text("html")));
        }
    }
    assert!(!pages.is_empty(), "no pages in {}", collection.display());
    pages
}
