//! A gzip stream of rows whose end is anything: what is damaged is read on after, as lines and as a table.
#![no_main]
use gleaner::{ReadConfig, bench};
use libfuzzer_sys::fuzz_target;

/// `{"text":"a"}` and a line's end, packed by another program.
const GOOD: &[u8] = &[
    0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xab, 0x56, 0x2a, 0x49, 0xad, 0x28, 0x51, 0xb2, 0x52, 0x4a, 0x54,
    0xaa, 0xe5, 2, 0,
];

fuzz_target!(|input: (bool, &[u8])| {
    let (whole, more) = input;
    let bytes = if whole { [GOOD, more].concat() } else { more.to_vec() };
    let limits = ReadConfig { max_line_bytes: 1024, max_unpacked_bytes: 1 << 20, ..ReadConfig::default() };
    bench::read("a.jsonl.gz", bytes.clone(), &limits);
    bench::read("a.csv.gz", bytes, &limits);
});
