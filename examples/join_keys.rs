//! What a search for repeats on many machines would send around: `cargo run --release --example join_keys -- FILE.jsonl`.
//!
//! FILE has records as `gleaner run` writes them. Prints how many paragraphs take part, the bytes of their words, the
//! keys each is found by, and how many paragraphs share the key that most do.
use gleaner::{NearJoin, NearProfile};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::process::ExitCode;

/// So many buckets that hardly two keys share one.
const BUCKETS: u32 = u32::MAX;

/// Paragraphs from which the order of shingles is learned.
const SAMPLE: usize = 50_000;

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        println!("usage: join_keys FILE.jsonl");
        return ExitCode::from(2);
    };
    match measure(&path) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("{path}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn measure(path: &str) -> io::Result<()> {
    let profile = NearProfile::default();
    let plain = NearJoin::new(&profile, Vec::new());
    let (mut records, mut paragraphs, mut texts) = (0u64, 0u64, BTreeSet::new());
    for line in BufReader::new(File::open(path)?).lines() {
        let record: serde_json::Value = serde_json::from_str(&line?)?;
        records += 1;
        for paragraph in record["text"].as_str().unwrap_or_default().split("\n\n") {
            if let Some(words) = plain.words(paragraph) {
                paragraphs += 1;
                texts.insert(words);
            }
        }
    }
    let texts: Vec<Vec<u8>> = texts.into_iter().collect();
    let join = NearJoin::new(&profile, plain.learn(&texts[..texts.len().min(SAMPLE)]));
    let mut shared: BTreeMap<u32, u64> = BTreeMap::new();
    for words in &texts {
        join.buckets(words, BUCKETS).into_iter().for_each(|key| *shared.entry(key).or_default() += 1);
    }
    let keys: u64 = shared.values().sum();
    let bytes: usize = texts.iter().map(Vec::len).sum();
    let count = texts.len() as f64;
    println!("{records} records, {paragraphs} paragraphs that take part, {} of them different", texts.len());
    println!("{:.0} bytes of words a paragraph, {:.1} keys", bytes as f64 / count, keys as f64 / count);
    println!(
        "{} keys; the most shared one has {} paragraphs",
        shared.len(),
        shared.values().max().unwrap_or(&0)
    );
    Ok(())
}
