//! The part of the report about what failed or was passed over, with reasons.
use super::html::{Html, clipped};
use super::number::{count, counted};
use super::shown_name;
use crate::model::{RunReport, TroubleRow};

/// Failed inputs named.
const FAILED: usize = 200;

/// Inputs passed over that are named.
const SKIPPED: usize = 100;

/// Characters of a reason.
const REASON_CHARACTERS: usize = 300;

/// The section.
pub(super) fn section(html: &mut Html, report: &RunReport) {
    html.section("troubles", "Failed and passed over");
    let skipped: u64 = report.skipped.values().sum();
    if report.failed + skipped == 0 {
        html.put("<p>Every document was read and written.</p></section>\n");
        return;
    }
    let of = |outcome: &'static str| {
        let rows = report.troubles.iter().filter(move |row| row.outcome == outcome);
        rows.collect::<Vec<_>>()
    };
    match report.failed {
        0 => drop(html.put("<p>Nothing failed.</p>\n")),
        failed => list(html, "failed", &of("failed"), failed, FAILED),
    }
    if skipped > 0 {
        list(html, "passed over", &of("skipped"), skipped, SKIPPED);
    }
    html.put("</section>\n");
}

/// A table of inputs with their reasons.
fn list(html: &mut Html, what: &'static str, rows: &[&TroubleRow], all: u64, most: usize) {
    html.put("<details class=fold");
    if what == "failed" {
        html.put(" open");
    }
    html.put("><summary><h3>").text(counted(all, "document")).put(" ").put(what).put("</h3></summary>");
    let named = rows.len().min(most);
    if named > 0 {
        html.put("<table><caption>Which, why, and at which stage");
        html.columns(&[("Document", ""), ("Stage", "n")]);
        for row in &rows[..named] {
            html.put("<tr><th scope=row>").name(&shown_name(&row.source)).put("<span class=note>");
            html.name(&clipped(&row.reason, REASON_CHARACTERS)).put("</span><td class=n>");
            html.text(row.stage.map_or("–", |stage| stage.name())).put("\n");
        }
        html.put("</tbody></table>");
    }
    let more = all.saturating_sub(named as u64);
    if more > 0 {
        html.put("<p class=note>")
            .text(count(more))
            .put(" more: those that are named at all are listed under ");
        html.put("<code>troubles</code> in the report in JSON.</p>");
    }
    html.put("</details>\n");
}

/// What a reason for passing over means.
pub(super) fn meaning(reason: &str) -> &'static str {
    match reason {
        "empty" => "no bytes, or white space alone",
        "binary" => "not text: a picture, an archive, noise",
        "special-file" => "a pipe, a socket or a device",
        "link" => "a symbolic link inside a folder",
        "other-record" => "a record of a crawl that holds no document",
        "http-status" => "a response of a crawl that is no success",
        "media-type" => "a record of a crawl that is neither page nor text",
        "known" => "an earlier run took it in, or the same bytes came twice",
        "language" => "its language is none of those wanted",
        "nothing-kept" => "every block stands in the ledger",
        _ => "",
    }
}
