//! Where two judgements of the same document differ: blocks in pairs, and stretches of their text.
use crate::model::{Block, FieldName, Piece, Verdict};
use serde::Serialize;
use std::fmt;
use std::ops::Range;

/// What is said of a stretch of text, without what is particular to it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Said {
    /// `kept`, `cut`, `field`, `duplicate`, `marked` (a duplicate that stays), or `absent`: there is no such block.
    pub verdict: &'static str,
    /// The rule by which it goes, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The field that it becomes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<FieldName>,
}

impl Said {
    /// Said of a block that only the other side has.
    pub(super) const ABSENT: Said = Said { verdict: "absent", rule: None, field: None };

    pub(super) fn of(verdict: &Verdict) -> Said {
        let field = if let Verdict::Field(field, _) = verdict { Some(*field) } else { None };
        Said { verdict: verdict.name(), rule: verdict.rule().map(str::to_string), field }
    }
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.verdict)?;
        self.field.map_or(Ok(()), |field| write!(f, " {field}"))?;
        self.rule.as_ref().map_or(Ok(()), |rule| write!(f, " by {rule}"))
    }
}

/// The blocks of two sides, laid beside each other by number or by text: where the numbers of blocks differ, those
/// between the like ones at both ends stand alone.
pub(super) fn pairs<'a>(old: &'a [Block], new: &'a [Block]) -> Vec<(Option<&'a Block>, Option<&'a Block>)> {
    let alike = |(old, new): &(&Block, &Block)| old.text() == new.text();
    let (head, tail) = if old.len() == new.len() {
        (old.len(), 0)
    } else {
        let head = old.iter().zip(new).take_while(alike).count();
        let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(alike).count();
        (head, tail)
    };
    let both = |old: &'a [Block], new: &'a [Block]| old.iter().map(Some).zip(new.iter().map(Some));
    let (old_end, new_end) = (old.len() - tail, new.len() - tail);
    let gone = old[head..old_end].iter().map(|block| (Some(block), None));
    let come = new[head..new_end].iter().map(|block| (None, Some(block)));
    both(&old[..head], &new[..head])
        .chain(gone)
        .chain(come)
        .chain(both(&old[old_end..], &new[new_end..]))
        .collect()
}

/// The stretches of a text on which two sides differ, in order.
pub(super) fn stretches(old: &Block, new: &Block) -> Vec<(Range<usize>, Said, Said)> {
    let (old, new, text) = (old.pieces(), new.pieces(), new.text());
    let mut borders: Vec<usize> =
        old.iter().chain(&new).flat_map(|piece| [piece.span.start, piece.span.end]).collect();
    borders.sort_unstable();
    borders.dedup();
    let mut found: Vec<(Range<usize>, Said, Said)> = Vec::new();
    for border in borders.windows(2) {
        let span = border[0]..border[1];
        let (Some(before), Some(after)) = (at(&old, span.start), at(&new, span.start)) else { continue };
        if text[span.clone()].trim().is_empty() {
            continue;
        }
        let (before, after) = (Said::of(before), Said::of(after));
        match found.last_mut() {
            Some(last) if (&last.1, &last.2) == (&before, &after) => last.0.end = span.end,
            _ => found.push((span, before, after)),
        }
    }
    found.retain(|(_, before, after)| before != after);
    found
}

/// The verdict on the text that begins here.
fn at<'a>(pieces: &[Piece<'a>], at: usize) -> Option<&'a Verdict> {
    let next = pieces.partition_point(|piece| piece.span.end <= at);
    pieces.get(next).filter(|piece| piece.span.start <= at).map(|piece| piece.verdict)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{BlockKind, Evidence, RuleId};

    fn block(text: &str) -> Block {
        Block::new(text.to_string(), BlockKind::Line, Evidence::default())
    }

    fn cut(rule: &str) -> Verdict {
        Verdict::Cut(RuleId::new(rule))
    }

    #[test]
    fn only_the_stretches_that_differ_are_named() {
        let (mut old, mut new) = (block("one two three four"), block("one two three four"));
        old.cut_part(4..13, cut("a/x"));
        new.cut_part(8..18, cut("a/x"));
        let found: Vec<String> = stretches(&old, &new)
            .into_iter()
            .map(|(span, before, after)| format!("{}: {before} -> {after}", &new.text()[span]))
            .collect();
        assert_eq!(found, ["two: cut by a/x -> kept", "four: kept -> cut by a/x"]);
        assert!(stretches(&old, &old).is_empty());
    }

    #[test]
    fn a_block_that_only_one_side_has_stands_alone() {
        let texts = |words: &str| words.split(' ').map(block).collect::<Vec<_>>();
        let (old, new) = (texts("a b c d"), texts("a x y c d"));
        let word = |block: Option<&Block>| block.map_or("-".to_string(), |block| block.text().to_string());
        let laid: Vec<String> =
            pairs(&old, &new).into_iter().map(|(old, new)| word(old) + &word(new)).collect();
        assert_eq!(laid, ["aa", "b-", "-x", "-y", "cc", "dd"]);
    }
}
