//! The pages that people read, in a real browser: nothing is wrong with how they look, and keys reach all of them.
//!
//! Needs Chromium and chromedriver, so it is not run unless asked for: `cargo test --test browser -- --ignored`.
//! With `GLEANER_PICTURES=FOLDER` it leaves pictures of what it saw there.
#[path = "browser/driver.rs"]
mod driver;
mod place;
mod support;

use driver::Browser;
use place::{PROSE, Place};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use support::{repo, say};

/// The narrowest phone, and a wide window.
const WIDTHS: [u32; 2] = [360, 1280];

/// The keys Tab and Enter, as WebDriver names them, and the space bar.
const TAB: char = '\u{E004}';
const ENTER: char = '\u{E007}';
const SPACE: char = ' ';

/// Text that would be markup, a script, or a mess, if a page let it.
const HOSTILE: &str = "</title></style></script><script>document.title='owned'</script><img src=x onerror=\"document\
                       .title='owned'\"> \u{202E}evil\u{202C} &lt;b&gt; '\" onmouseover=alert(1) ]]> <!-- {{7*7}}";

/// The report of a run over seeds, fixtures and hostile inputs, and the page of one document, made once.
static PAGES: LazyLock<(Place, [PathBuf; 2])> = LazyLock::new(|| {
    let place = Place::new();
    let rows = [
        json!({ "id": HOSTILE, "html": format!("<title>{}</title><p>{PROSE}</p>", HOSTILE.replace('<', "&lt;")) }),
        json!({ "id": "long", "title": "W".repeat(5_000), "text": format!("{PROSE}{}", "unbroken".repeat(500)) }),
        json!({ "id": "rtl", "text": "قال رئيس البلدية إن العمل على الجسر الحجري القديم سيبدأ في شهر مارس المقبل." }),
    ];
    let rows: String = rows.iter().map(|row| format!("{row}\n")).collect();
    place.put("in/rows.jsonl", format!("{rows}{{\"id\": \"{HOSTILE}\n").as_bytes());
    place.put("in/hostile.txt", format!("{HOSTILE}\n\n{PROSE}\n\nRead more: {HOSTILE}\n").as_bytes());
    let more = ["seeds", "fixtures/html", "fixtures/languages", "fixtures/text"].map(repo);
    let mut inputs = vec!["in"];
    inputs.extend(more.iter().map(|path| path.to_str().unwrap()));
    let said = place.say(&[&["run", "--output", "out.jsonl", "--quiet"][..], &inputs].concat());
    assert_eq!(said.code, 1, "{}", said.err);
    let shown = say(&["show", "--html", repo("fixtures/html/news.html").to_str().unwrap()]);
    let pages = [place.path("out.report.html"), place.put("show.html", shown.out.as_bytes())];
    (place, pages)
});

fn picture(browser: &Browser, name: &str) {
    if let Ok(folder) = std::env::var("GLEANER_PICTURES") {
        browser.picture(&Path::new(&folder).join(name));
    }
}

#[test]
#[ignore = "needs Chromium and chromedriver"]
fn pages_are_read_on_any_screen_in_light_and_dark() {
    let browser = Browser::start();
    for page in &PAGES.1 {
        let name = page.file_stem().unwrap().to_string_lossy().into_owned();
        for width in WIDTHS {
            for scheme in ["light", "dark"] {
                browser.open(page, width, scheme);
                for state in ["closed", "open"] {
                    let wrong = browser.run(include_str!("browser/checks.js"));
                    assert_eq!(wrong, json!([]), "{name}, {width} pixels, {scheme}, {state}");
                    picture(&browser, &format!("{name}-{width}-{scheme}-{state}.png"));
                    browser.run(
                        "document.querySelectorAll('details').forEach((part) => { part.open = true; });",
                    );
                }
                assert!(browser.run("return document.title").as_str().unwrap() != "owned");
            }
        }
        assert_eq!(browser.complaints(), Vec::<String>::new(), "{name}");
    }
}

#[test]
#[ignore = "needs Chromium and chromedriver"]
fn keys_reach_and_work_everything() {
    let browser = Browser::start();
    for page in &PAGES.1 {
        browser.open(page, 1280, "light");
        let all = browser.run(
            "window.all = [...document.querySelectorAll('a, summary, input')].filter((part) => part.checkVisibility());
             return window.all.length;",
        );
        let all = all.as_u64().unwrap();
        assert!(all >= 3, "{all}");
        for at in 0..all {
            browser.press(TAB);
            let reached = browser.run("return window.all.indexOf(document.activeElement);");
            assert_eq!(reached, at, "{}: Tab goes another way", page.display());
            let seen = browser.run(
                "const style = getComputedStyle(document.activeElement);
                 return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;",
            );
            assert_eq!(seen, true, "{}: where the keys are is not seen", page.display());
        }
        browser.run("document.querySelector('summary').focus();");
        let open = "return document.querySelector('details').open;";
        let before = browser.run(open);
        browser.press(ENTER);
        assert_ne!(browser.run(open), before, "Enter opens what is folded");
        browser.run("document.querySelectorAll('details').forEach((part) => { part.open = true; });");
        let kept =
            "return [...document.querySelectorAll('.all-kept')].some((block) => block.checkVisibility());";
        assert_eq!(browser.run(kept), true);
        browser.run("document.querySelector('#cut-only').focus();");
        browser.press(SPACE);
        assert_eq!(browser.run(kept), false, "the switch hides what was kept");
    }
}
