//! The letter statistics, as `scripts/encoding/models.py` wrote them, laid out for scoring.
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The models as text; the first line says what they were made from.
const MODELS_TEXT: &str = include_str!("models.txt");

/// Steps of cost in a nat, as in the script.
pub(super) const LEVELS: f32 = 4.0;

/// The cost of a letter that a language does not have, as in the script: one in 50,000.
pub(super) const FLOOR: u8 = 43;

/// What an unseen pair costs beyond its second letter, as in the script.
const BACKOFF: u8 = 6;

/// The number of the boundary of a word, in every script.
pub(super) const BOUNDARY: usize = 0;

/// The number of a letter that no language of the script has.
pub(super) const UNKNOWN: usize = 1;

/// The first language of the Latin script: any that has no statistics.
pub(super) const ANY_LANGUAGE: &str = "und";

/// The languages of a script: the costs of their pairs of letters.
pub(super) struct Script {
    /// Its name.
    pub(super) name: &'static str,
    /// The languages.
    pub(super) languages: Vec<&'static str>,
    numbers: BTreeMap<char, usize>,
    /// For each pair of letters a row of costs, one a language.
    costs: Vec<u8>,
}

impl Script {
    /// The number of a letter in lower case.
    pub(super) fn number(&self, letter: char) -> Option<usize> {
        self.numbers.get(&letter).copied()
    }

    /// What the second letter costs after the first, in each language.
    pub(super) fn row(&self, first: usize, second: usize) -> &[u8] {
        let width = self.languages.len();
        let start = (first * self.letters() + second) * width;
        &self.costs[start..start + width]
    }

    fn letters(&self) -> usize {
        self.numbers.len() + 1
    }
}

/// The characters of an ideographic language, the most frequent first.
pub(super) struct Ideographs {
    /// The language.
    pub(super) language: &'static str,
    /// Its characters.
    pub(super) characters: &'static str,
}

/// All models.
pub(super) struct Models {
    /// The alphabetic scripts.
    pub(super) scripts: Vec<Script>,
    /// The ideographic languages.
    pub(super) ideographs: Vec<Ideographs>,
}

/// The models, laid out at first use.
pub(super) static MODELS: LazyLock<Models> = LazyLock::new(|| parse(MODELS_TEXT));

/// A language as it stands in the text.
struct Language {
    name: &'static str,
    script: &'static str,
    letters: Vec<(char, u8)>,
    pairs: Vec<(char, char, u8)>,
}

fn parse(text: &'static str) -> Models {
    let mut languages = Vec::new();
    let mut ideographs = Vec::new();
    for section in text.split("\n= ").skip(1) {
        let (head, body) = section.split_once('\n').unwrap_or((section, ""));
        let (name, script) = head.split_once(' ').unwrap_or((head, ""));
        if script == "ideographic" {
            ideographs.push(Ideographs { language: name, characters: body.trim_end() });
        } else {
            languages.push(language(name, script, body));
        }
    }
    let mut scripts: Vec<Script> = Vec::new();
    languages.insert(0, any_latin());
    for run in languages.chunk_by(|a, b| a.script == b.script) {
        scripts.push(script(run));
    }
    Models { scripts, ideographs }
}

fn language(name: &'static str, script: &'static str, body: &'static str) -> Language {
    let mut language = Language { name, script, letters: Vec::new(), pairs: Vec::new() };
    let mut in_pairs = false;
    for line in body.lines() {
        let Some((level, grams)) = line.split_once(' ') else {
            in_pairs = true;
            continue;
        };
        let level = level.parse().unwrap_or(FLOOR);
        let mut grams = grams.chars();
        while let Some(first) = grams.next() {
            match in_pairs {
                true => language.pairs.extend(grams.next().map(|second| (first, second, level))),
                false => language.letters.push((first, level)),
            }
        }
    }
    language
}

/// The many languages in Latin letters that have no statistics here and were written in Latin-1: its letters
/// by how many orthographies use them, in levels, and any pair of them.
fn any_latin() -> Language {
    /// Two letters with diacritics in a row.
    const SELDOM: u8 = 28;
    const LETTERS: [(&str, u8); 5] = [
        (" ", 2),
        ("abcdefghijklmnopqrstuvwxyz", 5),
        ("áéíóúñ", 9),
        ("àèìòùâêîôûäëïöüãõç", 11),
        ("åøæßýÿðþ", 18),
    ];
    let letters: Vec<(char, u8)> =
        LETTERS.iter().flat_map(|&(letters, level)| letters.chars().map(move |c| (c, level))).collect();
    let high = || letters.iter().map(|&(letter, _)| letter).filter(|letter| !letter.is_ascii());
    let pairs = high().flat_map(|first| high().map(move |second| (first, second, SELDOM))).collect();
    Language { name: ANY_LANGUAGE, script: "latin", letters, pairs }
}

/// Lays out the languages of one script: an unseen pair costs its letter and [`BACKOFF`].
fn script(languages: &[Language]) -> Script {
    let mut numbers = BTreeMap::from([(' ', BOUNDARY)]);
    for &(letter, _) in languages.iter().flat_map(|language| &language.letters) {
        let next = numbers.len() + 1;
        numbers.entry(letter).or_insert(next);
    }
    let (letters, width) = (numbers.len() + 1, languages.len());
    let mut costs = vec![FLOOR; letters * letters * width];
    for (column, language) in languages.iter().enumerate() {
        for &(letter, level) in &language.letters {
            let second = numbers[&letter];
            for first in 0..letters {
                costs[(first * letters + second) * width + column] = (level + BACKOFF).min(FLOOR);
            }
        }
        for &(first, second, level) in &language.pairs {
            let (first, second) = (numbers[&first], numbers[&second]);
            costs[(first * letters + second) * width + column] = level;
        }
    }
    let name = languages[0].script;
    Script { name, languages: languages.iter().map(|language| language.name).collect(), numbers, costs }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_models_are_those_of_the_script() {
        let script = include_str!("../../../scripts/encoding/models.py");
        // FNV-1a, 64 bits.
        let hash = script.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3)
        });
        let first = MODELS_TEXT.lines().next().unwrap();
        assert!(first.contains(&format!("{hash:016x}")), "models.py was changed: run it. {first}");
    }

    #[test]
    fn a_likely_pair_is_cheap() {
        let latin = &MODELS.scripts[0];
        let german = latin.languages.iter().position(|&name| name == "de").unwrap();
        let number = |c| latin.number(c).unwrap();
        let cost = |a, b| latin.row(number(a), number(b))[german];
        assert!(cost('f', 'ü') < cost('f', 'ä') && cost('f', 'ä') < cost('f', 'ž'));
        assert_eq!(cost('f', 'ž'), FLOOR);
    }

    #[test]
    fn every_model_is_there() {
        let names: Vec<_> = MODELS.scripts.iter().map(|script| script.name).collect();
        assert_eq!(names, ["latin", "cyrillic", "greek", "hebrew", "arabic", "thai"]);
        let ideographs: Vec<_> = MODELS.ideographs.iter().map(|model| model.language).collect();
        assert_eq!(ideographs, ["zh", "zh-Hant", "ja", "ko"]);
        assert!(MODELS_TEXT.len() < 300_000);
    }
}
