//! Lines that stand on many pages of a site: learned alike for any threads and batches, over one run or many, and
//! whether or not a run was stopped on the way.
mod place;
mod support;

use gleaner::model::RunReport;
use gleaner::{Config, Observer, Outputs};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use support::rules;

/// Pages of three sites in turns, with a line of the site above and below the text, and one page that is broken.
fn rows(from: usize, to: usize) -> String {
    let row = |n: usize| {
        let site = n % 3;
        let text = format!(
            "Bay Courier {site}\nIn ward {n} the council voted on day {n} to repair bridge {n} before winter {n} comes.\n\
             Letters to the Courier {site}\n"
        );
        let text = if n == 40 { String::new() } else { text };
        json!({ "id": n.to_string(), "url": format!("https://www.s{site}.example/{n}"), "text": text })
    };
    (from..to).map(|n| format!("{}\n", row(n))).collect()
}

/// Stops the run after so many batches.
struct Patience(usize);

impl Observer for Patience {
    fn progress(&mut self, _documents: u64, _bytes: u64) {
        self.0 = self.0.saturating_sub(1);
    }

    fn stops(&self) -> bool {
        self.0 == 0
    }
}

fn config(ahead: usize) -> Config {
    let mut config = Config::default();
    config.strip.site_lines.enabled = true;
    config.strip.site_lines.ahead_documents = ahead;
    config.run.checkpoint_seconds = 0;
    // What the scorer would cut anyway shows nothing.
    config.strip.strictness = 0.001;
    config
}

fn run(config: &Config, folder: &Path, input: &str, batches: usize) -> gleaner::model::Result<RunReport> {
    let found = gleaner::find(&[folder.join(input).display().to_string()])?;
    let outputs = Outputs { data: folder.join("out.jsonl").display().to_string(), ..Outputs::default() };
    gleaner::run(config, rules(), found, &outputs, &mut Patience(batches))
}

/// The records and the ledger. The folder's own name is no part of them.
fn written(folder: &Path) -> [String; 2] {
    let name = folder.display().to_string();
    let records = fs::read_to_string(folder.join("out.jsonl")).unwrap();
    let records = records.lines().map(|line| {
        let record: Value = serde_json::from_str(line).unwrap();
        format!("{} {}\n", record["source"].as_str().unwrap().replace(&name, ""), record["text"])
    });
    [records.collect(), fs::read_to_string(folder.join("out.removed.jsonl")).unwrap().replace(&name, "")]
}

fn fresh(input: &str, rows: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(input), rows).unwrap();
    folder
}

#[test]
fn all_threads_and_batches_write_the_same() {
    let mut first: Option<[String; 2]> = None;
    for (threads, batch_documents) in [(1, 1), (2, 7), (4, 500)] {
        let folder = fresh("rows.jsonl", &rows(0, 90));
        let mut config = config(10);
        (config.run.threads, config.run.batch_documents) = (threads, batch_documents);
        let report = run(&config, folder.path(), "rows.jsonl", usize::MAX).unwrap();
        assert_eq!((report.sites, report.site_lines), (3, 6));
        let written = written(folder.path());
        assert_eq!(&written, first.get_or_insert_with(|| written.clone()), "{threads} {batch_documents}");
    }
    // With ten pages of three sites ahead, the first ones do not know enough of theirs.
    let [records, ledger] = first.unwrap();
    assert!(records.lines().next().unwrap().contains("Bay Courier 0"));
    assert!(!records.lines().last().unwrap().contains("Courier"));
    assert!(ledger.contains("stands on 5 pages of s1.example"), "{ledger}");
}

#[test]
fn pages_are_judged_by_those_that_come_after_them_too() {
    let folder = fresh("rows.jsonl", &rows(0, 90));
    run(&config(1_000), folder.path(), "rows.jsonl", usize::MAX).unwrap();
    let [records, ledger] = written(folder.path());
    assert!(!records.contains("Courier"));
    assert_eq!(ledger.matches("stands on 30 pages of s0.example").count(), 60);
    assert_eq!(ledger.matches("\"rule\":\"site/repeated-line\"").count(), 2 * 89);
}

#[test]
fn a_run_that_is_stopped_and_gone_on_with_writes_the_same() {
    let whole = fresh("rows.jsonl", &rows(0, 90));
    run(&config(10), whole.path(), "rows.jsonl", usize::MAX).unwrap();
    for batches in [3, 4, 9] {
        let folder = fresh("rows.jsonl", &rows(0, 90));
        let mut config = config(10);
        config.run.batch_documents = 7;
        config.dedup.state = Some(folder.path().join("state"));
        let mut stops = 0;
        while let Err(error) = run(&config, folder.path(), "rows.jsonl", batches) {
            stops += 1;
            assert!(stops < 30, "{error}");
        }
        assert!(stops > 0 && written(folder.path()) == written(whole.path()), "{batches}");
    }
}

#[test]
fn later_runs_know_what_earlier_ones_learned() {
    let folder = fresh("rows.jsonl", &rows(0, 60));
    fs::write(folder.path().join("more.jsonl"), rows(60, 66)).unwrap();
    let mut config = config(1_000);
    config.dedup.state = Some(folder.path().join("state"));
    run(&config, folder.path(), "rows.jsonl", usize::MAX).unwrap();
    run(&config, folder.path(), "more.jsonl", usize::MAX).unwrap();
    let [records, ledger] = written(folder.path());
    assert!(!records.contains("Courier"));
    assert_eq!(ledger.matches("stands on 22 pages of s2.example").count(), 4);
    let told = gleaner::describe_state(&folder.path().join("state")).unwrap();
    assert!(told.contains("sites       3 of 65 pages"), "{told}");
    // Damage is named.
    let path = folder.path().join("state/sites.bin");
    let bytes = fs::read(&path).unwrap();
    for damaged in [&bytes[..bytes.len() - 1], &[]] {
        fs::write(&path, damaged).unwrap();
        let error = run(&config, folder.path(), "more.jsonl", usize::MAX).unwrap_err().to_string();
        assert!(error.contains("sites.bin"), "{error}");
    }
    fs::remove_file(&path).unwrap();
    assert!(run(&config, folder.path(), "more.jsonl", usize::MAX).is_err());
}

#[test]
fn sites_are_left_alone_where_they_are_not_wanted() {
    let folder = fresh("rows.jsonl", &rows(0, 60));
    let mut config = config(1_000);
    config.strip.site_lines.enabled = false;
    let report = run(&config, folder.path(), "rows.jsonl", usize::MAX).unwrap();
    assert_eq!(report.sites, 0);
    assert!(written(folder.path())[0].contains("Courier"));
}
