//! The whole line over corpora of growing size, as a user runs it: CPU time, wall time and peak memory of the command.
//!
//!     cargo bench --bench corpora -- [MEGABYTES]...       8 unless given; docs/benchmarks.md has 8 100 1000
//!
//! The baseline of each table is scraper's own parser over the same pages; of texts, which need none, the check that
//! they are UTF-8. What starting up costs stands beside it, as a run over one document. Each run is a process of its own, so that
//! its memory is its own; `GLEANER_BENCH_ROUNDS` and `GLEANER_BENCH_ONLY` (html, text, warc) are as in the other benches.
//! Ends with 1 if the memory that a run takes without the index of duplicates grows from 50 MB on.
#[cfg(unix)]
mod support;

#[cfg(not(unix))]
fn main() {
    println!("this bench asks the system what a process took up, which only Unix tells");
}

#[cfg(unix)]
fn main() -> std::io::Result<std::process::ExitCode> {
    corpora::main()
}

#[cfg(unix)]
mod corpora {
    use super::support::{folder, rounds, wanted};
    use std::io::{Error, Result};
    use std::path::{Path, PathBuf};
    use std::process::{Command, ExitCode, Stdio};
    use std::time::Instant;
    use wait4::Wait4;

    /// Megabytes of a corpus unless told otherwise.
    const MEGABYTES: f64 = 8.0;

    /// How much more memory the largest corpus may take than the smallest that fills the batches under way.
    const GROWTH: f64 = 1.5;

    /// Megabytes that surely fill them: four of 8 MiB.
    const FULL: f64 = 50.0;

    /// Kinds of corpora, as `make_corpus` has them.
    const KINDS: [&str; 3] = ["html", "text", "warc"];

    /// The argument by which this program runs a part of itself as a process of its own.
    const PART: &str = "--part";

    /// What is run over a corpus, and the arguments of the command; none for the baseline.
    const CASES: [(&str, &[&str]); 5] = [
        ("baseline", &[]),
        (ONE, &["--threads", "1"]),
        ("1 thread", &["--threads", "1"]),
        ("2 threads", &["--threads", "2"]),
        (BOUNDED, &["--threads", "2", "--duplicates", "keep"]),
    ];

    /// The case that is run over one document alone.
    const ONE: &str = "1 thread, one document";

    /// The case whose memory is held to [`GROWTH`]: the index of duplicates grows with what it holds.
    const BOUNDED: &str = "2 threads, duplicates kept";

    /// What a process took.
    #[derive(Clone, Copy)]
    struct Spent {
        cpu: f64,
        wall: f64,
        peak: u64,
    }

    pub(super) fn main() -> Result<ExitCode> {
        let arguments: Vec<String> = std::env::args().skip(1).collect();
        if let Some(part) = arguments.iter().position(|argument| argument == PART) {
            return run_part(&arguments[part + 1..]).map(|()| ExitCode::SUCCESS);
        }
        let mut sizes: Vec<f64> = arguments.iter().filter_map(|argument| argument.parse().ok()).collect();
        if sizes.is_empty() {
            sizes.push(MEGABYTES);
        }
        let mut grows = false;
        for kind in KINDS.into_iter().filter(|kind| wanted(kind)) {
            let mut peaks = Vec::new();
            for size in &sizes {
                let peak = table(kind, *size)?;
                peaks.extend((*size >= FULL).then_some(peak));
            }
            if let [least, .., most] = peaks[..] {
                let growth = most as f64 / least as f64;
                println!(
                    "  {BOUNDED}: peak memory grows to {growth:.2} of that of the first (at most {GROWTH})"
                );
                grows |= growth > GROWTH;
            }
        }
        Ok(if grows { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }

    /// Makes a corpus, runs all cases over it in turns, and prints the medians; the peak of the bounded case.
    fn table(kind: &str, megabytes: f64) -> Result<u64> {
        let dir = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
        let (input, one) = (dir.path().join("input"), dir.path().join("one"));
        for (folder, megabytes) in [(&input, megabytes), (&one, 1e-6)] {
            spent(part(&["make", kind, &megabytes.to_string(), &folder.display().to_string()])?)?;
        }
        let rounds = rounds();
        let mut readings = vec![Vec::with_capacity(rounds); CASES.len()];
        for _ in 0..rounds {
            for ((name, arguments), readings) in CASES.iter().zip(&mut readings) {
                let input = if *name == ONE { &one } else { &input };
                let command = match arguments {
                    [] => part(&["parse", &input.display().to_string()])?,
                    arguments => line(input, &dir.path().join("out.jsonl"), arguments),
                };
                readings.push(spent(command)?);
            }
        }
        println!("\n{kind}, {megabytes} MB (median of {rounds} rounds)");
        println!(
            "  {:<28} {:>8} {:>8} {:>8} {:>9} {:>10} {:>7}",
            "", "CPU s", "wall s", "peak MB", "MB/s CPU", "MB/s wall", "ratio"
        );
        let mut bounded = 0;
        let baseline = median(&readings[0], |spent| spent.cpu);
        for ((name, _), readings) in CASES.iter().zip(&readings) {
            let (cpu, wall) = (median(readings, |spent| spent.cpu), median(readings, |spent| spent.wall));
            let peak = readings.iter().map(|spent| spent.peak).max().unwrap_or(0);
            let rates =
                format!("{:>9.1} {:>10.1} {:>7.2}", megabytes / cpu, megabytes / wall, baseline / cpu);
            let rates = if *name == ONE { String::new() } else { rates };
            println!("  {name:<28} {cpu:>8.2} {wall:>8.2} {:>8.1} {rates}", peak as f64 / 1e6);
            bounded = if *name == BOUNDED { peak } else { bounded };
        }
        Ok(bounded)
    }

    fn median(readings: &[Spent], of: fn(&Spent) -> f64) -> f64 {
        let mut values: Vec<f64> = readings.iter().map(of).collect();
        values.sort_unstable_by(f64::total_cmp);
        values[values.len() / 2].max(1e-6)
    }

    /// The command itself.
    fn line(input: &Path, output: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gleaner"));
        command.arg("run").arg(input).arg("--output").arg(output).arg("--quiet").args(arguments);
        command
    }

    /// This program, to run a part of itself.
    fn part(arguments: &[&str]) -> Result<Command> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg(PART).args(arguments);
        Ok(command)
    }

    /// Runs a command to its end.
    fn spent(mut command: Command) -> Result<Spent> {
        let start = Instant::now();
        let done = command.stdin(Stdio::null()).spawn()?.wait4()?;
        let wall = start.elapsed().as_secs_f64();
        if !done.status.success() {
            return Err(Error::other(format!("{command:?} ended with {}", done.status)));
        }
        let cpu = (done.rusage.utime + done.rusage.stime).as_secs_f64();
        Ok(Spent { cpu, wall, peak: done.rusage.maxrss })
    }

    /// What runs in a process of its own: making a corpus, or reading it by scraper's parser.
    fn run_part(arguments: &[String]) -> Result<()> {
        match arguments {
            [make, kind, megabytes, dir] if make == "make" => {
                let ((kind, as_crawl), megabytes) = folder::kind(kind)
                    .zip(megabytes.parse::<f64>().ok())
                    .ok_or(Error::other("no such corpus"))?;
                folder::make((megabytes * 1e6) as usize, kind, as_crawl, Path::new(dir)).map(|_| ())
            }
            [parse, dir] if parse == "parse" => parse_all(PathBuf::from(dir)),
            _ => Err(Error::other("no such part")),
        }
    }

    /// Reads every document of a corpus and parses it; a text is only checked to be UTF-8, and cut into lines.
    fn parse_all(dir: PathBuf) -> Result<()> {
        let found = gleaner::find(&[dir.display().to_string()]).map_err(Error::other)?;
        for raw in gleaner::documents(found, &gleaner::ReadConfig::default()).flatten() {
            let text = String::from_utf8(raw.bytes).map_err(Error::other)?;
            if raw.origin.to_string().ends_with(".txt") {
                std::hint::black_box(text.lines().filter(|line| !line.trim().is_empty()).count());
            } else {
                std::hint::black_box(scraper::Html::parse_document(&text));
            }
        }
        Ok(())
    }
}
