//! Every rule proves itself on its own examples, and the tables keep their own laws.
use gleaner::model::language_codes;
use gleaner::rules::{LANGUAGES, Proof};
use gleaner::{Fault, RuleSet};
use std::collections::HashSet;

fn built_in() -> RuleSet {
    RuleSet::load(&[], &[]).expect("the built-in rules are sound")
}

#[test]
fn every_rule_cuts_its_cuts_and_no_strong_rule_what_one_keeps() {
    let faults: Vec<String> = gleaner::faults(&built_in(), |_| true).iter().map(Fault::to_string).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_table_is_that_of_a_language() {
    let codes: HashSet<&str> = language_codes().into_iter().collect();
    let unknown: Vec<&str> = LANGUAGES
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| *name != "any" && !codes.contains(name))
        .collect();
    assert!(unknown.is_empty(), "no codes of languages: {unknown:?}");
    assert!(LANGUAGES.len() > 20, "only {} tables", LANGUAGES.len());
}

#[test]
fn names_of_rules_are_unique_and_say_their_language() {
    let rules = built_in();
    let mut seen = HashSet::new();
    for rule in rules.rules() {
        assert!(seen.insert(rule.id.as_str()), "{} stands twice", rule.id);
        let (language, name) = rule.id.as_str().split_once('/').expect("language/name");
        assert!(LANGUAGES.iter().any(|(known, _)| *known == language), "{}", rule.id);
        assert!(
            name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'),
            "{}",
            rule.id
        );
        assert!(rule.summary.ends_with('.'), "{}: a summary is a sentence", rule.id);
    }
}

#[test]
fn strong_rules_show_what_they_keep() {
    // English is the language in depth: there, what a rule must not touch is written beside it.
    let rules = built_in();
    for rule in rules.rules().iter().filter(|rule| rule.proof == Proof::Strong) {
        if rule.id.as_str().starts_with("en/") {
            assert!(!rule.keeps.is_empty(), "{} has no example in keeps", rule.id);
        }
    }
}

#[test]
fn rules_speak_of_kinds_of_cruft_not_of_the_seeds() {
    // Publishers, people and places of the five seed texts: a rule that names one was fitted to them.
    const NAMES: &[&str] = &[
        "lbc",
        "thejournal",
        "the journal",
        "rnz",
        "mirror",
        "medinsky",
        "zelensk",
        "putin",
        "umerov",
        "istanbul",
        "dolmabah",
        "starmer",
        "rama",
        "fidan",
        "sybiga",
        "rubio",
        "soldatkin",
        "osborn",
        "jacob paul",
        "turkey",
        "kremlin",
        "ukraine",
        "russia",
        "prisoner",
    ];
    for (language, table) in LANGUAGES {
        let words: Vec<String> = table
            .to_lowercase()
            .split(|c: char| !c.is_alphanumeric() && c != '\'')
            .filter(|word| !word.is_empty())
            .map(str::to_string)
            .collect();
        let text = format!(" {} ", words.join(" "));
        for name in NAMES {
            assert!(!text.contains(&format!(" {name} ")), "{language}.toml names {name:?}");
        }
    }
}
