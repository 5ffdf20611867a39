//! `gleaner run` and `gleaner merge`: settings from file and arguments, the line, the summary.
use super::Exit;
use super::args::{JudgingArgs, LogFormat, MergeArgs, RunArgs, TalkArgs};
use super::progress::Progress;
use super::{say, signals};
use crate::model::{Result, RunReport, SkipReason};
use crate::{Config, CssSelector, Found, Outputs, RuleSet, RunConfig, TextFormat};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Failed inputs named on the screen; the report names all.
const NAMED_FAILURES: usize = 5;

/// Carries out `gleaner run`.
pub(super) fn run(args: &RunArgs) -> anyhow::Result<Exit> {
    let config = settings(args)?;
    let rules = RuleSet::load(&config.strip.rules, &config.strip.without)?;
    let outputs = args.beside.outputs(&args.output);
    fits_folder(args, &outputs)?;
    let settings = config.strip.rules.iter().chain(&args.settings.config);
    crate::pipeline::spare(settings.filter_map(|path| path.to_str()), &outputs)?;
    let found = crate::inputs(&args.inputs, &outputs)?;
    let bytes = total_bytes(&found);
    tell(args.talk, bytes, &outputs, |progress| match args.shard {
        None => crate::run(&config, &rules, found, &outputs, progress),
        Some(shard) => crate::run_shard(&config, &rules, found, shard, &outputs, progress),
    })
}

/// Carries out `gleaner merge`.
pub(super) fn merge(args: &MergeArgs) -> anyhow::Result<Exit> {
    let run = RunConfig { threads: args.threads, ..RunConfig::default() };
    let outputs = args.beside.outputs(&args.output);
    tell(args.talk, None, &outputs, |progress| crate::merge(&args.parts, &run, &outputs, progress))
}

/// Runs the line, over so many bytes, and says what became of everything.
fn tell(
    talk: TalkArgs,
    bytes: Option<u64>,
    outputs: &Outputs,
    line: impl FnOnce(&mut Progress) -> Result<RunReport>,
) -> anyhow::Result<Exit> {
    let start = Instant::now();
    let mut progress = Progress::new(talk.progress, talk.quiet, bytes, signals::Asked::listen()?);
    let report = line(&mut progress);
    progress.done();
    let report = report?;
    let seconds = start.elapsed().as_secs_f64();
    match talk.log_format {
        LogFormat::Text => {
            if !talk.quiet {
                eprintln!("{}", summary(&report, seconds));
            }
            name_failures(&report, outputs);
        }
        LogFormat::Json => log_as_json(&report, seconds, talk.quiet),
    }
    Ok(if report.failed > 0 { Exit::SomeFailed } else { Exit::Ok })
}

/// Refuses arguments that only a folder heeds, where the output is none. Those of a shard are for the folder that its
/// part is merged into.
fn fits_folder(args: &RunArgs, outputs: &Outputs) -> anyhow::Result<()> {
    let given = [("--format", args.format.is_some()), ("--shard-size", args.shard_size.is_some())];
    match given.iter().find(|(_, given)| *given && args.shard.is_none() && !outputs.is_folder()) {
        None => Ok(()),
        Some((name, _)) => anyhow::bail!(
            "{name} is for the files of an output folder, and {} is none: leave it out, or name a folder",
            outputs.data
        ),
    }
}

/// The config file's settings, with the arguments before them.
fn settings(args: &RunArgs) -> anyhow::Result<Config> {
    let mut config = load(args.settings.config.as_deref(), &args.settings.rules)?;
    if let Some(threads) = args.threads {
        config.run.threads = threads;
    }
    if let Some(duplicates) = args.duplicates {
        config.dedup.duplicates = duplicates.into();
    }
    if let Some(of) = args.duplicates_of {
        config.dedup.of = of.into();
    }
    if let Some(near) = args.near {
        config.dedup.near = near.into();
    }
    if let Some(languages) = &args.languages {
        config.parse.languages.clone_from(languages);
    }
    judge(&mut config, &args.judging);
    if args.state.is_some() {
        config.dedup.state.clone_from(&args.state);
    }
    config.strip.enabled &= !args.no_strip;
    choose(&mut config, &args.choice.select, &args.choice.drop);
    if args.markdown {
        config.write.text = TextFormat::Markdown;
    }
    if let Some(format) = &args.format {
        config.write.shard_format.clone_from(format);
    }
    if let Some(bytes) = args.shard_size {
        config.write.shard_bytes = bytes;
    }
    config.check("the command line")?;
    Ok(config)
}

/// The config file's settings, or the defaults, with more rule files.
pub(super) fn load(config: Option<&Path>, rules: &[PathBuf]) -> anyhow::Result<Config> {
    let mut config = config.map(Config::load).transpose()?.unwrap_or_default();
    config.strip.rules.extend(rules.iter().cloned());
    Ok(config)
}

/// Decodes and judges as the command line says.
pub(super) fn judge(config: &mut Config, args: &JudgingArgs) {
    config.decode.repair |= args.repair;
    if let Some(scorer) = args.scorer {
        config.strip.scorer = scorer.into();
    }
    if let Some(strictness) = args.strictness {
        config.strip.strictness = strictness;
    }
}

/// Adds the selectors of the command line to those of the config file.
pub(super) fn choose(config: &mut Config, select: &[CssSelector], drop: &[CssSelector]) {
    config.strip.select.extend_from_slice(select);
    config.strip.drop.extend_from_slice(drop);
}

/// Endings of files that hold more bytes than they have.
const PACKED: &[&str] = &["gz", "tgz", "zst", "bz2", "xz", "zip"];

/// Bytes to be read, where they are known: not of standard input, nor of what is compressed.
pub(super) fn total_bytes(found: &[Found]) -> Option<u64> {
    let packed = |path: &PathBuf| {
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        PACKED.contains(&ending.as_str())
    };
    found
        .iter()
        .map(|found| match found {
            Found::Source(source) => source.path.as_ref().filter(|path| !packed(path)).map(|_| source.bytes),
            Found::Trouble(_) => Some(0),
        })
        .sum()
}

/// One line that says what became of everything.
fn summary(report: &RunReport, seconds: f64) -> String {
    let counts = &report.counts;
    let skipped: u64 = report.skipped.values().sum();
    let mut line = format!(
        "{} documents: {} written, {} skipped, {} failed; {} blocks: {} kept, {} cut, {} to fields, {} duplicates",
        report.documents,
        report.ok,
        skipped,
        report.failed,
        counts.blocks,
        counts.kept,
        counts.cut,
        counts.field,
        counts.duplicate,
    );
    if counts.marked > 0 {
        line.push_str(&format!("; of those kept {} marked as repeats", counts.marked));
    }
    line.push_str(&format!(" ({:.1} MB in {seconds:.1} s)", report.bytes as f64 / 1e6));
    if report.documents == 0 {
        line.push_str("\nnothing to read: the inputs hold no files");
    } else if report.skipped.get(SkipReason::NothingKept.name()) == Some(&report.documents) {
        line.push_str("\nnothing was kept of any document: `gleaner show FILE` says why");
    }
    if let Some(count) = report.skipped.get(SkipReason::RunFile.name()) {
        line.push_str(&format!(
            "\n{count} of those skipped are files that earlier runs left beside their data: manifests, ledgers, reports"
        ));
    }
    line
}

/// Says the same as objects of JSON: each input that failed, and the sums.
fn log_as_json(report: &RunReport, seconds: f64, quiet: bool) {
    for row in report.troubles.iter().filter(|row| row.outcome == "failed") {
        say::json("failed", &serde_json::json!({ "source": row.source, "reason": row.reason }));
    }
    if !quiet {
        let sums = serde_json::json!({
            "documents": report.documents,
            "written": report.ok,
            "skipped": report.skipped,
            "failed": report.failed,
            "bytes": report.bytes,
            "seconds": seconds,
        });
        say::json("done", &sums);
    }
}

/// Names the first inputs that failed, and where the rest are named.
fn name_failures(report: &RunReport, outputs: &Outputs) {
    let failed = || report.troubles.iter().filter(|row| row.outcome == "failed");
    for row in failed().take(NAMED_FAILURES) {
        eprintln!("failed: {}: {}", say::plain(&row.source), say::plain(&row.reason));
    }
    let more = failed().count().saturating_sub(NAMED_FAILURES);
    if more > 0 {
        let place = outputs
            .report_path()
            .map_or("the report (--report FILE)".to_string(), |path| path.display().to_string());
        eprintln!("and {more} more, named in {place}");
    }
}
