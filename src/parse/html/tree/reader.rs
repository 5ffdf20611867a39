//! The reader of a page: by tokens, until its budget is used up, and from there on flat, without making any.
use super::super::guard::Guard;
use super::super::tokenizer::{Doctype, Handler, Span, State, TagKind};
use super::adapter::{Adapter, kind_of, state_after};
use html5ever::LocalName;

/// Gives a page's tags and texts to an adapter, or, where the page is read flat, to the guard behind it.
pub(super) struct Reader<'n> {
    adapter: Adapter<Guard<'n>>,
    /// The tag that is being read flat.
    kind: TagKind,
    name: LocalName,
}

impl<'n> Reader<'n> {
    pub(super) fn new(adapter: Adapter<Guard<'n>>) -> Reader<'n> {
        Reader { adapter, kind: TagKind::Start, name: LocalName::default() }
    }

    pub(super) fn into_adapter(self) -> Adapter<Guard<'n>> {
        self.adapter
    }

    fn is_flat(&self) -> bool {
        self.adapter.sink.is_flat()
    }
}

impl Handler for Reader<'_> {
    fn text(&mut self, span: Span) {
        match self.is_flat() {
            true => self.adapter.sink.flat_text(&self.adapter.page[span]),
            false => self.adapter.text(span),
        }
    }

    fn decoded(&mut self, text: &str) {
        match self.is_flat() {
            true => self.adapter.sink.flat_text(text),
            false => self.adapter.decoded(text),
        }
    }

    fn null(&mut self) {
        if !self.is_flat() {
            self.adapter.null();
        }
    }

    fn open_tag(&mut self, kind: TagKind, name: Span) {
        if self.is_flat() {
            self.kind = kind;
            self.name = self.adapter.tag_name(name);
        } else {
            self.adapter.open_tag(kind, name);
        }
    }

    fn attribute(&mut self, name: Span, value: Span) {
        if !self.is_flat() {
            self.adapter.attribute(name, value);
        }
    }

    fn close_tag(&mut self, self_closing: bool) -> State {
        match self.is_flat() {
            true => state_after(&self.adapter.sink.flat_tag(kind_of(self.kind), &self.name)),
            false => self.adapter.close_tag(self_closing),
        }
    }

    fn comment(&mut self, span: Span) {
        if !self.is_flat() {
            self.adapter.comment(span);
        }
    }

    fn doctype(&mut self, doctype: Doctype) {
        if !self.is_flat() {
            self.adapter.doctype(doctype);
        }
    }

    fn error(&mut self) {
        if !self.is_flat() {
            self.adapter.error();
        }
    }

    fn skips_mark(&self) -> bool {
        self.adapter.skips_mark()
    }

    fn wants_raw_text(&self) -> bool {
        match self.is_flat() {
            true => self.adapter.sink.wants_raw_text(),
            false => self.adapter.wants_raw_text(),
        }
    }

    fn in_foreign_content(&self) -> bool {
        self.adapter.in_foreign_content()
    }

    fn end(&mut self) {
        self.adapter.end();
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Keep, parse_within};
    use html5ever::tree_builder::TreeBuilderOpts;

    /// Pages of a run.
    const PAGES: u64 = 400;

    /// What a page of this test is made of. Within none of it does the standard drop a text or move it, so that a
    /// page may be read flat from any place; a table moves what stands between its cells, so `anywhere` alone has it.
    const PIECES: &[&str] = &[
        "<div>",
        "</div>",
        "<p class='<p>'>",
        "</p>",
        "<b id=1>",
        "</b>",
        "<i>",
        "</i>",
        "<ul><li>",
        "</ul>",
        "<span title=\"a > b\">",
        "<h2>",
        "</h2>",
        "<br>",
        "<img alt=none>",
        "<x-{n}>",
        "<!-- <p>no -->",
        "</>",
        "<?no>",
        "<script>no<p></script>",
        "<style>no</style>",
        "<a href=x>",
        "</a>",
    ];

    /// What the standard treats in ways of its own. A page with these is read flat from its first tag.
    const ODD: &[&str] = &[
        "<table>",
        "</table>",
        "<tr><td>",
        "<select><option>",
        "<svg><g>",
        "</svg>",
        "<template>",
        "<form>",
    ];

    /// Texts with a word each, as written and as read.
    const WORDS: &[(&str, &str)] = &[
        (" w{n} ", "w{n}"),
        (" a&amp;{n}\n", "a&{n}"),
        ("<textarea> t&lt;{n}<p> </textarea>", "t<{n}<p>"),
        (" <{n} ", "<{n}"),
        (" é{n}&nbsp;ü ", "é{n} ü"),
        (
            " a-word-that-is-so-long-that-it-makes-a-block-of-its-own-in-a-page-that-is-read-flat-{n} ",
            "a-word-that-is-so-long-that-it-makes-a-block-of-its-own-in-a-page-that-is-read-flat-{n}",
        ),
    ];

    /// A page of so many pieces, and its words.
    fn page(random: &mut impl FnMut(usize) -> usize, pieces: &[&[&str]]) -> (String, Vec<String>) {
        let (mut page, mut words) = (String::from("<body>"), Vec::new());
        for n in 0..100 {
            let number = |text: &str| text.replace("{n}", &n.to_string());
            if random(3) == 0 {
                let (written, read) = WORDS[random(WORDS.len())];
                page.push_str(&number(written));
                words.extend(number(read).split_whitespace().map(str::to_owned));
            } else {
                let kind = pieces[random(pieces.len())];
                page.push_str(&number(kind[random(kind.len())]));
            }
        }
        (page, words)
    }

    /// The words of a page's tree, but those of code.
    fn words_of(budget: u64, page: &str, keep: Keep) -> (Vec<String>, u32) {
        let parsed = parse_within(budget, page, keep, TreeBuilderOpts::default());
        let mut text = String::new();
        for node in parsed.html.tree.root().descendants() {
            let parent = node.parent().and_then(|parent| parent.value().as_element());
            let is_code = parent.is_some_and(|element| matches!(element.name(), "script" | "style"));
            if let (Some(part), false) = (node.value().as_text(), is_code) {
                text.push_str(part);
            }
        }
        (text.split_whitespace().map(str::to_owned).collect(), parsed.guarded)
    }

    /// Numbers below a bound, the same in every run (Marsaglia, "Xorshift RNGs", 2003).
    fn numbers() -> impl FnMut(usize) -> usize {
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        move |bound| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 33) as usize % bound
        }
    }

    #[test]
    fn a_page_that_is_read_flat_from_its_first_tag_keeps_its_words_in_order() {
        let mut random = numbers();
        for n in 0..PAGES {
            let (page, words) = page(&mut random, &[PIECES, ODD]);
            for keep in [Keep::Lean, Keep::All] {
                let (found, guarded) = words_of(0, &page, keep);
                assert!(found == words && guarded > 0, "page {n}: {page:?}\n{found:?}");
            }
        }
    }

    #[test]
    fn a_page_that_is_read_flat_from_any_place_has_the_words_that_it_has_unlimited() {
        let (mut random, mut flat) = (numbers(), 0);
        for n in 0..PAGES {
            let (page, words) = page(&mut random, &[PIECES]);
            let budget = random(20_000) as u64;
            let (found, guarded) = words_of(budget, &page, Keep::Lean);
            assert_eq!(found, words, "page {n}, budget {budget}: {page:?}");
            assert_eq!(words_of(u64::MAX, &page, Keep::Lean), (words, 0), "page {n}: {page:?}");
            flat += usize::from(guarded > 0);
        }
        assert!(flat > PAGES as usize / 4 && flat < PAGES as usize, "{flat} were read flat");
    }
}
