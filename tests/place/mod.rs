//! A folder to run the command in, and what to ask of what it wrote.
#![allow(dead_code, unreachable_pub, reason = "each test program uses a part of this")]
use super::support::{Said, gleaner};
use serde_json::Value;
use std::fs;
use std::path::PathBuf;

/// A text that is kept by any rules.
pub const PROSE: &str = "The council voted on Monday to repair the old stone bridge before the winter.\n\n\
                     Work is to begin in March and will take about seven months, the mayor said.\n";

/// A paragraph of its own for each number, which is no near-duplicate of another.
pub fn paragraph(n: u64) -> String {
    let words =
        ["harbour", "mayor", "storm", "river", "market", "winter", "engine", "school", "garden", "letter"];
    let mut state = n + 1;
    let mut draw = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        words[(state >> 33) as usize % words.len()]
    };
    let sentence: Vec<&str> = (0..20).map(|_| draw()).collect();
    format!("The council said that {} was in the report of day {n}.", sentence.join(" "))
}

/// A folder with one good text in it.
pub struct Place {
    /// The folder.
    pub dir: tempfile::TempDir,
}

impl Place {
    pub fn new() -> Place {
        let place = Place { dir: tempfile::tempdir().unwrap() };
        place.put("in/good.txt", PROSE.as_bytes());
        place
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn put(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    /// `gleaner run in --output out.jsonl` with more arguments, in this folder.
    pub fn run(&self, more: &[&str]) -> Said {
        let mut arguments = vec!["run", "in", "--output", "out.jsonl"];
        arguments.extend(more);
        self.say(&arguments)
    }

    /// `gleaner run` over these inputs, into `out.jsonl`.
    pub fn run_over(&self, inputs: &[&str]) -> Said {
        self.say(&[&["run", "--output", "out.jsonl"], inputs].concat())
    }

    pub fn say(&self, arguments: &[&str]) -> Said {
        let said = Said::from(gleaner(arguments).current_dir(self.dir.path()).output().unwrap());
        assert!(!said.err.contains("panicked"), "{}", said.err);
        said
    }

    pub fn report(&self) -> Value {
        serde_json::from_slice(&fs::read(self.path("out.report.json")).unwrap()).unwrap()
    }

    pub fn records(&self) -> Vec<Value> {
        let text = fs::read_to_string(self.path("out.jsonl")).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    pub fn sources(&self) -> Vec<String> {
        self.records().iter().map(|record| record["source"].as_str().unwrap().to_string()).collect()
    }

    /// The run ended with this code, the good text is written, and this input ended so.
    pub fn ended(&self, said: &Said, code: i32, source: &str, outcome: &str, reason: &str) {
        assert_eq!(said.code, code, "{}", said.err);
        assert_eq!(self.sources(), ["in/good.txt"]);
        let report = self.report();
        let rows = report["troubles"].as_array().unwrap();
        let row = rows
            .iter()
            .find(|row| row["source"] == source)
            .unwrap_or_else(|| panic!("no {source}: {report}"));
        assert_eq!(row["outcome"], outcome);
        assert!(row["reason"].as_str().unwrap().contains(reason), "{row}");
    }
}
