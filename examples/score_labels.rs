//! Scores the stripping of texts whose lines are labelled:
//! `cargo run --example score_labels -- LABELS.jsonl FIELDS.json FOLDER` (see `fixtures/imaginary/README.md`).
//!
//! Prints every line that is judged wrongly, with the rule that did it, and every field that is not right.
#![allow(unreachable_pub, reason = "a test uses it too")]
use gleaner::model::{Declared, Document, Origin, RawDocument, Verdict};
use gleaner::{Config, Duplicates, RuleSet, Work};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

type Failed = Box<dyn std::error::Error>;

fn main() -> Result<(), Failed> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [labels, fields, folder] = arguments.as_slice() else {
        return Err("usage: score_labels LABELS.jsonl FIELDS.json FOLDER".into());
    };
    let [lines, bodies, fields] = score(Path::new(labels), Path::new(fields), Path::new(folder))?;
    println!("all: {lines} lines, {bodies} bodies, {fields} fields");
    Ok(())
}

/// Lines, bodies and fields that are right, of all texts together.
pub fn score(labels: &Path, fields: &Path, folder: &Path) -> Result<[Score; 3], Failed> {
    let mut by_file: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for line in std::fs::read_to_string(labels)?.lines() {
        let label: Value = serde_json::from_str(line)?;
        by_file.entry(text(&label["file"])).or_default().push(label);
    }
    let fields: Value = serde_json::from_str(&std::fs::read_to_string(fields)?)?;
    let rules = RuleSet::load(&[], &[])?;
    let mut sum = [Score::default(); 3];
    for (file, labels) in &by_file {
        let document = clean(&rules, &folder.join(file))?;
        let (lines, field) =
            (score_lines(&document, file, labels), score_fields(&document, file, &fields[file]));
        let body = Score { right: usize::from(lines.right == lines.of), of: 1 };
        println!("{file}: {lines} lines, {field} fields");
        for (sum, score) in sum.iter_mut().zip([lines, body, field]) {
            sum.right += score.right;
            sum.of += score.of;
        }
    }
    Ok(sum)
}

/// How many are right, of how many.
#[derive(Debug, Clone, Copy, Default)]
pub struct Score {
    /// Those that are right.
    pub right: usize,
    /// All.
    pub of: usize,
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.right, self.of)
    }
}

impl Score {
    fn add(&mut self, right: bool, wrong: impl FnOnce() -> String) {
        self.of += 1;
        self.right += usize::from(right);
        if !right {
            println!("  {}", wrong());
        }
    }
}

/// Cleans a text as a run without dedup does.
fn clean(rules: &RuleSet, path: &Path) -> Result<Document, Failed> {
    let origin = Origin::page(&path.display().to_string());
    let raw = RawDocument { origin, bytes: std::fs::read(path)?, declared: Declared::default() };
    let mut config = Config::default();
    config.dedup.duplicates = Duplicates::Keep;
    gleaner::clean(&config, rules, &raw, &mut Work::default())
        .map_err(|trouble| format!("{}: {trouble:?}", path.display()).into())
}

fn score_lines(document: &Document, file: &str, labels: &[Value]) -> Score {
    let mut score = Score::default();
    for label in labels {
        let block =
            document.blocks.iter().rfind(|block| u64::from(block.evidence.line) <= number(&label["line"]));
        let kept = block.is_some_and(|block| block.is_kept() && !block.body().is_empty());
        score.add(kept == (label["label"] == "keep"), || {
            let by = match block.map(|block| block.verdict()) {
                Some(Verdict::Cut(rule)) | Some(Verdict::Field(_, rule)) => rule.to_string(),
                _ => "kept".to_string(),
            };
            let (line, category) = (&label["line"], text(&label["category"]));
            format!("{file}:{line} {category} ({by}): {}", text(&label["text"]))
        });
    }
    score
}

fn score_fields(document: &Document, file: &str, expected: &Value) -> Score {
    let fields = &document.fields;
    let mut score = Score::default();
    let option = |value: &Option<String>| value.clone().into_iter().collect::<Vec<_>>();
    for (name, got) in [
        ("title", option(&fields.title)),
        ("authors", fields.authors.clone()),
        ("site", option(&fields.site)),
        ("agency", fields.agency.clone()),
        ("published_text", option(&fields.published)),
        ("updated_text", option(&fields.updated)),
        ("image_credits", fields.image_credits.clone()),
    ] {
        let expected = match &expected[name] {
            Value::Array(values) => values.iter().map(text).collect(),
            Value::Null => Vec::new(),
            value => vec![text(value)],
        };
        score.add(got == expected, || format!("{file} {name}: got {got:?}, expected {expected:?}"));
    }
    score
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_string()
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_default()
}
