//! Decoding: UTF-8 against the standard library's check alone, legacy pages against chardetng fed the whole
//! page, and the repair of mojibake, in MB/s of CPU time.
//!
//! `cargo bench --bench decode -- 20` makes 20 MB of each kind. `GLEANER_BENCH_ROUNDS`, `GLEANER_BENCH_MB` and
//! `GLEANER_BENCH_ONLY` (utf-8, legacy, repair) say the same by environment.
mod support;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, SHIFT_JIS, WINDOWS_1251, WINDOWS_1252};
use gleaner::model::{Declared, Origin, RawDocument};
use gleaner::{DecodeConfig, decode};
use support::corpus::{Corpus, Kind};
use support::{Table, corpus_bytes, wanted};

/// The corpus of this number is the one that the figures in the documentation are of.
const SEED: u64 = 1;

/// The declaration in the pages of the corpus, which legacy pages do without.
const DECLARATION: &str = "<meta charset=\"utf-8\">";

/// What stands in for a character.
type Letter = fn(char) -> char;

/// Letters that stand in for those of Latin, the vowel signs and the virama of Devanagari among them.
const GREEK: &str = "αβψδεφγηιξκλμνοπρστθωχυζάέ";
const DEVANAGARI: &str = "ािीुूेैोौ्कखगचजटडतदनपबमयरस";

fn main() {
    let defaults = DecodeConfig::default();
    let utf8: [(&str, Kind, Letter); 4] = [
        ("utf-8, pages", Kind::Html, |c| c),
        ("utf-8, texts", Kind::Text, |c| c),
        ("utf-8, Greek letters", Kind::Text, |c| in_script(c, GREEK)),
        ("utf-8, Devanagari letters", Kind::Text, |c| in_script(c, DEVANAGARI)),
    ];
    for (name, kind, letter) in utf8 {
        if wanted(name) {
            let raws = corpus(kind, |text| Some(text.chars().map(letter).collect::<String>().into_bytes()));
            let bytes = size(&raws);
            let mut table = Table::new(name);
            table.case("str::from_utf8", bytes, || {
                raws.iter().filter(|raw| std::str::from_utf8(&raw.bytes).is_ok()).count()
            });
            table.case("decode", bytes, || decoded(&raws, &defaults));
            table.print();
        }
    }
    if wanted("legacy") {
        let raws = corpus(Kind::Html, legacy);
        let bytes = size(&raws);
        let mut table = Table::new(&format!("legacy: {} pages without declaration", raws.len()));
        table.case("chardetng, whole page", bytes, || {
            raws.iter().map(|raw| guessed(&raw.bytes).name().len()).sum::<usize>()
        });
        table.case("decode", bytes, || decoded(&raws, &defaults));
        table.print();
    }
    if wanted("repair") {
        let config = DecodeConfig { repair: true, ..defaults };
        let clean = corpus(Kind::Text, |text| Some(text.into_bytes()));
        let damaged = corpus(Kind::Text, |text| Some(misread(&text)));
        let mut table = Table::new("repair");
        table.case("decode, clean texts", size(&clean), || decoded(&clean, &defaults));
        table.case("decode and repair, clean texts", size(&clean), || decoded(&clean, &config));
        table.case("decode and repair, damaged texts", size(&damaged), || decoded(&damaged, &config));
        table.print();
    }
}

/// The documents of the corpus as other bytes; those that cannot be are left out.
fn corpus(kind: Kind, bytes: impl Fn(String) -> Option<Vec<u8>>) -> Vec<RawDocument> {
    let documents = Corpus::new(kind, SEED);
    let raw = |made: support::corpus::Made| {
        Some(RawDocument {
            origin: Origin::page(&made.name),
            bytes: bytes(String::from_utf8_lossy(&made.bytes).into_owned())?,
            declared: Declared::default(),
        })
    };
    documents.documents(corpus_bytes()).filter_map(raw).collect()
}

fn size(raws: &[RawDocument]) -> usize {
    raws.iter().map(|raw| raw.bytes.len()).sum()
}

fn decoded(raws: &[RawDocument], config: &DecodeConfig) -> usize {
    raws.iter().filter_map(|raw| decode(raw, config).ok()).map(|text| text.text.len()).sum()
}

fn guessed(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// The letter of a script that stands in for a Latin one.
fn in_script(c: char, letters: &str) -> char {
    let place = c.is_ascii_lowercase().then(|| c as usize - 'a' as usize);
    place.and_then(|place| letters.chars().nth(place)).unwrap_or(c)
}

/// A page in the first legacy encoding that has all its characters; `None` for pages in ASCII.
fn legacy(page: String) -> Option<Vec<u8>> {
    let page = page.replace(DECLARATION, "");
    let encoded = [WINDOWS_1252, WINDOWS_1251, SHIFT_JIS].map(|encoding| encoding.encode(&page));
    let (bytes, ..) = encoded.into_iter().find(|(_, _, lost)| !lost)?;
    (!bytes.is_ascii()).then(|| bytes.into_owned())
}

/// A text whose UTF-8 was read as windows-1252.
fn misread(text: &str) -> Vec<u8> {
    WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned().into_bytes()
}
