//! What each rule hits on labelled lines: `cargo run --release --example rule_hits -- LINES.jsonl [WORD]...`
//!
//! A line of the file is an object with `site`, `view` and `lines`, a list of `[text, label]`, where the label `d`
//! is cruft, `k` is text and anything else is left out. Words choose rules (`en/by`) or views (`view=rp-main`);
//! `keeps` shows the kept lines that a rule hits, `drops` some of the others, `all` takes weak rules in; `report`
//! lists only the rules that hit text, and names those that never hit anything, by language.
use gleaner::RuleSet;
use gleaner::rules::{Proof, Rule};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

/// Lines shown for a rule.
const SHOWN: usize = 12;

/// What a rule hit.
#[derive(Default)]
struct Tally {
    drops: BTreeMap<String, usize>,
    keeps: BTreeMap<String, usize>,
    sites: BTreeSet<String>,
}

/// What the words of the command line ask for.
struct Wish {
    view: Option<String>,
    rule: Option<String>,
    keeps: bool,
    drops: bool,
    all: bool,
    report: bool,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut words = std::env::args().skip(1);
    let path = words.next().ok_or("name a file of labelled lines")?;
    let words: Vec<String> = words.collect();
    let has = |word: &str| words.iter().any(|known| known == word);
    let wish = Wish {
        view: words.iter().find_map(|word| word.strip_prefix("view=")).map(str::to_string),
        rule: words.iter().find(|word| word.contains('/')).cloned(),
        keeps: has("keeps"),
        drops: has("drops"),
        all: has("all"),
        report: has("report"),
    };
    let start = Instant::now();
    let rules = RuleSet::load(&[], &[])?;
    println!("{} rules compiled in {:.1} ms", rules.rules().len(), start.elapsed().as_secs_f64() * 1e3);
    report(&rules, &std::fs::read_to_string(path)?, &wish)
}

fn report(rules: &RuleSet, text: &str, wish: &Wish) -> Result<(), Box<dyn std::error::Error>> {
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    let (mut lines, mut bytes, mut spent) = (0_usize, 0_usize, Duration::ZERO);
    // Lines hit by at least one strong rule: cruft, text.
    let mut strong = (0_usize, 0_usize);
    for document in text.lines() {
        let document: Value = serde_json::from_str(document)?;
        let of = |key: &str| document[key].as_str().unwrap_or_default().to_string();
        if wish.view.as_ref().is_some_and(|view| *view != of("view")) {
            continue;
        }
        let site = of("site");
        for line in document["lines"].as_array().ok_or("a document without lines")? {
            let (text, label) = (line[0].as_str().unwrap_or_default(), line[1].as_str().unwrap_or_default());
            // The first time, expressions are compiled: only the second is the rules' own speed.
            let first = found(rules, text);
            let now = Instant::now();
            let found = found(rules, text);
            debug_assert_eq!(first.len(), found.len());
            spent += now.elapsed();
            lines += 1;
            bytes += text.len();
            if !matches!(label, "d" | "k") {
                continue;
            }
            if found.iter().any(|rule| rule.proof == Proof::Strong) {
                *if label == "d" { &mut strong.0 } else { &mut strong.1 } += 1;
            }
            for rule in found {
                let tally = tallies.entry(rule.id.as_str()).or_default();
                let side = if label == "d" { &mut tally.drops } else { &mut tally.keeps };
                *side.entry(text.to_string()).or_default() += 1;
                tally.sites.insert(site.clone());
            }
        }
    }
    print_rules(rules, &tallies, wish);
    if wish.report {
        print_never_hit(rules, &tallies);
    }
    println!(
        "strong rules: {} lines of cruft, {} of text; {:.2} microseconds a line, {:.0} MB/s",
        strong.0,
        strong.1,
        spent.as_secs_f64() * 1e6 / lines as f64,
        bytes as f64 / 1e6 / spent.as_secs_f64()
    );
    Ok(())
}

/// The rules that fit a line as a whole or take a part of it.
fn found<'a>(rules: &'a RuleSet, text: &str) -> Vec<&'a Rule> {
    let words = text.split_whitespace().count();
    let mut found: Vec<&Rule> = rules.hits(text, words).into_iter().map(|hit| hit.rule).collect();
    let parts = rules.parts(text, words).into_iter().map(|part| part.rule);
    found.extend(parts.filter(|rule| words <= rule.max_words));
    found.sort_by_key(|rule| rule.id.as_str());
    found.dedup_by_key(|rule| rule.id.as_str());
    found
}

fn print_rules(rules: &RuleSet, tallies: &BTreeMap<&str, Tally>, wish: &Wish) {
    println!("{:<34} {:<6} {:>6} {:>6} {:>5} {:>9}", "rule", "proof", "drops", "keeps", "sites", "precision");
    let none = Tally::default();
    for rule in rules.rules() {
        let id = rule.id.as_str();
        if !wish.all && rule.proof == Proof::Weak || wish.rule.as_ref().is_some_and(|wanted| wanted != id) {
            continue;
        }
        let tally = tallies.get(id).unwrap_or(&none);
        if wish.report && tally.keeps.is_empty() {
            continue;
        }
        let (drops, keeps) = (tally.drops.values().sum::<usize>(), tally.keeps.values().sum::<usize>());
        let proof = format!("{:?}", rule.proof).to_lowercase();
        let precision = drops as f64 / (drops + keeps).max(1) as f64;
        println!("{id:<34} {proof:<6} {drops:>6} {keeps:>6} {:>5} {precision:>9.3}", tally.sites.len());
        if wish.keeps {
            print_lines("keep", &tally.keeps);
        }
        if wish.drops {
            print_lines("drop", &tally.drops);
        }
    }
}

/// Names the rules that hit nothing, by language.
fn print_never_hit(rules: &RuleSet, tallies: &BTreeMap<&str, Tally>) {
    let mut never: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut of_language: BTreeMap<&str, usize> = BTreeMap::new();
    for rule in rules.rules() {
        let (language, name) = rule.id.as_str().split_once('/').unwrap_or(("", rule.id.as_str()));
        *of_language.entry(language).or_default() += 1;
        if !tallies.contains_key(rule.id.as_str()) {
            never.entry(language).or_default().push(name);
        }
    }
    for (language, all) in of_language {
        let names = never.remove(language).unwrap_or_default();
        println!("never hit: {language} {} of {all}: {}", names.len(), names.join(" "));
    }
}

fn print_lines(label: &str, lines: &BTreeMap<String, usize>) {
    let mut often: Vec<(&String, &usize)> = lines.iter().collect();
    often.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    for (line, count) in often.into_iter().take(SHOWN) {
        println!("    {label} {count:>4} {line}");
    }
}
