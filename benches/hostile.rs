//! What hostile pages cost for each megabyte, at two sizes, and against news pages: it must grow with the length only.
//!
//!     GLEANER_CORPUS=... cargo bench --bench hostile -- [FAMILY] [MEGABYTES]
//!
//! The cost is the CPU time of `parse` (lean), from text to dropped tree. News pages and the two sizes of a family
//! are read in turns, and the medians of their ratios are shown, so that what else the machine does strikes all three.
#[path = "../tests/corpus/mod.rs"]
mod corpus;
#[path = "../tests/cpu/mod.rs"]
mod cpu;
#[path = "../tests/hostile/mod.rs"]
mod hostile;

use cpu::cpu_seconds;
use gleaner::html::{Keep, parse};
use hostile::FAMILIES;
use std::hint::black_box;

/// Megabytes of a page at 1x, unless told otherwise. At 2x it has twice as many.
const MEGABYTES: usize = 1;

/// Bytes of news pages that are read for a reading.
const NEWS_BYTES: usize = 8_000_000;

/// Rounds of readings.
const ROUNDS: usize = 7;

/// Seconds of a reading, at least: the system counts CPU time in steps of some milliseconds.
const READING: f64 = 0.05;

/// Milliseconds of CPU time for a megabyte of these pages: one reading.
fn cost(pages: &[String]) -> f64 {
    let bytes: usize = pages.iter().map(String::len).sum();
    let (before, mut times, mut spent) = (cpu_seconds(), 0, 0.0);
    while spent < READING {
        pages.iter().for_each(|page| drop(black_box(parse(page, Keep::Lean))));
        times += 1;
        spent = cpu_seconds() - before;
    }
    spent * 1e9 / (bytes * times) as f64
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_unstable_by(f64::total_cmp);
    values[values.len() / 2]
}

/// News pages, the first of the collection up to so many bytes.
fn news_pages() -> Option<Vec<String>> {
    let folder = corpus::folder("extraction-dev")?;
    let mut bytes = 0;
    let mut enough = |page: &String| {
        bytes += page.len();
        bytes < NEWS_BYTES
    };
    let pages = corpus::pages(&folder, Some("fundus")).into_iter().map(|(_, page)| page);
    Some(pages.take_while(|page| enough(page)).collect())
}

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let wanted = arguments.next().unwrap_or_default();
    let bytes = arguments.next().and_then(|size| size.parse().ok()).unwrap_or(MEGABYTES) * 1_000_000;
    let Some(news) = news_pages() else { return };
    println!(
        "{:<24} {:>10} {:>10} {:>10} {:>7} {:>8} {:>8}",
        "family", "news ms/MB", "ms/MB, 1x", "ms/MB, 2x", "growth", "1x/news", "2x/news"
    );
    for family in FAMILIES.iter().filter(|family| family.name.contains(&wanted)) {
        let [one, two] = [bytes, 2 * bytes].map(|bytes| vec![family.page(bytes)]);
        let rounds: Vec<[f64; 3]> =
            (0..ROUNDS).map(|_| [&news, &one, &two].map(|pages| cost(pages))).collect();
        let [news, one, two] = [0, 1, 2].map(|n| median(rounds.iter().map(|round| round[n])));
        let ratio = |over: usize, under: usize| median(rounds.iter().map(|round| round[over] / round[under]));
        println!(
            "{:<24} {news:>10.2} {one:>10.2} {two:>10.2} {:>7.2} {:>8.2} {:>8.2}",
            family.name,
            ratio(2, 1),
            ratio(1, 0),
            ratio(2, 0)
        );
    }
}
