//! The language of a document.
use crate::model::{Block, Document, language_code};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Bytes of text that the language is told from: more does not make it surer.
const SAMPLE: usize = 2000;

/// A block shorter than this (bytes) says little about the language: menus are full of names.
const TELLING_BYTES: usize = 60;

/// Below this share of certainty (whatlang's own confidence) the language is not told.
const SURE: f64 = 0.5;

/// Words that a text is read for telling words, at most, and how many it takes: so many of one language, and not
/// a quarter as many of any other.
const READ_WORDS: usize = 240;
const TELLING_WORDS: u32 = 24;
const TELLING_TIMES: u32 = 4;

/// Bytes of a telling word at most: it fits a number.
const WORD_BYTES: usize = 8;

/// Languages that their most frequent words give away, and those words: most texts need no look at their
/// letters. Words that stand in several lists count for each.
const TELLING: [(&str, &str); 7] = [
    (
        "en",
        "the of and to that was for on with as by at from had were which their but he his she they this have not be are said has been would who will it is or an",
    ),
    (
        "de",
        "der die und das den von zu mit sich auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über so zum war haben nur oder aber vor zur bis mehr durch man sein wurde",
    ),
    (
        "fr",
        "de la le et les des en un une du que est pour qui dans par sur au avec pas plus ne se ce il sont a été aux ou mais son ont cette elle ses nous comme",
    ),
    (
        "es",
        "de la el que y en los del se las por un con no una su para es al lo como más pero sus le ha fue este ya entre cuando todo esta son también era muy",
    ),
    (
        "it",
        "di che e la il un a per è una in sono non si da del della con dei le ha al più alla come anche nel gli ma delle lo i dal nella ai essere ed",
    ),
    (
        "pt",
        "de a o que e do da em um para com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua ou ser quando há nos já está são também pelo pela",
    ),
    (
        "nl",
        "de van het een en in is dat op te zijn met voor niet aan er om ook als dan maar bij uit nog naar heeft hij ze wordt door over die worden werd tot",
    ),
];

/// The languages of each telling word, a bit each.
static WORDS: LazyLock<FxHashMap<u64, u8>> = LazyLock::new(|| {
    let mut words = FxHashMap::default();
    for (number, (_, list)) in TELLING.iter().enumerate() {
        for word in list.split(' ').filter_map(key) {
            *words.entry(word).or_default() |= 1 << number;
        }
    }
    words
});

/// A short word in small letters, as a number.
fn key(word: &str) -> Option<u64> {
    let mut bytes = [0; WORD_BYTES];
    bytes.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    bytes.make_ascii_lowercase();
    Some(u64::from_le_bytes(bytes))
}

/// The blocks that tell the language: those that are kept, or else all.
fn read(document: &Document) -> impl Iterator<Item = &Block> {
    let nothing_kept = document.kept().next().is_none();
    document.blocks.iter().filter(move |block| nothing_kept || block.is_kept())
}

/// The language whose frequent words the longer blocks are full of.
fn by_words(document: &Document) -> Option<&'static str> {
    let telling = read(document).map(Block::text).filter(|text| text.len() >= TELLING_BYTES);
    let words =
        telling.flat_map(|text| text.split(|c: char| !c.is_alphabetic())).filter(|word| !word.is_empty());
    let mut counts = [0; TELLING.len()];
    for word in words.take(READ_WORDS) {
        let Some(languages) = key(word).and_then(|word| WORDS.get(&word)) else { continue };
        counts.iter_mut().enumerate().for_each(|(n, count)| *count += u32::from(languages >> n & 1));
        let best = counts.iter().copied().max().unwrap_or(0);
        if best >= TELLING_WORDS {
            let others = counts.iter().filter(|&&count| count * TELLING_TIMES > best).count();
            if others == 1 {
                return counts.iter().position(|&count| count == best).map(|n| TELLING[n].0);
            }
        }
    }
    None
}

/// The language of the longer blocks, as an ISO 639-1 code (639-3 where there is none), if sure enough.
pub(super) fn of(document: &Document) -> Option<&'static str> {
    by_words(document).or_else(|| by_letters(document))
}

/// The same by the letters and their triples.
fn by_letters(document: &Document) -> Option<&'static str> {
    let mut sample = String::with_capacity(SAMPLE * 2);
    for floor in [TELLING_BYTES, 0] {
        for block in read(document).filter(|block| block.text().len() >= floor) {
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
    (info.confidence() >= SURE).then(|| language_code(info.lang()))
}
