//! Cleaned documents as bytes: settled from them, everything is as if they had never left the process.
mod support;

use gleaner::model::{Declared, Origin, RawDocument, SkipReason, Stage, Trouble};
use gleaner::{Cleaned, Config, Fingerprint, Outputs, RuleSet, Settler, TextFormat};
use proptest::prelude::*;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use support::{all_fixtures, rules};

/// Every fixture twice, so that there are repeats, and what is in trouble.
fn items() -> Vec<Result<RawDocument, Trouble>> {
    let raw = |(n, path): (usize, &std::path::PathBuf)| {
        let origin = Origin::record("pages", &n.to_string());
        let url = Some(format!("https://site{}.example/{n}", n % 3));
        let declared = Declared { url, ..Declared::default() };
        Ok(RawDocument { origin, bytes: fs::read(path).unwrap(), declared })
    };
    let paths = all_fixtures();
    let mut items: Vec<_> = paths.iter().chain(&paths).enumerate().map(raw).collect();
    items.push(Err(Trouble::skipped(Origin::page("link"), SkipReason::Link)));
    items.insert(3, Err(Trouble::failed(Origin::page("a.warc"), Stage::Read, "it is damaged")));
    items
}

fn cleaned(config: &Config) -> Vec<Cleaned> {
    items().into_iter().map(|item| Cleaned::new(config, rules(), item)).collect()
}

/// All files of a run; of the report without times.
fn settled(config: &Config, documents: Vec<Cleaned>, batch: usize, folder: &Path) -> Vec<String> {
    let outputs = Outputs { data: folder.join("out.jsonl").display().to_string(), ..Outputs::default() };
    let mut settler = Settler::begin(config, rules(), &outputs).unwrap();
    let mut documents = documents.into_iter().peekable();
    while documents.peek().is_some() {
        settler.settle(documents.by_ref().take(batch).collect()).unwrap();
    }
    settler.finish().unwrap();
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let mut report: Value = serde_json::from_str(&read("out.report.json")).unwrap();
    report.as_object_mut().unwrap().remove("slow");
    for stage in report["stages"].as_object_mut().unwrap().values_mut() {
        stage.as_object_mut().unwrap().remove("seconds");
    }
    vec![read("out.jsonl"), read("out.removed.jsonl"), read("out.manifest.json"), report.to_string()]
}

#[test]
fn what_was_carried_is_settled_as_what_was_not() {
    let mut markdown = Config::default();
    markdown.write.text = TextFormat::Markdown;
    let mut sites = Config::default();
    sites.strip.site_lines.enabled = true;
    let dir = tempfile::tempdir().unwrap();
    for config in [Config::default(), markdown, sites] {
        let fingerprint = Fingerprint::of(&config, rules());
        let bytes: Vec<_> = cleaned(&config).iter().map(|one| one.to_bytes(&fingerprint)).collect();
        let carried = bytes.iter().map(|one| Cleaned::from_bytes(one, &fingerprint).unwrap());
        let here = settled(&config, cleaned(&config), 1000, dir.path());
        let there = settled(&config, carried.collect(), 7, dir.path());
        assert!(here[0].lines().count() > 10 && here[1].contains("\"duplicate\""));
        for (here, there) in here.iter().zip(&there) {
            assert_eq!(here, there);
        }
    }
}

#[test]
fn bytes_of_bytes_are_the_same() {
    let config = Config::default();
    let fingerprint = Fingerprint::of(&config, rules());
    for one in cleaned(&config) {
        let bytes = one.to_bytes(&fingerprint);
        assert_eq!(Cleaned::from_bytes(&bytes, &fingerprint).unwrap().to_bytes(&fingerprint), bytes);
    }
}

#[test]
fn what_was_cleaned_otherwise_is_refused() {
    let (config, mut other) = (Config::default(), Config::default());
    other.strip.strictness = 0.7;
    let first = rules().rules()[0].id.to_string();
    let fewer = RuleSet::load(&[], &[first]).unwrap();
    let here = Fingerprint::of(&config, rules());
    let bytes = cleaned(&config)[0].to_bytes(&here);
    for there in [Fingerprint::of(&other, rules()), Fingerprint::of(&config, &fewer)] {
        let error = Cleaned::from_bytes(&bytes, &there).err().unwrap().to_string();
        assert!(error.contains("clean all documents alike"), "{error}");
    }
}

#[test]
fn verdicts_of_the_caller_are_carried() {
    let config = Config::default();
    let fingerprint = Fingerprint::of(&config, rules());
    let mut one = cleaned(&config).remove(0);
    let of = Box::new(gleaner::model::BlockAddress { origin: Origin::record("a", "b"), block: 3 });
    let verdict = gleaner::model::Verdict::Duplicate { of, similarity: 0.75, kept: true };
    for block in &mut one.document_mut().unwrap().blocks {
        block.set(verdict.clone());
    }
    let again = Cleaned::from_bytes(&one.to_bytes(&fingerprint), &fingerprint).unwrap();
    let blocks = &again.outcome().unwrap().blocks;
    assert!(blocks.iter().any(|block| *block.verdict() == verdict));
}

/// A document with its fingerprint, as bytes.
static BYTES: LazyLock<(Fingerprint, Vec<u8>)> = LazyLock::new(|| {
    let mut config = Config::default();
    config.write.text = TextFormat::Markdown;
    let fingerprint = Fingerprint::of(&config, rules());
    let bytes = cleaned(&config).into_iter().map(|one| one.to_bytes(&fingerprint));
    let bytes = bytes.filter(|bytes| bytes.len() < 20_000).max_by_key(Vec::len).unwrap();
    (fingerprint, bytes)
});

proptest! {
    #[test]
    fn damaged_bytes_are_refused_or_read(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8),
        cut in any::<prop::sample::Index>(),
        whole in any::<bool>(),
    ) {
        let (fingerprint, mut bytes) = BYTES.clone();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if !whole {
            bytes.truncate(cut.index(bytes.len()));
            prop_assert!(Cleaned::from_bytes(&bytes, &fingerprint).is_err());
        } else if let Ok(read) = Cleaned::from_bytes(&bytes, &fingerprint) {
            let _ = read.outcome().map(|document| document.body());
        }
    }
}
