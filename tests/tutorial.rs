//! The tutorial: its files are written, its commands run, and their output is what it shows.
//!
//! `GLEANER_BLESS=1 cargo test --test tutorial` writes what came out into the page: read the diff.
#![cfg(unix)]
mod support;

use std::fs;
use std::path::Path;
use std::process::Command;
use support::repo;

/// The page.
const PAGE: &str = "docs/tutorial.md";

/// Before a block that is a file, with its name after it.
const FILE: &str = "<!-- file: ";

/// What stands for anything within a line of output.
const ANYTHING: &str = "…";

/// A fenced block of the page: the line before it, the word behind its fence, and its lines' place.
struct Fenced<'a> {
    before: &'a str,
    kind: &'a str,
    start: usize,
    end: usize,
}

/// The fenced blocks of a page, with the numbers of their lines, the fences left out.
fn blocks<'a>(lines: &[&'a str]) -> Vec<Fenced<'a>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = (at..lines.len()).find(|&n| lines[n].starts_with("```")) {
        let end = (start + 1..lines.len()).find(|&n| lines[n] == "```").expect("a fence that closes");
        let before = if start > 0 { lines[start - 1] } else { "" };
        found.push(Fenced { before, kind: &lines[start][3..], start: start + 1, end });
        at = end + 1;
    }
    found
}

/// What a command prints in a folder, both outputs together, as on a terminal.
fn output(command: &str, folder: &Path) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_gleaner"));
    let path = std::env::var("PATH").unwrap_or_default();
    let done = Command::new("sh")
        .args(["-c", &format!("exec 2>&1\n{command}")])
        .env("PATH", format!("{}:{path}", program.parent().unwrap().display()))
        .env_remove("COLUMNS")
        .current_dir(folder)
        .output()
        .unwrap();
    String::from_utf8(done.stdout).unwrap()
}

/// Whether a line is what the page shows, where [`ANYTHING`] stands for anything.
fn fits(line: &str, shown: &str) -> bool {
    let mut parts = shown.split(ANYTHING);
    let Some(mut rest) = line.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let mut last = None;
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
        last = Some(part);
    }
    rest.is_empty() || last.is_some_and(|part| part.is_empty() || line.ends_with(part))
}

/// What came out, with what is another each time left out.
fn timeless(line: &str) -> String {
    let Some((head, rest)) = line.split_once(" MB in ") else { return line.to_string() };
    rest.split_once(' ').map_or(line.to_string(), |(_, tail)| format!("{head} MB in {ANYTHING} {tail}"))
}

/// Runs the commands of a block; the block as it should be, and whether it is so.
fn run(block: &[&str], folder: &Path) -> (Vec<String>, bool) {
    let (mut written, mut right) = (Vec::new(), true);
    let mut at = 0;
    while at < block.len() {
        let command = block[at].strip_prefix("$ ").expect("a block of commands begins with one");
        let next = (at + 1..block.len()).find(|&n| block[n].starts_with("$ ")).unwrap_or(block.len());
        let (shown, out) = (&block[at + 1..next], output(command, folder));
        let lines: Vec<&str> = out.lines().collect();
        let same =
            lines.len() == shown.len() && lines.iter().zip(shown).all(|(line, shown)| fits(line, shown));
        right &= same;
        written.push(block[at].to_string());
        match same {
            true => written.extend(shown.iter().map(|line| line.to_string())),
            false => written.extend(lines.iter().map(|line| timeless(line))),
        }
        at = next;
    }
    (written, right)
}

#[test]
fn the_tutorial_shows_what_its_commands_do() {
    let page = fs::read_to_string(repo(PAGE)).unwrap();
    let lines: Vec<&str> = page.lines().collect();
    let folder = tempfile::tempdir().unwrap();
    let (mut written, mut wrong, mut copied, mut commands) = (Vec::new(), Vec::new(), 0, 0);
    for block in blocks(&lines) {
        let inside = &lines[block.start..block.end];
        if let Some(name) = block.before.strip_prefix(FILE).and_then(|rest| rest.strip_suffix(" -->")) {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, inside.join("\n") + "\n").unwrap();
        } else if block.kind == "console" {
            let (now, right) = run(inside, folder.path());
            commands += now.iter().filter(|line| line.starts_with("$ ")).count();
            if !right {
                wrong.push(format!("{PAGE}, line {}: there came\n{}", block.start, now.join("\n")));
            }
            written.extend(lines[copied..block.start].iter().map(|line| line.to_string()));
            written.extend(now);
            copied = block.end;
        }
    }
    assert!(commands > 10, "the tutorial has commands");
    if std::env::var("GLEANER_BLESS").is_ok_and(|value| value == "1") {
        written.extend(lines[copied..].iter().map(|line| line.to_string()));
        fs::write(repo(PAGE), written.join("\n") + "\n").unwrap();
    } else {
        assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    }
}

#[test]
fn what_is_left_out_stands_for_anything_within_its_line() {
    assert!(fits("a 0.1 s) b", "a … s) b") && fits("same", "same") && fits("a b", "…"));
    assert!(!fits("a 0.1 s) c", "a … s) b") && !fits("more", "same") && !fits("same and more", "same"));
    assert_eq!(timeless("(0.0 MB in 0.1 s)"), "(0.0 MB in … s)");
}
