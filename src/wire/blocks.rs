//! Blocks and their verdicts as bytes.
use super::Damaged;
use super::bytes::{Reader, Writer};
use super::kinds::OneOf;
use super::{put_origin, read_origin};
use crate::model::{Block, BlockAddress, BlockKind, Cell, Evidence, FieldName, RuleId, Setting, Verdict};

/// Writes a block. Of its evidence that is written which says how it is set on its page: judges have looked at the
/// rest.
pub(super) fn put_block(out: &mut Writer, block: &Block) {
    block.kind.put(out);
    out.text(block.text());
    put_setting(out, &block.evidence);
    out.number(block.parts().len() as u64);
    for (span, verdict, inline) in block.parts() {
        out.range(span);
        out.flag(inline);
        put_verdict(out, verdict);
    }
    put_verdict(out, block.verdict());
}

pub(super) fn read_block(bytes: &mut Reader<'_>) -> Result<Block, Damaged> {
    let kind = BlockKind::read(bytes)?;
    let text = bytes.string()?;
    let evidence = read_setting(bytes)?;
    let mut block = Block::new(text, kind, evidence);
    for _ in 0..bytes.number()? {
        let span = bytes.range()?;
        // Neither beyond the text nor inside a character.
        block.text().get(span.clone()).ok_or(Damaged)?;
        let inline = bytes.flag()?;
        let verdict = read_verdict(bytes)?;
        if inline { block.cut_inline(span, verdict) } else { block.cut_part(span, verdict) }
    }
    block.set(read_verdict(bytes)?);
    Ok(block)
}

fn put_setting(out: &mut Writer, evidence: &Evidence) {
    out.maybe_number(evidence.element);
    out.number(evidence.column.into());
    out.flag(evidence.setting.is_some());
    if let Some(setting) = &evidence.setting {
        out.number(setting.cells.len() as u64);
        for cell in &setting.cells {
            out.number(cell.at.into());
            out.number(cell.column.into());
        }
        out.number(setting.lines.len() as u64);
        setting.lines.iter().for_each(|&at| out.number(at.into()));
        out.text(&setting.verbatim);
        out.flag(setting.goes_on);
    }
}

fn read_setting(bytes: &mut Reader<'_>) -> Result<Evidence, Damaged> {
    let (element, column) = (bytes.maybe_number()?, bytes.small()?);
    let setting = match bytes.flag()? {
        false => None,
        true => {
            let cells = bytes.many(|bytes| Ok(Cell { at: bytes.small()?, column: bytes.small()? }))?;
            let lines = bytes.many(Reader::small)?;
            Some(Box::new(Setting { cells, lines, verbatim: bytes.string()?, goes_on: bytes.flag()? }))
        }
    };
    Ok(Evidence { element, column, setting, ..Evidence::default() })
}

/// The byte that a verdict begins with.
mod tag {
    pub(super) const KEEP: u8 = 0;
    pub(super) const CUT: u8 = 1;
    pub(super) const FIELD: u8 = 2;
    pub(super) const REPEATED: u8 = 3;
    pub(super) const DUPLICATE: u8 = 4;
}

fn put_verdict(out: &mut Writer, verdict: &Verdict) {
    match verdict {
        Verdict::Keep => out.byte(tag::KEEP),
        Verdict::Cut(rule) => {
            out.byte(tag::CUT);
            out.name(rule.as_str());
        }
        Verdict::Field(field, rule) => {
            out.byte(tag::FIELD);
            field.put(out);
            out.name(rule.as_str());
        }
        Verdict::Repeated { site, pages } => {
            out.byte(tag::REPEATED);
            out.name(site);
            out.number((*pages).into());
        }
        Verdict::Duplicate { of, similarity, kept } => {
            out.byte(tag::DUPLICATE);
            put_origin(out, &of.origin);
            out.number(of.block.into());
            out.float(*similarity);
            out.flag(*kept);
        }
    }
}

fn read_verdict(bytes: &mut Reader<'_>) -> Result<Verdict, Damaged> {
    Ok(match bytes.byte()? {
        tag::KEEP => Verdict::Keep,
        tag::CUT => Verdict::Cut(RuleId::new(bytes.name()?)),
        tag::FIELD => Verdict::Field(FieldName::read(bytes)?, RuleId::new(bytes.name()?)),
        tag::REPEATED => Verdict::Repeated { site: bytes.name()?.into(), pages: bytes.small()? },
        tag::DUPLICATE => {
            let of = Box::new(BlockAddress { origin: read_origin(bytes)?, block: bytes.small()? });
            Verdict::Duplicate { of, similarity: bytes.float()?, kept: bytes.flag()? }
        }
        _ => return Err(Damaged),
    })
}
