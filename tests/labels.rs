//! How the ten texts of imaginary publishers come out: what is right today must stay right.
//!
//! The floors only rise. `cargo run --example score_labels` (see its head) names every line that is wrong.
#[allow(dead_code, reason = "the example has a main of its own")]
#[path = "../examples/score_labels.rs"]
mod score_labels;

use std::path::Path;

/// Lines that must be right, of 362.
const LINES: usize = 320;

/// Fields that must be right, of 70.
const FIELDS: usize = 37;

#[test]
fn texts_that_nobody_tuned_for_do_not_get_worse() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/imaginary");
    let scores = score_labels::score(&folder.join("labels.jsonl"), &folder.join("fields.json"), &folder);
    let [lines, _, fields] = scores.unwrap();
    assert_eq!((lines.of, fields.of), (362, 70));
    assert!(lines.right >= LINES, "{lines} lines are right, {LINES} were");
    assert!(fields.right >= FIELDS, "{fields} fields are right, {FIELDS} were");
}
