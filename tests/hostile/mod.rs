//! Pages that hurt parsers: what nests, crosses, repeats or never ends. Shared by the tests and the bench.

/// A hundred open elements.
macro_rules! deep {
    () => {
        concat!(
            "<div><div><div><div><div><div><div><div><div><div><div><div><div><div><div><div><div><div><div><div>",
            "<div><div><div><div><div><div><div><div><div><div><div><div><div><div><div><div><div><div><div><div>",
            "<div><div><div><div><div><div><div><div><div><div><div><div><div><div><div><div><div><div><div><div>",
            "<div><div><div><div><div><div><div><div><div><div><div><div><div><div><div><div><div><div><div><div>",
            "<div><div><div><div><div><div><div><div><div><div><div><div><div><div><div><div><div><div><div><div>",
        )
    };
}

/// A family of pages: what stands once at its head, and what is repeated (`{n}` counts).
pub(crate) struct Family {
    pub(crate) name: &'static str,
    head: &'static str,
    repeated: &'static str,
    tail: &'static str,
}

const fn family(name: &'static str, head: &'static str, repeated: &'static str) -> Family {
    Family { name, head, repeated, tail: "" }
}

pub(crate) const FAMILIES: &[Family] = &[
    family("div", "", "<div>"),
    family("ul li", "", "<ul><li>"),
    family("blockquote", "", "<blockquote>"),
    family("section article", "", "<section><article>"),
    family("unknown elements", "", "<x-{n}>"),
    family("h1 in h2", "", "<h1><h2>"),
    family("template", "", "<template>"),
    family("select in template", "", "<template><select><select>"),
    family("options", "<select>", "<option>x"),
    family("stray </p>", "", "</p>"),
    family("unclosed b", "", "<b>"),
    family("unclosed font", "", "<font size={n}>"),
    family("adoption b i", "<b 1><b 2><b 3><b 4><i 1><i 2><i 3><i 4>", "<b {n}><i {n}>x</b>"),
    family("adoption a i", "", "<a><i>x</a>"),
    family("a around div", "", "<a><div>"),
    family("nobr p", "", "<nobr><p>"),
    family(
        "reopened",
        "<b 1><b 2><b 3><b 4><b 5><b 6><b 7><b 8><b 9><i 1><i 2><i 3><i 4><i 5><i 6><i 7>",
        "<p>z",
    ),
    family("foster text", "<table>", "x<b>"),
    family("foster a", "", "<a><table><a>"),
    family("table rows", "<table>", "<tr><td>1<td>2"),
    Family { name: "distinct attributes", head: "<div ", repeated: "a{n}=1 ", tail: ">" },
    Family { name: "equal attributes", head: "<div ", repeated: "a=1 ", tail: ">" },
    Family { name: "one value", head: "<div title='", repeated: "value of a title ", tail: "'>" },
    Family { name: "open quote", head: "<a href='", repeated: "x> ", tail: "" },
    family("merged html body", "", "<body a{n}=1><html b=2>"),
    Family { name: "one tag name", head: "<", repeated: "qqqqqqqqqq", tail: ">" },
    family("<", "", "<"),
    family("<!", "", "<!"),
    family("&", "", "&"),
    family("open comment", "<!--", "x - -- "),
    family("dashes", "<!--", "-"),
    family("comments", "", "<!---->"),
    family("open textarea", "<textarea>", "typed text </textare "),
    family("open script", "<script><!--", "<script></script>x</scrip -- "),
    family("open cdata", "<svg><![CDATA[", "]] > "),
    family("plaintext", "<plaintext>", "<p>x</p>"),
    family("empty elements", "", "<i></i>"),
    family("references", "", "&CounterClockwiseContourIntegra &amp"),
    family("nested spans", "", "<span>x"),
    family("svg", "", "<svg><g>x"),
    family("readings", "<ruby>", "a<rt>b"),
    family("foreign titles", "<svg>", "<title><svg>"),
    family("dd li", "", "<dd><li>"),
    family("deep, then shallow", DEEP, "<div></div>"),
    family("deep, then stray ends", DEEP, "</section>x"),
    family("deep, then paragraphs", DEEP, "<p></p>"),
    family("attributes reopened", ATTRIBUTES, "<p>z"),
];

const DEEP: &str = concat!(deep!(), deep!(), deep!(), deep!(), deep!());

const ATTRIBUTES: &str = concat!(
    "<b id=1 class=x title=a lang=en dir=l role=r><b id=2 class=x title=a lang=en dir=l role=r>",
    "<i id=1 class=x title=a lang=en dir=l role=r><i id=2 class=x title=a lang=en dir=l role=r>",
    "<u id=1 class=x title=a lang=en dir=l role=r><u id=2 class=x title=a lang=en dir=l role=r>",
);

/// What must come out of every page that does not end inside something.
pub(crate) const TEXT: &str = "The text before the storm.";

impl Family {
    /// The page of this family that has about so many bytes.
    pub(crate) fn page(&self, bytes: usize) -> String {
        let mut page = format!("<!DOCTYPE html><title>x</title><body><p>{TEXT}</p>{}", self.head);
        let end = page.len() + bytes;
        let mut n = 0;
        while page.len() < end {
            page.push_str(&self.repeated.replace("{n}", &n.to_string()));
            n += 1;
        }
        page + self.tail
    }
}
