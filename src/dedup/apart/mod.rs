//! Near-identical paragraphs found on many machines, exactly as [`NearIndex`](super::NearIndex) finds them on one.
//!
//! The texts that are compared are reduced to their words, anywhere ([`NearJoin::words`]). Texts of the same words
//! become one; each is sent to the buckets of the keys it is found by ([`NearJoin::buckets`]). Whoever has all texts
//! of a bucket finds the pairs in it ([`NearJoin::pairs`]): what each text would be to each other if that were kept
//! before it. Pairs are few and small, and come together; who then goes over the corpus in its order needs no search
//! any more (`Resolver`).
mod finding;
mod resolve;
#[cfg(test)]
mod tests;

use super::contained;
use super::order::{Counter, Order};
use super::rules::Rules;
use super::search::Seeker;
use super::shingles;
use super::words::{self, Reducer, Word};
use crate::config::{Contained, NearProfile};
pub use finding::{NearFinding, NearRelation};
pub(super) use resolve::Resolver;

/// Texts that share a key with more than so many that come before them in the corpus are compared with the first of
/// these only.
const MOST_SHARING: usize = 4096;

/// Bytes of the hash that names a text.
pub(super) const NAME_BYTES: usize = 16;

/// The name of a text: 128 bits of BLAKE3 over its words as stored, capitals and all.
pub(super) fn name(words: &[u8]) -> u128 {
    let mut bytes = [0; NAME_BYTES];
    blake3::Hasher::new().update(words).finalize_xof().fill(&mut bytes);
    u128::from_le_bytes(bytes)
}

/// Finds pairs of near-identical texts, a bucket at a time.
pub struct NearJoin {
    rules: Rules,
    order: Order,
}

/// What was found in a bucket.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NearFound {
    /// What the texts are to each other.
    pub findings: Vec<NearFinding>,
    /// Keys that more texts share than are compared with each other: of these some pairs may be missing.
    pub crowded_keys: u64,
}

/// A text of a bucket, prepared.
struct Prepared {
    name: u128,
    words: Vec<Word>,
    numbers: u64,
    size: usize,
    sketch: shingles::Sketch,
    keys: Vec<u64>,
    anchors: Vec<u64>,
}

impl NearJoin {
    /// A join by a profile. `order` is what [`learn`](Self::learn) gave, the same on all machines, or nothing.
    pub fn new(profile: &NearProfile, order: Vec<u8>) -> NearJoin {
        NearJoin { rules: Rules::new(profile), order: Order::from_classes(order) }
    }

    /// The words of a text, as bytes; nothing for one with too few to be compared.
    pub fn words(&self, text: &str) -> Option<Vec<u8>> {
        let mut words = Vec::new();
        let digest = Reducer::default().reduce(text, &mut words);
        (digest.count >= self.rules.min_words)
            .then(|| words.iter().flat_map(|word| word.to_bytes()).collect())
    }

    /// An order of shingles, the rare first, from the words of some texts. Any order finds the same pairs; a good one
    /// compares fewer texts.
    pub fn learn<T: AsRef<[u8]>>(&self, sample: &[T]) -> Vec<u8> {
        let mut counter = Counter::new(sample.len().max(1));
        let mut seeker = Seeker::default();
        for text in sample {
            let words = read(text.as_ref());
            let shingles = shingles::each(&words, self.rules.shingle_words);
            seeker.set.fill(shingles, |shingle| counter.add(shingle));
        }
        counter.order().classes().to_vec()
    }

    /// The buckets, of so many, in which a text with these words must stand.
    pub fn buckets(&self, words: &[u8], buckets: u32) -> Vec<u32> {
        let text = self.prepare(words, &mut Seeker::default());
        let mut of =
            text.keys.iter().chain(&text.anchors).map(|&key| bucket(key, buckets)).collect::<Vec<_>>();
        of.sort_unstable();
        of.dedup();
        of
    }

    /// What the texts of a bucket, given by their words, are to each other. Each stands once among them, in the order
    /// in which they first stand in the corpus.
    pub fn pairs<T: AsRef<[u8]>>(&self, texts: &[T], this: u32, buckets: u32) -> NearFound {
        let mut seeker = Seeker::default();
        let texts: Vec<Prepared> =
            texts.iter().map(|words| self.prepare(words.as_ref(), &mut seeker)).collect();
        let bucket = finding::Bucket { rules: &self.rules, texts: &texts, this, buckets };
        bucket.found(&mut seeker)
    }

    fn prepare(&self, bytes: &[u8], seeker: &mut Seeker) -> Prepared {
        let words = read(bytes);
        let numbers = words::numbers(&words);
        let guarded = if self.rules.number_guard { numbers } else { 0 };
        let (mut keys, mut anchors) = (Vec::new(), Vec::new());
        let (size, sketch) =
            seeker.filler.keys(&words, guarded, &self.rules, &self.order, &mut seeker.set, &mut keys);
        keys.sort_unstable();
        if self.rules.contained != Contained::Off && words.len() >= contained::LEAST {
            contained::anchors(&words, &mut anchors);
            anchors.iter_mut().for_each(|anchor| *anchor = contained::slot(*anchor));
            anchors.sort_unstable();
            anchors.dedup();
        }
        Prepared { name: name(bytes), words, numbers, size, sketch, keys, anchors }
    }
}

/// Words as they were stored.
fn read(bytes: &[u8]) -> Vec<Word> {
    bytes.as_chunks::<{ Word::BYTES }>().0.iter().map(|&word| Word::from_bytes(word)).collect()
}

/// The bucket of a key.
fn bucket(key: u64, buckets: u32) -> u32 {
    (key % u64::from(buckets.max(1))) as u32
}
