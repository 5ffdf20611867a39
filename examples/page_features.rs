//! Writes the features of the blocks of labelled pages for training.
//!
//!     page_features ROWS.f32 < PAGES.jsonl > BLOCKS.jsonl                    the first look
//!     page_features ROWS.f32 SCORES.f32 < PAGES.jsonl > BLOCKS.jsonl         what the second look adds
//!
//! Pages are JSON Lines of `{"html", ...}`; blocks are the same without the page, with the texts of its blocks. Rows
//! and scores are 32-bit floats, least significant byte first; the scores are those of the first look, in order.
use std::io::{BufRead, Read, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut files = std::env::args().skip(1);
    let file =
        files.next().ok_or("usage: page_features ROWS.f32 [SCORES.f32] < PAGES.jsonl > BLOCKS.jsonl")?;
    let mut scores = match files.next() {
        Some(file) => Some(std::io::BufReader::new(std::fs::File::open(file)?)),
        None => None,
    };
    let [first, second] = gleaner::train::page_features();
    let names = if scores.is_some() { second } else { first };
    let mut rows = std::io::BufWriter::new(std::fs::File::create(file)?);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    writeln!(out, "{}", serde_json::json!({ "features": names }))?;
    for line in std::io::stdin().lock().lines() {
        let mut page: serde_json::Value = serde_json::from_str(&line?)?;
        let html = page["html"].take();
        let parsed = gleaner::train::PageRows::new(html.as_str().unwrap_or_default()).ok_or("no text")?;
        let values = match &mut scores {
            None => parsed.first(),
            Some(scores) => parsed.second(&read(scores, parsed.texts().len())?),
        };
        assert_eq!(values.len(), parsed.texts().len() * names.len(), "a number for each name");
        page["blocks"] = parsed.texts().into();
        writeln!(out, "{page}")?;
        for value in values {
            rows.write_all(&value.to_le_bytes())?;
        }
    }
    Ok(())
}

fn read(scores: &mut impl Read, count: usize) -> std::io::Result<Vec<f32>> {
    let mut bytes = vec![0; count * 4];
    scores.read_exact(&mut bytes)?;
    Ok(bytes.chunks_exact(4).map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]])).collect())
}
