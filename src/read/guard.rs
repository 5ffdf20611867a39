//! A panic of a reader costs its source what is left of it, is counted as a failure, and hurts no other source.
use super::{Documents, Item};
use crate::model::{Origin, Stage, Trouble};
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The documents of a source, up to the first panic.
pub(super) struct Guarded<F> {
    /// The name of the source.
    source: String,
    reading: Reading<F>,
}

/// How far the reading is.
enum Reading<F> {
    /// The source is not opened yet.
    Closed(F),
    /// It is being read.
    Open(Documents),
    /// Nothing comes any more.
    Ended,
}

impl<F: FnOnce() -> Result<Documents, Trouble>> Guarded<F> {
    /// The documents of the source of this name, once it is opened.
    pub(super) fn new(source: String, open: F) -> Guarded<F> {
        Guarded { source, reading: Reading::Closed(open) }
    }
}

impl<F: FnOnce() -> Result<Documents, Trouble>> Iterator for Guarded<F> {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        let reading = std::mem::replace(&mut self.reading, Reading::Ended);
        let read = catch_unwind(AssertUnwindSafe(|| {
            let mut documents = match reading {
                Reading::Closed(open) => match open() {
                    Ok(documents) => documents,
                    Err(trouble) => return Some((Err(trouble), Reading::Ended)),
                },
                Reading::Open(documents) => documents,
                Reading::Ended => return None,
            };
            documents.next().map(|item| (item, Reading::Open(documents)))
        }));
        match read {
            Ok(read) => {
                let (item, reading) = read?;
                self.reading = reading;
                Some(item)
            }
            Err(panic) => {
                let message = format!("internal error, please report it with the source: {}", words(&*panic));
                Some(Err(Trouble::failed(Origin::page(&self.source), Stage::Read, message)))
            }
        }
    }
}

/// What a panic said.
pub(crate) fn words(panic: &(dyn Any + Send)) -> &str {
    let words = panic.downcast_ref::<String>().map(String::as_str);
    words.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Declared, RawDocument};

    #[test]
    fn a_panic_ends_its_source_and_is_told() {
        let document = |name: &str| {
            Ok(RawDocument { origin: Origin::page(name), bytes: Vec::new(), declared: Declared::default() })
        };
        let documents = (0..3).map(move |n| match n {
            1 => panic!("oops"),
            _ => document("a"),
        });
        let mut guarded = Guarded::new("source".to_string(), || Ok(Box::new(documents) as Documents));
        assert!(guarded.next().unwrap().is_ok());
        let trouble = guarded.next().unwrap().unwrap_err();
        assert_eq!(trouble.origin(), &Origin::page("source"));
        assert!(guarded.next().is_none());
        let mut never = Guarded::new("source".to_string(), || panic!("at once"));
        assert!(never.next().unwrap().is_err() && never.next().is_none());
    }
}
