//! Duplicates: microseconds of processor time a paragraph, over growing corpora.
//!
//!     cargo bench --bench dedup [-- PARAGRAPHS]
//!
//! The corpus is drawn by a fixed generator: 70 in 100 paragraphs are fresh, 15 are copies, 15 are edited.
use gleaner::{Near, NearIndex, NearProfile};
#[path = "../tests/cpu/mod.rs"]
mod cpu;

use cpu::cpu_seconds;

/// Paragraphs of the smallest corpus; each other has four times as many.
const FEWEST: usize = 10_000;
/// Paragraphs judged at once.
const BATCH: usize = 10_000;
/// Different words of the corpus.
const VOCABULARY: u64 = 20_000;

fn main() {
    let most = std::env::args().filter_map(|arg| arg.parse().ok()).next_back().unwrap_or(160_000);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("one thread can be started");
    println!("{:>10} {:>8} {:>12} {:>10} {:>12}", "paragraphs", "profile", "us each", "kept", "bytes each");
    let sizes = std::iter::successors(Some(FEWEST), |size| Some(size * 4)).take_while(|&size| size <= most);
    for size in sizes {
        for (name, near) in [("default", Near::Default), ("strict", Near::Strict)] {
            let mut index = NearIndex::new(&NearProfile::named(near));
            let (mut corpus, mut seconds) = (Corpus { state: 1, window: Vec::new() }, 0.0);
            for _ in 0..size / BATCH {
                let texts: Vec<String> = (0..BATCH).map(|_| corpus.paragraph()).collect();
                let before = cpu_seconds();
                pool.install(|| index.judge(&texts)).expect("the index can be written");
                seconds += cpu_seconds() - before;
            }
            let (bytes, waiting) = index.bytes();
            println!(
                "{size:>10} {name:>8} {:>12.2} {:>10} {:>12.0}",
                seconds / size as f64 * 1e6,
                index.len(),
                (bytes - waiting) as f64 / index.len() as f64
            );
        }
    }
}

/// Draws paragraphs, always the same.
struct Corpus {
    state: u64,
    /// Earlier paragraphs that may be copied.
    window: Vec<Vec<u64>>,
}

impl Corpus {
    fn draw(&mut self, below: u64) -> u64 {
        self.state =
            self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.state >> 33) % below
    }

    /// A word; few are frequent, as in any language.
    fn word(&mut self) -> u64 {
        let bound = 1 + self.draw(VOCABULARY);
        self.draw(bound)
    }

    fn paragraph(&mut self) -> String {
        let kind = if self.window.is_empty() { 0 } else { self.draw(100) };
        let mut words = if kind < 70 {
            (0..20 + self.draw(60)).map(|_| self.word()).collect()
        } else {
            let at = self.draw(self.window.len() as u64) as usize;
            self.window[at].clone()
        };
        if kind >= 85 {
            for _ in 0..1 + self.draw(3) {
                let at = self.draw(words.len() as u64) as usize;
                words[at] = self.word();
            }
        }
        let text = words.iter().map(|word| format!("w{word:x}")).collect::<Vec<_>>().join(" ");
        self.window.push(words);
        text
    }
}
