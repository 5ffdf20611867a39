//! The state of earlier runs: nights add up to one run, a killed run leaves nothing behind, damage is named.
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

/// Nights, and files of each.
const NIGHTS: usize = 4;
const FILES: usize = 12;
/// Paragraphs of a file; with them the order of shingles is learnt anew in the third night.
const PARAGRAPHS: usize = 140;

fn gleaner(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gleaner"));
    command.current_dir(folder).args(args).stdin(Stdio::null());
    command
}

fn run(folder: &Path, args: &[&str]) -> Output {
    gleaner(folder, args).output().unwrap()
}

fn night(folder: &Path, night: usize, more: &[&str]) -> Vec<String> {
    let input = format!("night{night}");
    let output = format!("out{night}.jsonl");
    let mut args = vec!["run", &input, "-o", &output, "--no-strip", "--quiet", "--state", "state"];
    args.extend(more);
    let done = run(folder, &args);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    rows(folder, &format!("out{night}"))
}

/// The data and the ledger of a run.
fn rows(folder: &Path, stem: &str) -> Vec<String> {
    [".jsonl", ".removed.jsonl"]
        .iter()
        .flat_map(|end| {
            let text = fs::read_to_string(folder.join(format!("{stem}{end}"))).unwrap();
            text.lines().map(str::to_string).collect::<Vec<_>>()
        })
        .collect()
}

/// A corpus of some nights; a third of the paragraphs are edited copies of earlier ones.
fn corpus() -> tempfile::TempDir {
    const WORDS: [&str; 16] = [
        "harbour", "ship", "mayor", "water", "storm", "bridge", "night", "council", "river", "market",
        "winter", "road", "engine", "school", "window", "garden",
    ];
    let folder = tempfile::tempdir().unwrap();
    let mut state = 1u64;
    let mut draw = move |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut all: Vec<String> = Vec::new();
    for night in 0..NIGHTS {
        let night = folder.path().join(format!("night{night}"));
        fs::create_dir(&night).unwrap();
        for file in 0..FILES {
            let first = all.len();
            for _ in 0..PARAGRAPHS {
                let fresh = all.is_empty() || draw(3) > 0;
                let text = if fresh {
                    let words: Vec<&str> = (0..14 + draw(10)).map(|_| WORDS[draw(16)]).collect();
                    words.join(" ")
                } else {
                    let copy = &all[draw(all.len())];
                    let (from, to) = (WORDS[draw(16)], WORDS[draw(16)]);
                    copy.replacen(from, to, draw(2))
                };
                all.push(text);
            }
            fs::write(night.join(format!("{file:02}.txt")), all[first..].join("\n")).unwrap();
        }
    }
    folder
}

/// All files of a folder with their bytes, by name.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().into(), fs::read(&path).unwrap()))
        .collect();
    files.sort();
    files
}

fn copy(from: &Path, to: &Path) {
    let _ = fs::remove_dir_all(to);
    fs::create_dir(to).unwrap();
    for (name, bytes) in files(from) {
        fs::write(to.join(name), bytes).unwrap();
    }
}

#[test]
fn nights_add_up_to_one_run_for_any_threads_and_batches() {
    let corpus = corpus();
    let folder = corpus.path();
    let mut nights = Vec::new();
    for number in 0..NIGHTS {
        nights.extend(night(folder, number, &["--threads", "1"]));
    }
    let inputs: Vec<String> = (0..NIGHTS).map(|night| format!("night{night}")).collect();
    let mut args: Vec<&str> = vec!["run", "-o", "whole.jsonl", "--no-strip", "--quiet", "--threads", "3"];
    args.extend(inputs.iter().map(String::as_str));
    assert!(run(folder, &args).status.success());
    let mut whole = rows(folder, "whole");
    assert!(whole.iter().filter(|row| row.contains(r#""verdict":"duplicate""#)).count() > 1000);
    whole.sort();
    nights.sort();
    assert!(whole == nights);

    let state = files(&folder.join("state"));
    fs::remove_dir_all(folder.join("state")).unwrap();
    fs::write(folder.join("small.toml"), "[run]\nbatch_documents = 1\n").unwrap();
    for number in 0..NIGHTS {
        night(folder, number, &["--threads", "4", "--config", "small.toml"]);
    }
    assert!(files(&folder.join("state")) == state, "the state depends on threads or batches");
    let told = run(folder, &["state", "state"]);
    let told = String::from_utf8(told.stdout).unwrap();
    assert!(told.contains("paragraphs") && told.contains("all files are whole"), "{told}");
}

#[test]
fn a_killed_run_leaves_the_state_whole() {
    let corpus = corpus();
    let folder = corpus.path();
    night(folder, 0, &[]);
    copy(&folder.join("state"), &folder.join("before"));
    let expected = night(folder, 1, &[]);
    let state = files(&folder.join("state"));
    let mut killed = 0;
    for wait in (0..200).step_by(8) {
        copy(&folder.join("before"), &folder.join("state"));
        let args = ["run", "night1", "-o", "out1.jsonl", "--no-strip", "--quiet", "--state", "state"];
        let mut child = gleaner(folder, &args).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(wait));
        let ended = child.try_wait().unwrap().is_some();
        let _ = child.kill();
        child.wait().unwrap();
        killed += usize::from(!ended);
        // The manifest is the last to change: with the old one the run is run again, with the new one it is done.
        if fs::read(folder.join("state/manifest.json")).unwrap()
            == fs::read(folder.join("before/manifest.json")).unwrap()
        {
            night(folder, 1, &[]);
        }
        assert!(rows(folder, "out1") == expected, "killed after {wait} ms");
        let told = run(folder, &["state", "state"]);
        assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
        let named = |(name, _): &&(PathBuf, Vec<u8>)| !name.to_string_lossy().ends_with(".new");
        let after = files(&folder.join("state"));
        assert!(state.iter().all(|file| after.contains(file)), "killed after {wait} ms");
        assert!(after.iter().filter(named).count() >= state.len());
    }
    assert!(killed > 2, "no run was killed");
}

#[test]
fn damage_and_misuse_are_named() {
    let corpus = corpus();
    let folder = corpus.path();
    night(folder, 0, &[]);
    let state = folder.join("state");
    copy(&state, &folder.join("before"));
    let refused = |args: &[&str], word: &str| {
        let done = run(folder, args);
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(done.status.code(), Some(2), "{said}");
        assert!(said.contains(word), "{said}");
    };
    let again = ["run", "night1", "-o", "out1.jsonl", "--quiet", "--state", "state"];
    let strict = [&again[..], &["--near", "strict"]].concat();
    refused(&strict, "--near");
    for (name, bytes) in files(&state).into_iter().filter(|(_, bytes)| !bytes.is_empty()) {
        let path = state.join(&name);
        fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
        refused(&again, "state");
        refused(&["state", "state"], "damaged");
        let mut flipped = bytes.clone();
        flipped[bytes.len() / 2] ^= 1;
        fs::write(&path, &flipped).unwrap();
        if name != Path::new("manifest.json") {
            refused(&["state", "state"], "damaged");
        }
        fs::write(&path, &bytes).unwrap();
    }
    let manifest = fs::read_to_string(state.join("manifest.json")).unwrap();
    fs::write(state.join("manifest.json"), manifest.replace("\"format\": 3", "\"format\": 99")).unwrap();
    refused(&again, "format 99");
    fs::write(state.join("manifest.json"), manifest).unwrap();
    let lock = fs::File::open(state.join("run.lock")).unwrap();
    lock.lock().unwrap();
    refused(&again, "in use by");
    drop(lock);
    assert!(files(&state) == files(&folder.join("before")), "something was lost");
    refused(&["state", "nowhere"], "no state");
}
