//! A document as bytes: what is known of it, then its blocks.
use super::Damaged;
use super::blocks::{put_block, read_block};
use super::bytes::{Reader, Writer};
use super::kinds::OneOf;
use super::{put_origin, read_origin};
use crate::model::{
    DecidedBy, Decoding, Document, Element, FieldName, FieldOrigin, FieldOrigins, Fields, Hygiene, Kind,
    Outline, PageClaims, encoding_name, language_codes,
};

pub(super) fn put_document(out: &mut Writer, document: &Document) {
    put_origin(out, &document.origin);
    document.kind.put(out);
    out.text(document.encoding);
    document.decided_by.put(out);
    put_decoding(out, &document.decoding);
    out.maybe_text(document.language);
    put_fields(out, &document.fields);
    out.number(document.characters);
    out.number(document.guarded.into());
    out.flag(document.selected);
    out.number(document.outline.elements.len() as u64);
    for element in &document.outline.elements {
        out.maybe_number(element.parent);
        out.name(&element.tag);
        out.name(&element.words);
    }
    out.number(document.blocks.len() as u64);
    document.blocks.iter().for_each(|block| put_block(out, block));
}

pub(super) fn read_document(bytes: &mut Reader<'_>) -> Result<Document, Damaged> {
    let origin = read_origin(bytes)?;
    let kind = Kind::read(bytes)?;
    let encoding = encoding_name(bytes.text()?).ok_or(Damaged)?;
    let decided_by = DecidedBy::read(bytes)?;
    let decoding = read_decoding(bytes)?;
    let language = bytes.maybe_text()?.map(language).transpose()?;
    let fields = read_fields(bytes)?;
    let (characters, guarded, selected) = (bytes.number()?, bytes.small()?, bytes.flag()?);
    let elements = bytes.many(|bytes| {
        let parent = bytes.maybe_number()?;
        Ok(Element { parent, tag: bytes.name()?.into(), words: bytes.name()?.into() })
    })?;
    let is_tree = elements.iter().zip(0..).all(|(element, n)| element.parent.is_none_or(|parent| parent < n));
    let blocks = bytes.many(|bytes| read_block(bytes))?;
    is_tree.then_some(()).ok_or(Damaged)?;
    Ok(Document {
        origin,
        kind,
        encoding,
        decided_by,
        decoding,
        language,
        fields,
        claims: PageClaims::default(),
        outline: Outline { elements },
        blocks,
        characters,
        guarded,
        selected,
    })
}

fn language(code: &str) -> Result<&'static str, Damaged> {
    language_codes().into_iter().find(|known| *known == code).ok_or(Damaged)
}

fn put_decoding(out: &mut Writer, decoding: &Decoding) {
    out.float(decoding.margin);
    out.number(decoding.replacements);
    let Hygiene { nfc, invisible, controls, entities, line_ends, repaired } = decoding.hygiene;
    [nfc, invisible, controls, entities, line_ends, repaired].into_iter().for_each(|count| out.number(count));
}

fn read_decoding(bytes: &mut Reader<'_>) -> Result<Decoding, Damaged> {
    let (margin, replacements) = (bytes.float()?, bytes.number()?);
    let hygiene = Hygiene {
        nfc: bytes.number()?,
        invisible: bytes.number()?,
        controls: bytes.number()?,
        entities: bytes.number()?,
        line_ends: bytes.number()?,
        repaired: bytes.number()?,
    };
    Ok(Decoding { margin, replacements, hygiene })
}

fn put_fields(out: &mut Writer, fields: &Fields) {
    out.maybe_text(fields.title.as_deref());
    out.texts(&fields.authors);
    out.maybe_text(fields.published.as_deref());
    out.maybe_text(fields.published_day.as_deref());
    out.maybe_text(fields.updated.as_deref());
    out.maybe_text(fields.site.as_deref());
    out.texts(&fields.agency);
    out.maybe_text(fields.url.as_deref());
    out.texts(&fields.image_credits);
    FieldName::ALL.iter().for_each(|field| fields.origins.of(*field).put(out));
    fields.day_order.put(out);
}

fn read_fields(bytes: &mut Reader<'_>) -> Result<Fields, Damaged> {
    Ok(Fields {
        title: bytes.maybe_string()?,
        authors: bytes.texts()?,
        published: bytes.maybe_string()?,
        published_day: bytes.maybe_string()?,
        updated: bytes.maybe_string()?,
        site: bytes.maybe_string()?,
        agency: bytes.texts()?,
        url: bytes.maybe_string()?,
        image_credits: bytes.texts()?,
        origins: read_origins(bytes)?,
        day_order: OneOf::read(bytes)?,
    })
}

fn read_origins(bytes: &mut Reader<'_>) -> Result<FieldOrigins, Damaged> {
    let mut origins = FieldOrigins::default();
    for &field in FieldName::ALL {
        if let Some(origin) = Option::<FieldOrigin>::read(bytes)? {
            origins.set(field, origin);
        }
    }
    Ok(origins)
}
