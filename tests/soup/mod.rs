//! Tag soup: pages that no one would write, made from a seed. Used by the property tests.

/// The pieces that soup is made of. Names stand often enough to nest, cross and close each other.
const TAGS: &[&str] = &[
    "a",
    "b",
    "i",
    "font",
    "nobr",
    "p",
    "div",
    "span",
    "table",
    "tbody",
    "tr",
    "td",
    "th",
    "caption",
    "col",
    "colgroup",
    "ul",
    "li",
    "dl",
    "dd",
    "dt",
    "h1",
    "h2",
    "select",
    "option",
    "optgroup",
    "button",
    "form",
    "input",
    "br",
    "img",
    "image",
    "hr",
    "svg",
    "math",
    "mi",
    "mtext",
    "annotation-xml",
    "foreignObject",
    "desc",
    "title",
    "textarea",
    "script",
    "style",
    "template",
    "noscript",
    "iframe",
    "noframes",
    "xmp",
    "pre",
    "listing",
    "html",
    "head",
    "body",
    "frameset",
    "frame",
    "meta",
    "link",
    "base",
    "object",
    "applet",
    "marquee",
    "ruby",
    "rb",
    "rt",
    "rtc",
    "plaintext",
    "x-y",
    "menuitem",
    "em",
    "strong",
    "blockquote",
];

const ATTRIBUTES: &[&str] = &[
    " id=a",
    " class=\"x y\"",
    " href='?a=1&copy=2'",
    " title=\"&amp;&lt;&notit;\"",
    " a",
    " a=",
    " =b",
    " A=1 a=2",
    " type=hidden",
    " type='text/html'",
    " encoding=text/html",
    " encoding=\"application/xhtml+xml\"",
    " color=red",
    " size=1",
    " size=2",
    " definitionurl=x",
    " viewbox=0",
    " xlink:href=#",
    " xml:lang=en",
    " x\0y=z\0",
    " shadowrootmode=open",
    " /",
    "/",
    "\n",
    "\t\x0C",
    " '",
    " \"",
    " a=\"\r\n\"",
    " é=ü",
    " a='b'c=d",
    " <",
];

const TEXTS: &[&str] = &[
    "x",
    " ",
    "\n",
    "\r\n",
    "\r",
    "\0",
    "text ",
    "é",
    "\u{FEFF}",
    "<",
    "</",
    "<!",
    "<?",
    ">",
    "&",
    "&amp;",
    "&amp",
    "&lt",
    "&notin;",
    "&notit;",
    "&#10;",
    "&#10",
    "&#xA;",
    "&#x80;",
    "&#0;",
    "&#xD800;",
    "&#x110000;",
    "&bogus;",
    "&CounterClockwiseContourIntegral;",
    "]]>",
    "--",
    "-->",
    "--!>",
    "<!-->",
    "<!--->",
    "<!---",
    "<![CDATA[",
    "</>",
    "< a>",
    "</ a>",
    "<?php ?>",
    "<!x>",
    "<!DOCTYPE html>",
    "<!doctype>",
    "<!DOCTYPE html PUBLIC \"a\" 'b'>",
    "<!DOCTYPE html SYSTEM 'about:legacy-compat'>",
    "<!DOCTYPE html PUBLIC \"-//W3C//DTD HTML 3.2//EN\">",
    "<!--<script>",
    "</script",
    "</script>",
    "</script >",
    "</style>",
    "</title>",
    "</textarea>",
    "<!--",
    "\u{FFFD}",
];

/// A stream of numbers: splitmix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators").
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % end as u64) as usize
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

/// The soup of a seed.
pub(crate) fn soup(seed: u64) -> String {
    let mut random = Random(seed);
    let mut page = String::new();
    // A soup of few names crosses them more often than one of all.
    let few: Vec<&str> = (0..2 + random.below(12)).map(|_| random.pick(TAGS)).collect();
    for _ in 0..1 + random.below(60) {
        let tag = if random.below(4) == 0 { random.pick(TAGS) } else { few[random.below(few.len())] };
        match random.below(10) {
            0..=3 => {
                page.push('<');
                page.push_str(tag);
                for _ in 0..random.below(6) / 2 {
                    page.push_str(random.pick(ATTRIBUTES));
                }
                page.push_str(if random.below(20) == 0 { "" } else { ">" });
            }
            4..=5 => {
                page.push_str("</");
                page.push_str(tag);
                page.push_str(if random.below(30) == 0 { " x=y" } else { ">" });
            }
            _ => page.push_str(random.pick(TEXTS)),
        }
    }
    page
}
