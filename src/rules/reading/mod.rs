//! What is read off an expression before it is compiled; of the rules built in, when the program is built.
mod alphabet;
mod heads;
mod literals;
mod signs;

pub(super) use alphabet::Alphabet;
pub(super) use heads::from_first_letter;
use regex_syntax::hir::{Hir, Look};
use regex_syntax::{Error, ParserBuilder};
pub(super) use signs::{Signs, held};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// What is known of an expression. Every text that it matches ...
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reading {
    /// ... holds one of these when it is folded. They stand one a line; where there are none, nothing is known.
    pub(super) literals: Cow<'static, str>,
    /// ... begins with one of these when it is folded, marks before its first letter apart, or has no letters.
    pub(super) heads: Cow<'static, str>,
    /// ... holds these.
    pub(super) signs: Signs,
    /// ... has at most so many bytes.
    pub(super) most_bytes: usize,
    /// Expressions that find the same in texts of smaller alphabets.
    pub(super) narrowed: [Cow<'static, str>; Alphabet::SMALLER.len()],
}

impl Reading {
    /// Reads an expression; `any_case` tells whether capitals and small letters are the same.
    ///
    /// # Errors
    /// It is none.
    pub(super) fn of(pattern: &str, any_case: bool) -> Result<Reading, Box<Error>> {
        // What is looked for is looked for in text in lower case.
        let hir = regex_syntax::parse(pattern)?;
        let lines = |texts: Option<BTreeSet<String>>| Vec::from_iter(texts.unwrap_or_default()).join("\n");
        let literals = lines(literals::needed(&hir));
        // Expressions for parts of a block tell case apart; they may look at its end alone.
        let heads = lines(heads::needed(&hir).filter(|_| any_case));
        let signs = Signs::of(&hir);
        let hir = ParserBuilder::new().case_insensitive(any_case).build().parse(pattern)?;
        Ok(Reading {
            literals: literals.into(),
            heads: heads.into(),
            signs,
            most_bytes: most_bytes(&hir),
            narrowed: Alphabet::SMALLER.map(|alphabet| alphabet.narrowed(&hir).to_string().into()),
        })
    }
}

/// Bytes of the longest text that an expression matches as a whole.
fn most_bytes(hir: &Hir) -> usize {
    let known = hir.properties();
    let whole = known.look_set_prefix().contains(Look::Start) && known.look_set_suffix().contains(Look::End);
    known.maximum_len().filter(|_| whole).unwrap_or(usize::MAX)
}
