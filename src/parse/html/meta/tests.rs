//! Pages of our own, one for each way in which a field is read.
use super::*;
use crate::parse::html::{Keep, parse_page};

fn fields(page: &str) -> Fields {
    let mut fields = Fields::default();
    super::read(&parse_page(page, Keep::Lean).html, &mut fields, &mut PageClaims::default());
    fields
}

fn origin(fields: &Fields, field: FieldName) -> &'static str {
    fields.origins.of(field).map_or("", FieldOrigin::name)
}

#[test]
fn the_headline_that_readers_see_wins() {
    let read = fields(
        "<title>Ferry late again | The Harbour Post</title><meta property=og:title content='Ferry is late: all the news'>\
         <header><h1>The Harbour Post</h1></header><main><h1>Ferry late again</h1></main>",
    );
    assert_eq!(read.title.as_deref(), Some("Ferry late again"));
    assert_eq!(origin(&read, FieldName::Title), "element");
    let hidden = fields("<title>Ferry late again | The Post</title><h1 hidden>Ferry late again today</h1>");
    assert_eq!(hidden.title.as_deref(), Some("Ferry late again"));
}

#[test]
fn titles_of_the_head_stand_in_without_the_site() {
    let read = fields(
        "<meta property=og:site_name content='The Post'><meta property=og:title content='Ferry late - The Post'><p>a",
    );
    assert_eq!(read.title.as_deref(), Some("Ferry late"));
    assert_eq!(origin(&read, FieldName::Title), "open-graph");
    assert_eq!(fields("<p>a").title, None);
}

#[test]
fn json_ld_follows_references_and_decodes_strings() {
    let read = fields(
        r#"<script type="application/ld+json">{"@graph": [
           {"@type": "NewsArticle", "headline": "Ferry&#x3a; late", "author": [{"@id": "/a"}, {"name": "Till Rink"}],
            "datePublished": "2022-01-04T10:00:00Z", "dateModified": "2022-01-05"},
           {"@type": "Person", "@id": "/a", "name": "Ada Moor"}]}</script>"#,
    );
    assert_eq!(read.title.as_deref(), Some("Ferry: late"));
    assert_eq!(read.authors, ["Ada Moor", "Till Rink"]);
    assert_eq!(read.published.as_deref(), Some("2022-01-04T10:00:00Z"));
    assert_eq!(read.updated.as_deref(), Some("2022-01-05"));
    assert_eq!(origin(&read, FieldName::Authors), "json-ld");
}

#[test]
fn json_ld_in_wrappers_and_with_raw_line_breaks_is_read() {
    let read = fields(
        "<script type='application/ld+json'>\n<![CDATA[\n{\"@type\": \"Article\", \"headline\": \"Ferry\nlate\"}\n]]></script>",
    );
    assert_eq!(read.title.as_deref(), Some("Ferry late"));
    assert_eq!(fields("<script type='application/ld+json'>{\"headline\": </script>").title, None);
}

#[test]
fn bylines_are_read_where_they_stand() {
    for (page, from) in [
        ("<h1>Ferry late again</h1><p class=byline>By Ada Moor</p>", "element"),
        ("<h1>Ferry late again</h1><p>by <a rel=author href=/x>Ada Moor</a></p>", "microdata"),
        ("<h1>Ferry late again</h1><span itemprop=author>Ada Moor</span>", "microdata"),
        ("<meta name=author content='Ada Moor, Senior Reporter'><h1>Ferry late again</h1>", "meta"),
    ] {
        let read = fields(page);
        assert_eq!(read.authors, ["Ada Moor"], "{page}");
        assert_eq!(origin(&read, FieldName::Authors), from, "{page}");
    }
    assert!(fields("<div class=comments><p class=comment-author>Till Rink</p></div>").authors.is_empty());
}

#[test]
fn the_site_is_an_author_only_where_nobody_else_is() {
    let head = "<meta property=og:site_name content='The Post'><meta name=author content='The Post'>";
    assert_eq!(fields(head).authors, ["The Post"]);
    assert_eq!(fields(&format!("{head}<h1>Ferry late</h1><p class=author>Ada Moor")).authors, ["Ada Moor"]);
}

#[test]
fn days_are_read_where_they_stand() {
    for (page, words, from) in [
        (
            "<meta property=article:published_time content=2022-01-04T10:00Z>",
            "2022-01-04T10:00Z",
            "open-graph",
        ),
        ("<meta name=dc.date.issued content=2022-01-04>", "2022-01-04", "meta"),
        ("<span itemprop=datePublished content=2022-01-04>x</span>", "2022-01-04", "microdata"),
        ("<link rel=canonical href=https://a.example/2022/01/04/ferry>", "2022/01/04", "url"),
        ("<h1>Ferry late again</h1><time datetime=2022-01-04>heute</time>", "2022-01-04", "element"),
        ("<h1>Ferry late again</h1><p class=datum>4. Januar 2022</p>", "4. Januar 2022", "element"),
        ("<h1>Ferry late again</h1><p>Ada Moor, <b>4 janvier 2022</b></p>", "4 janvier 2022", "element"),
    ] {
        let read = fields(page);
        assert_eq!(read.published.as_deref(), Some(words), "{page}");
        assert_eq!(origin(&read, FieldName::Published), from, "{page}");
    }
}

#[test]
fn days_beside_the_article_give_way_to_its_own() {
    let read = fields(
        "<aside class=latest><time datetime=2020-02-02>x</time></aside><article><h1>Ferry late again</h1>\
         <p>Updated 9 January 2022</p><p>Published 4 January 2022</p></article>\
         <div class=comments><time datetime=2023-03-03>x</time></div>",
    );
    assert_eq!(read.published.as_deref(), Some("4 January 2022"));
    assert_eq!(read.updated.as_deref(), Some("9 January 2022"));
}

#[test]
fn american_pages_write_the_month_first() {
    assert_eq!(fields("<html lang=en-US>").day_order, DayOrder::MonthFirst);
    assert_eq!(fields("<html lang=en-GB>").day_order, DayOrder::DayFirst);
    assert_eq!(fields("<html lang=de>").day_order, DayOrder::DayFirst);
}

/// The day of publication that a page tells beside an instant in UTC.
fn day(page: &str) -> Option<String> {
    fields(page).published_day
}

#[test]
fn an_instant_in_utc_falls_on_the_day_that_the_page_tells() {
    let told = |words: &str| format!("<meta property=article:published_time content='{words}'>");
    let late = told("2023-12-22T04:00:41+00:00");
    for other in [
        "<time datetime='2023-12-21T23:00:41-05:00'>yesterday</time>",
        "<time datetime='2023-12-22T04:00:41+00:00'>Dec. 21, 2023 11:00 pm EST</time>",
        "<time datetime='2023-12-21 23:00:41'>last night</time>",
        "<link rel=canonical href='https://example.org/2023/12/21/ferry'>",
        "<article><h1>Ferry is late again</h1><p class=date>December 21, 2023</p></article>",
    ] {
        assert_eq!(day(&format!("{late}{other}")).as_deref(), Some("2023-12-21"), "{other}");
    }
    for none in [
        "",
        "<time datetime='2023-12-22T06:00:41+02:00'>x</time>",
        "<link rel=canonical href='https://example.org/2023/12/19/ferry'>",
        "<article><h1>Ferry is late again</h1><p class=date>Updated: December 21, 2023</p></article>",
    ] {
        assert_eq!(day(&format!("{late}{none}")), None, "{none}");
    }
    let offset = told("2023-12-22T04:00:41+01:00");
    assert_eq!(day(&format!("{offset}<link rel=canonical href='https://example.org/2023/12/21/x'>")), None);
}

#[test]
fn midnight_of_central_europe_is_the_next_day() {
    let page = |lang, hour| {
        format!("<html lang={lang}><meta property=article:published_time content='2022-11-06T{hour}.000Z'>")
    };
    assert_eq!(day(&page("de-AT", "23:00:00")).as_deref(), Some("2022-11-07"));
    assert_eq!(day(&page("de", "23:00:01")), None);
    assert_eq!(day(&page("en", "23:00:00")), None);
}

#[test]
fn a_forum_was_not_published_when_its_member_joined() {
    let read = fields(
        "<h1>Which oars are best?</h1><dl><dt>Ada<dd class=profile-joined>18.09.2008, 05:56</dl>\
         <div>Registered: 17.09.2008</div><p class=author>by Ada, 21.01.2009, 10:04<div>Text of the post.</div>",
    );
    assert_eq!(read.published.as_deref(), Some("21.01.2009, 10:04"));
}

#[test]
fn a_text_may_open_with_its_day() {
    let read =
        fields(&format!("<h1>Ferry is late</h1><p>(4. Januar 2022) {}</p>", "Ein langer Satz. ".repeat(20)));
    assert_eq!(read.published.as_deref(), Some("4. Januar 2022"));
}

#[test]
fn what_the_page_writes_elsewhere_tells_the_order_of_digits() {
    let order = |page: &str| fields(&format!("<html lang=en>{page}")).day_order;
    assert_eq!(order("<p>03/10/2023"), DayOrder::MonthFirst);
    assert_eq!(order("<p>03/10/2023<p>13 October 2023"), DayOrder::DayFirst);
    assert_eq!(order("<p>03/10/2023<p>25/10/2023<p>October 13, 2023"), DayOrder::DayFirst);
    assert_eq!(fields("<html lang=de><p>10/25/2023").day_order, DayOrder::MonthFirst);
}
