//! Cleans pages with the tables of the fold that each is in: JSON Lines of `{"id", "source", "fold", "html"}` on
//! standard input, `{"id", "source", "text", "title", "author", "date"}` on standard output.
//!
//!     clean_pages FOLDS < PAGES.jsonl > CLEANED.jsonl
//!
//! FOLDS is a folder that `scripts/train/pages.py` wrote: `first.N.json` and `second.N.json` for each fold N.
use rayon::prelude::*;
use std::io::{BufRead, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: clean_pages FOLDS < PAGES.jsonl > CLEANED.jsonl")?;
    let mut tables = Vec::new();
    while let Ok(first) = std::fs::read_to_string(format!("{folder}/first.{}.json", tables.len())) {
        let second = std::fs::read_to_string(format!("{folder}/second.{}.json", tables.len()))?;
        tables.push(gleaner::train::PageTables::new(&first, &second)?);
    }
    let rules = gleaner::RuleSet::load(&[], &[])?;
    let lines: Vec<String> = std::io::stdin().lock().lines().collect::<Result<_, _>>()?;
    let cleaned: Vec<Result<String, String>> = lines
        .par_iter()
        .map(|line| {
            let page: serde_json::Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
            let fold =
                page["fold"].as_u64().and_then(|fold| tables.get(fold as usize)).ok_or("no such fold")?;
            let record = fold.clean(page["html"].as_str().unwrap_or_default(), &rules);
            let date = record
                .as_ref()
                .and_then(|record| record.created.clone())
                .map(|date| date.chars().take(10).collect::<String>());
            let row = serde_json::json!({
                "id": page["id"], "source": page["source"], "date": date,
                "text": record.as_ref().map(|record| record.text.as_str()).unwrap_or_default(),
                "title": record.as_ref().and_then(|record| record.metadata.title.clone()),
                "author": record.as_ref().map(|record| record.metadata.authors.join("; ")),
            });
            Ok(row.to_string())
        })
        .collect();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in cleaned {
        writeln!(out, "{}", line?)?;
    }
    Ok(())
}
