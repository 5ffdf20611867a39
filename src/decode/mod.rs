//! Bytes to text: a chain of decisions, the surest first. What decided goes into the record.
mod binary;
mod declared;
mod detect;
mod escapes;
mod hygiene;
mod prescan;
mod repair;
mod survey;
mod unicode;
mod wide;

use crate::config::DecodeConfig;
use crate::model::{DecidedBy, Decoding, RawDocument, SkipReason, Text, Trouble};
use encoding_rs::{Encoding, WINDOWS_1252};
use std::borrow::Cow;
use survey::Survey;

/// Decodes a document. The first of these that holds decides: UTF-16 or UTF-32 by mark or by their zero
/// bytes; not text at all; the escapes of ISO-2022-JP; valid or nearly valid UTF-8, whatever is declared; a
/// declared encoding that decodes cleanly; the detector; windows-1252.
///
/// ```
/// use gleaner::model::{Declared, Origin, RawDocument};
///
/// let raw = RawDocument {
///     origin: Origin::page("old.txt"),
///     bytes: b"\x93Caf\xe9\x94 is how they spelled it on the sign above the door.".to_vec(),
///     declared: Declared::default(),
/// };
/// let text = gleaner::decode(&raw, &gleaner::DecodeConfig::default()).expect("it is text");
/// assert!(text.text.starts_with("“Café”") && text.encoding == "windows-1252");
/// ```
/// # Errors
/// What is not text is skipped, never decoded into noise.
pub fn decode<'a>(raw: &'a RawDocument, config: &DecodeConfig) -> Result<Text<'a>, Trouble> {
    let bytes = raw.bytes.as_slice();
    let (mut text, survey) = match wide::by_mark(bytes).or_else(|| wide::by_lanes(bytes)) {
        Some(text) => (text, None),
        None => {
            let survey = Survey::of(bytes);
            if binary::is_binary(bytes, &survey) {
                return Err(Trouble::skipped(raw.origin.clone(), SkipReason::Binary));
            }
            (narrow(raw, &survey, config), Some(survey))
        }
    };
    if config.repair
        && let Some((repaired, count)) = repair::repair(&text.text)
    {
        text.text = Cow::Owned(repaired);
        text.decoding.hygiene.repaired += count;
    }
    // The survey is of the text too, if the text is all of the bytes as they are.
    let is_of_text = |survey: &Survey| matches!(text.text, Cow::Borrowed(text) if text.len() == survey.len());
    let survey = survey.filter(is_of_text).unwrap_or_else(|| Survey::of(text.text.as_bytes()));
    hygiene::tidy(&mut text, survey, config);
    Ok(text)
}

/// The encoding that a page declares of itself in a `meta` element, by the prescan of the HTML standard.
pub fn declared_in_meta(page: &[u8]) -> Option<&'static str> {
    prescan::meta(page).map(Encoding::name)
}

/// Decodes what is not UTF-16 or UTF-32.
fn narrow<'a>(raw: &'a RawDocument, survey: &Survey, config: &DecodeConfig) -> Text<'a> {
    let bytes = raw.bytes.as_slice();
    let label = config.declared.then(|| declared::of_container(raw)).flatten();
    escapes::decode(bytes, survey)
        .or_else(|| unicode::decode(bytes))
        .or_else(|| config.declared.then(|| declared::decode(bytes, label)).flatten())
        .unwrap_or_else(|| detected(bytes))
}

/// The detector's verdict; windows-1252 where there is nothing to go by.
fn detected(bytes: &[u8]) -> Text<'_> {
    match detect::detect(bytes) {
        Some(verdict) => with(verdict.encoding, bytes, DecidedBy::Detected, verdict.margin),
        None => with(WINDOWS_1252, bytes, DecidedBy::Default, 0.0),
    }
}

/// Decodes with an encoding that has been decided on.
fn with<'a>(encoding: &'static Encoding, bytes: &'a [u8], decided_by: DecidedBy, margin: f32) -> Text<'a> {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    let replacements = if damaged { replaced(&text) } else { 0 };
    text_of(text, encoding.name(), decided_by, margin, replacements)
}

fn text_of<'a>(
    text: Cow<'a, str>,
    encoding: &'static str,
    decided_by: DecidedBy,
    margin: f32,
    replacements: u64,
) -> Text<'a> {
    Text { text, encoding, decided_by, decoding: Decoding { margin, replacements, ..Decoding::default() } }
}

fn replaced(text: &str) -> u64 {
    text.matches(char::REPLACEMENT_CHARACTER).count() as u64
}
