//! The made-up corpus of the benches: the same for ever, and made up as real pages are.
#[allow(dead_code, unreachable_pub, reason = "the benches use more of it")]
#[path = "../benches/support/corpus.rs"]
mod corpus;
#[allow(dead_code, unreachable_pub, reason = "the benches use more of it")]
#[path = "../benches/support/random.rs"]
mod random;
#[allow(dead_code, unreachable_pub, reason = "the benches use more of it")]
#[path = "../benches/support/words.rs"]
mod words;

use corpus::{Corpus, Kind};

fn hash(kind: Kind, bytes: usize) -> String {
    let mut hasher = blake3::Hasher::new();
    for made in Corpus::new(kind, 1).documents(bytes) {
        hasher.update(made.name.as_bytes());
        hasher.update(&made.bytes);
    }
    hasher.finalize().to_hex()[..16].to_string()
}

#[test]
fn the_same_seed_makes_the_same_bytes_on_every_machine() {
    assert_eq!(
        [hash(Kind::Html, 1_000_000), hash(Kind::Text, 100_000)],
        ["eafa3a9d206c656b", "b4554c1aff3b9dd9"]
    );
}

#[test]
fn another_seed_makes_other_bytes() {
    let first = |seed| Corpus::new(Kind::Text, seed).document(0).bytes;
    assert_ne!(first(1), first(2));
}

/// Bytes between a start and the next end, both left out, summed over the page.
fn between(page: &str, start: &str, end: &str) -> usize {
    let parts = page.split(start).skip(1);
    parts.map(|part| part.find(end).unwrap_or(part.len())).sum()
}

#[test]
fn pages_have_the_make_up_of_real_ones() {
    let pages: Vec<String> = Corpus::new(Kind::Html, 1)
        .documents(4_000_000)
        .map(|made| String::from_utf8(made.bytes).unwrap())
        .collect();
    let all: usize = pages.iter().map(String::len).sum();
    for (start, end, expected) in
        [("<script>", "</script>", 0.30), ("<style>", "</style>", 0.22), ("<svg", "</svg>", 0.05)]
    {
        let bytes: usize = pages.iter().map(|page| between(page, start, end)).sum();
        let share = bytes as f64 / all as f64;
        assert!((share - expected).abs() < 0.03, "{start}: {share:.3} of the bytes, {expected} expected");
    }
}

#[test]
fn some_paragraphs_stand_in_an_earlier_document_too() {
    let texts: Vec<String> = Corpus::new(Kind::Text, 1)
        .documents(400_000)
        .map(|made| String::from_utf8(made.bytes).unwrap())
        .collect();
    let mut seen = std::collections::HashSet::new();
    let mut repeated = 0;
    for text in &texts {
        // The first words of a paragraph are the same in an edited copy, more often than not.
        let heads: Vec<String> = text
            .lines()
            .filter(|line| line.split(' ').count() > 12)
            .map(|line| line.split(' ').take(8).collect::<Vec<_>>().join(" "))
            .collect();
        repeated += heads.iter().filter(|head| seen.contains(*head)).count();
        seen.extend(heads);
    }
    assert!(repeated * 50 > seen.len(), "{repeated} of {} paragraphs", seen.len());
}
