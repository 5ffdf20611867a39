//! Cleans labelled texts with the table of the fold that each is in: JSON Lines of `{"id", "fold", "lines": [[text,
//! ...], ...]}` on standard input, `{"id", "keep": [0 or 1 a line]}` on standard output.
//!
//!     clean_texts FOLDS [STRICTNESS] < LABELLED.jsonl > KEPT.jsonl
//!
//! FOLDS is a folder that `scripts/train/train.py` wrote: `text.N.json` for each fold N.
use rayon::prelude::*;
use std::io::{BufRead, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("usage: clean_texts FOLDS [STRICTNESS] < LABELLED > KEPT")?;
    let mut config = gleaner::StripConfig::default();
    if let Some(strictness) = arguments.next() {
        config.strictness = strictness.parse()?;
    }
    let mut tables = Vec::new();
    while let Ok(table) = std::fs::read_to_string(format!("{folder}/text.{}.json", tables.len())) {
        tables.push(gleaner::train::TextTable::new(&table)?);
    }
    let rules = gleaner::RuleSet::load(&[], &[])?;
    let lines: Vec<String> = std::io::stdin().lock().lines().collect::<Result<_, _>>()?;
    let kept: Vec<Result<String, String>> = lines
        .par_iter()
        .map(|line| {
            let document: serde_json::Value =
                serde_json::from_str(line).map_err(|error| error.to_string())?;
            let fold = document["fold"].as_u64().and_then(|fold| tables.get(fold as usize));
            let texts: Vec<String> = document["lines"]
                .as_array()
                .ok_or("no lines")?
                .iter()
                .map(|line| line[0].as_str().unwrap_or_default().replace('\n', " "))
                .collect();
            let text = texts.iter().fold(String::new(), |all, line| all + line + "\n");
            let kept =
                fold.ok_or("no such fold")?.kept(&text, &config, &rules).ok_or("a text that is none")?;
            let mut kept = kept.into_iter();
            let keep: Vec<u8> = texts
                .iter()
                .map(|text| u8::from(!text.trim().is_empty() && kept.next().unwrap_or_default()))
                .collect();
            Ok(serde_json::json!({"id": document["id"], "keep": keep}).to_string())
        })
        .collect();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in kept {
        writeln!(out, "{}", line?)?;
    }
    Ok(())
}
