//! What is found apart is what the index finds.
use super::super::index::NearIndex;
use super::super::mix::{PHI, fold};
use super::{NearJoin, Resolver};
use crate::config::{Contained, NearProfile};

/// Numbers without pattern, the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> usize {
        self.0 = fold(self.0 + 1, PHI);
        (self.0 % most) as usize
    }

    fn words(&mut self, count: usize) -> Vec<String> {
        (0..count)
            .map(|_| format!("w{}", (b'a' + self.below(26) as u8) as char).repeat(1 + self.below(3)))
            .collect()
    }
}

/// Texts with copies, edits, other names, other numbers, capitals, and texts in one another.
fn texts(dice: &mut Dice, count: usize) -> Vec<String> {
    let letter = dice.words(30);
    let mut texts: Vec<String> = Vec::new();
    for number in 0..count {
        let mut words: Vec<String> = match (dice.below(6), texts.is_empty()) {
            (0, false) => texts[dice.below(texts.len() as u64)].split(' ').map(str::to_string).collect(),
            (1, false) => {
                let around = texts[dice.below(texts.len() as u64)].clone();
                [dice.words(3), vec![around], dice.words(5)].concat()
            }
            (2, _) => {
                let mut words = letter.clone();
                words[12] = format!(
                    "Mister{}",
                    ["One", "Two", "Three", "Four"][dice.below(4)].repeat(1 + number % 40)
                );
                words
            }
            _ => dice.words(6 + number % 40),
        };
        let at = dice.below(words.len() as u64);
        match dice.below(7) {
            0 => words[at] = dice.words(1).remove(0),
            1 => words[at] = words[at].to_uppercase(),
            2 => words[at] = dice.below(3).to_string(),
            3 => words.truncate(words.len() * 2 / 3),
            _ => {}
        }
        texts.push(words.join(" "));
    }
    texts
}

/// The matches by pairs that were found in so many buckets.
fn apart(profile: &NearProfile, texts: &[String], buckets: u32, learns: bool) -> Vec<String> {
    let mut distinct: Vec<Vec<u8>> = Vec::new();
    let plain = NearJoin::new(profile, Vec::new());
    for words in texts.iter().filter_map(|text| plain.words(text)) {
        if !distinct.contains(&words) {
            distinct.push(words);
        }
    }
    let order = if learns { plain.learn(&distinct) } else { Vec::new() };
    let join = NearJoin::new(profile, order);
    let mut findings = Vec::new();
    for bucket in 0..buckets {
        let here: Vec<&Vec<u8>> =
            distinct.iter().filter(|words| join.buckets(words, buckets).contains(&bucket)).collect();
        let found = join.pairs(&here, bucket, buckets);
        assert_eq!(found.crowded_keys, 0);
        findings.extend(found.findings);
    }
    let mut resolver = Resolver::new(profile, findings);
    texts.chunks(97).flat_map(|texts| resolver.judge(texts)).map(|found| format!("{found:?}")).collect()
}

#[test]
fn what_is_found_apart_is_what_the_index_finds() {
    for (seed, contained) in [(1, Contained::Report), (2, Contained::Drop), (3, Contained::Off)] {
        for profile in [
            NearProfile { contained, ..NearProfile::default() },
            NearProfile { contained, ..NearProfile::named(crate::config::Near::Strict) },
        ] {
            let texts = texts(&mut Dice(seed), 400);
            let mut index = NearIndex::new(&profile);
            let expected: Vec<String> =
                index.judge(&texts).unwrap().into_iter().map(|found| format!("{found:?}")).collect();
            for kind in ["Same", "Kept", "Short"] {
                assert!(expected.iter().filter(|found| found.starts_with(kind)).count() > 10, "{kind}");
            }
            let overlaps = expected.iter().any(|found| found.starts_with("Overlap"));
            assert_eq!(overlaps, contained != Contained::Off);
            for (buckets, learns) in [(1, false), (7, true)] {
                let found = apart(&profile, &texts, buckets, learns);
                for (n, (found, expected)) in found.iter().zip(&expected).enumerate() {
                    assert_eq!(found, expected, "{contained:?} {buckets} {n} {:?}", texts[n]);
                }
            }
        }
    }
}
