//! The part of the report with times in it: the stages of the line. Nothing else on the page depends on the clock.
use super::chart;
use super::html::Html;
use super::number::{bytes, counted};
use crate::model::{RunReport, Stage};

/// Slow documents named.
const NAMED: usize = 20;

/// Parts of a second in which work is told apart, for bars.
const PARTS: f64 = 1e6;

/// The section.
pub(super) fn section(html: &mut Html, report: &RunReport) {
    html.section("stages", "Time by stage");
    html.put("<table><caption>Work of each stage, summed over threads");
    html.columns(&[("Stage", ""), ("", "wide"), ("Seconds", "n"), ("Speed", "n")]);
    let whole: f64 = report.stages.values().map(|work| work.seconds).sum();
    for stage in Stage::ALL {
        let work = report.stages.get(stage.name()).copied().unwrap_or_default();
        html.put("<tr><th scope=row>").text(stage.name()).put("<span class=note>").text(does(stage));
        html.put("</span><td class=wide>");
        chart::bar(html, (work.seconds * PARTS) as u64, (whole * PARTS) as u64, "kept");
        html.put("<td class=n>").text(format_args!("{:.3}", work.seconds)).put("<td class=n>");
        let bytes_in = if work.bytes > 0 { work.bytes } else { report.bytes };
        match work.seconds > 0.0 && bytes_in > 0 {
            true => html.text(bytes((bytes_in as f64 / work.seconds) as u64)).put("/s"),
            false => html.put("–"),
        };
    }
    html.put("<tfoot><tr><th scope=row>all<td class=wide><td class=n>");
    html.text(format_args!("{whole:.3}")).put("<td class=n>");
    if whole > 0.0 {
        html.text(bytes((report.bytes as f64 / whole) as u64)).put("/s");
    }
    html.put("</tfoot></table>\n");
    slow(html, report);
    html.put("</section>\n");
}

/// What a stage does.
fn does(stage: Stage) -> &'static str {
    match stage {
        Stage::Read => "sources to documents",
        Stage::Decode => "bytes to text",
        Stage::Parse => "text to blocks",
        Stage::Strip => "cruft out",
        Stage::Dedup => "repeats out",
        Stage::Write => "records to files",
    }
}

/// The documents that took long.
fn slow(html: &mut Html, report: &RunReport) {
    if report.slow.is_empty() {
        return;
    }
    html.put("<table><caption>").text(counted(report.slow.len() as u64, "document"));
    html.put(" took long; the first of them").columns(&[("Document", ""), ("Seconds", "n")]);
    for (source, seconds) in report.slow.iter().take(NAMED) {
        html.put("<tr><th scope=row>").name(&super::shown_name(source));
        html.put("<td class=n>").text(format_args!("{seconds:.1}"));
    }
    html.put("</tbody></table>\n");
}
