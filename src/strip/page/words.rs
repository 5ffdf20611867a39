//! Words in class names, ids and roles, by what they say of an element: body, comments, menu, advertisement.
use super::shape::hash;
use crate::strip::topics::BuildWordHasher;
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use std::collections::HashMap;
use std::sync::LazyLock;

/// What the words of an element can say, and the stems that say it. A blank before or after a stem is the border of a
/// part of a name.
#[rustfmt::skip]
const GROUPS: &[(&str, &[&str])] = &[
    ("body", &["articlebody", "article body", "articlecontent", "article content", "articletext", "article text", "postbody",
        "post body", "postcontent", "post content", "post text", "entrycontent", "entry content", "storybody", "story body",
        "maincontent", "main content", "bodytext", "body text", "richtext", "rich text", "markdown", " prose ", "bodycopy",
        "textblock", "text block", "paragraph"]),
    ("content", &["article", "content", "entry", " main", " post", " text", "story", " page", " wiki", " doc", " body", "blog"]),
    ("comment", &["comment", "replies", " reply", "disqus", "respond"]),
    ("menu", &[" nav", "menu", "breadcrumb", "pagination", "pager", " toc", "sitemap", "navigation", "dropdown", " tab "]),
    ("related", &["relat", "recommend", "popular", "trending", " more ", "readnext", "read next", "readmore", "teaser",
        " card", "carousel", "promo", "latest", "most read", "mostread", "recirc", "outbrain", "taboola", "similar", "slider",
        "you may", "also like", "next post", "prev post", "upsell"]),
    ("social", &["share", "sharing", "social", "follow", "subscri", "newsletter", "signup", "sign up", "login", "log in",
        "facebook", "twitter", "whatsapp", "addtoany"]),
    ("foot", &["foot", "copyright", "legal", "cookie", "consent", "privacy", "gdpr", "disclaimer"]),
    ("side", &["sidebar", " side ", "aside", "widget", " rail", "secondary", "complementary", "column right"]),
    ("meta", &[" meta", "author", "byline", " date", " time", " tag ", " tags ", "categor", "kicker", "publish", "posted on",
        "reading time", "bio ", "profile", "source"]),
    ("caption", &["caption", "credit", "figure", "image", "photo", "gallery", "media", "video", "player", "infobox"]),
    ("advert", &["advert", " ad ", " ads ", " adv ", "sponsor", "banner", "dfp", "adsense", "adslot", "ad slot", "partner",
        "affiliate", "commercial"]),
    ("product", &["product", "price", " cart", " shop", " sku ", "rating", "review", "stock", "spec"]),
    ("forum", &["thread", "message", "topic", "answer", "question", "forum", "postcell", "signature", "username", "user info",
        "avatar", "userinfo", "vote"]),
    ("summary", &["summary", " lead", " lede ", "intro", "excerpt", "standfirst", "subtitle", "subhead", "deck ", " dek ",
        "abstract", "teaser text", "description", "sub title"]),
    ("title", &["title", "headline", "heading"]),
    ("hidden", &["hidden", "collapse", "popup", "modal", "overlay", "sr only", "screen reader", "visually", "skip",
        "tooltip", "offscreen", "print only", "noprint", "accessib"]),
    ("header", &["header", "masthead", "topbar", "top bar", "toolbar", "search", "hero"]),
    ("list", &[" list", " item", " grid", " row ", "listing", "results", "tile", "feed", "archive", "collection"]),
    ("note", &["footnote", "reference", "endnote", "citation", " note", "correction", "editor", "factbox", "infobox", " box"]),
    ("pay", &["paywall", "premium", "locked", "regwall", "donat", "support", "membership"]),
];

/// How many groups there are.
pub(super) const COUNT: usize = 20;

/// The names of the groups, in order.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    GROUPS.iter().map(|(name, _)| *name)
}

static STEMS: LazyLock<(AhoCorasick, Vec<u8>)> = LazyLock::new(|| {
    let stems =
        GROUPS.iter().enumerate().flat_map(|(n, (_, stems))| stems.iter().map(move |stem| (*stem, n as u8)));
    let (stems, groups): (Vec<&str>, Vec<u8>) = stems.unzip();
    #[expect(clippy::expect_used, reason = "a list of short words written here, which a test builds")]
    (
        AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::DFA))
            .build(stems)
            .expect("the stems make an automaton"),
        groups,
    )
});

/// What the words of an element say.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Said {
    /// The groups that they belong to, as bits in the order of the groups.
    pub(super) groups: u32,
    /// The words, digits apart, as they number the items of lists, hashed.
    pub(super) look: u64,
}

/// What each distinct list of words on a page says, looked up once.
#[derive(Default)]
pub(super) struct Words<'a> {
    known: HashMap<&'a str, Said, BuildWordHasher>,
    parts: String,
}

impl<'a> Words<'a> {
    /// What the words of an element say.
    pub(super) fn of(&mut self, words: &'a str) -> Said {
        if let Some(&said) = self.known.get(words) {
            return said;
        }
        self.parts.clear();
        self.parts.push(' ');
        self.parts.extend(words.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }));
        self.parts.push(' ');
        let (stems, groups) = &*STEMS;
        let bits = stems
            .find_overlapping_iter(&self.parts)
            .fold(0, |bits, hit| bits | 1 << groups[hit.pattern().as_usize()]);
        let look = hash(words.bytes().filter(|byte| !byte.is_ascii_digit()));
        let said = Said { groups: bits, look };
        self.known.insert(words, said);
        said
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(words: &str) -> Vec<&'static str> {
        let bits = Words::default().of(words).groups;
        names().enumerate().filter(|(n, _)| bits & 1 << n != 0).map(|(_, name)| name).collect()
    }

    #[test]
    fn words_say_what_an_element_is() {
        assert_eq!(GROUPS.len(), COUNT);
        assert_eq!(groups("article-body"), ["body", "content"]);
        assert_eq!(groups("ad_slot sidebar"), ["side", "advert"]);
        assert_eq!(groups("shadow"), [""; 0]);
        assert_eq!(groups("site-nav"), ["menu"]);
    }
}
