//! What the user's selectors choose: while a walk goes over a page, whether it stands in an element that one matches.
//!
//! Elements are looked at one by one as the walk opens them, and none inside an element that was chosen already. What
//! that may cost is [bounded](Counted) by the length of the page times the selectors; on a page that uses
//! it up, nothing matches from there on.
mod counted;

use crate::config::{CssSelector, PageSelectors};
use crate::model::{Mark, MarkedBy};
use counted::{Counted, Steps};
use scraper::ElementRef;
use selectors::context::{
    MatchingContext, MatchingForInvalidation, MatchingMode, NeedsSelectorFlags, QuirksMode, SelectorCaches,
};
use selectors::matching::matches_selector;

/// Steps that a selector may go on any page. A step is a look at one element, some 5 ns;
/// so this is some milliseconds.
const STEPS_FREE: u64 = 1 << 18;

/// Steps that it may go for each byte of a page besides. An element takes some 30 bytes at least with its text, so
/// this is a way over 100 others for each.
const STEPS_PER_BYTE: u64 = 4;

/// Steps for each byte that are kept back, so that a count of siblings under way comes to its end. An element has
/// three bytes at least, and the longest count (from the end, with a look back for one that is known) takes two
/// steps for each.
const STEPS_IN_RESERVE: u64 = 2;

/// The selectors of a page, and where a walk stands among what they match.
pub(super) struct Choice<'c> {
    selectors: PageSelectors<'c>,
    caches: SelectorCaches,
    steps: Steps,
    /// Open elements from the outermost dropped one on, and which selector dropped it.
    dropped: u32,
    dropped_by: usize,
    /// Open elements from the outermost selected one on.
    selected: u32,
}

impl<'c> Choice<'c> {
    /// The choice for a page of this length; nothing where there are no selectors.
    pub(super) fn new(selectors: PageSelectors<'c>, page_bytes: usize) -> Option<Choice<'c>> {
        let (count, bytes) = ((selectors.select.len() + selectors.drop.len()) as u64, page_bytes as u64);
        let steps =
            Steps::new(count.saturating_mul(STEPS_FREE + STEPS_PER_BYTE * bytes), STEPS_IN_RESERVE * bytes);
        let caches = SelectorCaches::default();
        (count > 0).then_some(Choice { selectors, caches, steps, dropped: 0, dropped_by: 0, selected: 0 })
    }

    /// Whether the user says what is content on the page.
    pub(super) fn selects(&self) -> bool {
        !self.selectors.select.is_empty()
    }

    /// The walk enters an element.
    pub(super) fn open(&mut self, element: ElementRef<'_>) {
        if self.dropped > 0 {
            self.dropped += 1;
        } else if let Some(selector) = self.ask(element, false) {
            (self.dropped, self.dropped_by) = (1, selector);
        }
        if self.selected > 0 || self.ask(element, true).is_some() {
            self.selected += 1;
        }
    }

    /// The walk leaves the element that it entered last and has not left.
    pub(super) fn close(&mut self) {
        self.dropped = self.dropped.saturating_sub(1);
        self.selected = self.selected.saturating_sub(1);
    }

    /// Notes that a word stands at this place of a line: in the last mark, in a new one, or in none.
    pub(super) fn mark(&self, line: &str, word: usize, marks: &mut Vec<Mark>) {
        let by = match (self.dropped > 0, self.selected > 0 || !self.selects()) {
            (true, _) => MarkedBy::Drop(self.selectors.drop[self.dropped_by].written()),
            (false, false) => MarkedBy::NotSelected,
            (false, true) => return,
        };
        let start = line.len() - word;
        match marks.last_mut() {
            Some(last) if last.by == by && line[last.span.end..start].trim().is_empty() => {
                last.span.end = line.len();
            }
            _ => marks.push(Mark { span: start..line.len(), by }),
        }
    }

    fn ask(&mut self, element: ElementRef<'_>, select: bool) -> Option<usize> {
        let list = if select { &self.selectors.select } else { &self.selectors.drop };
        first_match(list, element, &mut self.caches, &self.steps)
    }

    /// Whether the page has used up its steps.
    pub(super) fn is_spent(&self) -> bool {
        self.steps.are_spent()
    }
}

/// The first selector of a list that matches an element.
fn first_match(
    list: &[&CssSelector],
    element: ElementRef<'_>,
    caches: &mut SelectorCaches,
    steps: &Steps,
) -> Option<usize> {
    if list.is_empty() || steps.are_spent() {
        return None;
    }
    let element = Counted::new(element, steps);
    let mut context = MatchingContext::new(
        MatchingMode::Normal,
        None,
        caches,
        QuirksMode::NoQuirks,
        NeedsSelectorFlags::No,
        MatchingForInvalidation::No,
    );
    let mut matches = |selector: &&CssSelector| {
        let mut any = selector.list().slice().iter();
        any.any(|one| matches_selector(one, 0, None, &element, &mut context))
    };
    // What was found with the last steps may be wrong: the way to the answer may have been cut short.
    list.iter().position(&mut matches).filter(|_| !steps.are_spent())
}

#[cfg(test)]
mod tests;
