//! Pages to trees: ours against `scraper::Html::parse_document`, interleaved in one run, in CPU time.
//!
//!     GLEANER_CORPUS=... cargo bench --bench html -- [SOURCE] [ROUNDS] [ENGINE]
#[path = "../tests/corpus/mod.rs"]
mod corpus;

use gleaner::html::{Keep, parse, tokens};
use html5ever::tokenizer::{Token, TokenSink, TokenSinkResult};
use scraper::Html;
use std::hint::black_box;
use std::time::Instant;

/// Takes tokens and forgets them.
struct Forget;

impl TokenSink for Forget {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        black_box(token);
        TokenSinkResult::Continue
    }
}

/// One way to read a page.
type Engine = (&'static str, fn(&str));

const ENGINES: &[Engine] = &[
    ("scraper parse_document", |page| drop(black_box(Html::parse_document(page)))),
    ("gleaner, all kept", |page| drop(black_box(parse(page, Keep::All)))),
    ("gleaner, thin", |page| drop(black_box(parse(page, Keep::Lean)))),
    ("gleaner, tokens alone", |page| {
        tokens(page, gleaner::html::State::Data, "", Forget);
    }),
];

/// Nanoseconds of CPU time that this thread has used; of the clock, where the system does not say.
fn cpu_nanoseconds(start: Instant) -> u64 {
    let schedule = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let used = schedule.and_then(|line| line.split(' ').next()?.parse().ok());
    used.unwrap_or_else(|| start.elapsed().as_nanos() as u64)
}

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let only = arguments.next().filter(|source| source != "all");
    let rounds: usize = arguments.next().and_then(|rounds| rounds.parse().ok()).unwrap_or(5);
    let wanted = arguments.next().unwrap_or_default();
    let engines: Vec<_> = ENGINES.iter().filter(|engine| engine.0.contains(&wanted)).collect();
    let Some(folder) = corpus::folder("extraction-dev") else { return };
    let pages = corpus::pages(&folder, only.as_deref());
    let bytes: usize = pages.iter().map(|(_, page)| page.len()).sum();
    let start = Instant::now();
    let mut times = vec![Vec::new(); engines.len()];
    // Round 0 warms up.
    for round in 0..=rounds {
        for (engine, times) in engines.iter().zip(&mut times) {
            let before = cpu_nanoseconds(start);
            pages.iter().for_each(|(_, page)| engine.1(page));
            if round > 0 {
                times.push(cpu_nanoseconds(start) - before);
            }
        }
    }
    println!("{} pages, {:.1} MB, median of {rounds} rounds", pages.len(), bytes as f64 / 1e6);
    let medians = times.iter_mut().map(|times| {
        times.sort_unstable();
        times[times.len() / 2] as f64
    });
    let medians: Vec<f64> = medians.collect();
    for ((name, _), median) in engines.iter().zip(&medians) {
        let speed = bytes as f64 / median * 1e3;
        println!("{name:<24} {speed:>8.1} MB/s of CPU time {:>6.2} x", medians[0] / median);
    }
}
