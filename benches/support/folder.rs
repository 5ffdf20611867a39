//! A made-up corpus as files: pages or texts in folders of a thousand, or one crawl in WARC.
use super::corpus::{Corpus, Kind};
use super::warc;
use std::fs::{self, File};
use std::io::{BufWriter, Result, Write};
use std::path::Path;

/// The corpus of this number is the one that the figures in the documentation are of.
pub const SEED: u64 = 1;

/// Files in a folder.
const FOLDER: usize = 1_000;

/// What a corpus is made of, by name, and whether it is a crawl.
pub fn kind(name: &str) -> Option<(Kind, bool)> {
    match name {
        "warc" => Some((Kind::Html, true)),
        name => Kind::from_name(name).map(|kind| (kind, false)),
    }
}

/// Makes documents of so many bytes, as files below a folder; their number.
pub fn make(bytes: usize, kind: Kind, as_crawl: bool, folder: &Path) -> Result<usize> {
    fs::create_dir_all(folder)?;
    let corpus = Corpus::new(kind, SEED);
    let documents = corpus.documents(bytes);
    let mut made = 0;
    if as_crawl {
        let mut crawl = BufWriter::new(File::create(folder.join("crawl.warc.gz"))?);
        for document in documents {
            warc::record(&document, made, &mut crawl)?;
            made += 1;
        }
        crawl.flush()?;
        return Ok(made);
    }
    for document in documents {
        let folder = folder.join(format!("{:04}", made / FOLDER));
        if made % FOLDER == 0 {
            fs::create_dir_all(&folder)?;
        }
        fs::write(folder.join(document.name), document.bytes)?;
        made += 1;
    }
    Ok(made)
}
