//! The first part of the report: what went in, and what came out.
use super::chart::{self, Part};
use super::group::{Group, Notes};
use super::html::Html;
use super::number::{bytes, count, counted, percent};
use super::tally::Tally;
use crate::model::RunReport;

/// The few figures that say most.
pub(super) fn figures(html: &mut Html, report: &RunReport) {
    let counts = &report.counts;
    let figures = [
        ("documents read", count(report.documents)),
        ("documents written", count(report.ok)),
        ("of the text kept", percent(counts.characters_kept, counts.characters)),
        ("blocks cut", count(counts.cut)),
        ("duplicates", count(counts.duplicate + counts.marked)),
        ("failed", count(report.failed)),
    ];
    html.put("<ul class=figures>");
    for (name, figure) in figures {
        html.put("<li><strong>").text(figure).put("</strong> <span>").text(name).put("</span></li>");
    }
    html.put("</ul>\n");
}

/// The section.
pub(super) fn section(html: &mut Html, report: &RunReport, tally: &Tally, notes: &Notes) {
    html.section("outcome", "What went in, what came out");
    let parts = parts(report, tally, notes);
    if report.counts.characters > 0 {
        html.put("<figure>");
        chart::flow(html, "Where the text went", &parts);
        html.put("<figcaption>Where the text went: ").text(count(report.counts.characters));
        html.put(" characters of ").text(counted(tally.documents, "document"));
        html.put(", white space apart. All that is not kept stands in the ledger.</figcaption></figure>\n");
    }
    html.put("<div class=pair>");
    documents(html, report);
    blocks(html, report);
    html.put("</div></section>\n");
}

/// Characters that were kept, and those that went, by group.
fn parts(report: &RunReport, tally: &Tally, notes: &Notes) -> Vec<Part> {
    let mut parts = vec![Part { title: "Kept", class: "kept", size: report.counts.characters_kept }];
    for group in Group::ALL {
        let cut = tally.cuts.iter().filter(|(rule, _)| notes.of(rule).group == group);
        let size = match group {
            Group::Field => tally.taken.values().map(|amount| amount.characters).sum(),
            Group::Duplicate => tally.duplicates.characters,
            _ => cut.map(|(_, amount)| amount.characters).sum(),
        };
        parts.push(Part { title: group.title(), class: group.class(), size });
    }
    parts.retain(|part| part.size > 0);
    parts[usize::from(report.counts.characters_kept > 0)..].sort_by_key(|part| std::cmp::Reverse(part.size));
    parts
}

/// What became of documents.
fn documents(html: &mut Html, report: &RunReport) {
    html.put("<div><table><caption>Documents: ").text(count(report.documents)).put(" met, ");
    html.text(bytes(report.bytes)).columns(&[("End", ""), ("Documents", "n"), ("Share", "n")]);
    let mut row = |class: &'static str, name: &str, why: &str, number: u64| {
        html.put("<tr><th scope=row><i").attr("class", class).put("></i>").text(name);
        if !why.is_empty() {
            html.put("<span class=note>").text(why).put("</span>");
        }
        html.put("<td class=n>").text(count(number));
        html.put("<td class=n>").text(percent(number, report.documents));
    };
    row("kept", "written", "", report.ok);
    for (reason, number) in &report.skipped {
        row("skipped", &format!("skipped: {reason}"), super::troubles::meaning(reason), *number);
    }
    row("failed", "failed", "", report.failed);
    html.put("</tbody></table></div>\n");
}

/// What became of blocks.
fn blocks(html: &mut Html, report: &RunReport) {
    let counts = &report.counts;
    let kept = counts.kept - counts.marked;
    let rows = [
        ("kept", "kept", kept),
        ("g-duplicate", "kept, marked as duplicates", counts.marked),
        ("g-unlike", "cut by a rule", counts.cut),
        ("g-field", "became a field", counts.field),
        ("g-duplicate", "dropped as duplicates", counts.duplicate),
    ];
    html.put("<div><table><caption>Blocks: ").text(count(counts.blocks));
    html.columns(&[("Verdict", ""), ("Blocks", "n"), ("Share", "n")]);
    for (class, name, number) in rows.into_iter().filter(|row| row.2 > 0 || row.0 == "kept") {
        html.put("<tr><th scope=row><i").attr("class", class).put("></i>").text(name);
        html.put("<td class=n>").text(count(number));
        html.put("<td class=n>").text(percent(number, counts.blocks));
    }
    html.put("</tbody></table><p class=note>A block is a paragraph, a heading, an item of a list, a line. ");
    if counts.parts > 0 {
        html.text(counted(counts.parts, "block")).put(" lost a part and may stand in any of these rows.");
    }
    html.put("</p></div>\n");
}
