//! The part of the report about duplicates: the largest families, and documents that share most.
use super::families::{Families, Family, Pair};
use super::html::Html;
use super::number::{count, counted, percent};
use super::places::Places;
use super::tally::Tally;
use crate::model::{BlockAddress, RunReport};

/// The section.
pub(super) fn section(
    html: &mut Html,
    report: &RunReport,
    tally: &Tally,
    families: &Families,
    places: &Places<'_>,
) {
    html.section("duplicates", "Duplicates");
    let (dropped, marked) = (&tally.duplicates, &tally.marked);
    if dropped.pieces + marked.pieces == 0 {
        html.put(
            "<p>Nothing said again what an earlier text says, or it was not looked for.</p></section>\n",
        );
        return;
    }
    html.put("<p>")
        .text(counted(dropped.pieces, "paragraph"))
        .put(" left the text because an earlier one says ");
    html.put("the same (").text(percent(dropped.characters, report.counts.characters)).put(" of all text); ");
    html.text(count(marked.pieces)).put(" stayed, and are named in the records.</p>\n");
    largest(html, families, places);
    pairs(html, &families.pairs, places);
    html.put("</section>\n");
}

/// The paragraphs that came again most often.
fn largest(html: &mut Html, families: &Families, places: &Places<'_>) {
    html.put("<h3>Largest families</h3>\n<p class=note>A paragraph, and the copies of it. ");
    if families.error > 0 {
        html.put("There were too many to count them all: each count may be too low by up to ");
        html.text(count(families.error)).put(".");
    }
    html.put("</p>\n<ol class=families>");
    for (of, family) in families.largest() {
        one(html, of, family, places);
    }
    html.put("</ol>\n");
}

/// A family: its text, where it stands first, and its first copies.
fn one(html: &mut Html, of: &BlockAddress, family: &Family, places: &Places<'_>) {
    html.put("<li").attr("id", places.family_id(of)).put("><details class=fold><summary><strong>");
    html.text(counted(family.times, "copy").replace("copys", "copies")).put("</strong> <span dir=auto>");
    html.text(&family.text).put("</span></summary><p>Stays in ");
    places.link(html, of);
    html.put(". Copies:</p><ul>");
    for copy in &family.copies {
        html.put("<li>");
        places.link(html, &copy.at);
        html.put(", ").text(super::alike(copy.similarity));
    }
    let more = family.times.saturating_sub(family.copies.len() as u64);
    if more > 0 {
        html.put("<li>and ").text(count(more)).put(" more, named in the ledger");
    }
    html.put("</ul></details>\n");
}

/// The documents that share most with an earlier one.
fn pairs(html: &mut Html, pairs: &[Pair], places: &Places<'_>) {
    html.put("<h3>Documents that share most</h3>\n<table><caption>Pairs of documents, by the blocks of the ");
    html.put("later one that the earlier one has").columns(&[("Documents", ""), ("Shared", "n")]);
    for pair in pairs {
        html.put("<tr><th scope=row>");
        places.link_document(html, &pair.document);
        html.put("<span class=note>has blocks of ");
        places.link_document(html, &pair.of);
        html.put("</span><td class=n>").text(format_args!(
            "{} of {}\n",
            count(pair.shared),
            count(pair.blocks)
        ));
    }
    html.put("</tbody></table>\n");
}
