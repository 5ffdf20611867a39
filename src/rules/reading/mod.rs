//! What is read off an expression before it is compiled; of the rules built in, when the program is built.
mod literals;
mod signs;
mod western;

use regex_syntax::{Error, ParserBuilder};
pub(super) use signs::{Signs, held};
use std::borrow::Cow;
pub(super) use western::is_western;

/// What is known of an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reading {
    /// Every folded text that it matches holds one of these, one a line. Where there are none, nothing is known.
    pub(super) literals: Cow<'static, str>,
    /// Every text that it matches holds these.
    pub(super) signs: Signs,
    /// An expression that finds the same in texts of Western characters.
    pub(super) western: Cow<'static, str>,
}

impl Reading {
    /// Reads an expression; `any_case` tells whether capitals and small letters are the same.
    ///
    /// # Errors
    /// It is none.
    pub(super) fn of(pattern: &str, any_case: bool) -> Result<Reading, Box<Error>> {
        // What is looked for is looked for in text in lower case.
        let hir = regex_syntax::parse(pattern)?;
        let literals = literals::needed(&hir).map(Vec::from_iter).unwrap_or_default().join("\n").into();
        let signs = Signs::of(&hir);
        let hir = ParserBuilder::new().case_insensitive(any_case).build().parse(pattern)?;
        let western = western::narrowed(&hir).to_string().into();
        Ok(Reading { literals, signs, western })
    }
}
