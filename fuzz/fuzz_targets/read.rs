//! Any bytes under any name: WARC, rows, archives, compressed streams. None panics, or gives a document that is
//! larger than one may be.
#![no_main]
use gleaner::{ReadConfig, bench};
use libfuzzer_sys::fuzz_target;

/// Limits so small that they are met.
fn limits() -> ReadConfig {
    ReadConfig {
        max_document_bytes: 4096,
        max_line_bytes: 512,
        max_header_bytes: 256,
        max_unpacked_bytes: 1 << 20,
        max_unpack_ratio: 100,
    }
}

const NAMES: [&str; 6] = ["a.warc", "a.jsonl", "a.csv", "a.html", "a.tar", "a.zip"];

fuzz_target!(|input: (u8, &[u8])| {
    let (name, bytes) = input;
    let items = bench::read(NAMES[usize::from(name) % NAMES.len()], bytes.to_vec(), &limits());
    for raw in items.iter().flatten() {
        assert!(raw.bytes.len() as u64 <= limits().max_document_bytes);
    }
});
