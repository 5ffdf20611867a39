//! The part of the report about what the documents are: languages, encodings, fields, lengths.
use super::chart;
use super::html::Html;
use super::number::{count, percent};
use super::tally::{LENGTHS, TENTHS, Tally};
use crate::model::RunReport;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Rows of a table that are shown at once; the rest can be opened.
const AT_ONCE: usize = 12;

/// The section.
pub(super) fn section(html: &mut Html, report: &RunReport, tally: &Tally) {
    html.section("kinds", "Languages, encodings, fields");
    if tally.documents == 0 {
        html.put("<p>No document was read.</p></section>\n");
        return;
    }
    html.put("<p>").text(count(tally.pages)).put(" of ").text(count(tally.documents));
    html.put(" documents are web pages, the others plain texts.</p>\n<div class=pair>");
    table(html, "Languages of the kept text (und: not sure)", "Language", &report.languages, tally.documents);
    table(html, "Encodings of the bytes", "Encoding", &report.encodings, tally.documents);
    table(html, "What decided the encoding", "Decided by", &report.encodings_from, tally.documents);
    table(html, "Fields that written documents have", "Field", &tally.known, report.ok);
    html.put("</div>\n");
    tidied(html, report);
    html.put("<div class=pair>");
    lengths(html, tally);
    shares(html, tally);
    html.put("</div></section>\n");
}

/// A table of counts, the largest first.
fn table(
    html: &mut Html,
    caption: &'static str,
    what: &'static str,
    counts: &BTreeMap<&'static str, u64>,
    whole: u64,
) {
    let mut rows: Vec<(&str, u64)> = counts.iter().map(|(name, number)| (*name, *number)).collect();
    rows.sort_by_key(|(name, number)| (Reverse(*number), *name));
    let (first, rest) = rows.split_at(rows.len().min(AT_ONCE));
    html.put("<div>");
    body(html, caption, what, first, whole);
    if !rest.is_empty() {
        html.put("<details class=fold><summary>").text(rest.len()).put(" more</summary>");
        body(html, caption, what, rest, whole);
        html.put("</details>");
    }
    html.put("</div>\n");
}

fn body(html: &mut Html, caption: &'static str, what: &'static str, rows: &[(&str, u64)], whole: u64) {
    html.put("<table><caption>").put(caption);
    html.columns(&[(what, ""), ("", "wide"), ("Documents", "n"), ("Share", "n")]);
    for (name, number) in rows {
        html.put("<tr><th scope=row>").text(name).put("<td class=wide>");
        chart::bar(html, *number, whole, "kept");
        html.put("<td class=n>").text(count(*number)).put("<td class=n>").text(percent(*number, whole));
    }
    html.put("</tbody></table>");
}

/// What decoding had to change.
fn tidied(html: &mut Html, report: &RunReport) {
    let undecodable = ("sequences of bytes that could not be decoded", report.replacements);
    let limits = ("tags and attributes beyond the limits of the parser, left out", report.guarded);
    let counts = report.hygiene.counts().map(|(name, number)| (words(name), number));
    let rows: Vec<(&str, u64)> =
        counts.into_iter().chain([undecodable, limits]).filter(|row| row.1 > 0).collect();
    if rows.is_empty() {
        return;
    }
    html.put("<table><caption>What was put in order while text was decoded and parsed");
    html.columns(&[("What", ""), ("Times", "n")]);
    for (name, number) in rows {
        html.put("<tr><th scope=row>").text(name).put("<td class=n>").text(count(number));
    }
    html.put("</tbody></table>\n");
}

/// What a rule of hygiene did.
fn words(rule: &'static str) -> &'static str {
    match rule {
        "nfc" => "characters composed to NFC",
        "invisible" => "invisible characters dropped",
        "controls" => "control characters dropped",
        "entities" => "entities escaped twice, undone",
        "line_ends" => "line ends made one kind",
        "repaired" => "pieces of mojibake repaired",
        other => other,
    }
}

/// How long the written texts are.
fn lengths(html: &mut Html, tally: &Tally) {
    let name = |at: usize| match LENGTHS[at] {
        u64::MAX => format!("{}k+", LENGTHS[at - 1] / 1_000),
        below if below < 1_000 => format!("<{below}"),
        below => format!("<{}k", below / 1_000),
    };
    let bars: Vec<(String, u64)> =
        tally.lengths.iter().enumerate().map(|(at, number)| (name(at), *number)).collect();
    html.put("<figure>");
    chart::histogram(html, "Percent of written documents by characters kept", &bars);
    html.put("<figcaption>Written documents by length, in characters kept; percent.</figcaption></figure>\n");
}

/// How much of each document was kept.
fn shares(html: &mut Html, tally: &Tally) {
    let name = |at: usize| match (at + 1) * 100 / TENTHS {
        100 => "≤100".to_string(),
        below => format!("<{below}"),
    };
    let bars: Vec<(String, u64)> =
        tally.shares.iter().enumerate().map(|(at, number)| (name(at), *number)).collect();
    html.put("<figure>");
    chart::histogram(html, "Percent of documents by the share of their text that was kept", &bars);
    html.put("<figcaption>Documents by the percentage of their text that was kept; percent.</figcaption></figure>\n");
}
