//! The report that people read: where it stands, what is in it, and that it is a function of the input but for times.
mod place;
mod support;

use place::{PROSE, Place};
use std::fs;
use support::repo;

fn page(place: &Place) -> String {
    fs::read_to_string(place.path("out.report.html")).unwrap()
}

/// The page without the section that has times in it.
fn without_times(page: &str) -> String {
    let start = page.find("<section id=\"stages\"").unwrap();
    let end = start + page[start..].find("</section>").unwrap();
    format!("{}{}", &page[..start], &page[end..])
}

#[test]
fn the_page_tells_what_became_of_everything() {
    let place = Place::new();
    place.put("in/again.txt", format!("{PROSE}\nAdvertisement\n").as_bytes());
    place.put("in/empty.txt", b"");
    place.put("in/rows.jsonl", b"{broken\n");
    assert_eq!(place.run(&[]).code, 1);
    let page = page(&place);
    for words in [
        "<strong>4</strong> <span>documents read</span>",
        "skipped: empty",
        "<bdi>in/rows.jsonl#1</bdi>",
        "<bdi>en/advert</bdi>",
        "Labels above advertisements.",
        "“", // An example stands in quotes, by the style sheet.
        "<del class=\"g-adverts\">Advertisement</del>",
        "repeats <a href=\"#d",
        ">in/again.txt<",
    ] {
        assert!(page.contains(words), "no {words:?}");
    }
}

#[test]
fn threads_and_batches_change_nothing_but_times() {
    let seeds = repo("seeds");
    let fixtures = repo("fixtures/text");
    let run = |threads: &str, batch: u32| {
        let place = Place::new();
        place.put("batch.toml", format!("[run]\nbatch_documents = {batch}\n").as_bytes());
        let inputs = ["run", "in", seeds.to_str().unwrap(), fixtures.to_str().unwrap()];
        let more = ["--output", "out.jsonl", "--threads", threads, "--config", "batch.toml"];
        assert_eq!(place.say(&[&inputs[..], &more[..]].concat()).code, 0);
        without_times(&page(&place))
    };
    let expected = run("1", 1_000);
    assert!(expected.contains("id=\"sample\""));
    for (threads, batch) in [("2", 1_000), ("2", 1)] {
        assert!(run(threads, batch) == expected, "{threads} threads and batches of {batch} change the page");
    }
}

#[test]
fn the_page_stands_beside_the_report() {
    let place = Place::new();
    for (output, report, page) in [
        ("a.jsonl.gz", "", "a.report.html"),
        ("set/", "", "set/report.html"),
        ("b.csv", "told.json", "told.html"),
        ("c.csv", "seen.html", "seen.html"),
        ("-", "piped.json", "piped.html"),
    ] {
        let mut arguments = vec!["run", "in", "--output", output];
        if !report.is_empty() {
            arguments.extend(["--report", report]);
        }
        assert_eq!(place.say(&arguments).code, 0, "{output}");
        let text = fs::read_to_string(place.path(page)).unwrap();
        assert!(text.starts_with("<!DOCTYPE html>") && text.ends_with("</html>\n"), "{page}");
    }
    assert!(place.path("seen.json").exists(), "the report for programs stands beside the page");
    // A folder with a page in it is added to, and an output among the inputs is no input.
    assert_eq!(place.say(&["run", ".", "--output", "set/"]).code, 0);
    let manifest = fs::read_to_string(place.path("set/manifest.json")).unwrap();
    assert!(!manifest.contains("report"), "reports are no part of the data");
}

#[test]
fn no_page_where_none_is_wanted() {
    let place = Place::new();
    place.put("none.toml", b"[write]\nreport_page = false\n");
    assert_eq!(place.run(&["--config", "none.toml"]).code, 0);
    assert!(place.path("out.report.json").exists() && !place.path("out.report.html").exists());
    let config = place.report()["config"].clone();
    assert_eq!(place.run(&[]).code, 0);
    assert_eq!(place.report()["config"], config, "the page is no part of what makes the data");
    assert_eq!(place.say(&["run", "in", "--output", "-"]).code, 0);
    assert_eq!(fs::read_dir(place.dir.path()).unwrap().filter(is_page).count(), 1);
}

fn is_page(entry: &std::io::Result<fs::DirEntry>) -> bool {
    entry.as_ref().unwrap().path().extension().is_some_and(|ending| ending == "html")
}

#[test]
fn a_place_that_cannot_be_written_is_named_before_the_work() {
    let place = Place::new();
    fs::create_dir(place.path("out.report.html")).unwrap();
    let said = place.run(&[]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("out.report.html"), "{}", said.err);
    assert!(!place.path("out.jsonl").exists());
}

#[test]
fn each_night_has_its_page() {
    let place = Place::new();
    assert_eq!(place.run(&["--state", "state"]).code, 0);
    assert!(page(&place).contains("<bdi>in/good.txt</bdi>"));
    assert_eq!(place.run(&["--state", "state"]).code, 0);
    let second = page(&place);
    assert!(
        second.contains("skipped: known") && second.contains("No document was read"),
        "this run, not all"
    );
    assert_eq!(place.say(&["verify", "out.jsonl"]).code, 0);
}

#[test]
fn show_gives_a_page_of_one_document() {
    let place = Place::new();
    place.put("page.txt", format!("Advertisement\n\n{PROSE}<script>alert(1)</script>\n").as_bytes());
    let said = place.say(&["show", "--html", "page.txt"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.starts_with("<!DOCTYPE html>") && said.out.ends_with("</html>\n"));
    for words in
        ["<bdi>page.txt</bdi>", "<del class=\"g-adverts\">Advertisement</del>", "<bdi>en/advert</bdi>"]
    {
        assert!(said.out.contains(words), "no {words:?}");
    }
    assert!(said.out.contains("&lt;script&gt;") && !said.out.contains("<script"));
    place.put("rows.jsonl", b"{broken\n");
    let said = place.say(&["show", "--html", "rows.jsonl"]);
    assert_eq!(said.code, 1);
    assert!(said.out.contains("rows.jsonl#1") && said.out.ends_with("</html>\n"), "{}", said.out);
}
