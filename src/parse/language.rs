//! The language of a document.
use crate::model::Document;
use whatlang::Lang;

/// Bytes of text that the language is told from: more does not make it surer.
const SAMPLE: usize = 2000;

/// A block shorter than this (bytes) says little about the language: menus are full of names.
const TELLING_BYTES: usize = 60;

/// Below this share of certainty (whatlang's own confidence) the language is not told.
const SURE: f64 = 0.5;

/// The language of the longer blocks, as an ISO 639-1 code (639-3 where there is none), if sure enough.
pub(super) fn of(document: &Document) -> Option<&'static str> {
    let mut sample = String::with_capacity(SAMPLE * 2);
    for floor in [TELLING_BYTES, 0] {
        for block in document.blocks.iter().filter(|block| block.text().len() >= floor) {
            sample.push_str(block.text());
            sample.push('\n');
            if sample.len() >= SAMPLE {
                break;
            }
        }
        if !sample.is_empty() {
            break;
        }
    }
    let end = (0..=sample.len().min(SAMPLE * 2)).rev().find(|&at| sample.is_char_boundary(at))?;
    let info = whatlang::detect(&sample[..end])?;
    (info.confidence() >= SURE).then(|| code(info.lang()))
}

/// The ISO 639-1 code of a language, or its 639-3 code where it has none.
fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Eng => "en",
        Lang::Deu => "de",
        Lang::Fra => "fr",
        Lang::Spa => "es",
        Lang::Ita => "it",
        Lang::Por => "pt",
        Lang::Nld => "nl",
        Lang::Rus => "ru",
        Lang::Ukr => "uk",
        Lang::Pol => "pl",
        Lang::Ces => "cs",
        Lang::Slk => "sk",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Bul => "bg",
        Lang::Mkd => "mk",
        Lang::Bel => "be",
        Lang::Swe => "sv",
        Lang::Dan => "da",
        Lang::Nob => "no",
        Lang::Fin => "fi",
        Lang::Est => "et",
        Lang::Lav => "lv",
        Lang::Lit => "lt",
        Lang::Hun => "hu",
        Lang::Ron => "ro",
        Lang::Ell => "el",
        Lang::Tur => "tr",
        Lang::Aze => "az",
        Lang::Uzb => "uz",
        Lang::Tuk => "tk",
        Lang::Ara => "ar",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pes => "fa",
        Lang::Urd => "ur",
        Lang::Hin => "hi",
        Lang::Ben => "bn",
        Lang::Mar => "mr",
        Lang::Guj => "gu",
        Lang::Pan => "pa",
        Lang::Tam => "ta",
        Lang::Tel => "te",
        Lang::Kan => "kn",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Sin => "si",
        Lang::Nep => "ne",
        Lang::Tha => "th",
        Lang::Khm => "km",
        Lang::Mya => "my",
        Lang::Vie => "vi",
        Lang::Ind => "id",
        Lang::Jav => "jv",
        Lang::Tgl => "tl",
        Lang::Cmn => "zh",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Kat => "ka",
        Lang::Hye => "hy",
        Lang::Amh => "am",
        Lang::Afr => "af",
        Lang::Cat => "ca",
        Lang::Lat => "la",
        Lang::Epo => "eo",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Aka => "ak",
        Lang::Cym => "cy",
    }
}
