//! Pages to trees: ours against `scraper::Html::parse_document`, interleaved in one run, in CPU time.
//!
//!     GLEANER_CORPUS=... cargo bench --bench html -- [SOURCE] [ROUNDS] [ENGINE]
#[path = "../tests/corpus/mod.rs"]
mod corpus;
#[path = "../tests/cpu/mod.rs"]
mod cpu;

use cpu::cpu_seconds;
use gleaner::html::{Keep, parse, tokens};
use html5ever::tokenizer::{Token, TokenSink, TokenSinkResult};
use scraper::Html;
use std::hint::black_box;

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
    ("gleaner, lean", |page| drop(black_box(parse(page, Keep::Lean)))),
    ("gleaner, tokens alone", |page| {
        tokens(page, gleaner::html::State::Data, "", Forget);
    }),
];

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let only = arguments.next().filter(|source| source != "all");
    let rounds: usize = arguments.next().and_then(|rounds| rounds.parse().ok()).unwrap_or(5);
    let wanted = arguments.next().unwrap_or_default();
    let engines: Vec<_> = ENGINES.iter().filter(|engine| engine.0.contains(&wanted)).collect();
    let Some(folder) = corpus::folder("extraction-dev") else { return };
    let pages = corpus::pages(&folder, only.as_deref());
    let bytes: usize = pages.iter().map(|(_, page)| page.len()).sum();
    let mut times = vec![Vec::new(); engines.len()];
    // Round 0 warms up.
    for round in 0..=rounds {
        for (engine, times) in engines.iter().zip(&mut times) {
            let before = cpu_seconds();
            pages.iter().for_each(|(_, page)| engine.1(page));
            if round > 0 {
                times.push(cpu_seconds() - before);
            }
        }
    }
    println!("{} pages, {:.1} MB, median of {rounds} rounds", pages.len(), bytes as f64 / 1e6);
    let medians = times.iter_mut().map(|times| {
        times.sort_unstable_by(f64::total_cmp);
        times[times.len() / 2]
    });
    let medians: Vec<f64> = medians.collect();
    for ((name, _), median) in engines.iter().zip(&medians) {
        let speed = bytes as f64 / median / 1e6;
        println!("{name:<24} {speed:>8.1} MB/s of CPU time {:>6.2} x", medians[0] / median);
    }
}
