//! Runs the prescan on the cases of html5lib-tests (`encoding/*.dat`), whose expected encoding is the
//! browsers' default, windows-1252, where nothing is declared.
//!
//! `prescan_cases FILE.dat...` names the cases that fail and closes with `N passed, N failed`.
use encoding_rs::Encoding;
use gleaner::declared_in_meta;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (mut passed, mut failed) = (0, 0);
    for path in std::env::args().skip(1) {
        let file = std::fs::read(&path)?;
        for (data, expected) in cases(&file) {
            // A byte order mark goes before all declarations.
            let by_mark = Encoding::for_bom(data).map(|(encoding, _)| encoding.name());
            let found = by_mark.or_else(|| declared_in_meta(data)).unwrap_or("windows-1252");
            if Encoding::for_label(expected) == Encoding::for_label(found.as_bytes()) {
                passed += 1;
            } else {
                failed += 1;
                let (expected, data) = (String::from_utf8_lossy(expected), String::from_utf8_lossy(data));
                println!("{path}: found {found}, expected {expected}: {data:.200}");
            }
        }
    }
    println!("{passed} passed, {failed} failed");
    Ok(())
}

/// The cases of a file: the bytes of a page after `#data`, an encoding after `#encoding`.
fn cases(file: &[u8]) -> Vec<(&[u8], &[u8])> {
    let mut cases = Vec::new();
    let mut rest = file;
    while let Some(start) = memchr::memmem::find(rest, b"#data\n") {
        let after = &rest[start + b"#data\n".len()..];
        let Some(end) = memchr::memmem::find(after, b"\n#encoding\n") else { break };
        let label = &after[end + b"\n#encoding\n".len()..];
        let line = label.iter().position(|&byte| byte == b'\n').unwrap_or(label.len());
        cases.push((&after[..end], label[..line].trim_ascii()));
        rest = &label[line..];
    }
    cases
}
