//! Writes the features of labelled lines for training: JSON Lines of `{"lines": [[text, label, ...], ...]}` on
//! standard input, one row of numbers a line on standard output, with the document's number and the label
//! before them. A document whose lines are not seen one to one is left out and named.
use std::io::{BufRead, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let rules = gleaner::RuleSet::load(&[], &[])?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    writeln!(out, "document\tlabel\t{}", gleaner::train::TEXT_FEATURES.join("\t"))?;
    for (number, line) in std::io::stdin().lock().lines().enumerate() {
        let document: serde_json::Value = serde_json::from_str(&line?)?;
        let lines = document["lines"].as_array().ok_or("no lines")?;
        let field =
            |line: &serde_json::Value, n: usize| line[n].as_str().unwrap_or_default().replace('\n', " ");
        let kept: Vec<_> = lines.iter().filter(|line| !field(line, 0).trim().is_empty()).collect();
        let text: String = kept.iter().map(|line| field(line, 0) + "\n").collect();
        let rows = gleaner::train::text_features(&text, &rules);
        if rows.len() != kept.len() {
            eprintln!("document {number}: {} lines, {} rows: left out", kept.len(), rows.len());
            continue;
        }
        for (line, row) in kept.iter().zip(rows) {
            let row: Vec<String> = row.iter().map(f32::to_string).collect();
            writeln!(out, "{number}\t{}\t{}", field(line, 1), row.join("\t"))?;
        }
    }
    Ok(())
}
