//! `gleaner diff`: what other settings or rules would change in a corpus, before anyone commits to them.
use super::Exit;
use super::args::{DiffArgs, When};
use super::progress::Progress;
use super::{run, say::plain, signals};
use crate::comparison::{Comparison, FieldChange, OutcomeChange, Sample, VerdictChange};
use crate::model::Error;
use crate::{Config, RuleSet, Side};
use anstyle::{AnsiColor, Style};
use std::io::{self, Write};
use std::path::Path;

/// The word for settings that nothing changes.
const DEFAULTS: &str = "defaults";

/// Characters of a sample that are shown; JSON has all of them.
const SHOWN: usize = 120;

const OLD: Style = AnsiColor::Red.on_default();
const NEW: Style = AnsiColor::Green.on_default();
const HEAD: Style = Style::new().bold();

/// Carries out `gleaner diff`. As with `diff`, 0 means that nothing changes, and 1 that something does.
pub(super) fn diff(args: &DiffArgs) -> anyhow::Result<Exit> {
    let (old, new) = (settings(args, &args.old)?, settings(args, &args.new)?);
    let rules = |config: &Config| RuleSet::load(&config.strip.rules, &config.strip.without);
    let (old_rules, new_rules) = (rules(&old)?, rules(&new)?);
    let found = crate::find(&args.inputs)?;
    let mut progress = Progress::new(When::Auto, false, run::total_bytes(&found), signals::Asked::default());
    let comparison = crate::compare(
        Side { config: &old, rules: &old_rules },
        Side { config: &new, rules: &new_rules },
        found,
        args.samples,
        &mut progress,
    );
    progress.done();
    let comparison = comparison?;
    let mut out = anstream::stdout().lock();
    if args.json {
        serde_json::to_writer_pretty(&mut out, &comparison)?;
        writeln!(out)?;
    } else {
        print(&mut out, &comparison)?;
    }
    Ok(if comparison.is_same() { Exit::Ok } else { Exit::SomeFailed })
}

/// The settings that a file means: a config is taken as it is, rules are added to the common settings.
fn settings(args: &DiffArgs, file: &Path) -> anyhow::Result<Config> {
    let mut config = if file == Path::new(DEFAULTS) {
        run::load(args.config.as_deref(), &[])?
    } else if holds_rules(file)? {
        run::load(args.config.as_deref(), &[file.to_path_buf()])?
    } else {
        Config::load(file)?
    };
    config.run.threads = args.threads.unwrap_or(config.run.threads);
    Ok(config)
}

/// Whether a file is one of rules: its tables say of what category they are, which no setting does.
fn holds_rules(file: &Path) -> Result<bool, Error> {
    let text = std::fs::read_to_string(file).map_err(|error| Error::io("read", file.display(), error))?;
    let tables: toml::Table = toml::from_str(&text).unwrap_or_default();
    Ok(tables.values().any(|table| table.get("category").is_some()))
}

fn print(out: &mut impl Write, found: &Comparison) -> io::Result<()> {
    let Comparison { documents, changed_documents, blocks, changed_blocks, changed_texts, .. } = found;
    writeln!(
        out,
        "{HEAD}{changed_documents} of {documents} documents change: {changed_blocks} of {blocks} blocks, \
         {changed_texts} texts{HEAD:#}"
    )?;
    if found.failed > 0 {
        writeln!(out, "{} more fail with both: nothing can be said of them", found.failed)?;
    }
    found.outcomes.iter().try_for_each(|change| outcome(out, change))?;
    found.verdicts.iter().try_for_each(|change| verdict(out, change))?;
    found.fields.iter().try_for_each(|change| field(out, change))?;
    if !found.rules.is_empty() {
        writeln!(out, "\n{HEAD}{:<32} {:>8} {:>8}{HEAD:#}", "lines by rule", "old", "new")?;
    }
    for count in &found.rules {
        writeln!(out, "{:<32} {:>8} {:>8}", plain(&count.rule), count.old, count.new)?;
    }
    Ok(())
}

fn outcome(out: &mut impl Write, change: &OutcomeChange) -> io::Result<()> {
    let OutcomeChange { old, new, documents, samples } = change;
    writeln!(out, "\n{OLD}{old}{OLD:#} -> {NEW}{new}{NEW:#}: {documents} documents")?;
    samples.iter().try_for_each(|source| writeln!(out, "  {}", plain(source)))
}

fn verdict(out: &mut impl Write, change: &VerdictChange) -> io::Result<()> {
    let VerdictChange { old, new, stretches, characters, samples } = change;
    let (old, new) = (plain(&old.to_string()), plain(&new.to_string()));
    writeln!(out, "\n{OLD}{old}{OLD:#} -> {NEW}{new}{NEW:#}: {stretches} lines, {characters} characters")?;
    for Sample { source, block, text, was } in samples {
        write!(out, "  {} block {block}: ", plain(source))?;
        if let Some(was) = was {
            write!(out, "{OLD}{}{OLD:#} -> ", shown(was))?;
        }
        writeln!(out, "{}", shown(text))?;
    }
    Ok(())
}

fn field(out: &mut impl Write, change: &FieldChange) -> io::Result<()> {
    writeln!(out, "\n{HEAD}{}{HEAD:#} changes: {} documents", change.field, change.documents)?;
    for sample in &change.samples {
        let (old, new) = (shown(&sample.old.to_string()), shown(&sample.new.to_string()));
        writeln!(out, "  {}: {OLD}{old}{OLD:#} -> {NEW}{new}{NEW:#}", plain(&sample.source))?;
    }
    Ok(())
}

/// The beginning of a text, safe to show.
fn shown(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    plain(&shown)
}
