//! A small bench harness: cases run in interleaved rounds, timed in CPU time of the process, medians in a table.
//!
//! Wall clock says little on a shared machine. CPU time says more, and ratios inside one run say most: so
//! every table holds its own baseline.
#![allow(dead_code, unreachable_pub, reason = "each bench program uses a part of this")]
pub mod corpus;
pub mod folder;
pub mod random;
pub mod warc;
pub mod words;

use std::time::Duration;

/// Rounds, unless `GLEANER_BENCH_ROUNDS` says otherwise.
const ROUNDS: usize = 5;

/// Megabytes of corpus of a kind, unless the first argument or `GLEANER_BENCH_MB` says otherwise.
const MEGABYTES: f64 = 8.0;

/// Something to time.
struct Case<'a> {
    name: String,
    bytes: usize,
    run: Box<dyn FnMut() -> Duration + 'a>,
}

/// A table of cases that are compared with each other.
pub struct Table<'a> {
    title: String,
    cases: Vec<Case<'a>>,
}

impl<'a> Table<'a> {
    /// An empty table. The first case put into it is the baseline.
    pub fn new(title: &str) -> Table<'a> {
        Table { title: title.to_string(), cases: Vec::new() }
    }

    /// A case: all of `run` is timed. `bytes` is what it takes in.
    pub fn case<T>(&mut self, name: &str, bytes: usize, mut run: impl FnMut() -> T + 'a) {
        self.prepared(name, bytes, || (), move |()| run());
    }

    /// A case whose input is made afresh each time, outside the clock.
    pub fn prepared<S, T>(
        &mut self,
        name: &str,
        bytes: usize,
        mut prepare: impl FnMut() -> S + 'a,
        mut run: impl FnMut(S) -> T + 'a,
    ) {
        let run = move || {
            let input = prepare();
            let start = cpu_time();
            let made = std::hint::black_box(run(input));
            let spent = cpu_time() - start;
            drop(made);
            spent
        };
        self.cases.push(Case { name: name.to_string(), bytes, run: Box::new(run) });
    }

    /// Runs all cases in turn, as often as there are rounds, and prints the medians.
    pub fn print(mut self) {
        let rounds = rounds();
        let mut spent = vec![Vec::with_capacity(rounds); self.cases.len()];
        for _ in 0..rounds {
            for (case, spent) in self.cases.iter_mut().zip(&mut spent) {
                spent.push((case.run)());
            }
        }
        println!("\n{} (median of {rounds} rounds, CPU time)", self.title);
        println!("  {:<34} {:>9} {:>10} {:>9} {:>8}", "", "MB", "ms", "MB/s", "ratio");
        let mut baseline = None;
        for (case, spent) in self.cases.iter().zip(&mut spent) {
            spent.sort();
            let seconds = spent[rounds / 2].as_secs_f64().max(1e-9);
            let rate = case.bytes as f64 / 1e6 / seconds;
            let baseline = *baseline.get_or_insert(rate);
            println!(
                "  {:<34} {:>9.2} {:>10.1} {:>9.1} {:>8.2}",
                case.name,
                case.bytes as f64 / 1e6,
                seconds * 1e3,
                rate,
                rate / baseline
            );
        }
    }
}

/// How often the cases of a table are run.
pub fn rounds() -> usize {
    number("GLEANER_BENCH_ROUNDS").map_or(ROUNDS, |rounds| (rounds as usize).max(1))
}

/// Bytes of corpus to make.
pub fn corpus_bytes() -> usize {
    let argument = std::env::args().skip(1).find_map(|argument| argument.parse().ok());
    (argument.or(number("GLEANER_BENCH_MB")).unwrap_or(MEGABYTES) * 1e6) as usize
}

/// Whether a table of this name is wanted: all are, unless `GLEANER_BENCH_ONLY` names a part of some names.
pub fn wanted(name: &str) -> bool {
    std::env::var("GLEANER_BENCH_ONLY").map_or(true, |only| name.contains(&only))
}

fn number(variable: &str) -> Option<f64> {
    std::env::var(variable).ok()?.parse().ok()
}

/// CPU time of this process, all threads together.
#[cfg(unix)]
pub fn cpu_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

/// Where the system has no such clock, time since the first call.
#[cfg(not(unix))]
pub fn cpu_time() -> Duration {
    static START: std::sync::LazyLock<std::time::Instant> = std::sync::LazyLock::new(std::time::Instant::now);
    START.elapsed()
}
