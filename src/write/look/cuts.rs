//! The part of the report that says what was cut, by group, category and rule, with an example of each.
use super::chart;
use super::group::{Group, Notes};
use super::html::{Html, clipped};
use super::number::{count, counted, percent};
use super::shown::NAME_CHARACTERS;
use super::tally::{Amount, Tally};
use crate::model::RunReport;
use std::cmp::Reverse;

/// Rules listed, at most: half as many again as are built in.
const LISTED: usize = 1_000;

/// What a rule took.
struct Row<'a> {
    rule: &'a str,
    amount: &'a Amount,
}

/// The section.
pub(super) fn section(html: &mut Html, report: &RunReport, tally: &Tally, notes: &Notes) {
    html.section("cuts", "What was cut, and by which rule");
    let groups: Vec<(Group, Vec<Row<'_>>)> =
        Group::ALL.into_iter().map(|group| (group, rows(group, tally, notes))).collect();
    let mut used: Vec<_> = groups.iter().filter(|(_, rows)| !rows.is_empty()).collect();
    used.sort_by_key(|(_, rows)| Reverse(characters(rows)));
    if used.is_empty() {
        html.put("<p>Nothing was cut.</p></section>\n");
        return;
    }
    let removed = report.counts.characters_removed;
    html.put("<p>Each line that went is in the ledger with its rule; <code>gleaner rules ID</code> shows a ");
    html.put("rule with its reason. Characters are told without white space.</p>\n");
    let mut left = LISTED;
    for (group, rows) in used {
        let shown = rows.len().min(left);
        left -= shown;
        list(html, *group, &rows[..shown], removed, notes);
        if shown < rows.len() {
            html.put("<p class=note>And ").text(counted((rows.len() - shown) as u64, "more rule"));
            html.put(": <code>rules</code> of the report in JSON has all.</p>");
        }
    }
    html.put("</section>\n");
}

/// The rules of a group, those that took most first.
fn rows<'a>(group: Group, tally: &'a Tally, notes: &Notes) -> Vec<Row<'a>> {
    let cuts = tally.cuts.iter().filter(|(rule, _)| notes.of(rule).group == group);
    let taken = tally.taken.iter().filter(|_| group == Group::Field);
    let all = if group == Group::Field { None } else { Some(cuts) }.into_iter().flatten().chain(taken);
    let mut rows: Vec<Row<'a>> = all.map(|(rule, amount)| Row { rule, amount }).collect();
    rows.sort_by_key(|row| (Reverse(row.amount.pieces), row.rule));
    rows
}

fn characters(rows: &[Row<'_>]) -> u64 {
    rows.iter().map(|row| row.amount.characters).sum()
}

/// A group: its sum, and behind it its rules.
fn list(html: &mut Html, group: Group, rows: &[Row<'_>], removed: u64, notes: &Notes) {
    let (pieces, characters) = (rows.iter().map(|row| row.amount.pieces).sum(), characters(rows));
    html.put("<details class=fold><summary><span class=row><span><h3><i")
        .attr("class", group.class())
        .put("></i>");
    html.text(group.title())
        .put("</h3> <span class=note>")
        .text(group.meaning())
        .put("</span></span><span class=sum>");
    html.text(counted(pieces, "line")).put(", ").text(percent(characters, removed)).put(" of what went");
    chart::bar(html, characters, removed, group.class());
    html.put("</span></span></summary><table><caption>").text(group.title()).put(" by rule");
    html.columns(&[("Rule", ""), ("Kind", "kind"), ("Lines", "n"), ("Characters", "n")]);
    rows.iter().for_each(|row| rule(html, row, notes));
    html.put("</tbody></table></details>\n");
}

/// A rule: what it finds, an example, and how much it took.
fn rule(html: &mut Html, row: &Row<'_>, notes: &Notes) {
    let note = notes.of(row.rule);
    html.put("<tr><th scope=row><code>").name(&clipped(row.rule, NAME_CHARACTERS)).put("</code>");
    html.put("<span class=note>").text(clipped(&note.summary, NAME_CHARACTERS));
    html.put("</span><span class=example dir=auto>").text(&row.amount.example).put("</span>");
    html.put("<td class=kind>").text(note.category);
    html.put("<td class=n>").text(count(row.amount.pieces));
    html.put("<td class=n>").text(count(row.amount.characters)).put("\n");
}
