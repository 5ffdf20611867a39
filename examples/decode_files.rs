//! Decodes parts of files and prints the encoding of each: for scoring the detector on files whose
//! encoding is known.
//!
//! `decode_files [--declared] DETECTOR < LIST`, where each line of the list is `id TAB cut TAB path TAB start
//! TAB length`. Prints `DETECTOR TAB id TAB cut TAB label`, and on standard error what decided.
use gleaner::model::{Declared, Origin, RawDocument};
use gleaner::{DecodeConfig, decode};
use std::io::BufRead;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let declared = arguments.iter().any(|argument| argument == "--declared");
    let detector = arguments.iter().find(|argument| !argument.starts_with("--")).ok_or("no detector name")?;
    let config = DecodeConfig { declared, ..DecodeConfig::default() };
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let [id, cut, path, start, length] = line.split('\t').collect::<Vec<_>>()[..] else {
            return Err(format!("not five columns: {line}").into());
        };
        let bytes = std::fs::read(path)?;
        let start = start.parse::<usize>()?.min(bytes.len());
        let end = start.saturating_add(length.parse()?).min(bytes.len());
        let raw = RawDocument {
            origin: Origin::page(id),
            bytes: bytes[start..end].to_vec(),
            declared: Declared::default(),
        };
        match decode(&raw, &config) {
            Ok(text) => {
                println!("{detector}\t{id}\t{cut}\t{}", text.encoding);
                eprintln!("{id}\t{cut}\t{}\t{:?}", text.decided_by.name(), text.decoding);
            }
            Err(trouble) => println!(
                "{detector}\t{id}\t{cut}\t{}",
                match trouble {
                    gleaner::model::Trouble::Skipped(skipped) => skipped.reason.name(),
                    gleaner::model::Trouble::Failed(_) => "failed",
                }
            ),
        }
    }
    Ok(())
}
