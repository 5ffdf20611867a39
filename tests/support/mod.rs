//! What several tests need: the command, runs through the library, and files of this repository.
#![allow(dead_code, unreachable_pub, reason = "each test program uses a part of this")]
use gleaner::model::{Declared, Document, Origin, RawDocument, RunReport};
use gleaner::{Config, Observer, Outputs, RuleSet, Work};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

/// A file of this repository.
pub fn repo(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// All files of a folder with one of these endings, in order of their paths.
pub fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name();
    let paths = entries.into_iter().map(|entry| entry.unwrap().into_path());
    let named = |path: &PathBuf| path.extension().is_some_and(|ending| endings.iter().any(|e| ending == *e));
    paths.filter(|path| path.is_file() && named(path)).collect()
}

/// Every document among the fixtures and seeds: what is to be cleaned, not what is expected of it.
pub fn all_fixtures() -> Vec<PathBuf> {
    let mut all = files(&repo("seeds"), &["txt"]);
    all.extend(files(&repo("fixtures"), &["txt", "html"]));
    let expected = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy();
        name.ends_with(".expected.txt") || name == "pending.txt"
    };
    all.retain(|path| !expected(path));
    all
}

/// The command, without a terminal at any end.
pub fn gleaner(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gleaner"));
    command.args(arguments).stdin(Stdio::null()).env_remove("COLUMNS").env_remove("RUST_BACKTRACE");
    command
}

/// What a command said and how it ended.
pub struct Said {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl From<Output> for Said {
    fn from(output: Output) -> Said {
        Said {
            code: output.status.code().expect("ended by a signal"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// Runs the command to its end. It must never panic.
pub fn say(arguments: &[&str]) -> Said {
    let said = Said::from(gleaner(arguments).output().unwrap());
    assert!(!said.err.contains("panicked"), "{}", said.err);
    said
}

struct Silent;

impl Observer for Silent {
    fn progress(&mut self, _documents: u64, _bytes: u64) {}
}

/// The rules built in, compiled once.
pub fn rules() -> &'static RuleSet {
    static RULES: LazyLock<RuleSet> = LazyLock::new(|| RuleSet::load(&[], &[]).unwrap());
    &RULES
}

/// Runs the whole line over a folder through the library.
pub fn run(config: &Config, rules: &RuleSet, input: &Path, output: &Path) -> RunReport {
    let found = gleaner::find(&[input.display().to_string()]).unwrap();
    let outputs = Outputs { data: output.display().to_string(), ..Outputs::default() };
    gleaner::run(config, rules, found, &outputs, &mut Silent).unwrap()
}

/// Cleans one document through the library; none if it is passed over.
pub fn clean(config: &Config, rules: &RuleSet, name: &str, bytes: &[u8]) -> Option<Document> {
    let raw =
        RawDocument { origin: Origin::page(name), bytes: bytes.to_vec(), declared: Declared::default() };
    gleaner::clean(config, rules, &raw, &mut Work::default()).ok()
}
