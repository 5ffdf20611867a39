//! The walls of the house: which module may know of which, how long a file may be, how it begins.
mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use support::{files, repo};

/// Modules by floor. A module may name those of lower floors, never one of its own floor.
const FLOORS: &[&[&str]] = &[
    &["model"],
    &["config", "rules", "scorer", "wire"],
    &["read", "decode", "parse", "strip", "dedup", "write"],
    &["pipeline", "bench", "train"],
    &["cli"],
];

/// Lines of a file of code, at most. Tables of data are no files of code.
const MAX_LINES: usize = 600;

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

/// The module that a file of `src` belongs to.
fn module_of(path: &Path) -> String {
    let inside = path.strip_prefix(repo("src")).unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_string_lossy();
    first.trim_end_matches(".rs").to_string()
}

/// How many modules stand around the code of a file: 1 for `src/model/mod.rs`, 2 for `src/model/block.rs`.
fn depth_of(path: &Path) -> usize {
    let inside = path.strip_prefix(repo("src")).unwrap();
    inside.components().count() - usize::from(path.ends_with("mod.rs"))
}

/// The code of a file without its comments, and without the tests that end it. A module of tests in a file of its own is
/// named among the other modules, above the code.
fn code_of(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let tests = lines.windows(2).position(|pair| pair == ["#[cfg(test)]", "mod tests {"]);
    let code =
        lines[..tests.unwrap_or(lines.len())].iter().filter(|line| !line.trim_start().starts_with("//"));
    code.copied().collect::<Vec<_>>().join("\n")
}

/// First names after `crate::`, and after as many `super::` as lead out of every module around the code.
fn names_at_root(code: &str, depth: usize) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for root in ["crate::".to_string(), "super::".repeat(depth)] {
        for (at, _) in code.match_indices(&root) {
            let before = code[..at].chars().next_back();
            // `super::super::` is found once, at its first word; `$crate` and longer words are others.
            if !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
                first_names(&code[at + root.len()..], &mut names);
            }
        }
    }
    names
}

/// The first name of a path, or of each path of a list in braces.
fn first_names(path: &str, names: &mut BTreeSet<String>) {
    let word = |text: &str| -> String {
        text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    };
    let Some(list) = path.strip_prefix('{') else {
        names.insert(word(path));
        return;
    };
    let mut depth = 0;
    let mut start = 0;
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                names.insert(word(&list[start..at]));
                start = at + 1;
            }
            _ => {}
        }
        if c == '}' && depth == 0 && start == at + 1 {
            break;
        }
    }
    names.remove("");
}

fn sources() -> Vec<PathBuf> {
    files(&repo("src"), &["rs"])
}

#[test]
fn modules_point_one_way() {
    let mut wrong = Vec::new();
    for path in sources() {
        let module = module_of(&path);
        if module == "main" || module == "lib" {
            continue;
        }
        let Some(own) = floor(&module) else {
            wrong.push(format!("{}: module `{module}` stands on no floor; add it to FLOORS", path.display()));
            continue;
        };
        for name in names_at_root(&code_of(&fs::read_to_string(&path).unwrap()), depth_of(&path)) {
            // The command talks to people through the library's public names, as any user of it does.
            let allowed = name == module || module == "cli" || floor(&name).is_some_and(|floor| floor < own);
            if !allowed {
                wrong.push(format!("{}: `{module}` may not know of `{name}`", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "walls broken:\n{}", wrong.join("\n"));
}

#[test]
fn the_reader_of_imports_sees_every_shape() {
    let code = "use crate::model::{a, b};\nuse crate::{config::Config, write::{self, x}};\nlet x = crate::dedup::f();";
    let names: Vec<String> = names_at_root(code, 2).into_iter().collect();
    assert_eq!(names, ["config", "dedup", "model", "write"]);
    assert_eq!(names_at_root("use super::super::strip::x;", 2).into_iter().collect::<Vec<_>>(), ["strip"]);
    assert!(names_at_root("use super::x;", 2).is_empty());
    let file = "#[cfg(test)]\nmod brute;\nuse crate::read;\n#[cfg(test)]\nmod tests {\nuse crate::write;\n}";
    assert_eq!(names_at_root(&code_of(file), 1).into_iter().collect::<Vec<_>>(), ["read"]);
}

#[test]
fn no_file_is_too_long() {
    let mut long = Vec::new();
    for folder in ["src", "tests", "benches", "examples"] {
        for path in files(&repo(folder), &["rs"]) {
            let lines = fs::read_to_string(&path).unwrap().lines().count();
            if lines > MAX_LINES {
                long.push(format!("{}: {lines} lines", path.display()));
            }
        }
    }
    assert!(long.is_empty(), "longer than {MAX_LINES} lines:\n{}", long.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent: Vec<String> = sources()
        .into_iter()
        .filter(|path| !fs::read_to_string(path).unwrap().starts_with("//! "))
        .map(|path| path.display().to_string())
        .collect();
    assert!(silent.is_empty(), "these do not begin with `//! `:\n{}", silent.join("\n"));
}
