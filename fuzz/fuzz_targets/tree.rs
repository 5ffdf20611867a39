//! Any text gives the tree that scraper gives it, unless a limit was met; and a lean tree, without a panic.
#![no_main]
use gleaner::html::{Keep, parse};
use libfuzzer_sys::fuzz_target;
use scraper::Html;

fuzz_target!(|page: &str| {
    let parsed = parse(page, Keep::All);
    if parsed.guarded == 0 {
        assert!(parsed.html == Html::parse_document(page));
    }
    parse(page, Keep::Lean);
});
