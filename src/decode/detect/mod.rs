//! The detector: which legacy encoding makes the non-ASCII bytes read as a language.
//!
//! Every candidate is charged, in nats, what its reading of the evidence would cost under the best fitting
//! language: a first-order Markov chain over letters for the single-byte encodings (the idea of S. Li and
//! K. Momoi, "A composite approach to language/encoding detection", 2001), the frequency of characters for
//! the encodings of China, Japan and Korea. How common the encoding is on the web, and the verdict of
//! `chardetng`, are charged in the same currency. The cheapest reading wins.
mod evidence;
mod ideographs;
mod letters;
mod models;

use encoding_rs::{Encoding, ISO_8859_15, WINDOWS_1252};
use evidence::Evidence;

/// What chardetng's vote is worth, in nats.
const CHARDETNG_VOTE: f32 = 2.0;

/// Bytes of the evidence that chardetng is fed: it is the slowest of the judges.
const CHARDETNG_BYTES: usize = 1024;

/// Nats to one step of the posterior: neighbouring letters are not independent, so the sums are too sure of
/// themselves.
const TEMPER: f32 = 0.3;

/// A reading of the evidence.
#[derive(Debug, Clone, Copy)]
struct Reading {
    encoding: &'static Encoding,
    /// Nats; less is better.
    cost: f32,
}

/// What the detector says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Verdict {
    /// The encoding.
    pub(super) encoding: &'static Encoding,
    /// How far it is ahead of the next encoding that reads the bytes otherwise, from 0 to 1.
    pub(super) margin: f32,
}

/// Judges bytes that are neither ASCII nor any form of Unicode. `None` if there is no evidence.
pub(super) fn detect(bytes: &[u8]) -> Option<Verdict> {
    let evidence = Evidence::of(bytes);
    if evidence.bytes.is_empty() {
        return None;
    }
    let vote = vote(&evidence);
    let mut readings = letters::readings(&evidence);
    readings.extend(ideographs::readings(&evidence));
    for reading in &mut readings {
        // chardetng does not know ISO-8859-15 and means it too when it says windows-1252.
        let is_meant = reading.encoding == vote || (reading.encoding == ISO_8859_15 && vote == WINDOWS_1252);
        reading.cost -= if is_meant { CHARDETNG_VOTE } else { 0.0 };
    }
    readings.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    let best = *readings.first()?;
    let text = best.encoding.decode_without_bom_handling(&evidence.bytes).0;
    let differs = |other: &&Reading| other.encoding.decode_without_bom_handling(&evidence.bytes).0 != text;
    let behind = readings[1..].iter().find(differs).map_or(f32::MAX, |other| other.cost - best.cost);
    Some(Verdict { encoding: best.encoding, margin: (behind * TEMPER / 2.0).tanh() })
}

/// The verdict of chardetng, which knows many languages by pairs of letters too.
fn vote(evidence: &Evidence) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(&evidence.bytes[..evidence.bytes.len().min(CHARDETNG_BYTES)], false);
    detector.guess(None, chardetng::Utf8Detection::Deny)
}
