//! The command, from outside: every bad input gets a clear message or a counted outcome, and costs nothing else.
mod place;
mod support;

use place::{PROSE, Place};
use serde_json::Value;
use std::fs;
use std::io::{Read, Write};
use std::process::Stdio;
use support::{Said, gleaner, repo, say};

/// Could not run: exit code 2, one clear message with all of these words, and nothing written.
fn refused(said: &Said, words: &[&str]) {
    assert_eq!(said.code, 2, "{}", said.err);
    assert!(said.out.is_empty(), "{}", said.out);
    for word in words {
        assert!(said.err.contains(word), "no {word:?} in {}", said.err);
    }
}

#[test]
fn a_good_run_ends_with_0_and_one_line() {
    let place = Place::new();
    let said = place.run(&[]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(said.err.lines().count(), 1, "{}", said.err);
    assert!(said.err.contains("1 documents: 1 written"), "{}", said.err);
    assert!(said.out.is_empty());
    assert!(place.run(&["--quiet"]).err.is_empty());
}

#[test]
fn nonsense_arguments() {
    refused(&say(&["nonsense"]), &["nonsense"]);
    refused(&say(&["run"]), &["INPUT", "--output"]);
    refused(
        &say(&["run", "a", "--output", "b.jsonl", "--duplicates", "perhaps"]),
        &["perhaps", "drop", "mark", "keep"],
    );
    refused(&say(&["run", "a", "--output", "b.jsonl", "--threads", "many"]), &["many", "--threads"]);
    refused(&say(&["run", "a", "--outptu", "b.jsonl"]), &["--outptu", "--output"]);
}

#[test]
fn an_output_that_cannot_be_written() {
    let place = Place::new();
    place.put("file", b"x");
    refused(
        &place.say(&["run", "in", "--output", "no/such/folder/out.jsonl"]),
        &["no/such/folder/out.jsonl", "folder does not exist", "create it"],
    );
    refused(&place.say(&["run", "in", "--output", "file/out.jsonl"]), &["file/out.jsonl"]);
    refused(&place.say(&["run", "in", "--output", "out.docx"]), &["out.docx", ".jsonl", ".csv"]);
    fs::create_dir(place.path("folder.jsonl")).unwrap();
    refused(&place.say(&["run", "in", "--output", "folder.jsonl"]), &["folder.jsonl", "folder"]);
    refused(&place.run(&["--removed", "no/such/ledger.jsonl"]), &["no/such/ledger.jsonl"]);
    refused(&place.run(&["--report", "no/such/report.json"]), &["no/such/report.json"]);
    assert!(!place.path("out.jsonl").exists());
}

#[test]
fn an_input_that_is_not_there() {
    let place = Place::new();
    refused(&place.say(&["run", "nowhere", "--output", "out.jsonl"]), &["nowhere"]);
    refused(&place.say(&["run", "in", "*.nothing", "--output", "out.jsonl"]), &["*.nothing"]);
    assert!(!place.path("out.jsonl").exists(), "an output of a run that could not start");
}

#[test]
fn an_empty_folder_is_a_run_of_nothing() {
    let place = Place::new();
    fs::create_dir(place.path("empty")).unwrap();
    let said = place.say(&["run", "empty", "--output", "out.jsonl"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.err.contains("nothing to read"), "{}", said.err);
    assert_eq!(fs::read(place.path("out.jsonl")).unwrap(), b"");
}

#[test]
fn a_broken_config() {
    let place = Place::new();
    place.put("broken.toml", b"[dedup\n");
    refused(&place.run(&["--config", "broken.toml"]), &["broken.toml", "line 1"]);
    place.put("unknown.toml", b"[dedup]\nthresold = 3\n");
    refused(&place.run(&["--config", "unknown.toml"]), &["unknown.toml", "thresold"]);
    place.put("wrong.toml", b"[run]\nthreads = \"two\"\n");
    refused(&place.run(&["--config", "wrong.toml"]), &["wrong.toml", "threads"]);
    refused(&place.run(&["--config", "missing.toml"]), &["missing.toml"]);
    place.put("without.toml", b"[strip]\nwithout = [\"en/no-such-rule\"]\n");
    refused(&place.run(&["--config", "without.toml"]), &["en/no-such-rule"]);
}

#[test]
fn a_broken_rule_file() {
    let place = Place::new();
    let head = "[mine]\ncategory = \"advert\"\nsummary = \"s\"\ncuts = [\"x\"]\n";
    for (name, rest, words) in [
        ("unknown.toml", "lines = [\"x\"]\n", ["unknown.toml", "lines"]),
        ("empty.toml", "line = [\"\"]\n", ["empty.toml", "mine"]),
        ("blank.toml", "regex = [\"  \"]\n", ["blank.toml", "mine"]),
        ("paren.toml", "regex = [\"(\"]\n", ["paren", "mine"]),
        ("nothing.toml", "", ["nothing.toml", "mine"]),
    ] {
        place.put(name, format!("{head}{rest}").as_bytes());
        refused(&place.run(&["--rules", name]), &words);
    }
    assert!(!place.path("out.jsonl").exists());
}

#[test]
fn a_rule_file_of_ones_own_is_used() {
    let place = Place::new();
    place.put(
        "mine.toml",
        b"[bridge]\ncategory = \"advert\"\nsummary = \"s\"\nstart = [\"Work is to begin\"]\ncuts = [\"Work is to begin\"]\n",
    );
    assert_eq!(place.run(&["--rules", "mine.toml"]).code, 0);
    let ledger = fs::read_to_string(place.path("out.removed.jsonl")).unwrap();
    assert!(ledger.contains("mine/bridge") && ledger.contains("Work is to begin in March"), "{ledger}");
}

#[test]
fn a_binary_file_named_txt() {
    let place = Place::new();
    let noise: Vec<u8> = (0..100_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    place.put("in/noise.txt", &noise);
    place.put("in/picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    let said = place.run(&[]);
    place.ended(&said, 0, "in/noise.txt", "skipped", "binary");
    place.ended(&said, 0, "in/picture.txt", "skipped", "binary");
}

#[test]
fn a_file_without_bytes() {
    let place = Place::new();
    place.put("in/empty.txt", b"");
    place.put("in/blank.txt", b" \n\t\n");
    let said = place.run(&[]);
    place.ended(&said, 0, "in/empty.txt", "skipped", "empty");
    place.ended(&said, 0, "in/blank.txt", "skipped", "empty");
}

#[test]
fn a_single_line_of_300_megabytes() {
    let place = Place::new();
    // A hole: it takes no room on the disk, and is as long as it says.
    fs::File::create(place.path("in/line.txt")).unwrap().set_len(300_000_000).unwrap();
    let said = place.run(&[]);
    place.ended(&said, 1, "in/line.txt", "failed", "max_document_bytes");
    assert!(said.err.contains("failed: in/line.txt"), "{}", said.err);
}

#[test]
fn a_single_line_within_the_limit_is_cleaned() {
    let place = Place::new();
    place.put("in/line.txt", "never a line end ".repeat(200_000).as_bytes());
    assert_eq!(place.run(&[]).code, 0);
    assert_eq!(place.report()["failed"], 0);
}

#[test]
fn standard_input_over_the_limit_fails_as_a_file_does() {
    let place = Place::new();
    place.put("small.toml", b"[read]\nmax_document_bytes = 1000\n");
    let arguments = ["run", "-", "in", "--output", "out.jsonl", "--config", "small.toml"];
    let mut child = gleaner(&arguments)
        .current_dir(place.dir.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(&[b'x'; 2000]).unwrap();
    let said = Said::from(child.wait_with_output().unwrap());
    place.ended(&said, 1, "-", "failed", "larger than 1000 bytes");
}

#[test]
fn why_a_file_cannot_be_written_is_said_once() {
    let place = Place::new();
    place.put("file", b"x");
    let said = place.say(&["run", "in", "--output", "file/out.jsonl"]);
    assert_eq!((said.code, said.err.matches("(os error").count()), (2, 1), "{}", said.err);
}

#[cfg(unix)]
#[test]
fn pipes_sockets_devices_and_links_are_passed_over() {
    let place = Place::new();
    let pipe = place.path("in/pipe.txt");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let _socket = std::os::unix::net::UnixListener::bind(place.path("in/socket.txt")).unwrap();
    std::os::unix::fs::symlink("good.txt", place.path("in/link.txt")).unwrap();
    std::os::unix::fs::symlink("nowhere", place.path("in/dangling.txt")).unwrap();
    // A folder outside, and one that leads to itself.
    place.put("outside/secret.txt", PROSE.as_bytes());
    std::os::unix::fs::symlink("../outside", place.path("in/folder")).unwrap();
    std::os::unix::fs::symlink(".", place.path("in/self")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", place.path("in/zero.txt")).unwrap();
    let said = place.say(&["run", "in", "/dev/null", "--output", "out.jsonl"]);
    place.ended(&said, 0, "in/pipe.txt", "skipped", "special-file");
    place.ended(&said, 0, "in/socket.txt", "skipped", "special-file");
    place.ended(&said, 0, "/dev/null", "skipped", "special-file");
    place.ended(&said, 0, "in/link.txt", "skipped", "link");
    for link in ["in/dangling.txt", "in/folder", "in/self", "in/zero.txt"] {
        place.ended(&said, 0, link, "skipped", "link");
    }
}

#[cfg(unix)]
#[test]
fn a_named_link_is_followed_but_none_below_it() {
    let place = Place::new();
    std::os::unix::fs::symlink("in", place.path("named")).unwrap();
    std::os::unix::fs::symlink("good.txt", place.path("in/link.txt")).unwrap();
    let said = place.say(&["run", "named", "--output", "out.jsonl"]);
    assert_eq!((said.code, place.sources()), (0, vec!["named/good.txt".to_string()]), "{}", said.err);
    assert_eq!(place.report()["skipped"], serde_json::json!({ "link": 1 }));
}

#[cfg(unix)]
#[test]
fn a_named_link_to_nowhere_fails_by_name() {
    let place = Place::new();
    std::os::unix::fs::symlink("nowhere", place.path("dangling.txt")).unwrap();
    let said = place.say(&["run", "in", "dangling.txt", "--output", "out.jsonl"]);
    place.ended(&said, 1, "dangling.txt", "failed", "vanished");
}

#[test]
fn a_closed_pipe_is_no_error() {
    let place = Place::new();
    for n in 0..2_000 {
        place.put(&format!("in/{n}.txt"), PROSE.repeat(3).as_bytes());
    }
    let mut child = gleaner(&["run", "in", "--output", "-", "--duplicates", "keep"])
        .current_dir(place.dir.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0), "{err}");
    assert!(!err.contains("panicked"), "{err}");
}

#[test]
fn an_output_among_the_inputs_is_never_read() {
    let place = Place::new();
    let run = || {
        let said = place.say(&["run", "in", "--output", "in/out.jsonl"]);
        assert_eq!(said.code, 0, "{}", said.err);
        let names = ["in/out.jsonl", "in/out.removed.jsonl"];
        (names.map(|name| fs::read(place.path(name)).unwrap()), said.err.contains("1 documents: 1 written"))
    };
    let first = run();
    assert!(first.1);
    assert_eq!(run(), first);
}

#[test]
fn data_on_standard_output_is_what_a_file_would_hold() {
    let place = Place::new();
    assert_eq!(place.run(&[]).code, 0);
    let said = place.say(&["run", "in", "--output", "-"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(said.out.as_bytes(), fs::read(place.path("out.jsonl")).unwrap());
}

#[test]
fn the_seeds_come_out_as_csv_and_jsonl() {
    let place = Place::new();
    let seeds = repo("seeds");
    for name in ["seeds.jsonl", "table.csv"] {
        let said = place.say(&["run", seeds.to_str().unwrap(), "--output", name]);
        assert_eq!(said.code, 0, "{}", said.err);
    }
    let records = fs::read_to_string(place.path("seeds.jsonl")).unwrap();
    let mut table = csv::Reader::from_path(place.path("table.csv")).unwrap();
    let header = table.headers().unwrap().clone();
    assert_eq!(header.iter().take(4).collect::<Vec<_>>(), ["id", "text", "source", "created"]);
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    assert_eq!((records.lines().count(), rows.len()), (5, 5));
    for (record, row) in records.lines().zip(&rows) {
        let record: Value = serde_json::from_str(record).unwrap();
        let text = record["text"].as_str().unwrap();
        assert!(row[1] == *text || row[1] == *format!("'{text}"), "the text is the same in both");
        assert_eq!(row[2], *record["source"].as_str().unwrap());
    }
}

#[test]
fn show_names_every_block_and_what_became_of_it() {
    let place = Place::new();
    place.put("page.txt", format!("Advertisement\n\n{PROSE}").as_bytes());
    let said = place.say(&["show", "page.txt"]);
    assert_eq!(said.code, 0, "{}", said.err);
    for words in ["page.txt", "Advertisement", "en/advert", "The council voted", "Work is to begin"] {
        assert!(said.out.contains(words), "no {words:?} in {}", said.out);
    }
    assert!(!said.out.contains('\u{1b}'), "colours where nobody sees them");
    refused(&place.say(&["show", "nowhere.txt"]), &["nowhere.txt"]);
    place.put("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    let said = place.say(&["show", "picture.txt"]);
    assert_eq!(said.code, 0);
    assert!(said.out.contains("binary"), "{}", said.out);
}

#[test]
fn show_lets_no_page_move_the_cursor() {
    let place = Place::new();
    place.put("page.txt", PROSE.replace("stone", "\u{1b}[2Jstone\u{202E}").as_bytes());
    let said = place.say(&["show", "page.txt"]);
    assert!(said.out.contains("stone") && !said.out.contains(['\u{1b}', '\u{202E}']), "{}", said.out);
}

#[test]
fn rules_are_listed_and_shown_one_by_one() {
    let all = say(&["rules"]);
    assert_eq!(all.code, 0);
    assert!(all.out.lines().count() > 20 && all.out.contains("en/advert"), "{}", all.out);
    let one = say(&["rules", "en/advert"]);
    assert_eq!(one.code, 0);
    assert!(one.out.contains("Labels above advertisements"), "{}", one.out);
    refused(&say(&["rules", "en/no-such-rule"]), &["en/no-such-rule", "gleaner rules"]);
}

#[test]
fn a_config_that_is_no_text() {
    let place = Place::new();
    refused(&place.run(&["--config", "in"]), &["in"]);
    place.put("noise.toml", &[0xFF, 0xFE, 0x00, 0x80]);
    refused(&place.run(&["--config", "noise.toml"]), &["noise.toml"]);
}

#[test]
fn languages_are_kept_by_code_and_the_others_are_skipped_by_name() {
    let place = Place::new();
    place.put(
        "in/de.txt",
        "Der Rat der Stadt hat am Montag beschlossen, die alte Brücke noch vor dem Winter zu sanieren.\n\n\
         Die Arbeiten sollen im März beginnen und werden etwa sieben Monate dauern, sagte der Bürgermeister.\n"
            .as_bytes(),
    );
    assert_eq!(place.run(&["--languages", "de,und"]).code, 0);
    assert_eq!(place.sources(), ["in/de.txt"]);
    let report = place.report();
    assert_eq!((&report["ok"], &report["skipped"]), (&1.into(), &serde_json::json!({ "language": 1 })));
    let said = place.run(&["--languages", "de,xx"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("\"xx\"") && said.err.contains("de, el, en"), "{}", said.err);
}

#[test]
fn scorer_and_strictness_are_settings() {
    let place = Place::new();
    assert_eq!(place.run(&["--scorer", "rules", "--strictness", "0.9"]).code, 0);
    for wrong in [["--strictness", "1"], ["--strictness", "high"], ["--scorer", "trees2"]] {
        assert_eq!(place.run(&wrong).code, 2, "{wrong:?}");
    }
}
