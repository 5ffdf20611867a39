//! Records of a crawl between two good ones: whatever stands between them, the first comes out.
#![no_main]
use gleaner::{ReadConfig, bench};
use libfuzzer_sys::fuzz_target;

const GOOD: &str = "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nWARC-Record-ID: <urn:x:1>\r\n\
                    Content-Length: 9\r\n\r\ngood text\r\n\r\n";

fuzz_target!(|between: &[u8]| {
    let bytes = [GOOD.as_bytes(), between, b"\r\n\r\n", GOOD.as_bytes()].concat();
    let items = bench::read("a.warc", bytes, &ReadConfig { max_header_bytes: 512, ..ReadConfig::default() });
    let first = items[0].as_ref().map(|raw| raw.bytes.as_slice());
    assert_eq!(first.ok(), Some(&b"good text"[..]));
});
