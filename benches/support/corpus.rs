//! A made-up corpus: web pages and scraped texts, the same bytes for the same seed on every machine.
//!
//! Pages have the make-up of 439 news pages that were counted byte by byte: script 30 %, style 22 %, svg 5 %,
//! attributes 29 %, text 7 %. Sizes are log-normal. Some paragraphs stand, slightly edited, in an earlier
//! document too.
use super::random::Random;
use super::words::{LANGUAGES, Language};

/// What a corpus is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Web pages.
    Html,
    /// Scraped texts, a paragraph a line.
    Text,
    /// Every second one a page.
    Mixed,
}

impl Kind {
    /// The kind of this name.
    pub fn from_name(name: &str) -> Option<Kind> {
        match name {
            "html" => Some(Kind::Html),
            "text" => Some(Kind::Text),
            "mixed" => Some(Kind::Mixed),
            _ => None,
        }
    }
}

/// Median, spread of the logarithm, and bounds of a page's size in bytes.
const PAGE_BYTES: (f64, f64, (usize, usize)) = (150e3, 0.75, (4_000, 2_000_000));

/// The same for a scraped text.
const TEXT_BYTES: (f64, f64, (usize, usize)) = (3_600.0, 0.8, (300, 200_000));

/// Shares of a page's bytes.
const SCRIPT: f64 = 0.30;
const STYLE: f64 = 0.22;
const SVG: f64 = 0.05;
/// Main text; what is left of the 7 % of text are labels and teasers of the page around it.
const MAIN_TEXT: f64 = 0.024;

/// One paragraph in so many is taken from an earlier document, if that has the same language.
const REPEATED: usize = 6;

/// Paragraphs are taken from among the first so many, which nearly every document has.
const COPIED_PLACES: usize = 3;

/// Lines of style sheet and script that pages take their own from.
const POOL_LINES: usize = 4_000;

/// What keeps the numbers for one purpose apart from those for another.
const CHOICES: u64 = 1 << 60;
const PARAGRAPHS: u64 = 2 << 60;
const LANGUAGES_OF: u64 = 3 << 60;

/// A generator of documents.
pub struct Corpus {
    seed: u64,
    kind: Kind,
    scripts: Vec<String>,
    styles: Vec<String>,
}

/// One document.
pub struct Made {
    /// A file name.
    pub name: String,
    /// Its bytes, in UTF-8.
    pub bytes: Vec<u8>,
}

impl Corpus {
    /// A corpus of a kind.
    pub fn new(kind: Kind, seed: u64) -> Corpus {
        let mut random = Random::new(seed, u64::MAX);
        let scripts = (0..POOL_LINES).map(|_| script_line(&mut random)).collect();
        let styles = (0..POOL_LINES).map(|_| style_line(&mut random)).collect();
        Corpus { seed, kind, scripts, styles }
    }

    /// The document of this number.
    pub fn document(&self, number: u64) -> Made {
        let html = match self.kind {
            Kind::Html => true,
            Kind::Text => false,
            Kind::Mixed => number.is_multiple_of(2),
        };
        let ending = if html { "html" } else { "txt" };
        let text = if html { self.page(number) } else { self.text(number) };
        Made { name: format!("{number:07}.{ending}"), bytes: text.into_bytes() }
    }

    /// Documents from the first on, until they make up so many bytes.
    pub fn documents(&self, bytes: usize) -> impl Iterator<Item = Made> + '_ {
        let mut left = bytes;
        (0..).map_while(move |number| {
            let made = (left > 0).then(|| self.document(number))?;
            left = left.saturating_sub(made.bytes.len());
            Some(made)
        })
    }

    /// A paragraph: the same for the same document and place.
    fn paragraph(&self, document: u64, place: u64) -> String {
        let language = self.language(document);
        let mut choice = Random::new(self.seed ^ CHOICES, document << 16 | place);
        if document > 0 && choice.once_in(REPEATED) {
            let earlier = choice.next() % document;
            let place = choice.below(COPIED_PLACES) as u64;
            // A copy in another language would be no copy.
            if std::ptr::eq(self.language(earlier), language) {
                return edited(&self.original(earlier, place, language), &mut choice);
            }
        }
        self.original(document, place, language)
    }

    /// A paragraph that is no copy of another.
    fn original(&self, document: u64, place: u64, language: &Language) -> String {
        fresh(&mut Random::new(self.seed ^ PARAGRAPHS, document << 16 | place), language)
    }

    /// Half of the documents are in English.
    fn language(&self, document: u64) -> &'static Language {
        let mut random = Random::new(self.seed ^ LANGUAGES_OF, document);
        if random.once_in(2) { &LANGUAGES[0] } else { &LANGUAGES[random.below(LANGUAGES.len())] }
    }

    fn text(&self, number: u64) -> String {
        let mut random = Random::new(self.seed, number);
        let language = self.language(number);
        let size = random.log_normal(TEXT_BYTES.0, TEXT_BYTES.1, TEXT_BYTES.2);
        let mut text = format!("{}\n\n{}\n\n", title(&mut random, language), name(&mut random));
        for place in 0.. {
            if text.len() >= size {
                break;
            }
            if random.once_in(4) {
                text.push_str(random.of(language.cruft));
                text.push_str("\n\n");
            }
            text.push_str(&self.paragraph(number, place));
            text.push_str("\n\n");
        }
        text
    }

    fn page(&self, number: u64) -> String {
        let mut random = Random::new(self.seed, number);
        let language = self.language(number);
        let size = random.log_normal(PAGE_BYTES.0, PAGE_BYTES.1, PAGE_BYTES.2);
        let part = |share: f64| (share * size as f64) as usize;
        let title = title(&mut random, language);
        let mut page = String::with_capacity(size + size / 8);
        page.push_str(&format!(
            "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
             <meta property=\"og:title\" content=\"{title}\">\n\
             <meta property=\"article:published_time\" content=\"20{:02}-0{}-1{}T08:{:02}:00Z\">\n",
            language.code,
            10 + random.below(15),
            1 + random.below(9),
            random.below(10),
            random.below(60),
        ));
        pooled(&mut page, "<style>", &self.styles, "</style>\n", part(STYLE), &mut random);
        pooled(&mut page, "<script>", &self.scripts, "</script>\n", part(SCRIPT * 0.6), &mut random);
        page.push_str("</head>\n<body class=\"page page--article\">\n");
        let around = size.saturating_sub(part(SCRIPT + STYLE + SVG + MAIN_TEXT * 1.3));
        self.chrome(&mut page, around / 2, part(SVG), "header", language, &mut random);
        page.push_str(&format!(
            "<main>\n<article>\n<h1>{title}</h1>\n<p class=\"byline\">{}</p>\n",
            name(&mut random)
        ));
        let end = page.len() + part(MAIN_TEXT);
        for place in 0.. {
            if page.len() >= end {
                break;
            }
            page.push_str(&format!("<p class=\"story-body__text\">{}</p>\n", self.paragraph(number, place)));
            if random.once_in(6) {
                page.push_str(&format!("<p>{}</p>\n", random.of(language.cruft)));
            }
        }
        page.push_str("</article>\n</main>\n");
        self.chrome(&mut page, around / 2, 0, "footer", language, &mut random);
        pooled(&mut page, "<script>", &self.scripts, "</script>\n", part(SCRIPT * 0.4), &mut random);
        page.push_str("</body>\n</html>\n");
        page
    }

    /// The page around the text: menus, teasers, cards, with the attributes that such pages carry.
    fn chrome(
        &self,
        page: &mut String,
        bytes: usize,
        svg: usize,
        tag: &str,
        language: &Language,
        random: &mut Random,
    ) {
        let end = page.len() + bytes + svg;
        let mut svg_left = svg;
        page.push_str(&format!("<{tag} class=\"site-{tag}\">\n"));
        while page.len() < end {
            page.push_str("<div ");
            attributes(page, random);
            page.push_str(">\n<ul ");
            attributes(page, random);
            page.push_str(">\n");
            for _ in 0..3 + random.below(6) {
                page.push_str("   <li>\n    ");
                page.push_str(&format!("<a href=\"https://news.example/{}/", random.of(language.menu)));
                page.push_str(&format!("{:016x}\" ", random.next()));
                attributes(page, random);
                page.push_str("><span>");
                page.push_str(random.of(language.menu));
                page.push_str("</span></a>\n   </li>\n");
            }
            page.push_str("</ul>\n<h3 ");
            attributes(page, random);
            page.push('>');
            page.push_str(&title(random, language));
            page.push_str("</h3>\n        <p>");
            page.push_str(&title(random, language));
            page.push_str("</p>\n");
            svg_left -= icon(page, svg_left, random);
            page.push_str("<!-- slot -->\n</div>\n");
        }
        page.push_str(&format!("</{tag}>\n"));
    }
}

/// A paragraph of a language, of 2 to 6 sentences.
fn fresh(random: &mut Random, language: &Language) -> String {
    let mut text = String::new();
    for _ in 0..2 + random.below(5) {
        if !text.is_empty() {
            text.push_str(language.gap);
        }
        let words = 7 + random.below(16);
        for n in 0..words {
            if n > 0 {
                text.push_str(language.gap);
            }
            text.push_str(&word(random, language, n == 0));
        }
        text.push_str(language.stop);
    }
    text
}

/// A word: the first of the list are the most frequent, as in any text (Zipf); now and then a number or a name.
fn word(random: &mut Random, language: &Language, first: bool) -> String {
    if !first && random.once_in(40) {
        return (2 + random.below(900)).to_string();
    }
    if !first && random.once_in(20) && !language.gap.is_empty() {
        return name_part(random);
    }
    let rank = (random.unit() * random.unit() * language.words.len() as f64) as usize;
    let word = language.words[if first { random.below(language.words.len()) } else { rank }];
    if first { capitalised(word) } else { word.to_string() }
}

/// The paragraph with one word in twenty gone or doubled: what an editor leaves of a wire report.
fn edited(text: &str, random: &mut Random) -> String {
    let mut words: Vec<&str> = Vec::new();
    for word in text.split(' ') {
        match random.below(40) {
            0 => {}
            1 => words.extend([word, word]),
            _ => words.push(word),
        }
    }
    words.join(" ")
}

fn title(random: &mut Random, language: &Language) -> String {
    let words: Vec<String> = (0..6 + random.below(6)).map(|n| word(random, language, n == 0)).collect();
    words.join(language.gap)
}

fn name(random: &mut Random) -> String {
    format!("By {} {}", name_part(random), name_part(random))
}

fn name_part(random: &mut Random) -> String {
    const SYLLABLES: &[&str] =
        &["ka", "lor", "mi", "ven", "tas", "ro", "del", "ru", "shan", "bek", "ol", "ni"];
    let parts: String = (0..2 + random.below(2)).map(|_| random.of(SYLLABLES)).collect();
    capitalised(&parts)
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

/// Attributes such as front-end frameworks write: 64 bytes an opening tag on average.
fn attributes(page: &mut String, random: &mut Random) {
    const CLASSES: &[&str] = &[
        "card",
        "card__body",
        "grid",
        "col-md-4",
        "u-mt-2",
        "is-active",
        "nav__item",
        "flex",
        "text-sm",
        "teaser",
    ];
    page.push_str("class=\"");
    for n in 0..2 + random.below(4) {
        page.push_str(if n > 0 { " " } else { "" });
        page.push_str(random.of(CLASSES));
    }
    page.push_str(&format!("\" data-id=\"{:x}\"", random.next() >> 24));
    if !random.once_in(4) {
        page.push_str(&format!(" data-track='{{\"slot\":{},\"kind\":\"teaser\"}}'", random.below(99)));
    }
    if random.once_in(3) {
        page.push_str(&format!(" style=\"width:{}px;margin:0 auto\"", random.below(900)));
    }
}

/// A drawn icon, if there are bytes left for it; its size.
fn icon(page: &mut String, left: usize, random: &mut Random) -> usize {
    if left == 0 {
        return 0;
    }
    let start = page.len();
    page.push_str("<svg viewBox=\"0 0 24 24\"><path d=\"M0 0");
    for _ in 0..24 + random.below(40) {
        page.push_str(&format!("l{}.{} -{}", random.below(24), random.below(10), random.below(24)));
    }
    page.push_str("z\"></path></svg>\n");
    (page.len() - start).min(left)
}

/// Elements of pooled lines, until they make up so many bytes.
fn pooled(page: &mut String, open: &str, pool: &[String], close: &str, bytes: usize, random: &mut Random) {
    let end = page.len() + bytes;
    while page.len() < end {
        page.push_str(open);
        for _ in 0..200 {
            page.push_str(&pool[random.below(pool.len())]);
            if page.len() >= end {
                break;
            }
        }
        page.push_str(close);
    }
}

fn script_line(random: &mut Random) -> String {
    let id = random.next() >> 40;
    match random.below(16) {
        0..5 => format!("var m{id:x}=function(a,b){{return a>b?a+\"{id}\":b&&[{},{}]}};\n", id % 7, id % 13),
        5..10 => format!(
            "window.dataLayer.push({{\"event\":\"view\",\"slot\":\"s{id}\",\"price\":{}}});\n",
            id % 100
        ),
        10 => format!("if(!e.t{id:x}){{e.t{id:x}=n('<div class=\"ad-{id}\"></div>');}}\n"),
        _ => format!("for(var i={};i--;){{q[i]=(r[i]^0x{id:x})>>>3}}\n", id % 64),
    }
}

fn style_line(random: &mut Random) -> String {
    let id = random.next() >> 44;
    match random.below(3) {
        0 => format!(".c{id:x}>a:hover{{color:#{:06x};padding:{}px 0}}\n", id & 0xFF_FFFF, id % 40),
        1 => format!(
            "@media(max-width:{}px){{.grid-{id}{{display:flex;gap:{}px}}}}\n",
            320 + id % 900,
            id % 24
        ),
        _ => format!(".b{id}{{background:url(data:image/png;base64,iVBOR{id:x}AAAAAElFTkSuQmCC)}}\n"),
    }
}
