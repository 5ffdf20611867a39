//! The index against brute force: every paragraph compared with every kept one before it, by the rule alone.
use super::index::{Match, NearIndex};
use super::mix::{PHI, fold};
use super::rules::{Paragraph, Rules};
use super::search::Hits;
use super::shingles::{self, Set, Sketch};
use super::words::{Reducer, Word};
use crate::config::{Contained, Measure, NearProfile};

/// Texts with much in common: chains of few words, many of them edited copies of earlier ones.
fn texts(count: u64, seed: u64) -> Vec<String> {
    const VOCABULARY: [&str; 24] = [
        "the", "town", "said", "Paris", "on", "Monday", "rain", "fell", "a", "ship", "London", "7", "of",
        "men", "sank", "Anna", "12", "Smith", "harbour", "and", "deal", "東", "京", "été",
    ];
    let mut state = seed;
    let mut draw = move |below: usize| {
        state = fold(state.wrapping_add(PHI), seed | 1);
        (state % below as u64) as usize
    };
    let mut texts: Vec<Vec<&str>> = Vec::new();
    for _ in 0..count {
        let mut text = match draw(3) {
            0 => (0..draw(40)).map(|_| VOCABULARY[draw(24)]).collect(),
            _ if texts.is_empty() => Vec::new(),
            _ => texts[draw(texts.len())].clone(),
        };
        for _ in 0..draw(4) {
            let at = draw(text.len() + 1);
            match draw(3) {
                0 => text.insert(at, VOCABULARY[draw(24)]),
                1 if at < text.len() => text[at] = VOCABULARY[draw(24)],
                _ => text.truncate(text.len().max(12) - draw(4)),
            }
        }
        texts.push(text);
    }
    texts.into_iter().map(|words| words.join(" ")).collect()
}

struct Known {
    words: Vec<Word>,
    key: u128,
    size: usize,
    findable: bool,
}

/// What the index should say.
fn brute(profile: &NearProfile, form_letter: usize, texts: &[String]) -> Vec<Match> {
    let rules = Rules::new(profile);
    let (mut kept, mut set): (Vec<Known>, Set) = (Vec::new(), Set::default());
    let judge = |text: &String| {
        let mut words = Vec::new();
        let digest = Reducer::default().reduce(text, &mut words);
        if digest.count < rules.min_words {
            return Match::Short;
        }
        if let Some(of) = kept.iter().position(|known| known.key == digest.key) {
            return Match::Same { of: of as u32, similarity: 1.0 };
        }
        let mut size = 0;
        set.fill(shingles::each(&words, rules.shingle_words), |_| size += 1);
        let paragraph = Paragraph { words: &words, digest, size, sketch: Sketch::default() };
        let mut hits = Hits::default();
        for (id, known) in kept.iter().enumerate().filter(|(_, known)| known.findable) {
            hits.add(id as u32, rules.meet((&paragraph, &mut set), &known.words, known.size));
        }
        if let Some(best) = hits.best() {
            return Match::Same { of: best.id, similarity: best.share.value() };
        }
        kept.push(Known { words, key: digest.key, size, findable: hits.other_names < form_letter });
        Match::Kept(kept.len() as u32 - 1)
    };
    texts.iter().map(judge).collect()
}

fn by_index(profile: &NearProfile, texts: &[String], batch: usize, threads: usize) -> Vec<Match> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let mut index = NearIndex::new(profile);
    index.learn_at = 100;
    texts.chunks(batch).flat_map(|texts| pool.install(|| index.judge(texts)).unwrap()).collect()
}

#[test]
fn the_index_says_what_brute_force_says() {
    let custom = |words, measure, threshold, guards| NearProfile {
        words,
        measure,
        threshold,
        number_guard: guards,
        name_guard: guards,
        contained: Contained::Off,
        ..NearProfile::default()
    };
    let profiles = [
        NearProfile { contained: Contained::Off, ..NearProfile::default() },
        custom(2, Measure::Larger, 0.5, true),
        custom(5, Measure::Jaccard, 0.8, false),
        custom(3, Measure::Jaccard, 0.7, false),
        custom(1, Measure::Larger, 1.0, true),
    ];
    for (profile, seed) in profiles.iter().zip(1..) {
        let texts = texts(700, seed);
        let expected = brute(profile, super::index::FORM_LETTER, &texts);
        let near = |found: &&Match| matches!(found, Match::Same { similarity, .. } if *similarity < 1.0);
        assert!(profile.threshold == 1.0 || expected.iter().filter(near).count() > 20, "too easy");
        for (batch, threads) in [(1, 1), (7, 2), (300, 4)] {
            let found = by_index(profile, &texts, batch, threads);
            assert!(found == expected, "{profile:?}, batches of {batch}, {threads} threads");
        }
    }
}

#[test]
fn form_letters_are_kept_but_no_longer_compared() {
    // Names that are spelled alike by none of the others: eight consonants, by the bits of a number.
    let name = |n: usize| (0..8).map(|bit| ["ba", "do"][n >> bit & 1]).collect::<String>();
    let letters: Vec<String> =
        (0..200).map(|n| format!("we are pleased to say that X{} is now one of us here", name(n))).collect();
    let profile = NearProfile { contained: Contained::Off, ..NearProfile::default() };
    let found = by_index(&profile, &letters, 50, 2);
    assert_eq!(found, brute(&profile, super::index::FORM_LETTER, &letters));
    let again = by_index(&profile, &[letters.clone(), letters.clone()].concat(), 50, 2);
    assert!(again[200..].iter().all(|found| matches!(found, Match::Same { .. })));
}
