//! Extractors in Rust, for `compare.py`: one extractor over one file of rows, as often as it is told to.
//!
//!     peers NAME ROWS       NAME: gleaner, dom_smoothie, rs-trafilatura, or scraper (which only parses)
//!
//! ROWS is a file of JSON Lines with `html`. For each line N on standard input the extractor goes over every Nth page,
//! and a line of JSON says the CPU seconds of the calls alone, the bytes of those pages, and of the text it found.
use gleaner::model::{Declared, Origin, RawDocument};
use std::error::Error;
use std::io::{BufRead, BufReader, Write};

/// Takes a page to the length of its text, in bytes.
type Extract = Box<dyn Fn(&str) -> usize>;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [name, rows] = arguments.as_slice() else { return Err("usage: peers NAME ROWS".into()) };
    let extract = extractor(name)?;
    let mut pages = Vec::new();
    for line in BufReader::new(std::fs::File::open(rows)?).lines() {
        let row: serde_json::Value = serde_json::from_str(&line?)?;
        pages.push(row["html"].as_str().ok_or("a row without html")?.to_string());
    }
    for line in std::io::stdin().lines() {
        let every: usize = line?.trim().parse()?;
        let pages: Vec<&String> = pages.iter().step_by(every).collect();
        let before = cpu_seconds();
        let text: usize = pages.iter().map(|page| extract(page)).sum();
        let seconds = cpu_seconds() - before;
        let bytes: usize = pages.iter().map(|page| page.len()).sum();
        println!("{}", serde_json::json!({ "seconds": seconds, "bytes": bytes, "text": text }));
        std::io::stdout().flush()?;
    }
    Ok(())
}

fn extractor(name: &str) -> Result<Extract, Box<dyn Error>> {
    Ok(match name {
        "gleaner" => gleaner()?,
        "dom_smoothie" => Box::new(|page| {
            let read = dom_smoothie::Readability::new(page, None, None);
            let article = read.and_then(|mut read| read.parse());
            article.map_or(0, |article| article.text_content.len())
        }),
        "rs-trafilatura" => {
            Box::new(|page| rs_trafilatura::extract(page).map_or(0, |result| result.content_text.len()))
        }
        "scraper" => Box::new(|page| {
            std::hint::black_box(scraper::Html::parse_document(page));
            0
        }),
        _ => return Err(format!("no extractor is called {name:?}").into()),
    })
}

/// The clean half of the line, which is all that the others do; what compares documents with each other is left out.
fn gleaner() -> Result<Extract, Box<dyn Error>> {
    let config = gleaner::Config::default();
    let rules = gleaner::RuleSet::load(&[], &[])?;
    Ok(Box::new(move |page| {
        let raw = RawDocument {
            origin: Origin::page("page"),
            bytes: page.as_bytes().to_vec(),
            declared: Declared::default(),
        };
        let document = gleaner::clean(&config, &rules, &raw, &mut gleaner::Work::default());
        document.map_or(0, |document| document.body().len())
    }))
}

/// CPU time of this process so far.
fn cpu_seconds() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}
