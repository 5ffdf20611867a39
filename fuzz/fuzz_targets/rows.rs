//! Rows of JSON Lines and CSV around anything: each good row of JSON Lines comes out.
#![no_main]
use gleaner::{ReadConfig, bench};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|between: &[u8]| {
    let limits = ReadConfig { max_line_bytes: 512, ..ReadConfig::default() };
    let good = b"{\"id\":\"good\",\"text\":\"some text\"}\n";
    let items = bench::read("a.jsonl", [&good[..], between, b"\n", good].concat(), &limits);
    let came = items.iter().flatten().filter(|raw| raw.origin.to_string() == "a.jsonl#good").count();
    assert!(came >= 2);
    bench::read("a.csv", [b"id,text\n1,first\n", between].concat(), &limits);
});
