//! Makes a corpus of a given size: `cargo run --release --example make_corpus -- 100 html DIR`.
//!
//! SIZE is in megabytes (10^6 bytes), KIND is `html`, `text`, `mixed` or `warc` (the pages of `html`, as one crawl). The
//! same arguments make the same bytes. Files lie in folders of 1,000.
#![allow(unreachable_pub, reason = "an example has no reader of its modules")]
#[path = "../benches/support/corpus.rs"]
mod corpus;
#[path = "../benches/support/folder.rs"]
mod folder;
#[allow(dead_code, reason = "the benches use more of it")]
#[path = "../benches/support/random.rs"]
mod random;
#[path = "../benches/support/warc.rs"]
mod warc;
#[path = "../benches/support/words.rs"]
mod words;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [size, kind, dir] = arguments.as_slice() else { return usage() };
    let (Ok(megabytes), Some((kind, as_crawl))) = (size.parse::<f64>(), folder::kind(kind)) else {
        return usage();
    };
    match folder::make((megabytes * 1e6) as usize, kind, as_crawl, Path::new(dir)) {
        Ok(documents) => {
            println!("{documents} documents in {dir}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("cannot write into {dir}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> ExitCode {
    eprintln!("usage: make_corpus SIZE_IN_MB html|text|mixed|warc DIR");
    ExitCode::from(2)
}
