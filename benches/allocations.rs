//! Allocations: how many a document costs in each stage, how many bytes they ask for, and how many at once.
//!
//!     cargo bench --bench allocations -- [MEGABYTES]
//!
//! Counts, not times: they are the same on every machine. The baseline of pages is scraper's own parser.
mod support;

use allocation_counter::measure;
use gleaner::model::{Declared, Document, Origin, RawDocument, Text};
use gleaner::{RuleSet, bench};
use std::hint::black_box;
use support::corpus::{Corpus, Kind};
use support::folder::SEED;
use support::{corpus_bytes, wanted};

/// What a stage asked for, summed over documents, and the most that it held of one.
#[derive(Default)]
struct Sum {
    count: u64,
    bytes: u64,
    most: u64,
}

impl Sum {
    /// Does something and counts what it asks for.
    fn of<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let mut done = None;
        let asked = measure(|| done = Some(black_box(work())));
        self.count += asked.count_total;
        self.bytes += asked.bytes_total;
        self.most = self.most.max(asked.bytes_max);
        done.expect("the work was done")
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let rules = RuleSet::load(&[], &[])?;
    for (name, kind) in [("html", Kind::Html), ("text", Kind::Text)] {
        if wanted(name) {
            table(name, kind, &rules);
        }
    }
    Ok(())
}

fn table(name: &str, kind: Kind, rules: &RuleSet) {
    let raws: Vec<RawDocument> = Corpus::new(kind, SEED)
        .documents(corpus_bytes())
        .map(|made| RawDocument {
            origin: Origin::page(&made.name),
            bytes: made.bytes,
            declared: Declared::default(),
        })
        .collect();
    // Rules compile their expressions when a line first needs them, which is no cost of that line.
    raws.iter().for_each(|raw| drop(stages(raw, rules, &mut Default::default())));
    let mut sums: [Sum; 4] = Default::default();
    raws.iter().for_each(|raw| drop(stages(raw, rules, &mut sums)));
    println!("\n{name}: {} documents, for each of them", raws.len());
    println!("  {:<24} {:>12} {:>12} {:>16}", "", "allocations", "KB", "most at once, KB");
    let names = ["scraper parse_document", "decode", "parse", "strip"];
    for (name, sum) in names.iter().zip(&sums).filter(|(_, sum)| sum.count > 0) {
        let each = |sum: u64| sum as f64 / raws.len() as f64;
        let (bytes, most) = (each(sum.bytes) / 1e3, sum.most as f64 / 1e3);
        println!("  {name:<24} {:>12.0} {bytes:>12.1} {most:>16.1}", each(sum.count));
    }
}

/// Takes a document through the clean half of the line, each stage counted by itself, scraper's parser before them.
fn stages(raw: &RawDocument, rules: &RuleSet, sums: &mut [Sum; 4]) -> Option<Document> {
    let [scraper, decode, parse, strip] = sums;
    if raw.origin.to_string().ends_with(".html") {
        let page = std::str::from_utf8(&raw.bytes).ok()?;
        scraper.of(|| scraper::Html::parse_document(page));
    }
    let text: Text<'_> = decode.of(|| bench::decode(raw).ok())?;
    let mut document = parse.of(|| bench::parse(raw, text));
    strip.of(|| bench::strip(&mut document, rules));
    Some(document)
}
