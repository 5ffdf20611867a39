//! Runs the repair of mojibake on cases in the format of ftfy's tests: a list of objects with `original` and
//! `fixed`, or `fixed-encoding` where ftfy does more than repair.
//!
//! `repair_cases FILE.json...` names the cases that fail and closes with `N passed, N failed`.
use gleaner::model::{Declared, Origin, RawDocument};
use gleaner::{DecodeConfig, decode};
use serde_json::Value;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let config = DecodeConfig {
        nfc: false,
        invisible: false,
        controls: false,
        entities: false,
        line_ends: false,
        repair: true,
        ..DecodeConfig::default()
    };
    let (mut passed, mut failed) = (0, 0);
    for path in std::env::args().skip(1) {
        let cases: Vec<Value> = serde_json::from_slice(&std::fs::read(&path)?)?;
        for case in &cases {
            let original = case["original"].as_str().ok_or("a case without original")?;
            let fixed = case.get("fixed-encoding").or(case.get("fixed")).and_then(Value::as_str);
            let raw = RawDocument {
                origin: Origin::page(&path),
                bytes: original.as_bytes().to_vec(),
                declared: Declared::default(),
            };
            let found = decode(&raw, &config).ok().map(|text| text.text.into_owned());
            if found.as_deref() == fixed {
                passed += 1;
            } else {
                failed += 1;
                println!("{path}: {original:?}\n  found {found:?}\n  fixed {fixed:?}");
            }
        }
    }
    println!("{passed} passed, {failed} failed");
    Ok(())
}
