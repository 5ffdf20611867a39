//! Makes a corpus of a given size: `cargo run --release --example make_corpus -- 100 html DIR`.
//!
//! SIZE is in megabytes (10^6 bytes), KIND is `html`, `text` or `mixed`. The same arguments make the same
//! bytes. Files lie in folders of 1,000.
#![allow(unreachable_pub, reason = "an example has no reader of its modules")]
#[path = "../benches/support/corpus.rs"]
mod corpus;
#[allow(dead_code, reason = "the benches use more of it")]
#[path = "../benches/support/random.rs"]
mod random;
#[path = "../benches/support/words.rs"]
mod words;

use std::path::Path;
use std::process::ExitCode;

/// The corpus of this number is the one that the figures in the documentation are of.
const SEED: u64 = 1;

/// Files in a folder.
const FOLDER: usize = 1_000;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [size, kind, dir] = arguments.as_slice() else { return usage() };
    let (Ok(megabytes), Some(kind)) = (size.parse::<f64>(), corpus::Kind::from_name(kind)) else {
        return usage();
    };
    match make((megabytes * 1e6) as usize, kind, Path::new(dir)) {
        Ok(files) => {
            println!("{files} files in {dir}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("cannot write into {dir}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> ExitCode {
    eprintln!("usage: make_corpus SIZE_IN_MB html|text|mixed DIR");
    ExitCode::from(2)
}

fn make(bytes: usize, kind: corpus::Kind, dir: &Path) -> std::io::Result<usize> {
    let corpus = corpus::Corpus::new(kind, SEED);
    let mut files = 0;
    for made in corpus.documents(bytes) {
        let folder = dir.join(format!("{:04}", files / FOLDER));
        if files % FOLDER == 0 {
            std::fs::create_dir_all(&folder)?;
        }
        std::fs::write(folder.join(made.name), made.bytes)?;
        files += 1;
    }
    Ok(files)
}
