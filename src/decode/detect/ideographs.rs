//! Readings in the encodings of China, Japan and Korea, by the frequency of their characters.
use super::Reading;
use super::evidence::Evidence;
use super::models::MODELS;
use encoding_rs::*;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The encodings, the language whose characters they are read as, and what each costs beforehand, in nats.
const ENCODINGS: &[(&Encoding, &str, f32)] = &[
    (GBK, "zh", 0.0),
    (BIG5, "zh-Hant", 0.0),
    (SHIFT_JIS, "ja", 0.0),
    (EUC_JP, "ja", 0.5),
    (EUC_KR, "ko", 0.0),
];

/// Costs in nats. A damaged sequence; a private character.
const DAMAGE: f32 = 16.0;
const PRIVATE: f32 = 14.0;
/// A character that the language's standards hold but its statistics do not; one that is in no list.
const SELDOM: f32 = 9.5;
const STRANGE: f32 = 11.0;
/// A character of the Hong Kong supplement to Big5.
const CANTONESE: f32 = 10.0;
/// Full-width punctuation; kana; a half-width kana; letters and symbols of the two-byte sets.
const PUNCTUATION: f32 = 3.5;
const KANA: f32 = 4.3;
/// What a kanji costs beyond its frequency among kanji: half of Japanese text is kana.
const KANJI: f32 = 1.0;
const HALF_KANA: f32 = 7.5;
const SYMBOL: f32 = 9.0;
/// A letter of ASCII that touches one of these characters.
const MIXED: f32 = 2.5;

/// Zipf's law for characters: the probability of the one of rank r is about 1 / (r + 12) / 6.
const ZIPF_OFFSET: f32 = 12.0;
const ZIPF_SCALE: f32 = 6.0;

struct Candidate {
    encoding: &'static Encoding,
    prior: f32,
    is_japanese: bool,
    costs: HashMap<char, f32>,
}

static CANDIDATES: LazyLock<Vec<Candidate>> = LazyLock::new(|| {
    let candidate = |&(encoding, language, prior): &(&'static Encoding, &str, f32)| {
        let model = MODELS.ideographs.iter().find(|model| model.language == language)?;
        let mut costs: HashMap<char, f32> = common_rows(encoding).map(|c| (c, SELDOM)).collect();
        for (rank, c) in model.characters.chars().enumerate() {
            let cost = (ZIPF_SCALE * (rank as f32 + ZIPF_OFFSET)).ln();
            costs.insert(c, cost.min(SELDOM));
        }
        if language == "ja" {
            for (_, cost) in costs.iter_mut().filter(|(c, _)| is_ideograph(**c)) {
                *cost += KANJI;
            }
        }
        Some(Candidate { encoding, prior, is_japanese: language == "ja", costs })
    };
    ENCODINGS.iter().filter_map(candidate).collect()
});

fn is_ideograph(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

/// The characters of an encoding's first level: those its makers counted as common.
fn common_rows(encoding: &'static Encoding) -> impl Iterator<Item = char> {
    let leads = match encoding {
        _ if encoding == GBK => 0xB0..=0xD7,
        _ if encoding == BIG5 => 0xA4..=0xC6,
        _ if encoding == SHIFT_JIS => 0x88..=0x97,
        _ if encoding == EUC_JP => 0xB0..=0xCF,
        _ => 0xB0..=0xC8_u8,
    };
    leads.flat_map(move |lead| (0x40..=0xFE_u8).filter_map(move |trail| two_bytes(encoding, lead, trail)))
}

fn two_bytes(encoding: &'static Encoding, lead: u8, trail: u8) -> Option<char> {
    let is_euc = encoding == EUC_JP || encoding == EUC_KR || encoding == GBK;
    if is_euc && trail < 0xA1 {
        return None;
    }
    let bytes = [lead, trail];
    let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes)?;
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

/// A reading in each encoding.
pub(super) fn readings(evidence: &Evidence) -> Vec<Reading> {
    CANDIDATES
        .iter()
        .map(|candidate| {
            let text = candidate.encoding.decode_without_bom_handling(&evidence.bytes).0;
            let text = if evidence.is_cut { without_last(&text) } else { &text };
            Reading { encoding: candidate.encoding, cost: candidate.prior + candidate.text_cost(text) }
        })
        .collect()
}

/// The text without the damage at its end.
fn without_last(text: &str) -> &str {
    let text = text.trim_end();
    text.strip_suffix(char::REPLACEMENT_CHARACTER).unwrap_or(text)
}

impl Candidate {
    /// What a text costs.
    fn text_cost(&self, text: &str) -> f32 {
        let mut cost = 0.0;
        let mut before = ' ';
        for c in text.chars() {
            if !c.is_ascii() {
                cost += self.cost(c);
            }
            if before.is_ascii_alphabetic() && !c.is_ascii() || c.is_ascii_alphabetic() && !before.is_ascii()
            {
                cost += MIXED;
            }
            before = c;
        }
        cost
    }

    /// What a character costs.
    fn cost(&self, c: char) -> f32 {
        if let Some(&cost) = self.costs.get(&c) {
            return cost;
        }
        match c {
            // Some letters of the Hong Kong supplement decode to two characters.
            '\u{300}'..='\u{36F}' => 0.0,
            char::REPLACEMENT_CHARACTER | '\u{80}'..='\u{9F}' => DAMAGE,
            '\u{E000}'..='\u{F8FF}' => PRIVATE,
            '\u{3000}'..='\u{3003}' | '\u{3005}'..='\u{3011}' | '\u{30FB}' | '\u{30FC}' => PUNCTUATION,
            '\u{FF01}'..='\u{FF1F}' | '‘'..='”' | '…' | '·' | '—' => PUNCTUATION,
            '\u{3041}'..='\u{30FA}' if self.is_japanese => KANA,
            '\u{FF61}'..='\u{FF9F}' => HALF_KANA,
            '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' => STRANGE,
            '\u{10000}'.. if self.encoding == BIG5 => CANTONESE,
            '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}' | '\u{10000}'.. => STRANGE + 2.0,
            _ => SYMBOL,
        }
    }
}
