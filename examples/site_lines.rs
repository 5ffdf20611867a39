//! What the lines of sites are worth: `cargo run --release --example site_lines -- FILE|made [MIN_PAGES] [STRICTNESS]`.
//!
//! `made` makes sites up: articles with the furniture, the sub-headings and the reprinted sentences that news sites
//! have. A row of a file is a page: `{"id", "url", "lines": [[text, label]...]}` or, for a web page, `{"id", "url",
//! "html", "lines"}`; the label `d` is furniture and `k` is text. The whole line runs over the pages; of all lines
//! that went as their site's it says how many were furniture. At a low strictness the scorer leaves them to the site.
use gleaner::{Config, Observer, Outputs, RuleSet};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::error::Error;
use std::fs;
use std::path::Path;

/// Lines of text that are shown, of those that went.
const SHOWN: usize = 20;

/// Made up: sites, and pages of each.
const SITES: usize = 40;
const PAGES: usize = 60;

struct Silent;

impl Observer for Silent {
    fn progress(&mut self, _documents: u64, _bytes: u64) {}
}

/// What became of the lines of a site: each line that went, with how often it was furniture and text.
type Gone = BTreeMap<(String, String), (usize, usize)>;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let from = arguments.next().ok_or("name a file of labelled lines, or say `made`")?;
    let rows: Vec<Value> = match from.as_str() {
        "made" => (0..SITES * PAGES).map(made).collect(),
        path => fs::read_to_string(path)?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?,
    };
    let mut config = Config::default();
    config.strip.site_lines.enabled = true;
    if let Some(pages) = arguments.next() {
        config.strip.site_lines.min_pages = pages.parse()?;
    }
    if let Some(strictness) = arguments.next() {
        config.strip.strictness = strictness.parse()?;
    }
    let folder = tempfile::tempdir()?;
    let ledger = run(&config, &rows, folder.path())?;
    show(&gone(&rows, &ledger)?, &rows);
    Ok(())
}

/// Runs the line over the pages: the ledger.
fn run(config: &Config, rows: &[Value], folder: &Path) -> Result<String, Box<dyn Error>> {
    let input: String = rows.iter().map(|row| format!("{}\n", without_labels(row))).collect();
    fs::write(folder.join("pages.jsonl"), input)?;
    let outputs = Outputs { data: folder.join("out.jsonl").display().to_string(), ..Outputs::default() };
    let found = gleaner::find(&[folder.join("pages.jsonl").display().to_string()])?;
    let report = gleaner::run(config, &RuleSet::load(&[], &[])?, found, &outputs, &mut Silent)?;
    println!("{} pages; {} lines learned, of {} sites", report.documents, report.site_lines, report.sites);
    Ok(fs::read_to_string(folder.join("out.removed.jsonl"))?)
}

fn without_labels(row: &Value) -> Value {
    let mut page = json!({ "id": row["id"], "url": row["url"] });
    match row.get("html") {
        Some(html) => page["html"] = html.clone(),
        None => {
            let lines = row["lines"].as_array().into_iter().flatten();
            let text: Vec<&str> = lines.filter_map(|line| line[0].as_str()).collect();
            page["text"] = text.join("\n").into();
        }
    }
    page
}

/// The letters and digits of a line.
fn solid(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The lines that went as their site's, and what they were.
fn gone(rows: &[Value], ledger: &str) -> Result<Gone, Box<dyn Error>> {
    let pages: HashMap<&str, &Value> =
        rows.iter().filter_map(|row| Some((row["id"].as_str()?, row))).collect();
    let mut gone = Gone::new();
    for row in ledger.lines() {
        let row: Value = serde_json::from_str(row)?;
        if row["rule"] != gleaner::model::SITE_RULE {
            continue;
        }
        let (source, text) =
            (row["source"].as_str().unwrap_or_default(), row["text"].as_str().unwrap_or_default());
        let id = source.split_once('#').map_or(source, |(_, id)| id);
        let page = pages.get(id).ok_or("a page that was not given")?;
        let is_text = labels(page, text).contains("k");
        let site = row["reason"].as_str().unwrap_or_default().rsplit(' ').next().unwrap_or_default();
        let (furniture, body) = gone.entry((site.to_string(), text.to_string())).or_default();
        *if is_text { body } else { furniture } += 1;
    }
    Ok(gone)
}

/// The labels that a line has on a page.
fn labels<'a>(page: &'a Value, text: &str) -> BTreeSet<&'a str> {
    let text = solid(text);
    let lines = page["lines"].as_array().into_iter().flatten();
    lines
        .filter(|line| line[0].as_str().is_some_and(|line| solid(line) == text))
        .filter_map(|line| line[1].as_str())
        .collect()
}

fn show(gone: &Gone, rows: &[Value]) {
    let furniture: usize = gone.values().map(|(furniture, _)| furniture).sum();
    let body: usize = gone.values().map(|(_, body)| body).sum();
    let good = gone.values().filter(|(furniture, body)| furniture > body).count();
    let share = |good: usize, all: usize| good as f64 / all.max(1) as f64;
    println!(
        "cuts: {furniture} of furniture, {body} of text: precision {:.4}",
        share(furniture, furniture + body)
    );
    println!("lines cut: {}, {good} of them mostly furniture: {:.4}", gone.len(), share(good, gone.len()));
    let drops = rows.iter().flat_map(|row| row["lines"].as_array().into_iter().flatten());
    println!("lines of furniture on all pages: {}", drops.filter(|line| line[1] == "d").count());
    let mut wrong: Vec<_> = gone.iter().filter(|(_, (_, body))| *body > 0).collect();
    wrong.sort_by_key(|(_, (_, body))| std::cmp::Reverse(*body));
    for ((site, line), (furniture, body)) in wrong.into_iter().take(SHOWN) {
        println!("  {body:>5} of text, {furniture} of furniture  {site}  {line}");
    }
}

/// A made-up page: the n-th of all, its site in turns with the others.
fn made(n: usize) -> Value {
    const SUBJECTS: [&str; 9] =
        ["council", "harbour master", "school", "museum", "club", "river board", "mayor", "union", "farm"];
    const VERBS: [&str; 7] = ["opened", "repaired", "sold", "painted", "moved", "closed", "measured"];
    const OBJECTS: [&str; 8] = [
        "the old bridge",
        "the north pier",
        "a ferry",
        "the market hall",
        "two barns",
        "the archive",
        "a well",
        "the dam",
    ];
    const HEADS: [&str; 5] = ["Background", "What happens next", "The numbers", "Reaction", "In short"];
    let (site, page) = (n % SITES, n / SITES);
    let draw = |salt: usize, of: usize| (n * 7_919 + salt * 104_729 + n * salt * 31) % of;
    let sentence = |salt: usize| {
        format!(
            "In the {}th week of the year the {} {} {}, which took {} days and {} people, as report {n} of part {salt} says.",
            draw(salt, 52),
            SUBJECTS[draw(salt + 1, SUBJECTS.len())],
            VERBS[draw(salt + 2, VERBS.len())],
            OBJECTS[draw(salt + 3, OBJECTS.len())],
            draw(salt + 4, 90) + 2,
            draw(salt + 5, 400) + 3,
        )
    };
    let furniture = |text: String| json!([text, "d"]);
    let text = |text: String| json!([text, "k"]);
    let mut lines = vec![furniture(format!("The Courier of Town {site}"))];
    let sections = ["Town and country", "Ferries and boats", "Sport on Sunday"];
    lines.push(furniture(sections[draw(9, 3)].to_string()));
    lines.push(text(sentence(10)));
    lines.push(text(HEADS[draw(11, HEADS.len())].to_string()));
    lines.push(text(sentence(20)));
    // What the site reprints, and what people say, is text on however many pages it stands.
    if page % 2 == 0 {
        lines.push(text(format!(
            "The bridge of Town {site} has been closed since the storm of last winter, the council says."
        )));
    }
    lines.push(text("“We do not know yet,” she said.".to_string()));
    lines.push(text("Reaction".to_string()));
    lines.push(text(sentence(30)));
    lines.push(text("The inquiry goes on.".to_string()));
    lines.push(furniture(format!("Town {site} in pictures")));
    lines.push(furniture("Notices and small ads".to_string()));
    lines.push(furniture(format!("Courier House, {site} Quay Street")));
    json!({ "id": format!("p{n}"), "url": format!("https://www.town{site}.example/{page}"), "lines": lines })
}
