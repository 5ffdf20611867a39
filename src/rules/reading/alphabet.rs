//! Expressions for texts of few characters: of a class such as "any letter" most texts can only meet a few of some
//! hundred stretches. An expression without the rest is compiled in a fraction of the time.
use regex_syntax::hir::{Capture, Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Look, Repetition};

/// Characters that a text is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Alphabet {
    Ascii,
    /// Latin, with the phonetic letters that share its lead bytes in UTF-8; general punctuation, currency and
    /// letterlike signs.
    Western,
    All,
}

impl Alphabet {
    /// Those for which expressions are narrowed, in their order.
    pub(in super::super) const SMALLER: [Alphabet; 2] = [Alphabet::Ascii, Alphabet::Western];

    /// The smallest that holds all of a text.
    pub(in super::super) fn of(text: &str) -> Alphabet {
        let bytes = text.as_bytes();
        let is_western = |(&byte, &next): (&u8, &u8)| match byte {
            0..0xCA => true,
            0xE2 => next < 0x86,
            _ => false,
        };
        match text.is_ascii() {
            true => Alphabet::Ascii,
            false if bytes.iter().zip(bytes.iter().skip(1).chain([&0])).all(is_western) => Alphabet::Western,
            false => Alphabet::All,
        }
    }

    /// The stretches of its characters.
    fn stretches(self) -> &'static [(char, char)] {
        match self {
            Alphabet::Ascii => &[('\0', '\x7F')],
            Alphabet::Western => &[('\0', '\u{27F}'), ('\u{2000}', '\u{217F}')],
            Alphabet::All => &[('\0', char::MAX)],
        }
    }

    /// An expression that finds in texts of this alphabet what another one finds.
    pub(super) fn narrowed(self, hir: &Hir) -> Hir {
        let narrowed = |hir: &Hir| self.narrowed(hir);
        match hir.kind() {
            HirKind::Class(Class::Unicode(class)) => {
                let mut class = class.clone();
                let stretches = self.stretches().iter();
                class.intersect(&ClassUnicode::new(
                    stretches.map(|&(first, last)| ClassUnicodeRange::new(first, last)),
                ));
                Hir::class(Class::Unicode(class))
            }
            HirKind::Repetition(repetition) => {
                let sub = Box::new(narrowed(&repetition.sub));
                Hir::repetition(Repetition { sub, ..repetition.clone() })
            }
            HirKind::Capture(capture) => {
                Hir::capture(Capture { sub: Box::new(narrowed(&capture.sub)), ..capture.clone() })
            }
            HirKind::Concat(parts) => Hir::concat(parts.iter().map(narrowed).collect()),
            HirKind::Alternation(branches) => Hir::alternation(branches.iter().map(narrowed).collect()),
            HirKind::Look(Look::WordUnicode) if self == Alphabet::Ascii => Hir::look(Look::WordAscii),
            HirKind::Empty | HirKind::Literal(_) | HirKind::Look(_) | HirKind::Class(Class::Bytes(_)) => {
                hir.clone()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use regex::Regex;
    use regex_syntax::ParserBuilder;

    #[test]
    fn alphabets_are_told_by_their_bytes() {
        for c in (0..=char::MAX as u32).filter_map(char::from_u32) {
            let is_in = |alphabet: &Alphabet| {
                alphabet.stretches().iter().any(|&(first, last)| (first..=last).contains(&c))
            };
            let smallest = [Alphabet::Ascii, Alphabet::Western, Alphabet::All].into_iter().find(is_in);
            assert_eq!(Some(Alphabet::of(c.encode_utf8(&mut [0; 4]))), smallest, "{c:?}");
        }
        let texts = ["", "plain", "“Größe” – 5 €, said Šimon’s ™", "a → b", "ж", "日本"];
        use Alphabet::{All, Ascii, Western};
        assert_eq!(texts.map(Alphabet::of), [Ascii, Ascii, Western, All, All, All]);
    }

    #[test]
    fn the_same_is_found_in_texts_of_the_alphabet() {
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
                for text in texts {
                    let narrow = Regex::new(&Alphabet::of(text).narrowed(&hir).to_string()).unwrap();
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
