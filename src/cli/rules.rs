//! `gleaner rules`: all rules in a list, or one with its reason and its examples.
use super::Exit;
use super::args::{RulesArgs, RulesCommand};
use super::{rules_test, run};
use crate::rules::{Action, Proof, Rule};
use crate::{JUDGES, RuleSet};
use anstyle::Style;
use std::io::Write;

const HEAD: Style = Style::new().bold();

/// Carries out `gleaner rules`.
pub(super) fn rules(args: &RulesArgs) -> anyhow::Result<Exit> {
    if let Some(RulesCommand::Test { file, config }) = &args.command {
        return rules_test::test(file, config.as_deref());
    }
    let config = run::load(args.settings.config.as_deref(), &args.settings.rules)?;
    let set = RuleSet::load(&config.strip.rules, &config.strip.without)?;
    let mut out = anstream::stdout().lock();
    match &args.id {
        None => list(&mut out, &set)?,
        Some(id) => {
            let rule = set.rules().iter().find(|rule| rule.id.as_str() == id);
            // The ledger has the user's selector after `user/drop: `.
            let name = id.split(": ").next().unwrap_or(id);
            let judged = JUDGES.iter().flat_map(|judge| judge.rules).find(|rule| rule.id == name);
            match (rule, judged) {
                (Some(rule), _) => one(&mut out, rule)?,
                (None, Some(rule)) => writeln!(out, "{HEAD}{}{HEAD:#}\n{}", rule.id, rule.summary)?,
                (None, None) => anyhow::bail!("no rule is called {id:?}; `gleaner rules` lists them all"),
            }
        }
    }
    Ok(Exit::Ok)
}

fn list(out: &mut impl Write, set: &RuleSet) -> std::io::Result<()> {
    writeln!(out, "{HEAD}Rules of words{HEAD:#}")?;
    for rule in set.rules() {
        writeln!(out, "{:32} {}", rule.id.as_str(), rule.summary)?;
    }
    writeln!(out, "\n{HEAD}Rules of context{HEAD:#}")?;
    for rule in JUDGES.iter().flat_map(|judge| judge.rules) {
        writeln!(out, "{:32} {}", rule.id, rule.summary)?;
    }
    Ok(())
}

fn one(out: &mut impl Write, rule: &Rule) -> std::io::Result<()> {
    writeln!(out, "{HEAD}{}{HEAD:#}\n{}", rule.id, rule.summary)?;
    if !rule.reason.is_empty() {
        writeln!(out, "{}", rule.reason)?;
    }
    writeln!(out, "\n{}; {}.", action(rule), proof(rule.proof))?;
    let patterns = &rule.patterns;
    let lists = [
        ("the block is", &patterns.line),
        ("the block begins with", &patterns.start),
        ("the block ends with", &patterns.end),
        ("the block matches", &patterns.regex),
        ("a part of the block matches", &patterns.part),
        ("cuts", &rule.cuts),
        ("keeps", &rule.keeps),
    ];
    for (title, lines) in lists.iter().filter(|(_, lines)| !lines.is_empty()) {
        writeln!(out, "\n{HEAD}{title}{HEAD:#}")?;
        for line in *lines {
            writeln!(out, "  {line}")?;
        }
    }
    Ok(())
}

fn action(rule: &Rule) -> String {
    let what = if rule.patterns.part.is_empty() { "The block" } else { "The part" };
    match rule.action {
        Action::Cut => format!("{what} is cut"),
        Action::Field(field) => format!("{what} becomes the field {field}"),
    }
}

fn proof(proof: Proof) -> &'static str {
    match proof {
        Proof::Strong => "the words alone are proof",
        Proof::Edge => "the words are proof outside the running text only",
        Proof::Weak => "the words are a hint for the judges of context",
    }
}
