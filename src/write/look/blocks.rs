//! Blocks as people read them: struck through, with the reason behind each piece that went.
use super::group::{Group, Notes};
use super::html::{Html, clipped};
use super::number::counted;
use super::places::{Places, block_id};
use super::shown::{NAME_CHARACTERS, ShownBlock, ShownPiece};
use crate::model::{BlockKind, RuleId, Verdict};

/// Bytes of a block that may stand on one line with others.
const BRIEF_BYTES: usize = 60;

/// All blocks of a document; short ones that went by the same rule stand on one line.
pub(super) fn all(
    html: &mut Html,
    blocks: &[ShownBlock],
    document: usize,
    notes: &Notes,
    places: &Places<'_>,
) {
    for blocks in blocks.chunk_by(|a, b| brief(a).is_some() && brief(a) == brief(b)) {
        match blocks {
            [block] => one(html, block, document, notes, places),
            blocks => run(html, blocks, document, notes),
        }
    }
}

/// The rule by which a short block went as a whole: those of a menu are many, and are shown on one line.
fn brief(block: &ShownBlock) -> Option<&RuleId> {
    match &block.pieces[..] {
        [ShownPiece { verdict: Verdict::Cut(rule), text }] => (text.len() <= BRIEF_BYTES).then_some(rule),
        _ => None,
    }
}

/// Short blocks that went by the same rule, one behind the other.
fn run(html: &mut Html, blocks: &[ShownBlock], document: usize, notes: &Notes) {
    let (Some(first), Some(last)) = (blocks.first(), blocks.last()) else { return };
    let Some(rule) = brief(first) else { return };
    let group = notes.of(rule.as_str()).group;
    html.put("<div class=b><span class=number>").text(first.number).put("–").text(last.number);
    html.put("</span><p dir=auto>");
    for block in blocks {
        html.put(if block.number > first.number { "· " } else { "" });
        html.put("<del").attr("id", block_id(document, block.number)).attr("class", group.class()).put(">");
        for piece in &block.pieces {
            html.name(&piece.text);
        }
        html.put("</del> ");
        score(html, block);
    }
    html.put("<small").attr("class", format_args!("why {}", group.class())).put(" dir=ltr>");
    html.name(&clipped(rule.as_str(), NAME_CHARACTERS)).put("</small></p></div>\n");
}

/// What a judge thought of a block.
fn score(html: &mut Html, block: &ShownBlock) {
    if !block.note.is_empty() {
        html.put(" <small class=score>").text(&block.note).put("</small> ");
    }
}

/// A block: its number, its pieces, and the reason behind each that went.
fn one(html: &mut Html, block: &ShownBlock, document: usize, notes: &Notes, places: &Places<'_>) {
    let kept = block.pieces.iter().all(|piece| piece.verdict == Verdict::Keep);
    let class = if kept { "b all-kept" } else { "b" };
    html.put("<div")
        .attr("class", class)
        .attr("id", block_id(document, block.number))
        .put("><span class=number>");
    html.text(block.number).put("</span><p dir=auto").attr("class", kind(block.kind)).put(">");
    for piece in &block.pieces {
        self::piece(html, piece, notes, places);
    }
    score(html, block);
    html.put("</p></div>\n");
}

/// How a block is set.
fn kind(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Heading(_) => "heading",
        BlockKind::ListItem => "item",
        BlockKind::Quote => "quote",
        BlockKind::Code => "code",
        BlockKind::Paragraph | BlockKind::TableRow | BlockKind::Caption | BlockKind::Line => "text",
    }
}

/// A piece of a block.
fn piece(html: &mut Html, piece: &ShownPiece, notes: &Notes, places: &Places<'_>) {
    let Some(group) = Group::of(&piece.verdict, notes) else {
        html.put("<span>").text(&piece.text).put("</span> ");
        return;
    };
    match &piece.verdict {
        Verdict::Field(..) => {
            html.put("<span").attr("class", format_args!("took {}", group.class())).put(">")
        }
        verdict if verdict.is_kept() => html.put("<span class=stays>"),
        _ => html.put("<del").attr("class", group.class()).put(">"),
    };
    html.text(&piece.text);
    let struck = !piece.verdict.is_kept() && !matches!(piece.verdict, Verdict::Field(..));
    html.put(if struck { "</del> " } else { "</span> " });
    html.put("<small").attr("class", format_args!("why {}", group.class())).put(" dir=ltr>");
    why(html, &piece.verdict, places);
    html.put("</small> ");
}

/// Why a piece went.
fn why(html: &mut Html, verdict: &Verdict, places: &Places<'_>) {
    let rule = clipped(verdict.rule().unwrap_or_default(), NAME_CHARACTERS);
    match verdict {
        Verdict::Keep => {}
        Verdict::Cut(_) => drop(html.name(&rule)),
        Verdict::Field(field, _) => drop(html.put("→ ").put(field.name()).put(", ").name(&rule)),
        Verdict::Repeated { site, pages } => {
            html.name(&rule).put(", on ").text(counted(u64::from(*pages), "page")).put(" of ");
            html.name(&clipped(site, NAME_CHARACTERS));
        }
        Verdict::Duplicate { of, similarity, kept } => {
            html.put(if *kept { "stays, but repeats " } else { "repeats " });
            places.link(html, of);
            html.put(", ").text(super::alike(*similarity));
            places.link_family(html, of);
        }
    }
}
