//! State files: anything in the place of one is refused or read, and does not panic.
#![no_main]
use libfuzzer_sys::fuzz_target;
use std::fs;

const NAMES: [&str; 3] = ["journal.json", "inputs.jsonl", "manifest.json"];

fuzz_target!(|input: (u8, bool, &[u8])| {
    let (name, hashed, bytes) = input;
    let folder = std::env::temp_dir().join(format!("gleaner-fuzz-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("lock"), b"").unwrap();
    let mut content = Vec::new();
    if hashed {
        // The journal is refused at its first line unless that is the hash of the rest.
        content = format!("{}\n", blake3::hash(bytes).to_hex()).into_bytes();
    }
    content.extend_from_slice(bytes);
    for other in NAMES {
        let _ = fs::remove_file(folder.join(other));
    }
    fs::write(folder.join(NAMES[usize::from(name) % NAMES.len()]), content).unwrap();
    let _ = gleaner::describe_state(&folder);
});
