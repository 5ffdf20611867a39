//! `gleaner rules test`: the rules of a file, tried on the lines that they say they cut and keep.
use super::Exit;
use super::run;
use super::say::plain;
use crate::model::Error;
use crate::rules::{Places, Rule, language_of, places};
use crate::{ExampleOf, Fault, RuleSet};
use std::collections::BTreeMap;
use std::path::Path;

/// Carries out `gleaner rules test`. An example that does not hold ends with 1.
pub(super) fn test(file: &Path, config: Option<&Path>) -> anyhow::Result<Exit> {
    let mut config = run::load(config, &[])?;
    config.strip.rules.retain(|other| other != file);
    config.strip.rules.push(file.to_path_buf());
    let rules = RuleSet::load(&config.strip.rules, &config.strip.without)?;
    let text = std::fs::read_to_string(file).map_err(|error| Error::io("read", file.display(), error))?;
    let (places, language) = (places(&text), language_of(file));
    let name = |id: &str| id.strip_prefix(&language)?.strip_prefix('/').map(str::to_string);
    let is_tried = |rule: &Rule| name(rule.id.as_str()).is_some_and(|name| places.contains_key(&name));
    let line = |fault: &Fault| name(fault.rule.as_str()).map_or(0, |name| line_of(&places, &name, fault));
    let mut faults: Vec<(usize, Fault)> =
        crate::faults(&rules, is_tried).into_iter().map(|fault| (line(&fault), fault)).collect();
    faults.sort_by_key(|(line, _)| *line);
    for (line, fault) in &faults {
        println!("{}:{line}: {}", plain(&file.display().to_string()), plain(&fault.to_string()));
    }
    let tried: Vec<&Rule> = rules.rules().iter().filter(|rule| is_tried(rule)).collect();
    let examples: usize = tried.iter().map(|rule| rule.cuts.len() + rule.keeps.len()).sum();
    let (held, failed) = (examples - faults.len(), faults.len());
    println!("{} rules: {held} examples hold, {failed} do not", tried.len());
    Ok(if faults.is_empty() { Exit::Ok } else { Exit::SomeFailed })
}

/// The line of the file in which the example begins.
fn line_of(places: &BTreeMap<String, Places>, name: &str, fault: &Fault) -> usize {
    let lines = places.get(name).map(|places| match fault.of {
        ExampleOf::Cuts => &places.cuts,
        ExampleOf::Keeps => &places.keeps,
    });
    lines.and_then(|lines| lines.get(fault.number)).copied().unwrap_or(0)
}
