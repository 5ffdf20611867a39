//! What the classes and ids of an element say that it holds.
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::sync::LazyLock;

/// A set of things that an element may be, as bits.
pub(super) type Signs = u16;

/// It speaks of a date or a time.
pub(super) const DATE: Signs = 1;
/// It speaks of the day of publication.
pub(super) const PUBLISHED: Signs = 1 << 1;
/// It speaks of a later change.
pub(super) const UPDATED: Signs = 1 << 2;
/// It holds a byline, or an author.
pub(super) const BYLINE: Signs = 1 << 3;
/// It stands beside the article: navigation, comments, teasers, footers.
pub(super) const ASIDE: Signs = 1 << 4;
/// It holds a headline.
pub(super) const HEADLINE: Signs = 1 << 5;
/// It holds what is said of an article beside its text.
pub(super) const META: Signs = 1 << 6;
/// It is the head of the site.
pub(super) const MASTHEAD: Signs = 1 << 7;
/// It holds a picture's credit or a person's life, where names are not those of authors.
pub(super) const OTHER_NAMES: Signs = 1 << 8;
/// It holds the day on which a member joined, or today.
pub(super) const OTHER_DAY: Signs = 1 << 9;

/// Words of classes, in lower case, and what they say. The longest that fits wins, so that `update` is no `date`.
const WORDS: &[(&str, Signs)] = &[
    ("date", DATE),
    ("datum", DATE),
    ("fecha", DATE),
    ("time", DATE),
    ("timestamp", DATE),
    ("zeit", DATE),
    ("published", DATE | PUBLISHED),
    ("publish", DATE | PUBLISHED),
    ("pubdate", DATE | PUBLISHED),
    ("pub-date", DATE | PUBLISHED),
    ("pub_date", DATE | PUBLISHED),
    ("posted", DATE | PUBLISHED),
    ("posted-on", DATE | PUBLISHED),
    ("timeline", 0),
    ("sometimes", 0),
    ("countdown", 0),
    ("candidate", 0),
    ("template", 0),
    ("validate", 0),
    ("update", DATE | UPDATED),
    ("modified", DATE | UPDATED),
    ("aktualis", DATE | UPDATED),
    ("byline", BYLINE),
    ("author", BYLINE),
    ("autor", BYLINE),
    ("auteur", BYLINE),
    ("writer", BYLINE),
    ("contributor", BYLINE),
    ("verfasser", BYLINE),
    ("creator", BYLINE),
    ("redakteur", BYLINE),
    ("journalist", BYLINE),
    ("forfatter", BYLINE),
    ("authority", 0),
    ("authorized", 0),
    ("comment", ASIDE),
    ("kommentar", ASIDE),
    ("disqus", ASIDE),
    ("respond", ASIDE),
    ("sidebar", ASIDE),
    ("related", ASIDE),
    ("recommend", ASIDE),
    ("teaser", ASIDE),
    ("widget-area", ASIDE),
    ("widget_", ASIDE),
    ("footer", ASIDE),
    ("popular", ASIDE),
    ("trending", ASIDE),
    ("latest", ASIDE),
    ("recent", ASIDE),
    ("newsletter", ASIDE),
    ("promo", ASIDE),
    ("copyright", ASIDE),
    ("breadcrumb", ASIDE),
    ("cookie", ASIDE),
    ("read-more", ASIDE),
    ("readmore", ASIDE),
    ("more-", ASIDE),
    ("entry-footer", 0),
    ("article-footer", 0),
    ("post-footer", 0),
    ("entry-title", HEADLINE),
    ("post-title", HEADLINE),
    ("article-title", HEADLINE),
    ("page-title", HEADLINE),
    ("headline", HEADLINE),
    ("meta", META),
    ("masthead", MASTHEAD),
    ("site-header", MASTHEAD),
    ("site-title", MASTHEAD),
    ("logo", MASTHEAD),
    ("credit", OTHER_NAMES),
    ("caption", OTHER_NAMES),
    ("author-bio", OTHER_NAMES),
    ("author-desc", OTHER_NAMES),
    ("profile-joined", OTHER_DAY),
    ("current-time", OTHER_DAY),
];

#[expect(clippy::unwrap_used, reason = "a table written here; a test builds it")]
static MACHINE: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .kind(Some(AhoCorasickKind::DFA))
        .build(WORDS.iter().map(|(word, _)| word))
        .unwrap()
});

/// What a class or an id says. A word counts where a part of the name begins (`post-comments`, `entryDate`), but for
/// those of dates and bylines, which stand inside words of many languages.
pub(super) fn signs(names: &str) -> Signs {
    let mut all = 0;
    for hit in MACHINE.find_iter(names) {
        let (_, signs) = WORDS[hit.pattern().as_usize()];
        let bytes = names.as_bytes();
        let at_start = hit.start() == 0
            || !bytes[hit.start() - 1].is_ascii_lowercase()
            || bytes[hit.start()].is_ascii_uppercase();
        let denied =
            ["has-", "with-", "no-", "without-"].iter().any(|not| names[..hit.start()].ends_with(not));
        if signs & (ASIDE | MASTHEAD) == 0 || (at_start && !denied) {
            all |= signs;
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_say_what_they_hold() {
        for (names, expected) in [
            ("entry-date published", DATE | PUBLISHED),
            ("post-updated", DATE | UPDATED),
            ("articleByline", BYLINE),
            ("post-comments", ASIDE),
            ("has-sidebar content", 0),
            ("template candidate", 0),
            ("Site-Header", MASTHEAD),
            ("", 0),
        ] {
            assert_eq!(signs(names), expected, "{names}");
        }
    }
}
