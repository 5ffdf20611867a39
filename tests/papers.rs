//! The papers: usage, ledger rows, defaults and links say what is true.
//!
//! `GLEANER_BLESS=1 cargo test --test papers` writes the present usage into its pages, and the settings into their page.
mod support;

use gleaner::rules::{Rule, RuleFile};
use gleaner::{Config, RuleSet};
use std::fs;
use std::path::PathBuf;
use support::{gleaner, repo, say};

/// The pages of the repository: those beside the README, and those in `docs`.
fn pages() -> Vec<PathBuf> {
    let folders = [repo("."), repo("docs")].into_iter();
    let entries = folders.flat_map(|folder| fs::read_dir(folder).unwrap()).map(|entry| entry.unwrap().path());
    entries.filter(|path| path.extension().is_some_and(|ending| ending == "md")).collect()
}

/// A fenced block after a mark such as `<!-- defaults -->`: its start and end in the page, without the fences.
fn block_after(page: &str, mark: &str) -> (usize, usize) {
    let open = page.find(mark).unwrap_or_else(|| panic!("no {mark}")) + mark.len();
    let fence = open + page[open..].find("```").unwrap();
    let start = fence + page[fence..].find('\n').unwrap() + 1;
    (start, start + page[start..].find("```").unwrap())
}

fn read(page: &str) -> String {
    fs::read_to_string(repo(page)).unwrap()
}

/// Whether pages are to be written anew instead of compared.
fn is_blessed() -> bool {
    std::env::var("GLEANER_BLESS").is_ok_and(|value| value == "1")
}

/// Marks such as `<!-- help run -->`, each with its words after `help`.
fn help_marks(page: &str) -> Vec<(String, Vec<String>)> {
    let starts = page.match_indices("<!-- help").map(|(at, _)| &page[at..]);
    let marks = starts.map(|rest| &rest[..rest.find("-->").unwrap() + 3]);
    marks
        .map(|mark| {
            let words = mark.trim_start_matches("<!-- help").trim_end_matches("-->").split_whitespace();
            (mark.to_string(), words.map(str::to_string).collect())
        })
        .collect()
}

/// Lines without blanks at their ends.
fn trimmed(text: &str) -> String {
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim().to_string()
}

/// Holds every help that a page shows against what the command says, or writes it anew; the commands that it shows.
fn check_help(name: &str) -> Vec<String> {
    let mut page = read(name);
    let marks = help_marks(&page);
    for (mark, words) in &marks {
        let mut arguments: Vec<&str> = words.iter().map(String::as_str).collect();
        arguments.push("--help");
        let said = say(&arguments);
        assert_eq!(said.code, 0, "{}", said.err);
        let (start, end) = block_after(&page, mark);
        if is_blessed() {
            page.replace_range(start..end, &format!("{}\n", trimmed(&said.out)));
            fs::write(repo(name), &page).unwrap();
        } else {
            assert_eq!(trimmed(&page[start..end]), trimmed(&said.out), "{name}, {mark}");
        }
    }
    marks.into_iter().map(|(_, words)| words.join(" ")).collect()
}

#[test]
fn shown_usage_is_what_help_says() {
    assert_eq!(check_help("README.md"), [""]);
    let shown = check_help("docs/usage.md");
    let help = say(&["--help"]).out;
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let commands = commands.map_while(|line| line.split_whitespace().next());
    let missing: Vec<&str> =
        commands.filter(|name| *name != "help" && !shown.iter().any(|shown| shown == name)).collect();
    assert!(missing.is_empty(), "docs/usage.md does not show {missing:?}");
}

#[test]
fn defaults_in_the_help_are_the_real_ones() {
    let default = Config::default();
    let help = say(&["run", "--help"]).out.split_whitespace().collect::<Vec<_>>().join(" ");
    for (option, value) in [
        ("--format <", default.write.shard_format),
        ("--shard-size <", format!("{}M", default.write.shard_bytes >> 20)),
        ("--strictness <", default.strip.strictness.to_string()),
    ] {
        let (_, said) = help.split_once(option).unwrap();
        let (_, said) = said.split_once("[default: ").unwrap();
        assert!(said.starts_with(&format!("{value}]")), "{option}: {}", &said[..20]);
    }
}

#[test]
fn readme_shows_what_a_run_over_the_seeds_does() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("seeds.jsonl");
    let done = gleaner(&["run", "seeds", "--quiet", "--output"])
        .arg(&out)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(done.status.success());
    let page = read("README.md");
    let shown = |mark: &str| {
        let (start, end) = block_after(&page, mark);
        page[start..end].trim().to_string()
    };
    let seed = "seeds/004_f9e9943e9bef2e6a.txt";
    assert!(read(seed).starts_with(&shown(&format!("<!-- before: {seed} -->"))));
    let text = fs::read_to_string(&out).unwrap();
    let records = text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let record = records.into_iter().find(|record| record["source"] == seed).unwrap();
    assert!(record["text"].as_str().unwrap().starts_with(&shown(&format!("<!-- after: {seed} -->"))));
    let ledger = fs::read_to_string(dir.path().join("seeds.removed.jsonl")).unwrap();
    for row in shown("<!-- ledger -->").lines() {
        assert!(
            ledger.lines().any(|line| line == row),
            "README.md shows a row that the ledger does not have: {row}"
        );
    }
}

#[test]
fn the_page_of_settings_shows_the_file_that_init_writes() {
    let mut page = read("docs/config.md");
    let (start, end) = block_after(&page, "<!-- defaults -->");
    if is_blessed() {
        page.replace_range(start..end, Config::TEMPLATE);
        fs::write(repo("docs/config.md"), &page).unwrap();
    } else {
        assert_eq!(&page[start..end], Config::TEMPLATE, "docs/config.md");
    }
}

/// What is in the first cells of the table under a heading, which are code.
fn first_cells(page: &str, heading: &str) -> Vec<String> {
    let start = page.find(heading).unwrap_or_else(|| panic!("no {heading}")) + heading.len();
    let lines = page[start..].lines().take_while(|line| !line.starts_with("## "));
    let cells =
        lines.skip_while(|line| !line.starts_with("| ---")).filter_map(|line| line.strip_prefix("| `"));
    let mut cells: Vec<String> = cells.map(|cell| cell[..cell.find('`').unwrap()].to_string()).collect();
    cells.sort();
    cells
}

/// The rules of a file of this text, or why they are refused.
fn rules_of(text: &str) -> Result<RuleSet, String> {
    let file = RuleFile { path: "paper.toml".into(), text: text.to_string() };
    RuleSet::with(&[file], &[]).map_err(|error| error.to_string())
}

/// The words that would have been right, as the refusal of a rule with this line lists them.
fn right_words(line: &str, before: &str) -> Vec<String> {
    let head = "[a]\nsummary = \"s\"\ncuts = [\"x\"]\nline = [\"x\"]\n";
    let category = if line.starts_with("category") { "" } else { "category = \"nav\"\n" };
    let refusal = rules_of(&format!("{head}{category}{line}\n")).err().expect("a line that is refused");
    let list = &refusal[refusal.find(before).unwrap_or_else(|| panic!("{refusal}")) + before.len()..];
    let mut words: Vec<String> =
        list.trim().split(", ").map(|word| word.trim_matches('`').to_string()).collect();
    words.sort();
    words
}

#[test]
fn the_page_of_rules_has_all_that_a_rule_can_say() {
    let page = read("docs/rules.md");
    let expected = "expected one of ";
    assert_eq!(first_cells(&page, "## Keys"), right_words("no_key = 1", expected));
    assert_eq!(first_cells(&page, "## Proofs"), right_words("proof = \"no\"", expected));
    assert_eq!(first_cells(&page, "## Fields"), right_words("field = \"no\"", "the fields are "));
    assert_eq!(first_cells(&page, "## Categories"), right_words("category = \"no\"", expected));
    let least = "[a]\ncategory = \"nav\"\nsummary = \"s\"\nline = [\"x\"]\ncuts = [\"x\"]\n";
    let most_words = rules_of(least).unwrap().rules().last().unwrap().max_words;
    assert!(page.contains(&format!("{most_words} unless given")));
    let (start, end) = block_after(&page, "<!-- example -->");
    let rules = rules_of(&page[start..end]).unwrap();
    let is_own = |rule: &Rule| rule.id.as_str() == "paper/photo-desk";
    assert!(rules.rules().iter().any(is_own));
    assert!(gleaner::faults(&rules, is_own).is_empty());
}

#[test]
fn links_lead_to_files_that_exist() {
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        for (at, _) in text.match_indices("](") {
            let target = text[at + 2..].split([')', '#']).next().unwrap();
            let outside = target.is_empty() || target.contains("://");
            assert!(outside || page.with_file_name(target).exists(), "{} links to {target}", page.display());
        }
    }
}
