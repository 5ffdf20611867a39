//! Documents as people read them: what was cut is struck through and says by which rule it went.
use super::chart::{self, Part};
use super::group::{Group, Notes};
use super::html::Html;
use super::number::{counted, percent};
use super::places::{Places, document_id};
use super::shown::{Shown, ShownPiece};
use crate::model::solid;
/// The part of the report that shows some documents whole.
pub(super) fn section(html: &mut Html, documents: &[&Shown], met: u64, notes: &Notes, places: &Places<'_>) {
    html.section("sample", "A look at documents");
    if documents.is_empty() {
        html.put("<p>No document was read.</p></section>\n");
        return;
    }
    html.put("<p>")
        .text(counted(documents.len() as u64, "document"))
        .put(" of ")
        .text(super::number::count(met));
    html.put(", the first ones and a fair choice of the others. What was cut is struck through, and the rule stands ");
    html.put("behind it. <code>gleaner show --html FILE</code> gives this view of any document.</p>\n");
    legend(html, false);
    for (shown, number) in documents.iter().zip(1..) {
        html.put("<article").attr("id", document_id(number)).put("><details><summary><h3>");
        head(html, shown);
        html.put("</h3></summary>");
        body(html, shown, number, notes, places);
        html.put("</details></article>\n");
    }
    html.put("</section>\n");
}

/// One document, open.
pub(super) fn whole(html: &mut Html, shown: &Shown, number: usize, notes: &Notes) {
    html.put("<article").attr("id", document_id(number)).put("><h2>");
    head(html, shown);
    html.put("</h2>");
    body(html, shown, number, notes, &Places::default());
    html.put("</article>\n");
}

/// What the colours mean, and the switch that hides what was kept.
pub(super) fn legend(html: &mut Html, scored: bool) {
    html.put("<details class=\"fold legend\"><summary>What the colours mean</summary><ul>");
    for group in Group::ALL {
        html.put("<li><i").attr("class", group.class()).put("></i><strong").attr("class", group.class());
        html.put(">")
            .put(group.title())
            .put("</strong> <span class=note>")
            .put(group.meaning())
            .put("</span>");
    }
    html.put("</ul></details>\n<p class=switch><label><input type=checkbox id=cut-only> Show only what did ");
    html.put("not stay</label>");
    if scored {
        html.put("<label><input type=checkbox id=scored> Show chances of being content, and what weighed ");
        html.put("most</label>");
    }
    html.put("</p>\n");
}

/// The name of a document, its title, and how much of it was kept.
fn head(html: &mut Html, shown: &Shown) {
    html.put("<span class=source>").name(&super::shown_name(&shown.origin.to_string())).put("</span>");
    if let Some(title) = &shown.title {
        html.put("<span class=title dir=auto>").text(title).put("</span>");
    }
    html.put("<span class=note>");
    if !shown.written {
        html.put("nothing kept, not written; ");
    }
    html.text(counted(shown.blocks_kept as u64, "block")).put(" kept, ");
    html.text(shown.blocks_removed).put(" removed</span>");
}

/// All that is shown of a document.
fn body(html: &mut Html, shown: &Shown, number: usize, notes: &Notes, places: &Places<'_>) {
    html.put("<dl>");
    for (name, value, from) in &shown.facts {
        html.put("<div><dt>").put(name).put("<dd>").name(value);
        if let Some(from) = from {
            html.put(" <small>").put(from.name()).put("</small>");
        }
        html.put("</div>");
    }
    html.put("</dl>");
    share(html, shown, notes);
    html.put("<div class=blocks>");
    super::blocks::all(html, &shown.blocks, number, notes, places);
    html.put("</div>");
    if shown.left_out > 0 {
        html.put("<p class=note>").text(counted(shown.left_out as u64, "more block"));
        html.put(": <code>gleaner show --html</code> shows all.</p>");
    }
}

/// How much of what is shown was kept, and why the rest went.
fn share(html: &mut Html, shown: &Shown, notes: &Notes) {
    let pieces = || shown.blocks.iter().flat_map(|block| &block.pieces);
    let sum = |wanted: Option<Group>| -> u64 {
        let fits = |piece: &&ShownPiece| match piece.verdict.is_kept() {
            true => wanted.is_none(),
            false => wanted.is_some() && Group::of(&piece.verdict, notes) == wanted,
        };
        pieces().filter(fits).map(|piece| solid(&piece.text)).sum()
    };
    let mut parts = vec![Part { title: "Kept", class: "kept", size: sum(None) }];
    parts.extend(Group::ALL.map(|group| Part {
        title: group.title(),
        class: group.class(),
        size: sum(Some(group)),
    }));
    parts.retain(|part| part.size > 0);
    let whole = parts.iter().map(|part| part.size).sum();
    chart::stack(html, "Share of the text", &parts);
    html.put("<p class=shares>");
    for part in &parts {
        html.put("<span><i").attr("class", part.class).put("></i>").put(part.title).put(" ");
        html.text(percent(part.size, whole)).put("</span> ");
    }
    html.put("</p>");
}
