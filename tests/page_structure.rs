//! Pages keep their structure: lines stay lines, tables their heads, terms their meanings; and the fields of a page are
//! what it says of itself, no more.
mod support;

use gleaner::model::{Document, Record};
use gleaner::{Config, StripConfig};
use support::{clean, rules};

const OPENING: &str = "The slow train to Arden left the harbour station at six in the morning, with eleven people and a \
    dog on board, and nobody on it knew that it was to be the last one of the year.";
const CLOSING: &str = "In the evening the station master locked the waiting room, hung the key on its nail behind the \
    counter, and walked home along the line, as he had done for thirty years.";

/// An article with this between two paragraphs of text.
fn article(middle: &str) -> Document {
    page(&format!("<p>{OPENING}</p>{middle}<p>{CLOSING}</p>"))
}

fn page(body: &str) -> Document {
    titled("", body)
}

fn titled(head: &str, body: &str) -> Document {
    let title = "The last train to Arden";
    let page = format!(
        "<!DOCTYPE html><html lang=en><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>{body}</article>"
    );
    clean(&Config::default(), rules(), "page.html", page.as_bytes()).unwrap()
}

/// What stays between the two paragraphs.
fn kept_between(document: &Document) -> String {
    let body = document.body();
    let inner = body.strip_prefix(OPENING).and_then(|rest| rest.strip_suffix(CLOSING));
    inner.unwrap_or_else(|| panic!("{body}")).trim_matches('\n').to_string()
}

#[test]
fn code_and_verse_keep_their_lines() {
    let code = "def late(train):\n    if train.delay &gt; 5:\n        return True\n\n    return False";
    let kept = kept_between(&article(&format!("<pre><code>{code}</code></pre>")));
    assert_eq!(kept, code.replace("&gt;", ">"));
    let verse = "The rails run north,<br>the rails run south.<br/>\nA gull looks on<br>with open mouth.";
    let kept = kept_between(&article(&format!("<p>{verse}</p>")));
    assert_eq!(kept, "The rails run north,\nthe rails run south.\nA gull looks on\nwith open mouth.");
}

#[test]
fn lines_of_code_in_elements_of_their_own_are_one_text() {
    let strip = StripConfig { enabled: false, ..StripConfig::default() };
    let config = Config { strip, ..Config::default() };
    let page = "<!DOCTYPE html><p>Before<pre><div>let a = 1;</div><div>  let b = 2;</div></pre><p>After";
    let document = clean(&config, rules(), "page.html", page.as_bytes()).unwrap();
    assert_eq!(document.body(), "Before\n\nlet a = 1;\n  let b = 2;\n\nAfter");
}

#[test]
fn what_belongs_together_stays_together() {
    let table = "<table><thead><tr><th>Stop</th><th>Leaves</th></tr></thead><tbody><tr><td>Harbour</td><td>6.00, on \
        weekdays only</td></tr><tr><td>Arden</td><td>7.40, after the mail has come</td></tr></tbody></table>";
    let kept = kept_between(&article(table));
    assert!(kept.is_empty() || kept.starts_with("Stop Leaves"), "{kept}");
    let terms = "<dl><dt>halt</dt><dd>A place where trains stop when somebody waves.</dd><dt>junction</dt><dd>A \
        place where two lines meet, and people wait for each other.</dd></dl>";
    let kept = kept_between(&article(terms));
    for (term, meaning) in [("halt", "A place where trains"), ("junction", "A place where two")] {
        assert_eq!(kept.contains(term), kept.contains(meaning), "{kept}");
    }
}

#[test]
fn people_may_speak_of_cookies() {
    let speech = "“We use cookies to bring the children back on board,” the guard told me, and laughed.";
    assert_eq!(kept_between(&article(&format!("<p>{speech}</p>"))), speech);
    let answer = "We use cookies to remember your seat. We use them for nothing else.";
    let kept = kept_between(&article(&format!("<h3>Why do you use cookies?</h3><p>{answer}</p>")));
    assert!(kept.contains(answer), "{kept}");
    let banner = "We use cookies to make this site work.";
    assert_eq!(kept_between(&article(&format!("<p>{banner}</p>"))), "");
}

#[test]
fn points_without_links_are_no_teasers() {
    let points =
        "<h2>Highlights</h2><ul><li>The last train left at six</li><li>Eleven people were on board</li></ul>";
    let document = page(&format!("{points}<p>{OPENING}</p><p>{CLOSING}</p>"));
    assert!(document.body().contains("Eleven people were on board"), "{}", document.body());
    let links = points.replace("<li>", "<li><a href=/x>");
    let document = page(&format!("{links}<p>{OPENING}</p><p>{CLOSING}</p>"));
    assert!(!document.body().contains("Eleven people were on board"), "{}", document.body());
}

#[test]
fn signs_of_links_and_readings_are_no_words() {
    let document = article(
        "<h2>Time <a href=#time>¶</a></h2><p>They met at <ruby>峰<rt>みね</rt></ruby> station, which \
        has two clocks and no bench, and they waited there for the mail to come in from the north.</p>",
    );
    let kept = kept_between(&document);
    assert!(!kept.contains('¶') && !kept.contains("みね") && kept.contains("峰 station"), "{kept}");
    let empty = page(&format!("<p>{OPENING}<ruby>峰<rt>&nbsp;</rt></ruby></p><p>{CLOSING}</p>"));
    assert!(empty.body().contains('峰'));
    let title = "<h1>The last train<a href=#t>¶</a></h1>";
    let page = format!("<!DOCTYPE html><title>The last train</title>{title}<p>{OPENING}<p>{CLOSING}");
    let document = clean(&Config::default(), rules(), "page.html", page.as_bytes()).unwrap();
    assert_eq!(document.fields.title.as_deref(), Some("The last train"));
}

#[test]
fn text_in_image_maps_is_text() {
    let document = article(
        "<map name=m><area href=x><p>The boat leaves at seven in the morning, and comes back at five.</p>",
    );
    assert!(kept_between(&document).contains("comes back at five"), "{}", document.body());
}

#[test]
fn authors_are_people() {
    for (head, byline, expected) in [
        ("", "By Nora Pell, Arts Correspondent", "Nora Pell"),
        ("", "By Nora Pell, Lakeside News", "Nora Pell"),
        ("", "By Nora Pell in Arden", "Nora Pell"),
        ("<meta name=author content=admin>", "By Nora Pell", "Nora Pell"),
        ("", "Interview: Nora Pell", "Nora Pell"),
    ] {
        let document = titled(head, &format!("<p>{byline}</p><p>{OPENING}</p><p>{CLOSING}</p>"));
        assert_eq!(document.fields.authors, [expected], "{byline}");
        assert_eq!(kept_between(&document), "", "{byline}");
    }
}

#[test]
fn dates_are_dates_and_each_is_in_its_field() {
    let address = "<link rel=canonical href=https://x.example/2021/05/02/train>";
    for (head, line, published, updated) in [
        ("", "Published: 2 May 2021 | Updated: 7 May 2021", Some("2 May 2021"), Some("7 May 2021")),
        ("", "Updated: 7 May 2021 | Published: 2 May 2021", Some("2 May 2021"), Some("7 May 2021")),
        ("", "Posted on May 2, 2021 by Nora in Trains", Some("May 2, 2021"), None),
        (
            address,
            "<time datetime=2021-05-02T06:15:00Z>2 May 2021</time>",
            Some("2021-05-02T06:15:00Z"),
            None,
        ),
        ("", "This article was amended on 7 May 2021.", None, Some("7 May 2021")),
    ] {
        let document = titled(head, &format!("<p>{line}</p><p>{OPENING}</p><p>{CLOSING}</p>"));
        let fields = &document.fields;
        assert_eq!((fields.published.as_deref(), fields.updated.as_deref()), (published, updated), "{line}");
        assert_eq!(Record::new(&document).created.is_some(), published.is_some());
    }
    let correction =
        "This article was amended on 7 May 2021. An earlier version said that the train had two dogs.";
    let document = page(&format!("<p>{OPENING}</p><p>{CLOSING}</p><p>{correction}</p>"));
    assert!(document.body().ends_with(correction), "{}", document.body());
    assert_eq!(document.fields.updated.as_deref(), Some("7 May 2021"));
}
