//! Expressions for texts of Western characters: most texts are, and of a class such as "any letter" they can only
//! meet a few of some hundred stretches. An expression without the rest is compiled in a fraction of the time.
use regex_syntax::hir::{Capture, Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Repetition};

/// The characters: Latin, with the phonetic letters that share its lead bytes in UTF-8; general punctuation, currency
/// and letterlike signs.
const WESTERN: [(char, char); 2] = [('\0', '\u{27F}'), ('\u{2000}', '\u{217F}')];

/// Whether a text holds none but Western characters.
pub(in super::super) fn is_western(text: &str) -> bool {
    let bytes = text.as_bytes();
    text.is_ascii()
        || bytes.iter().zip(bytes.iter().skip(1).chain([&0])).all(|(&byte, &next)| match byte {
            0..0xCA => true,
            0xE2 => next < 0x86,
            _ => false,
        })
}

/// An expression that finds in a Western text what this one finds.
pub(super) fn narrowed(hir: &Hir) -> Hir {
    match hir.kind() {
        HirKind::Class(Class::Unicode(class)) => {
            let mut class = class.clone();
            let western = WESTERN.map(|(first, last)| ClassUnicodeRange::new(first, last));
            class.intersect(&ClassUnicode::new(western));
            Hir::class(Class::Unicode(class))
        }
        HirKind::Repetition(repetition) => {
            Hir::repetition(Repetition { sub: Box::new(narrowed(&repetition.sub)), ..repetition.clone() })
        }
        HirKind::Capture(capture) => {
            Hir::capture(Capture { sub: Box::new(narrowed(&capture.sub)), ..capture.clone() })
        }
        HirKind::Concat(parts) => Hir::concat(parts.iter().map(narrowed).collect()),
        HirKind::Alternation(branches) => Hir::alternation(branches.iter().map(narrowed).collect()),
        HirKind::Empty | HirKind::Literal(_) | HirKind::Look(_) | HirKind::Class(Class::Bytes(_)) => {
            hir.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use regex::Regex;
    use regex_syntax::ParserBuilder;

    #[test]
    fn western_characters_are_told_by_their_bytes() {
        for c in (0..=char::MAX as u32).filter_map(char::from_u32) {
            let expected = WESTERN.iter().any(|&(first, last)| (first..=last).contains(&c));
            assert_eq!(is_western(c.encode_utf8(&mut [0; 4])), expected, "{c:?}");
        }
        assert!(is_western("“Größe” – 5 €, said Šimon’s ™"));
        assert!(!is_western("a → b") && !is_western("ж") && !is_western("日本"));
    }

    #[test]
    fn the_same_is_found_in_western_texts() {
        let patterns = [
            r"^\W*(?:by|von):?\s+(?-i:(?<value>\p{Lu}[\p{L}\p{M}.'’-]*(?:,?\s+\p{Lu}\S*)+))$",
            r"[^a-z]+|(?-i:[^\p{Ll}]{2,}?)",
            r"\bk\b|ſ|[\p{Han}]|(?<value>写真)?x",
            r"(?:\p{Cyrillic}*|a)\d\d?\.?",
        ];
        let texts = [
            "By Ada Novak",
            "VON  Šárka O’Neil, J. Doe",
            "– by: ÉMILE Zola",
            "k K S x 12. ab",
            "a3",
            "",
            "Größe “5”",
        ];
        for pattern in patterns {
            for any_case in [true, false] {
                let whole = regex::RegexBuilder::new(pattern).case_insensitive(any_case).build().unwrap();
                let hir = ParserBuilder::new().case_insensitive(any_case).build().parse(pattern).unwrap();
                let narrow = Regex::new(&narrowed(&hir).to_string()).unwrap();
                for text in texts.into_iter().filter(|text| is_western(text)) {
                    let found = |regex: &Regex| {
                        let found = regex.captures_iter(text);
                        let spans = |groups: regex::Captures<'_>| {
                            (groups.get(0).map(|all| all.range()), groups.name("value").map(|v| v.range()))
                        };
                        found.map(spans).collect::<Vec<_>>()
                    };
                    assert_eq!(found(&narrow), found(&whole), "{pattern} {text}");
                }
            }
        }
    }
}
