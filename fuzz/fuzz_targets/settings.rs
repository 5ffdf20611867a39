//! Config files and rule files: anything is read or refused, and what was read can be written and read again.
#![no_main]
use gleaner::{Config, bench};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(config) = Config::parse(text, "fuzz") {
        config.fingerprint();
    }
    let _ = bench::rules(text);
});
