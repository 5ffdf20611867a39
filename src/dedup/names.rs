//! The name guard: the same sentence about somebody else is not the same sentence.
//!
//! Two texts are laid side by side ([`aligned`](super::aligned)). Where a run of capitalised words in one stands in the place
//! of a run of capitalised words in the other, and they are not spellings of the same names, the texts speak
//! of different things: a template filled in twice. A name more or less, or a name in place of common words,
//! is an edit.
use super::mix::{PHI, ROOT3, fold};
use super::words::Word;

/// Whether words that stand in the place of others are other names.
pub(super) fn are_other_names(a: &[Word], b: &[Word]) -> bool {
    let all_capital = |words: &[Word]| !words.is_empty() && words.iter().all(|word| word.is_capital());
    let alike = || a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.is_spelled_like(*b));
    all_capital(a) && all_capital(b) && !alike()
}

/// A hash of a word's consonants, by which spellings of one name are known: Zelensky and Zelenskyy, Kyiv and
/// Kiev, Mohammed and Muhamad. Vowels, h, w, y and doubling do not count; c and q are k, z is s.
pub(super) fn spelling(word: &[u8]) -> u64 {
    let mut hash = Sounds { hash: PHI, last: 0 };
    if word.is_ascii() {
        word.iter().for_each(|&byte| hash.add(u32::from(SOUNDS[usize::from(byte & 0x7f)])));
    } else {
        let text = std::str::from_utf8(word).unwrap_or_default();
        text.chars().for_each(|c| hash.add(sound(c)));
    }
    hash.hash
}

struct Sounds {
    hash: u64,
    last: u32,
}

impl Sounds {
    /// Adds a sound, if it is one and not the last doubled.
    fn add(&mut self, sound: u32) {
        if sound != 0 && sound != self.last {
            self.hash = fold(self.hash ^ u64::from(sound), ROOT3);
        }
        self.last = sound;
    }
}

/// What an ASCII character sounds like; 0 for vowels and the like.
const SOUNDS: [u8; 128] = {
    let mut sounds = [0; 128];
    let mut c = 0;
    while c < 128 {
        sounds[c] = match (c as u8).to_ascii_lowercase() {
            b'a' | b'e' | b'i' | b'o' | b'u' | b'y' | b'h' | b'w' => 0,
            b'c' | b'q' => b'k',
            b'z' => b's',
            c => c,
        };
        c += 1;
    }
    sounds
};

/// What a character sounds like; 0 for vowels and the like.
fn sound(c: char) -> u32 {
    match c {
        ..='\u{7f}' => u32::from(SOUNDS[c as usize]),
        // Accented Latin vowels for the most part, then the vowels of Greek and Cyrillic.
        'à'..='æ' | 'è'..='ï' | 'ò'..='ý' | 'ā' | 'ă' | 'ą' | 'ē' | 'ę' | 'ě' | 'ī' | 'ı' | 'ō' | 'ő' => {
            0
        }
        'ū' | 'ů' | 'ű' | 'α' | 'ε' | 'η' | 'ι' | 'ο' | 'υ' | 'ω' | 'ё' | 'є' | 'і' | 'ї' => 0,
        'а' | 'е' | 'и' | 'й' | 'о' | 'у' | 'ъ' | 'ы' | 'ь' | 'э' | 'ю' | 'я' => 0,
        c => u32::from(c),
    }
}

#[cfg(test)]
mod tests {
    use super::super::aligned;
    use super::super::words::Reducer;

    fn differ(a: &str, b: &str) -> bool {
        let words = |text| {
            let mut words = Vec::new();
            Reducer::default().reduce(text, &mut words);
            words
        };
        aligned::differ(&words(a), &words(b), super::are_other_names)
    }

    #[test]
    fn another_name_in_the_same_place_is_another_story() {
        assert!(differ("rain in Paris on Monday", "rain in London on Monday"));
        assert!(differ("said John Smith of Acme today", "said Ann of Acme today"));
    }

    #[test]
    fn edits_are_not() {
        assert!(!differ("said Mr Zelensky in Kiev", "said Mr Zelenskyy in Kyiv"));
        assert!(!differ("a possible presidential meeting", "a possible Zelensky-Putin meeting"));
        assert!(!differ("contacts, Mr Smith added", "contacts, the firm's Vladimir Smith said"));
        assert!(!differ("said Smith", "said John Smith of Acme"));
        assert!(!differ("SAID SMITH OF ACME", "said Smith of Acme"));
    }
}
