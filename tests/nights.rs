//! Run after run with one state: what is known is left out, what is new is added, nothing is lost on the way.
mod place;
mod support;

use place::{PROSE, Place, paragraph};
use serde_json::{Value, json};
use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::Stdio;
use support::{Said, gleaner};

fn night(place: &Place, more: &[&str]) -> Said {
    place.run(&[&["--state", "state"][..], more].concat())
}

#[test]
fn known_inputs_are_left_out_and_new_ones_are_added() {
    let place = Place::new();
    assert_eq!(night(&place, &[]).code, 0);
    let first = fs::read(place.path("out.jsonl")).unwrap();
    let said = night(&place, &[]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(place.report()["skipped"], json!({ "known": 1 }));
    assert_eq!(fs::read(place.path("out.jsonl")).unwrap(), first);
    place.put("in/new.txt", paragraph(1).as_bytes());
    fs::rename(place.path("in/good.txt"), place.path("in/moved.txt")).unwrap();
    night(&place, &[]);
    assert_eq!(place.sources(), ["in/good.txt", "in/new.txt"]);
    place.put("in/new.txt", paragraph(2).as_bytes());
    night(&place, &[]);
    assert_eq!(place.sources(), ["in/good.txt", "in/new.txt", "in/new.txt"]);
    assert_eq!(place.say(&["verify", "out.jsonl"]).code, 0);
    let told = place.say(&["state", "state"]);
    assert!(told.out.contains("inputs      3"), "{}", told.out);
}

#[test]
fn a_state_without_an_index_of_duplicates_is_told_too() {
    let place = Place::new();
    assert_eq!(place.say(&["state", "state"]).code, 2);
    assert_eq!(night(&place, &["--duplicates", "keep"]).code, 0);
    let told = place.say(&["state", "state"]);
    assert!(
        told.out.contains("inputs      1") && told.out.contains("no index of duplicates"),
        "{}",
        told.out
    );
}

#[test]
fn a_changed_input_adds_what_is_new_in_it() {
    let texts: Vec<String> = (1..5).map(paragraph).collect();
    for (duplicates, later) in [("drop", vec![&texts[3]]), ("mark", vec![&texts[0], &texts[1], &texts[3]])] {
        let place = Place::new();
        place.put("in/a.txt", texts[..3].join("\n").as_bytes());
        night(&place, &["--duplicates", duplicates]);
        place.put("in/a.txt", [&texts[..2], &texts[3..]].concat().join("\n").as_bytes());
        night(&place, &["--duplicates", duplicates]);
        let records = place.records();
        let of: Vec<&Value> = records.iter().filter(|record| record["source"] == "in/a.txt").collect();
        assert_eq!(of[0]["id"], of[1]["id"]);
        assert_eq!(of[1]["text"], later.iter().map(|text| text.trim()).collect::<Vec<_>>().join("\n\n"));
    }
}

#[test]
fn what_failed_is_tried_again() {
    let place = Place::new();
    let rows = format!(
        "{}\n{{broken\n{}\n",
        json!({ "id": "a", "text": paragraph(1) }),
        json!({ "id": "b", "text": paragraph(2) })
    );
    place.put("in/rows.jsonl", rows.as_bytes());
    assert_eq!(night(&place, &[]).code, 1);
    let again = night(&place, &[]);
    assert_eq!(again.code, 1);
    assert!(again.err.contains("in/rows.jsonl#2"), "{}", again.err);
    assert_eq!(place.sources(), ["in/good.txt", "in/rows.jsonl#a", "in/rows.jsonl#b"]);
}

#[test]
fn each_night_adds_its_shards() {
    let place = Place::new();
    let run = |place: &Place| {
        place.say(&["run", "in", "--output", "set", "--state", "state", "--shard-size", "1K"])
    };
    (0..20).for_each(|n| drop(place.put(&format!("in/{n}.txt"), paragraph(n).as_bytes())));
    assert_eq!(run(&place).code, 0);
    let names = |place: &Place| -> Vec<String> {
        let manifest: Value =
            serde_json::from_slice(&fs::read(place.path("set/manifest.json")).unwrap()).unwrap();
        let files = manifest["files"].as_array().unwrap();
        files.iter().map(|file| file["name"].as_str().unwrap().to_string()).collect()
    };
    let first = names(&place);
    assert!(first.len() > 6 && first[0] == "data-000001.jsonl.zst", "{first:?}");
    place.put("in/new.txt", paragraph(99).as_bytes());
    assert_eq!(run(&place).code, 0);
    assert_eq!(names(&place).len(), first.len() + 2);
    let verified = place.say(&["verify", "set"]);
    assert_eq!(verified.code, 0, "{}", verified.err);
    assert!(verified.out.contains("22 records"), "{}", verified.out);
    let sheet: Value = serde_json::from_slice(&fs::read(place.path("set/croissant.json")).unwrap()).unwrap();
    assert_eq!(sheet["conformsTo"], "http://mlcommons.org/croissant/1.0");
    assert_eq!(run(&Place { dir: place.dir }).code, 0);
}

#[test]
fn the_datasheet_says_what_it_is_told() {
    let place = Place::new();
    place.put("set.toml", b"[write.datasheet]\nlicense = \"CC0-1.0\"\nversion = \"1.2.0\"\n");
    assert_eq!(place.say(&["run", "in", "--output", "set/", "--config", "set.toml"]).code, 0);
    let sheet: Value = serde_json::from_slice(&fs::read(place.path("set/croissant.json")).unwrap()).unwrap();
    assert_eq!((&sheet["license"], &sheet["version"]), (&json!("CC0-1.0"), &json!("1.2.0")));
    assert!(sheet.get("citeAs").is_none());
    // A reader takes a field by its column, whatever the format of the shards.
    let fields = sheet["recordSet"][0]["field"].as_array().unwrap();
    let columns: Vec<&Value> = fields.iter().map(|field| &field["source"]["extract"]["column"]).collect();
    assert_eq!(columns, ["id", "text", "source", "created"]);
    assert!(sheet["distribution"].as_array().unwrap().iter().all(|part| part.get("containedIn").is_none()));
}

#[test]
fn what_is_not_as_the_manifest_says_is_named() {
    let place = Place::new();
    (0..9).for_each(|n| drop(place.put(&format!("in/{n}.txt"), paragraph(n).as_bytes())));
    place.say(&["run", "in", "--output", "set/", "--shard-size", "1K"]);
    let shard = place.path("set/data-000002.jsonl.zst");
    let whole = fs::read(&shard).unwrap();
    let faulty = |bytes: &[u8]| {
        fs::write(&shard, bytes).unwrap();
        let said = place.say(&["verify", "set"]);
        assert_eq!(said.code, 1);
        assert!(said.err.contains("data-000002.jsonl.zst"), "{}", said.err);
    };
    faulty(&whole[..whole.len() - 1]);
    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 1;
    faulty(&flipped);
    fs::remove_file(&shard).unwrap();
    assert_eq!(place.say(&["verify", "set"]).code, 1);
    fs::write(&shard, &whole).unwrap();
    place.put("set/data-000099.jsonl.zst", b"");
    assert!(place.say(&["verify", "set"]).err.contains("data-000099"));
    assert_eq!(place.say(&["verify", "in"]).code, 2);
}

fn unpacked(path: &Path) -> String {
    let mut text = String::new();
    let file = fs::File::open(path).unwrap();
    match path.extension().unwrap().to_str().unwrap() {
        "gz" => flate2::read::MultiGzDecoder::new(file).read_to_string(&mut text).unwrap(),
        "zst" => zstd::stream::read::Decoder::new(file).unwrap().read_to_string(&mut text).unwrap(),
        _ => fs::File::open(path).unwrap().read_to_string(&mut text).unwrap(),
    };
    text
}

#[test]
fn packed_outputs_hold_what_plain_ones_hold() {
    let place = Place::new();
    let texts: Vec<String> = ["a.csv", "b.csv.gz", "c.csv.zst", "d.csv.gz"]
        .iter()
        .map(|name| {
            let state: &[&str] = if *name == "d.csv.gz" { &["--state", "state"] } else { &[] };
            let said = place.say(&[&["run", "in", "--output", name][..], state].concat());
            assert_eq!(said.code, 0, "{}", said.err);
            assert_eq!(place.say(&["verify", name]).code, 0);
            unpacked(&place.path(name))
        })
        .collect();
    assert!(texts[0].contains("council") && texts.iter().all(|text| *text == texts[0]));
}

#[test]
fn an_output_that_is_not_as_it_was_left_is_not_touched() {
    let place = Place::new();
    night(&place, &[]);
    place.put("out.jsonl", b"mine\n");
    place.put("in/new.txt", paragraph(1).as_bytes());
    let said = night(&place, &[]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("out.jsonl") && said.err.contains("last run left it"), "{}", said.err);
    assert_eq!(fs::read(place.path("out.jsonl")).unwrap(), b"mine\n");
    // Moved away, as logs are, it begins anew, with what is new.
    fs::remove_file(place.path("out.jsonl")).unwrap();
    assert_eq!(night(&place, &[]).code, 0);
    assert_eq!(place.sources(), ["in/new.txt"]);
}

#[test]
fn a_run_without_the_state_does_not_replace_what_others_keep() {
    for output in ["out.jsonl", "shards/"] {
        let place = Place::new();
        let with = |more: &[&str]| place.say(&[&["run", "in", "--output", output][..], more].concat());
        assert_eq!(with(&["--state", "state"]).code, 0);
        let said = with(&[]);
        assert_eq!(said.code, 2);
        assert!(said.err.contains("manifest.json") && said.err.contains("--state"), "{}", said.err);
        assert_eq!(place.say(&["verify", output]).code, 0);
    }
}

#[test]
fn a_second_run_at_once_is_told_who_holds_the_state() {
    let place = Place::new();
    let mut first = gleaner(&["run", "-", "--output", "first.jsonl", "--state", "state"])
        .current_dir(place.dir.path())
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let lock = place.path("state/run.lock");
    while fs::read(&lock).map_or(true, |text| text.is_empty()) {
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    let said = night(&place, &[]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains(&format!("process {}", first.id())), "{}", said.err);
    // A lock dies with its process.
    first.kill().unwrap();
    first.wait().unwrap();
    assert_eq!(night(&place, &[]).code, 0);
}

#[test]
fn standard_input_is_known_by_its_content_too() {
    let place = Place::new();
    let run = || {
        let mut child = gleaner(&["run", "-", "--output", "out.jsonl", "--state", "state"])
            .current_dir(place.dir.path())
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), PROSE.as_bytes()).unwrap();
        assert_eq!(Said::from(child.wait_with_output().unwrap()).code, 0);
    };
    run();
    assert_eq!(place.sources(), ["-"]);
    run();
    assert_eq!(place.report()["skipped"], json!({ "known": 1 }));
    assert!(!place.path("state/stdin.spool").exists());
}

#[test]
fn the_log_can_be_json() {
    let place = Place::new();
    place.put("in/bad.jsonl", b"17\n");
    let said = place.run(&["--log-format", "json"]);
    let events: Vec<Value> = said.err.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((&events[0]["event"], &events[1]["event"]), (&json!("failed"), &json!("done")));
    let said = place.say(&["run", "nowhere", "--output", "out.jsonl", "--log-format", "json"]);
    let event: Value = serde_json::from_str(said.err.trim()).unwrap();
    assert_eq!((said.code, &event["event"]), (2, &json!("error")));
}
