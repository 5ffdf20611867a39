//! What hostile pages cost for each megabyte, at two sizes, and against news pages: it must grow with the length only.
//!
//!     GLEANER_CORPUS=... cargo bench --bench hostile -- [FAMILY]
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

/// Bytes of a page at 1x. At 2x it has twice as many.
const BYTES: usize = 1_000_000;

/// Readings of each size; the least is taken.
const READINGS: usize = 3;

/// Seconds of a reading, at least: the system counts CPU time in steps of some milliseconds.
const READING: f64 = 0.1;

/// Milliseconds of CPU time for a megabyte of these pages.
fn cost(pages: &[String]) -> f64 {
    let bytes: usize = pages.iter().map(String::len).sum();
    let reading = || {
        let (before, mut times, mut spent) = (cpu_seconds(), 0, 0.0);
        while spent < READING {
            pages.iter().for_each(|page| drop(black_box(parse(page, Keep::Lean))));
            times += 1;
            spent = cpu_seconds() - before;
        }
        spent * 1e9 / (bytes * times) as f64
    };
    (0..READINGS).map(|_| reading()).fold(f64::INFINITY, f64::min)
}

fn main() {
    let wanted = std::env::args().skip(1).find(|argument| !argument.starts_with("--")).unwrap_or_default();
    let Some(folder) = corpus::folder("extraction-dev") else { return };
    let news: Vec<_> = corpus::pages(&folder, Some("fundus")).into_iter().map(|(_, page)| page).collect();
    let news = cost(&news);
    println!(
        "{:<24} {:>10} {:>10} {:>7} {:>12}",
        "family", "ms/MB, 1x", "ms/MB, 2x", "growth", "x news page"
    );
    println!("{:<24} {news:>10.2}", "news pages");
    for family in FAMILIES.iter().filter(|family| family.name.contains(&wanted)) {
        let [one, two] = [BYTES, 2 * BYTES].map(|bytes| cost(&[family.page(bytes)]));
        println!("{:<24} {one:>10.2} {two:>10.2} {:>7.2} {:>12.2}", family.name, two / one, two / news);
    }
}
