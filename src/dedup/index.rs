//! The index of kept paragraphs, and the exact search for those that say the same.
use super::arena::Arena;
use super::batch::Batch;
use super::contained::{Containment, Overlap};
use super::kept::{Kept, KeptList};
use super::measure::Share;
use super::mix::{ROOT7, fold};
use super::order::{Counter, Order};
use super::postings::Postings;
use super::rules::{Paragraph, Rules};
use super::search::{Hit, Hits, Seeker};
use super::sheet::{Item, Sheet};
use super::shingles;
use super::words;
use crate::config::{Contained, NearProfile};
use rayon::prelude::*;
use std::io;
use std::ops::Range;

/// Paragraphs that one thread prepares and searches at once.
const SHEET: usize = 64;

/// The order of shingles is learnt again whenever the kept paragraphs are this many times as many,
const LEARN_TIMES: usize = 16;
/// from so many on.
const LEARN_FROM: usize = 4096;
/// Paragraphs that are filed again between two insertions.
const FILED_AT_ONCE: usize = 1 << 15;
/// Paragraphs over which shingles are counted, at most.
const SAMPLE: usize = 1 << 20;
/// Shards of the postings under shingles: one for so many paragraphs that are kept until the order is learnt
/// again, which makes a few hundred postings in each. Then all are filed again, in more shards.
const SHARED_BY: usize = 32;
/// Shards of the postings under the keys of whole texts, as bits: a few hundred in each when there are millions.
const IDENTICAL_SHARD_BITS: u32 = 14;

/// A form letter: a paragraph that is alike to so many kept ones, each with other names. It is kept, and from
/// then on only its identical copies are found, so that a million letters cost no more than a million times
/// so many comparisons.
pub(super) const FORM_LETTER: usize = 64;

/// Finds, for each paragraph of a stream, the earlier one that says the same, if there is one.
///
/// The answer is exact: it is what comparing each paragraph with all kept ones before it would give, and so
/// does not depend on threads or on how the stream is cut into batches.
pub struct NearIndex {
    rules: Rules,
    pub(super) order: Order,
    /// How many kept paragraphs make it worth while to learn the order again.
    pub(super) learn_at: usize,
    /// Whether the order is another than that of the state.
    pub(super) learnt: bool,
    pub(super) arena: Arena,
    pub(super) kept: KeptList,
    pub(super) near: Postings,
    pub(super) identical: Postings,
    pub(super) contained: Containment,
}

/// What became of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Match {
    /// It has too few words to be compared.
    Short,
    /// It is the first of its kind. Kept paragraphs are numbered from 0.
    Kept(u32),
    /// It is the first of its kind, but it stands inside a longer kept one, or a shorter one inside it, word
    /// for word.
    Overlap {
        /// Its number.
        id: u32,
        /// The number of the other.
        with: u32,
        /// Words of the shorter over words of the longer, from 0 to 1.
        share: f32,
    },
    /// It says what a kept one says.
    Same {
        /// The number of the kept one: the most alike, and of equals the earliest.
        of: u32,
        /// How alike the two are, from 0 to 1, by the measure of the profile.
        similarity: f32,
    },
}

impl NearIndex {
    /// An index that holds nothing.
    pub fn new(profile: &NearProfile) -> NearIndex {
        NearIndex {
            rules: Rules::new(profile),
            order: Order::unknown(),
            learn_at: LEARN_FROM,
            learnt: false,
            arena: Arena::new(),
            kept: KeptList::default(),
            near: near_postings(LEARN_FROM),
            identical: Postings::new(IDENTICAL_SHARD_BITS),
            contained: Containment::new(),
        }
    }

    /// Judges some paragraphs, in order, against all before them, on the threads of the current pool.
    ///
    /// ```
    /// use gleaner::{Match, NearIndex, NearProfile};
    ///
    /// let mut index = NearIndex::new(&NearProfile::default());
    /// let found = index.judge(&[
    ///     "The council voted on Monday to repair the old stone bridge before the winter.",
    ///     "The council has voted on Monday to repair the old stone bridge before winter.",
    /// ])?;
    /// assert_eq!(found[0], Match::Kept(0));
    /// assert!(matches!(found[1], Match::Same { of: 0, .. }));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    /// # Errors
    /// The file that holds what is too much for memory cannot be written or read, or the index is full: it has room for
    /// 32 GiB of kept words.
    pub fn judge<T: AsRef<str> + Sync>(&mut self, texts: &[T]) -> io::Result<Vec<Match>> {
        let sheets = self.prepare(texts, true)?;
        let mut batch = self.batch(&sheets);
        let mut seeker = Seeker::default();
        let mut matches = Vec::with_capacity(texts.len());
        for (sheet, item) in items(&sheets) {
            let Some(paragraph) = sheet.paragraph(item) else {
                matches.push(Match::Short);
                continue;
            };
            if let Some(of) = item.identical.or_else(|| batch.identical(paragraph.digest.key)) {
                matches.push(Match::Same { of, similarity: Share::WHOLE.value() });
                continue;
            }
            let mut hits = item.hits.clone();
            batch.search((sheet.keys(item), &paragraph), &self.rules, &mut seeker, &mut hits);
            matches.push(match hits.best() {
                Some(Hit { id, share }) => Match::Same { of: id, similarity: share.value() },
                None => self.keep(&mut batch, (sheet, item), paragraph, hits.other_names, &mut seeker)?,
            });
        }
        self.absorb(batch)?;
        Ok(matches)
    }

    /// Keeps a paragraph that nothing says the same as, unless it is to go because another contains it.
    fn keep<'a>(
        &mut self,
        batch: &mut Batch<'a>,
        at: (&'a Sheet, &'a Item),
        paragraph: Paragraph<'a>,
        other_names: usize,
        seeker: &mut Seeker,
    ) -> io::Result<Match> {
        let overlap = match self.rules.contained {
            Contained::Off => None,
            _ => self.contained.search(&paragraph, &self.rules, (&self.arena, &self.kept), seeker)?,
        };
        if let Some(Overlap { with, share, inside: true }) = overlap
            && self.rules.contained == Contained::Drop
        {
            return Ok(Match::Same { of: with, similarity: share });
        }
        let id = self.enter(batch, at, paragraph, other_names < FORM_LETTER)?;
        if self.rules.contained != Contained::Off {
            self.contained.add(id, seeker);
        }
        Ok(overlap.map_or(Match::Kept(id), |Overlap { with, share, .. }| Match::Overlap { id, with, share }))
    }

    /// Gives a paragraph its number. Only if `findable` will later ones be compared with it.
    fn enter<'a>(
        &mut self,
        batch: &mut Batch<'a>,
        at: (&'a Sheet, &'a Item),
        paragraph: Paragraph<'a>,
        findable: bool,
    ) -> io::Result<u32> {
        let place = self.arena.put(paragraph.digest.key, paragraph.words)?;
        let size = if findable { paragraph.size as u32 } else { 0 };
        self.kept.push(Kept { place, size, sketch: paragraph.sketch });
        Ok(batch.keep(at, paragraph, findable))
    }

    /// Keeps all paragraphs that are long enough, and returns all pairs that say the same: for each paragraph
    /// its number among the kept ones, and the earlier ones with their likeness.
    ///
    /// # Errors
    /// As [`judge`](Self::judge).
    #[allow(clippy::type_complexity, reason = "a list for each paragraph, without a name of its own")]
    pub fn pairs<T: AsRef<str> + Sync>(
        &mut self,
        texts: &[T],
    ) -> io::Result<Vec<Option<(u32, Vec<(u32, f32)>)>>> {
        let sheets = self.prepare(texts, false)?;
        let mut batch = self.batch(&sheets);
        let mut seeker = Seeker::default();
        let mut pairs = Vec::with_capacity(texts.len());
        for (sheet, item) in items(&sheets) {
            let Some(paragraph) = sheet.paragraph(item) else {
                pairs.push(None);
                continue;
            };
            let mut hits = item.hits.clone();
            batch.search((sheet.keys(item), &paragraph), &self.rules, &mut seeker, &mut hits);
            let id = self.enter(&mut batch, (sheet, item), paragraph, true)?;
            pairs.push(Some((id, hits.same.iter().map(|hit| (hit.id, hit.share.value())).collect())));
        }
        self.absorb(batch)?;
        Ok(pairs)
    }

    /// Kept paragraphs.
    pub fn len(&self) -> usize {
        self.kept.len()
    }

    /// Whether nothing was kept yet.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes of memory it holds: all of them, and those that are words waiting to be written to a file, which
    /// do not grow with the corpus.
    pub fn bytes(&self) -> (usize, usize) {
        let all = self.near.bytes()
            + self.identical.bytes()
            + self.contained.bytes()
            + self.order.bytes()
            + self.kept.bytes()
            + self.arena.bytes();
        (all, self.arena.bytes())
    }

    /// Prepares paragraphs and searches the earlier batches for them.
    fn prepare<T: AsRef<str> + Sync>(&self, texts: &[T], identical: bool) -> io::Result<Vec<Sheet>> {
        texts
            .par_chunks(SHEET)
            .map_init(Seeker::default, |seeker, texts| {
                let bytes = texts.iter().map(|text| text.as_ref().len()).sum();
                let mut sheet = Sheet::with_room(texts.len(), bytes);
                for text in texts {
                    sheet.add(text.as_ref(), &self.rules, &self.order, &mut seeker.filler, &mut seeker.set);
                    self.search_last(&mut sheet, seeker, identical)?;
                }
                Ok(sheet)
            })
            .collect()
    }

    /// Searches for the paragraph that was added last.
    fn search_last(&self, sheet: &mut Sheet, seeker: &mut Seeker, identical: bool) -> io::Result<()> {
        let Some(item) = sheet.items.last() else { return Ok(()) };
        let Some(paragraph) = sheet.paragraph(item) else { return Ok(()) };
        let same = if identical { self.identical(&paragraph, seeker)? } else { None };
        let mut hits = Hits::default();
        if same.is_none() {
            self.search((sheet.keys(item), &paragraph), seeker, &mut hits)?;
        }
        if let Some(item) = sheet.items.last_mut() {
            (item.identical, item.hits) = (same, hits);
        }
        Ok(())
    }

    /// The kept paragraph that is the same, word for word.
    fn identical(&self, paragraph: &Paragraph<'_>, seeker: &mut Seeker) -> io::Result<Option<u32>> {
        let key = paragraph.digest.key;
        seeker.ids.clear();
        self.identical.find(posting_key(key), &mut seeker.ids);
        for &id in &seeker.ids {
            let same = self.kept.sketch(id) == paragraph.sketch;
            if same && self.arena.key(self.kept.place(id), &mut seeker.buffer)? == key {
                return Ok(Some(id));
            }
        }
        Ok(None)
    }

    /// Adds the kept paragraphs that are alike to `hits`. The set of `seeker` holds the paragraph's shingles.
    fn search(
        &self,
        (keys, paragraph): (&[u64], &Paragraph<'_>),
        seeker: &mut Seeker,
        hits: &mut Hits,
    ) -> io::Result<()> {
        seeker.ids.clear();
        self.near.find_all(keys, &mut seeker.ids);
        if self.rules.likeness.fewest_meetings(paragraph.size) > 1 {
            seeker.count_repeated();
        } else {
            seeker.count_candidates();
        }
        let size = paragraph.size;
        self.kept.look_at_sizes(seeker.candidates.iter().map(|&(id, _)| id));
        seeker.candidates.retain(|&(id, keys)| self.rules.sizes_may_meet(size, self.kept.size(id), keys));
        self.kept.look(seeker.candidates.iter().map(|&(id, _)| id));
        for &(id, _) in &seeker.candidates {
            let kept = self.kept.get(id);
            let other = (kept.size as usize, kept.sketch);
            if self.rules.sketches_may_meet((size, paragraph.sketch), other) {
                self.arena.words(self.kept.places(id), &mut seeker.words, &mut seeker.buffer)?;
                hits.add(id, self.rules.meet((paragraph, &mut seeker.set), &seeker.words, other.0));
            }
        }
        Ok(())
    }

    fn batch<'a>(&self, sheets: &'a [Sheet]) -> Batch<'a> {
        Batch::new(self.kept.len() as u32, items(sheets).map(|(sheet, item)| sheet.keys(item).len()).sum())
    }

    /// Takes what a batch kept into the index.
    fn absorb(&mut self, batch: Batch<'_>) -> io::Result<()> {
        let (mut near, mut identical) = (Vec::new(), Vec::new());
        for (id, paragraph, keys) in batch.into_kept() {
            near.extend(keys.iter().map(|&key| (key, id)));
            identical.push((posting_key(paragraph.digest.key), id));
        }
        self.near.put_all(&near);
        self.identical.put_all(&identical);
        self.arena.spool()?;
        if self.kept.len() < self.learn_at {
            return Ok(());
        }
        while self.kept.len() >= self.learn_at {
            self.order = self.learn(self.learn_at)?;
            self.learn_at *= LEARN_TIMES;
        }
        self.learnt = true;
        self.file_all_again()
    }

    /// Learns the order of shingles from the first kept paragraphs: so many, however batches are cut.
    fn learn(&self, from: usize) -> io::Result<Order> {
        let sample = (0..from as u32).step_by(from.div_ceil(SAMPLE));
        let mut counter = Counter::new(sample.len());
        let mut seeker = Seeker::default();
        for id in sample {
            self.arena.words(self.kept.places(id), &mut seeker.words, &mut seeker.buffer)?;
            let shingles = shingles::each(&seeker.words, self.rules.shingle_words);
            seeker.set.fill(shingles, |shingle| counter.add(shingle));
        }
        Ok(counter.order())
    }

    /// Files all kept paragraphs by the present order.
    fn file_all_again(&mut self) -> io::Result<()> {
        self.near = near_postings(self.learn_at);
        for from in (0..self.kept.len()).step_by(FILED_AT_ONCE) {
            let to = self.kept.len().min(from + FILED_AT_ONCE);
            let postings = self.file_again(from as u32..to as u32)?;
            self.near.put_all(&postings);
        }
        Ok(())
    }

    /// The postings of some kept paragraphs by the present order.
    fn file_again(&self, paragraphs: Range<u32>) -> io::Result<Vec<(u64, u32)>> {
        let filed: Vec<Vec<(u64, u32)>> = paragraphs
            .into_par_iter()
            .with_min_len(SHEET)
            .map_init(Seeker::default, |seeker, id| {
                let kept = self.kept.get(id);
                if kept.size == 0 {
                    return Ok(Vec::new());
                }
                self.arena.words(self.kept.places(id), &mut seeker.words, &mut seeker.buffer)?;
                let numbers = if self.rules.number_guard { words::numbers(&seeker.words) } else { 0 };
                let mut keys = Vec::new();
                let (rules, order) = (&self.rules, &self.order);
                seeker.filler.keys(&seeker.words, numbers, rules, order, &mut seeker.set, &mut keys);
                Ok(keys.into_iter().map(|key| (key, id)).collect())
            })
            .collect::<io::Result<_>>()?;
        Ok(filed.concat())
    }
}

/// Postings under shingles, for as many kept paragraphs as there are before the order is learnt again.
pub(super) fn near_postings(learn_at: usize) -> Postings {
    Postings::new((learn_at / SHARED_BY).max(1).ilog2().clamp(1, u32::BITS))
}

/// All paragraphs of some sheets, in order.
fn items(sheets: &[Sheet]) -> impl Iterator<Item = (&Sheet, &Item)> {
    sheets.iter().flat_map(|sheet| sheet.items.iter().map(move |item| (sheet, item)))
}

/// The posting key of a text's key.
fn posting_key(key: u128) -> u64 {
    fold(key as u64, (key >> 64) as u64 ^ ROOT7)
}
