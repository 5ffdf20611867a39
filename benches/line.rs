//! The line: each stage by itself and the whole of it, in MB/s of CPU time, with scraper's parser as baseline.
//!
//! `cargo bench --bench line -- 20` makes 20 MB of each kind. `GLEANER_BENCH_ROUNDS`, `GLEANER_BENCH_MB` and
//! `GLEANER_BENCH_ONLY` (html, text, many lines) say the same by environment.
mod support;

use gleaner::model::{Document, Origin, RawDocument, Record};
use gleaner::{Config, Duplicates, Outputs, RuleSet, Work, Writers, bench};
use std::path::Path;
use support::corpus::{Corpus, Kind, Made};
use support::folder::SEED;
use support::{Table, corpus_bytes, wanted};

/// Nobody looks at the progress of a bench.
struct Silent;

impl gleaner::Observer for Silent {
    fn progress(&mut self, _documents: u64, _bytes: u64) {}
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let rules = RuleSet::load(&[], &[])?;
    for (name, kind) in [("html", Kind::Html), ("text", Kind::Text)] {
        if wanted(name) {
            let made: Vec<Made> = Corpus::new(kind, SEED).documents(corpus_bytes()).collect();
            tables(name, kind, &made, &rules)?;
        }
    }
    if wanted("many lines") {
        many_lines(&rules);
    }
    Ok(())
}

/// One document of more and more lines, a word each and a sentence each: the rate must not fall with their number.
fn many_lines(rules: &RuleSet) {
    for (name, line) in
        [("words", "harbour"), ("sentences", "The old harbour was closed on Monday after a storm.")]
    {
        let raws: Vec<RawDocument> = [10_000, 100_000, 1_000_000]
            .map(|lines| {
                let text: String = (0..lines).map(|number| format!("{line} {}\n", number % 1000)).collect();
                raw(&Made { name: lines.to_string(), bytes: text.into_bytes() })
            })
            .into();
        let mut table = Table::new(&format!("many lines, {name}: decode, parse and strip"));
        for raw in &raws {
            table.case(&format!("{} lines", raw.origin), raw.bytes.len(), move || {
                let mut document = bench::parse(raw, bench::decode(raw).ok()?);
                bench::strip(&mut document, rules);
                Some(document)
            });
        }
        table.print();
    }
}

/// The stages one by one, then the whole line from files to files.
fn tables(name: &str, kind: Kind, made: &[Made], rules: &RuleSet) -> Result<(), Box<dyn std::error::Error>> {
    let config = Config::default();
    let raws: Vec<RawDocument> = made.iter().map(raw).collect();
    let bytes: usize = raws.iter().map(|raw| raw.bytes.len()).sum();
    let decoded = || raws.iter().filter_map(|raw| Some((raw, bench::decode(raw).ok()?)));
    let parsed: Vec<Document> = decoded().map(|(raw, text)| bench::parse(raw, text)).collect();
    let judged: Vec<Document> = raws
        .iter()
        .filter_map(|raw| gleaner::clean(&config, rules, raw, &mut Work::default()).ok())
        .collect();
    let dir = tempfile::tempdir()?;
    let input = dir.path().join("input");
    std::fs::create_dir(&input)?;
    for document in made {
        std::fs::write(input.join(&document.name), &document.bytes)?;
    }

    let mut table = Table::new(&format!("{name}: {} documents, {:.1} MB", raws.len(), bytes as f64 / 1e6));
    baseline(&mut table, kind, made, bytes);
    table.case("decode", bytes, || raws.iter().filter_map(|raw| bench::decode(raw).ok()).count());
    table.prepared(
        "parse",
        bytes,
        || decoded().collect::<Vec<_>>(),
        |texts| texts.into_iter().map(|(raw, text)| bench::parse(raw, text)).collect::<Vec<_>>(),
    );
    table.prepared(
        "strip",
        bytes,
        || parsed.clone(),
        |mut documents| {
            documents.iter_mut().for_each(|document| bench::strip(document, rules));
            documents
        },
    );
    table.case("decode, parse and strip", bytes, || {
        decoded()
            .map(|(raw, text)| bench::parse(raw, text))
            .map(|mut document| {
                bench::strip(&mut document, rules);
                document
            })
            .collect::<Vec<_>>()
    });
    table.prepared(
        "dedup",
        bytes,
        || judged.clone(),
        |mut documents| {
            bench::dedup(&config.dedup, &mut documents.iter_mut().collect::<Vec<_>>()).expect("dedup");
            documents
        },
    );
    for ending in ["jsonl", "csv"] {
        let out = dir.path().join("written").with_extension(ending);
        table.prepared(
            &format!("write {ending}"),
            bytes,
            move || out.clone(),
            |out| write(&judged, &out).expect("the bench folder can be written"),
        );
    }
    for threads in [1, 2] {
        let (input, out) = (&input, dir.path().join("line.jsonl"));
        table.case(&format!("whole line, {threads} threads"), bytes, move || {
            line(threads, rules, input, &out).expect("the line runs over its own corpus")
        });
    }
    table.print();
    Ok(())
}

/// scraper's own parser for pages; for text, which needs no parser, the check that it is UTF-8.
fn baseline<'a>(table: &mut Table<'a>, kind: Kind, made: &'a [Made], bytes: usize) {
    let texts = move || made.iter().filter_map(|made| std::str::from_utf8(&made.bytes).ok());
    match kind {
        Kind::Text => table.case("baseline: UTF-8 check, lines", bytes, move || {
            texts().map(|text| text.lines().filter(|line| !line.trim().is_empty()).count()).sum::<usize>()
        }),
        _ => table.case("baseline: scraper parse_document", bytes, move || {
            texts().map(|text| scraper::Html::parse_document(text).tree.values().count()).sum::<usize>()
        }),
    }
}

fn raw(made: &Made) -> RawDocument {
    RawDocument { origin: Origin::page(&made.name), bytes: made.bytes.clone(), declared: Default::default() }
}

fn write(documents: &[Document], out: &Path) -> gleaner::model::Result<()> {
    let outputs = Outputs { data: out.display().to_string(), ..Outputs::default() };
    let mut writers = Writers::open(&outputs, &Config::default())?;
    for document in documents {
        writers.ledger(document)?;
        writers.record(&Record::new(document))?;
    }
    writers.commit(&gleaner::model::RunReport::new())
}

fn line(threads: usize, rules: &RuleSet, input: &Path, out: &Path) -> gleaner::model::Result<u64> {
    let mut config = Config::default();
    config.run.threads = threads;
    config.dedup.duplicates = Duplicates::Drop;
    let found = gleaner::find(&[input.display().to_string()])?;
    let outputs = Outputs { data: out.display().to_string(), ..Outputs::default() };
    Ok(gleaner::run(&config, rules, found, &outputs, &mut Silent)?.documents)
}
