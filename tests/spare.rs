//! Nothing is destroyed, and nothing is said of a dataset that is not so.
mod place;
mod support;

use place::{PROSE, Place, paragraph};
use std::fs;
use support::Said;

/// Could not run, for this reason.
fn refused(said: &Said, words: &[&str]) {
    assert_eq!(said.code, 2, "{}", said.err);
    for word in words {
        assert!(said.err.contains(word), "no {word:?} in {}", said.err);
    }
}

/// A row of JSON Lines.
fn row() -> Vec<u8> {
    format!("{}\n", serde_json::json!({ "text": PROSE })).into_bytes()
}

#[test]
fn an_input_is_no_output() {
    let place = Place::new();
    let rows = place.put("rows.jsonl", &row());
    place.put("folder/x", b"");
    let whole = place.path("rows.jsonl").display().to_string();
    let table = place.put("rows.csv", b"text\n\"a\"\n");
    for arguments in [
        &["run", "rows.jsonl", "--output", "rows.jsonl"][..],
        &["run", "rows.jsonl", "--output", "folder/../rows.jsonl"],
        &["run", &whole, "--output", "rows.jsonl"],
        &["run", "in", "rows.jsonl", "--output", "out.jsonl", "--removed", "rows.jsonl"],
        &["run", "in", "rows.jsonl", "--output", "out.jsonl", "--report", "rows.jsonl"],
        &["run", "rows.csv", "--output", "rows.csv"],
    ] {
        refused(&place.say(arguments), &["is an input and an output"]);
    }
    assert_eq!(fs::read(rows).unwrap(), row());
    assert_eq!(fs::read(table).unwrap(), b"text\n\"a\"\n");
    assert!(!place.path("out.jsonl").exists());
    // The manifest and the page are outputs too, and so are settings inputs.
    place.put("out.manifest.json", &row());
    refused(&place.run_over(&["in", "out.manifest.json"]), &["out.manifest.json"]);
    place.put("out.report.html", &row());
    refused(&place.run_over(&["in", "out.report.html"]), &["out.report.html"]);
    place.put("mine.toml", b"");
    refused(&place.run(&["--config", "mine.toml", "--report", "mine.toml"]), &["mine.toml"]);
}

#[cfg(unix)]
#[test]
fn a_link_to_an_input_is_no_output() {
    let place = Place::new();
    let rows = place.put("rows.jsonl", &row());
    std::os::unix::fs::symlink("rows.jsonl", place.path("link.jsonl")).unwrap();
    fs::hard_link(&rows, place.path("second.jsonl")).unwrap();
    for output in ["link.jsonl", "second.jsonl"] {
        refused(&place.say(&["run", "rows.jsonl", "--output", output]), &["is an input and an output"]);
        refused(&place.say(&["run", output, "--output", "rows.jsonl"]), &["is an input and an output"]);
    }
    let stdin = fs::File::open(&rows).unwrap();
    let mut command = support::gleaner(&["run", "-", "--output", "rows.jsonl"]);
    let said = Said::from(command.current_dir(place.dir.path()).stdin(stdin).output().unwrap());
    refused(&said, &["is an input and an output"]);
    assert_eq!(fs::read(rows).unwrap(), row());
}

#[test]
fn a_dataset_in_a_folder_is_not_its_own_input() {
    let place = Place::new();
    assert_eq!(place.say(&["run", "in", "--output", "set/"]).code, 0);
    refused(&place.say(&["run", "set", "--output", "set/"]), &["holds the input"]);
    refused(&place.say(&["run", "set/data-000001.jsonl.zst", "--output", "set/"]), &["holds the input"]);
    assert_eq!(place.say(&["verify", "set"]).code, 0);
    let said = place.say(&["run", ".", "--output", "set/"]);
    assert!(said.code == 0 && said.err.contains("1 documents: 1 written"), "{}", said.err);
}

#[test]
fn what_no_run_left_among_the_inputs_is_not_written_over() {
    let place = Place::new();
    for name in ["in/rows.jsonl", "in/rows.removed.jsonl"] {
        let rows = place.put(name, &row());
        refused(&place.say(&["run", "in", "--output", "in/rows.jsonl"]), &[name, "left by no earlier run"]);
        assert_eq!(fs::read(&rows).unwrap(), row());
        fs::remove_file(rows).unwrap();
    }
    // What is named apart is known by what it begins with.
    let run = || {
        let more = ["--removed", "in/a/l.jsonl.gz", "--report", "in/a/r.json"];
        place.say(&[&["run", "in", "--output", "in/rows.jsonl"][..], &more].concat())
    };
    fs::create_dir(place.path("in/a")).unwrap();
    place.put("in/good.txt", format!("Advertisement\n\n{PROSE}").as_bytes());
    for _ in 0..2 {
        let said = run();
        assert!(said.code == 0 && said.err.contains("1 documents: 1 written"), "{}", said.err);
    }
    // So is what a killed run left.
    place.put("in/.rows.jsonl.partial", &row());
    assert!(run().err.contains("1 documents: 1 written"));
}

#[test]
fn one_file_is_not_written_as_two() {
    let place = Place::new();
    refused(&place.run(&["--removed", "out.jsonl"]), &["out.jsonl", "the dataset and for the ledger"]);
    refused(&place.run(&["--report", "in/../out.jsonl"]), &["the dataset and for the report"]);
    refused(&place.run(&["--removed", "out.manifest.json"]), &["the ledger and for the manifest"]);
    assert!(!place.path("out.jsonl").exists());
}

#[test]
fn an_empty_input_empties_no_dataset() {
    let place = Place::new();
    fs::create_dir(place.path("inbox")).unwrap();
    place.put("empty.jsonl", b"");
    for output in ["good.jsonl", "good/"] {
        assert_eq!(place.say(&["run", "in", "--output", output]).code, 0);
        for inputs in [&["inbox"][..], &["inbox", "--quiet"], &["empty.jsonl"], &["-"]] {
            let said = place.say(&[&["run", "--output", output], inputs].concat());
            refused(&said, &["nothing to read", "left as it is"]);
        }
        assert!(place.say(&["verify", output]).out.contains("1 records"));
    }
    // With a state a night may bring nothing.
    let night = || place.say(&["run", "inbox", "--output", "nights.jsonl", "--state", "state"]);
    assert_eq!((night().code, night().code), (0, 0));
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_empties_no_dataset_either() {
    let place = Place::new();
    std::os::unix::fs::symlink("nowhere", place.path("gone.txt")).unwrap();
    assert_eq!(place.run(&[]).code, 0);
    let said = place.run_over(&["gone.txt"]);
    refused(&said, &["nothing to read", "1 failed (gone.txt: vanished"]);
    assert_eq!(place.records().len(), 1);
}

#[test]
fn a_manifest_proves_its_own_dataset_alone() {
    let place = Place::new();
    assert_eq!(place.say(&["run", "in", "--output", "c.jsonl"]).code, 0);
    let said = place.say(&["verify", "c.csv"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("c.csv: is not in c.manifest.json, which is of c.jsonl"), "{}", said.err);
    fs::rename(place.path("c.jsonl"), place.path("moved.jsonl")).unwrap();
    assert_eq!(place.say(&["verify", "c.jsonl"]).code, 1);
    // Moved away, it leaves its place to another.
    assert_eq!(place.say(&["run", "in", "--output", "c.csv"]).code, 0);
    assert_eq!(place.say(&["verify", "c.csv"]).code, 0);
    assert_eq!(place.say(&["verify", "c.jsonl"]).code, 1);
}

#[test]
fn with_another_output_a_state_gives_what_is_new() {
    let place = Place::new();
    let night = |output: &str| place.say(&["run", "in", "--output", output, "--state", "state"]);
    assert_eq!(night("a.jsonl").code, 0);
    place.put("in/new.txt", paragraph(1).as_bytes());
    assert_eq!(night("b.jsonl").code, 0);
    let rows = fs::read_to_string(place.path("b.jsonl")).unwrap();
    assert!(rows.lines().count() == 1 && rows.contains("in/new.txt"), "{rows}");
}

#[test]
fn what_earlier_runs_left_beside_their_data_is_no_document() {
    let place = Place::new();
    place.put("in/good.txt", format!("Advertisement\n\n{PROSE}").as_bytes());
    assert_eq!(place.say(&["run", "in", "--output", "in/d.jsonl"]).code, 0);
    assert_eq!(place.say(&["run", "in/good.txt", "--output", "in/set/"]).code, 0);
    place.put("in/my.report.json", format!("{{\"text\": {PROSE:?}}}").as_bytes());
    let said = place.run(&["--duplicates", "keep"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.err.contains("9 of those skipped are files that earlier runs left"), "{}", said.err);
    let sources = place.sources();
    let shard = "in/set/data-000001.jsonl.zst#";
    assert!(sources[0].starts_with("in/d.jsonl#") && sources[3].starts_with(shard), "{sources:?}");
    assert_eq!((&*sources[1], &*sources[2]), ("in/good.txt", "in/my.report.json#1"));
    let skipped = place.report()["skipped"].clone();
    assert_eq!(skipped, serde_json::json!({ "run-file": 9 }));
    // What is named is read.
    assert_eq!(place.say(&["run", "in/d.removed.jsonl", "--output", "l.jsonl"]).code, 0);
}

#[cfg(unix)]
#[test]
fn devices_and_pipes_are_written_as_they_stand() {
    use std::os::unix::fs::{FileTypeExt, symlink};
    let place = Place::new();
    let null = place.path("null.jsonl");
    symlink("/dev/null", &null).unwrap();
    for arguments in [
        &["run", "in", "--output", "/dev/null"][..],
        &["run", "in", "--output", "null.jsonl"],
        &["run", "in", "--output", "out.jsonl", "--removed", "/dev/null", "--report", "/dev/null"],
    ] {
        let said = place.say(arguments);
        assert_eq!(said.code, 0, "{}", said.err);
    }
    assert!(fs::metadata("/dev/null").unwrap().file_type().is_char_device());
    assert!(null.is_symlink() && !place.path("null.report.json").exists());
    assert_eq!(place.say(&["verify", "out.jsonl"]).code, 0);
    let pipe = place.path("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let reader = std::thread::spawn(move || fs::read_to_string(pipe).unwrap());
    assert_eq!(place.say(&["run", "in", "--output", "pipe"]).code, 0);
    assert_eq!(reader.join().unwrap(), fs::read_to_string(place.path("out.jsonl")).unwrap());
    place.put("file", b"mine");
    refused(&place.say(&["run", "in", "--output", "file"]), &["file", "is no folder", ".jsonl"]);
}

#[test]
fn what_only_folders_heed_is_refused_for_files() {
    let place = Place::new();
    for more in [["--format", "csv"], ["--shard-size", "10"]] {
        refused(&place.run(&more), &[more[0], "output folder", "out.jsonl"]);
        assert_eq!(place.say(&[&["run", "in", "--output", "set/"][..], &more].concat()).code, 0);
    }
}

#[test]
fn show_judges_as_run_does() {
    let place = Place::new();
    place.put(
        "page.html",
        b"<h1>Boats</h1><p>The ferry that the island waits for sails on Monday at noon.</p>",
    );
    for more in [["--strictness", "0.9"], ["--scorer", "rules"]] {
        let said = place.say(&[&["show", "page.html"][..], &more].concat());
        assert_eq!(said.code, 0, "{}", said.err);
    }
    refused(&place.say(&["show", "page.html", "--strictness", "1"]), &["more than 0 and less than 1"]);
    place.put(
        "bad.txt",
        "The caf\u{c3}\u{a9} on the quay opens at nine, the owner said on Monday.\n".as_bytes(),
    );
    assert!(place.say(&["show", "bad.txt", "--repair"]).out.contains("caf\u{e9} on"));
    assert!(place.say(&["show", "page.html", "--markdown"]).out.contains("sails on Monday"));
}
