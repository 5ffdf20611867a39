//! Near-identical paragraphs of a JSONL file, by the library alone.
//!
//!     near_pairs FILE [--pairs] [--threads N] [--batch N] [--config FILE] [--out FILE]
//!
//! FILE has rows with `id` and `text`. Without `--pairs` each repeat is written as `{"id","kept","j"}`; with
//! it, each pair as `{"a","b","j"}`. A `[dedup]` table of the config sets the profile. What the work cost in
//! processor time goes to standard error (on Linux), without reading the file and writing the result.
use gleaner::{Config, Match, NearIndex};
use serde::Deserialize;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

#[derive(Deserialize)]
struct Row {
    id: String,
    text: String,
}

fn main() -> Outcome<()> {
    let args: Vec<String> = std::env::args().collect();
    let value = |name: &str| args.iter().position(|arg| arg == name).and_then(|at| args.get(at + 1));
    let number = |name, default: usize| value(name).map_or(Ok(default), |text| text.parse());
    let config = value("--config").map_or(Ok(Config::default()), |path| Config::load(path.as_ref()))?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(number("--threads", 1)?).build()?;
    let batch = number("--batch", 10_000)?;
    let pairs = args.iter().any(|arg| arg == "--pairs");
    let mut rows = BufReader::new(File::open(args.get(1).ok_or("which FILE?")?)?).lines();
    let mut out: Box<dyn Write> = match value("--out") {
        Some(path) => Box::new(BufWriter::new(File::create(path)?)),
        None => Box::new(std::io::sink()),
    };
    let mut index = NearIndex::new(&config.dedup.profile());
    let (mut kept_ids, mut spent, mut count) = (Vec::new(), 0.0, 0usize);
    loop {
        let (ids, texts) = next(&mut rows, batch)?;
        if texts.is_empty() {
            break;
        }
        count += texts.len();
        let before = processor_seconds();
        if pairs {
            let found = pool.install(|| index.pairs(&texts))?;
            spent += processor_seconds() - before;
            for (id, found) in ids.iter().zip(found) {
                let Some((_, found)) = found else { continue };
                kept_ids.push(id.clone());
                for (other, j) in found {
                    writeln!(out, r#"{{"a":"{}","b":"{id}","j":{j:.6}}}"#, kept_ids[other as usize])?;
                }
            }
        } else {
            let matches = pool.install(|| index.judge(&texts))?;
            spent += processor_seconds() - before;
            for (id, found) in ids.iter().zip(matches) {
                match found {
                    Match::Kept(_) | Match::Overlap { .. } => kept_ids.push(id.clone()),
                    Match::Same { of, similarity } => writeln!(
                        out,
                        r#"{{"id":"{id}","kept":"{}","j":{similarity:.6}}}"#,
                        kept_ids[of as usize]
                    )?,
                    Match::Short => {}
                }
            }
        }
    }
    out.flush()?;
    let (all, waiting) = index.bytes();
    eprintln!(
        "{count} paragraphs, {} kept, {spent:.3} s, {:.3} us a paragraph, {:.1} bytes a kept paragraph",
        index.len(),
        spent / count.max(1) as f64 * 1e6,
        (all - waiting) as f64 / index.len().max(1) as f64,
    );
    Ok(())
}

fn next(
    rows: &mut impl Iterator<Item = std::io::Result<String>>,
    most: usize,
) -> Outcome<(Vec<String>, Vec<String>)> {
    let (mut ids, mut texts) = (Vec::new(), Vec::new());
    for line in rows.by_ref().take(most) {
        let row: Row = serde_json::from_str(&line?)?;
        ids.push(row.id);
        texts.push(row.text);
    }
    Ok((ids, texts))
}

/// Processor time of all threads that are alive, in seconds; 0 where the system does not tell.
fn processor_seconds() -> f64 {
    let Ok(threads) = std::fs::read_dir("/proc/self/task") else { return 0.0 };
    let nanoseconds = |thread: std::fs::DirEntry| -> Option<f64> {
        let stat = std::fs::read_to_string(thread.path().join("schedstat")).ok()?;
        stat.split_whitespace().next()?.parse().ok()
    };
    threads.flatten().filter_map(nanoseconds).sum::<f64>() / 1e9
}
