//! The shape of a line, apart from its place: how long it is, how it ends, what it is made of.
use super::{flag, share};
use crate::rules::{Category, Proof};
use crate::strip::sheet::Line;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::LazyLock;

/// Bytes of a word that says what a text is about.
const TOPIC_BYTES: usize = 4;

/// Features of a line that its neighbours see.
pub(super) const NEIGHBOUR: usize = 6;

/// Categories in the order of the `is:` features.
#[rustfmt::skip]
pub(crate) const CATEGORIES: &[Category] = &[
    Category::Advert, Category::Agency, Category::App, Category::Audio, Category::Byline,
    Category::Caption, Category::Comments, Category::Consent, Category::Credit, Category::Glyph,
    Category::Legal, Category::Live, Category::Login, Category::Nav, Category::Newsletter,
    Category::Paywall, Category::ReadMore, Category::ReadingTime, Category::Related, Category::Selector,
    Category::Share, Category::Site, Category::Supporter, Category::Tags, Category::Timestamp,
    Category::Video,
];

/// Words that hold sentences together: the most frequent ones of languages that write with blanks.
static FUNCTION_WORDS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("function_words.txt").split_whitespace().collect());

/// The shape of a line.
pub(super) struct Shape {
    /// Its own features.
    pub(super) values: Vec<f32>,
    /// The few that its neighbours see.
    pub(super) neighbour: [f32; NEIGHBOUR],
    /// The words that say what it is about, hashed, in order, each once.
    pub(super) topic: Vec<u64>,
}

impl Shape {
    /// Reads a line.
    pub(super) fn new(line: &Line<'_>) -> Shape {
        let text = &*line.text;
        let chars = text.chars().count();
        let count = |is: fn(char) -> bool| text.chars().filter(|&c| is(c)).count();
        let letters = count(char::is_alphabetic);
        let words = text.split_whitespace().count();
        let capital = text.split_whitespace().filter(|word| word.starts_with(char::is_uppercase)).count();
        let functional = line
            .folded
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| FUNCTION_WORDS.contains(word))
            .count();
        let unspaced = count(
            |c| matches!(c, '\u{0E00}'..='\u{0E7F}' | '\u{3040}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}'),
        );
        let particles = count(|c| "のをはがにとでたる的了是在和有이가은는을를에의".contains(c));
        let function_words =
            if unspaced >= 3 { 2.5 * share(particles, chars) } else { share(functional, words) };
        let (title_case, sentences) = (share(capital, words), sentences(text) as f32);
        let mut values = vec![
            line.words as f32,
            chars as f32,
            share(chars, line.words),
            flag(line.ends),
            flag(text.ends_with([':', '：'])),
            flag(text.ends_with("...") || text.ends_with('…')),
            count(|c| matches!(c, ',' | '、' | '，' | '،')) as f32,
            sentences,
            share(count(char::is_uppercase), letters),
            title_case,
            share(count(|c| c.is_ascii_digit()), chars),
            share(count(|c| !c.is_alphanumeric() && !c.is_whitespace()), chars),
            function_words,
            flag(text.contains(['"', '“', '”', '«', '»', '„', '「'])),
            count(|c| matches!(c, '|' | '»' | '›' | '•' | '·' | '/' | '>')) as f32,
            flag(text.contains(['©', '®'])),
            flag(["http://", "https://", "www.", ".com", "@"].iter().any(|sign| text.contains(sign))),
            glued(text) as f32,
            flag(text.starts_with(char::is_uppercase)),
            flag(text.trim_end_matches('.').ends_with([')', ']'])),
            share(unspaced, chars),
        ];
        values.extend(CATEGORIES.iter().map(|&category| flag(line.is(category))));
        let proof = |proof| flag(line.hits.iter().any(|hit| hit.rule.proof == proof));
        values.extend([flag(line.is_suspect()), proof(Proof::Strong), proof(Proof::Edge)]);
        let neighbour = [
            line.words as f32,
            flag(line.ends),
            flag(line.is_suspect()),
            title_case,
            function_words,
            sentences,
        ];
        Shape { values, neighbour, topic: topic(&line.folded) }
    }
}

/// Marks that end a sentence and stand before a blank, a quote or the end.
fn sentences(text: &str) -> usize {
    let ends = |c: char| matches!(c, '.' | '!' | '?' | '…');
    let full = |c: char| matches!(c, '。' | '！' | '？' | '।' | '؟');
    let mut chars = text.chars().peekable();
    let mut count = 0;
    while let Some(c) = chars.next() {
        let border = chars
            .peek()
            .is_none_or(|&next| next.is_whitespace() || matches!(next, '"' | '”' | '’' | '»' | ')' | '\''));
        count += usize::from(full(c) || (ends(c) && border));
    }
    count
}

/// Places where a small letter and a capital stand together: two texts glued.
fn glued(text: &str) -> usize {
    let pairs = text.chars().zip(text.chars().skip(1));
    pairs
        .filter(|&(a, b)| (a.is_lowercase() || matches!(a, '.' | ')')) && (b.is_uppercase() || b == '('))
        .count()
}

/// The words that say what a text is about, hashed: the longer ones; in a script without blanks, the characters.
pub(in crate::strip) fn topic(folded: &str) -> Vec<u64> {
    let mut words = Vec::new();
    for word in folded.split(|c: char| !c.is_alphanumeric()) {
        if word.starts_with(|c: char| matches!(c, '\u{0E00}'..='\u{0E7F}' | '\u{3040}'..='\u{9FFF}')) {
            words.extend(word.chars().map(hash));
        } else if word.len() >= TOPIC_BYTES {
            words.push(hash(word));
        }
    }
    words.sort_unstable();
    words.dedup();
    words
}

fn hash(word: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    word.hash(&mut hasher);
    hasher.finish()
}
