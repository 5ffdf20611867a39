//! What the scorer of text knows of a line: its own shape, the rules that fit it, its place among the others.
//!
//! The features are those that the literature on boilerplate and a probe on labelled pages found to carry
//! (C. Kohlschütter et al., "Boilerplate detection using shallow text features", WSDM 2010; J. Pomikálek,
//! "Removing boilerplate and duplicate content", 2011): length, ending, function words, neighbours, repeats.
use super::sheet::{Line, Sheet};
use crate::rules::{Category, Proof};
use std::collections::{HashMap, HashSet};

/// The price of a line that is not prose in the best run of prose, in words.
const GAP_COST: f32 = 6.0;

/// Bytes of a word that says what a text is about.
const TOPIC_BYTES: usize = 4;

/// Lines to either side whose shape is a feature.
const NEIGHBOURS: [isize; 6] = [-3, -2, -1, 1, 2, 3];

/// Widths of the windows whose prose is a feature, in lines to either side.
const WINDOWS: [usize; 3] = [3, 6, 12];

/// Lines to either side that are company.
const NEAR: usize = 12;

/// Lines with the same beginning that are counted, at most.
const ALIKE: usize = 30;

/// What a distance to something that is not there is taken for, in lines.
const FAR: f32 = 99.0;

/// The names of the features, in the order of [`features`].
pub(crate) const FEATURES: &[&str] = &[
    "words", "chars", "word_length", "ends", "colon", "ellipsis", "commas", "sentences", "upper",
    "title_case", "digits", "marks", "function_words", "quote", "separators", "copyright", "address",
    "glued", "first_upper", "bracket_end", "unspaced", "is:advert", "is:agency", "is:app", "is:audio",
    "is:byline", "is:caption", "is:comments", "is:consent", "is:credit", "is:glyph", "is:legal", "is:live",
    "is:login", "is:nav", "is:newsletter", "is:paywall", "is:read-more", "is:reading-time", "is:related",
    "is:selector", "is:share", "is:site", "is:supporter", "is:tags", "is:timestamp", "is:video", "hits",
    "strong", "edge", "again", "again_later", "begins_next", "begun_before", "topic", "title", "place",
    "place_words", "-3:words", "-3:ends", "-3:hits", "-3:title_case", "-3:function_words", "-3:sentences",
    "-2:words", "-2:ends", "-2:hits", "-2:title_case", "-2:function_words", "-2:sentences", "-1:words",
    "-1:ends", "-1:hits", "-1:title_case", "-1:function_words", "-1:sentences", "+1:words", "+1:ends",
    "+1:hits", "+1:title_case", "+1:function_words", "+1:sentences", "+2:words", "+2:ends", "+2:hits",
    "+2:title_case", "+2:function_words", "+2:sentences", "+3:words", "+3:ends", "+3:hits",
    "+3:title_case", "+3:function_words", "+3:sentences", "window3:before", "window3:after",
    "window3:share", "window6:before", "window6:after", "window6:share", "window12:before",
    "window12:after", "window12:share", "since_prose", "until_prose", "prose", "in_run", "from_run",
    "to_run", "prose_share", "lines", "prose_words", "words_before", "run_share", "start_again",
    "topic_near", "topic_any", "-2:topic", "-1:topic", "+1:topic", "+2:topic", "window6:topic",
    "since_related", "until_related", "since_comments", "alike",
];

/// Categories in the order of the `is:` features.
const CATEGORIES: &[Category] = &[
    Category::Advert,
    Category::Agency,
    Category::App,
    Category::Audio,
    Category::Byline,
    Category::Caption,
    Category::Comments,
    Category::Consent,
    Category::Credit,
    Category::Glyph,
    Category::Legal,
    Category::Live,
    Category::Login,
    Category::Nav,
    Category::Newsletter,
    Category::Paywall,
    Category::ReadMore,
    Category::ReadingTime,
    Category::Related,
    Category::Selector,
    Category::Share,
    Category::Site,
    Category::Supporter,
    Category::Tags,
    Category::Timestamp,
    Category::Video,
];

/// The shape of a line, apart from its place.
struct Shape {
    values: Vec<f32>,
    neighbour: [f32; 6],
    topic: HashSet<String>,
}

/// The features of all lines of a sheet, in their order.
pub(super) fn features(sheet: &Sheet<'_>) -> Vec<Vec<f32>> {
    let lines = &sheet.lines;
    let shapes: Vec<Shape> = lines.iter().map(shape).collect();
    let page = Surroundings::new(sheet, &shapes);
    let mut rows = Vec::with_capacity(lines.len());
    for n in 0..lines.len() {
        let mut row = shapes[n].values.clone();
        page.repeats(n, lines, &mut row);
        page.place(n, &shapes, &mut row);
        for step in NEIGHBOURS {
            let neighbour = n.checked_add_signed(step).and_then(|at| shapes.get(at));
            row.extend(neighbour.map_or([-1.0; 6], |shape| shape.neighbour));
        }
        page.windows(n, &mut row);
        page.run(n, &mut row);
        page.company(n, lines, &shapes, &mut row);
        rows.push(row);
    }
    rows
}

fn share(count: usize, of: usize) -> f32 {
    count as f32 / of.max(1) as f32
}

fn flag(is: bool) -> f32 {
    f32::from(u8::from(is))
}

/// The line's own features.
fn shape(line: &Line<'_>) -> Shape {
    let text = &*line.text;
    let chars = text.chars().count();
    let count = |is: fn(char) -> bool| text.chars().filter(|&c| is(c)).count();
    let letters = count(char::is_alphabetic);
    let words = text.split_whitespace().count();
    let capital = text.split_whitespace().filter(|word| word.starts_with(char::is_uppercase)).count();
    let functional =
        line.folded.split(|c: char| !c.is_alphanumeric()).filter(|word| is_function_word(word)).count();
    let unspaced =
        count(|c| matches!(c, '\u{0E00}'..='\u{0E7F}' | '\u{3040}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}'));
    let particles = count(|c| "のをはがにとでたる的了是在和有이가은는을를에의".contains(c));
    let function_words = if unspaced >= 3 { 2.5 * share(particles, chars) } else { share(functional, words) };
    let (title_case, sentences) = (share(capital, words), sentences(text) as f32);
    let mut values = vec![
        line.words as f32,
        chars as f32,
        share(chars, line.words),
        flag(line.ends),
        flag(text.ends_with([':', '：'])),
        flag(text.ends_with("...") || text.ends_with('…')),
        count(|c| matches!(c, ',' | '、' | '，' | '،')) as f32,
        sentences,
        share(count(char::is_uppercase), letters),
        title_case,
        share(count(|c| c.is_ascii_digit()), chars),
        share(count(|c| !c.is_alphanumeric() && !c.is_whitespace()), chars),
        function_words,
        flag(text.contains(['"', '“', '”', '«', '»', '„', '「'])),
        count(|c| matches!(c, '|' | '»' | '›' | '•' | '·' | '/' | '>')) as f32,
        flag(text.contains(['©', '®'])),
        flag(["http://", "https://", "www.", ".com", "@"].iter().any(|sign| text.contains(sign))),
        glued(text) as f32,
        flag(text.starts_with(char::is_uppercase)),
        flag(text.trim_end_matches('.').ends_with([')', ']'])),
        share(unspaced, chars),
    ];
    values.extend(CATEGORIES.iter().map(|&category| flag(line.is(category))));
    let proof = |proof| flag(line.hits.iter().any(|hit| hit.rule.proof == proof));
    values.extend([flag(line.is_suspect()), proof(Proof::Strong), proof(Proof::Edge)]);
    let neighbour =
        [line.words as f32, flag(line.ends), flag(line.is_suspect()), title_case, function_words, sentences];
    Shape { values, neighbour, topic: topic(&line.folded) }
}

/// The first two words.
fn start(folded: &str) -> &str {
    let end = folded.match_indices(' ').nth(1).map_or(folded.len(), |(at, _)| at);
    &folded[..end]
}

/// Marks that end a sentence and stand before a blank, a quote or the end.
fn sentences(text: &str) -> usize {
    let ends = |c: char| matches!(c, '.' | '!' | '?' | '…');
    let full = |c: char| matches!(c, '。' | '！' | '？' | '।' | '؟');
    let mut chars = text.chars().peekable();
    let mut count = 0;
    while let Some(c) = chars.next() {
        let border = chars
            .peek()
            .is_none_or(|&next| next.is_whitespace() || matches!(next, '"' | '”' | '’' | '»' | ')' | '\''));
        count += usize::from(full(c) || (ends(c) && border));
    }
    count
}

/// Places where a small letter and a capital stand together: two texts glued.
fn glued(text: &str) -> usize {
    let pairs = text.chars().zip(text.chars().skip(1));
    pairs
        .filter(|&(a, b)| (a.is_lowercase() || matches!(a, '.' | ')')) && (b.is_uppercase() || b == '('))
        .count()
}

/// The words that say what a text is about: the longer ones; of a script without blanks, the characters.
pub(super) fn topic(folded: &str) -> HashSet<String> {
    let mut words = HashSet::new();
    for word in folded.split(|c: char| !c.is_alphanumeric()) {
        if word.starts_with(|c: char| matches!(c, '\u{0E00}'..='\u{0E7F}' | '\u{3040}'..='\u{9FFF}')) {
            words.extend(word.chars().map(String::from));
        } else if word.len() >= TOPIC_BYTES {
            words.insert(word.to_string());
        }
    }
    words
}

/// Words that hold sentences together, of languages that write with blanks: the most frequent ones of each.
const FUNCTION_WORDS: &[&str] = &[
    "the",
    "of",
    "and",
    "to",
    "in",
    "a",
    "is",
    "that",
    "for",
    "it",
    "was",
    "on",
    "with",
    "as",
    "he",
    "be",
    "at",
    "by",
    "had",
    "not",
    "are",
    "but",
    "from",
    "or",
    "have",
    "an",
    "they",
    "which",
    "you",
    "were",
    "their",
    "she",
    "we",
    "his",
    "her",
    "has",
    "been",
    "would",
    "who",
    "will",
    "more",
    "if",
    "no",
    "said",
    "what",
    "when",
    "so",
    "this",
    "i",
    "its",
    "der",
    "die",
    "und",
    "den",
    "von",
    "zu",
    "das",
    "mit",
    "sich",
    "des",
    "auf",
    "für",
    "ist",
    "im",
    "dem",
    "nicht",
    "ein",
    "eine",
    "als",
    "auch",
    "es",
    "werden",
    "aus",
    "hat",
    "dass",
    "sie",
    "nach",
    "wird",
    "bei",
    "einer",
    "um",
    "am",
    "sind",
    "noch",
    "wie",
    "einem",
    "über",
    "einen",
    "so",
    "zum",
    "haben",
    "nur",
    "oder",
    "aber",
    "vor",
    "zur",
    "bis",
    "er",
    "wir",
    "le",
    "la",
    "les",
    "et",
    "des",
    "un",
    "du",
    "une",
    "que",
    "est",
    "pour",
    "qui",
    "dans",
    "par",
    "plus",
    "pas",
    "au",
    "sur",
    "ne",
    "se",
    "ce",
    "il",
    "sont",
    "ont",
    "avec",
    "son",
    "aux",
    "d",
    "l",
    "cette",
    "ses",
    "mais",
    "elle",
    "nous",
    "el",
    "y",
    "los",
    "las",
    "del",
    "con",
    "para",
    "por",
    "una",
    "su",
    "al",
    "lo",
    "como",
    "más",
    "pero",
    "sus",
    "ha",
    "o",
    "di",
    "che",
    "e",
    "il",
    "per",
    "non",
    "è",
    "della",
    "sono",
    "si",
    "con",
    "del",
    "alla",
    "dei",
    "anche",
    "gli",
    "nel",
    "os",
    "do",
    "da",
    "em",
    "um",
    "não",
    "uma",
    "com",
    "no",
    "na",
    "dos",
    "mais",
    "foi",
    "ao",
    "ele",
    "das",
    "à",
    "seu",
    "het",
    "een",
    "van",
    "en",
    "dat",
    "niet",
    "op",
    "te",
    "zijn",
    "voor",
    "met",
    "aan",
    "er",
    "om",
    "ook",
    "naar",
    "bij",
    "och",
    "att",
    "det",
    "som",
    "på",
    "är",
    "av",
    "för",
    "den",
    "till",
    "inte",
    "har",
    "om",
    "ett",
    "han",
    "de",
    "jag",
    "og",
    "jeg",
    "ikke",
    "vi",
    "var",
    "han",
    "med",
    "til",
    "fra",
    "kan",
    "skal",
    "vil",
    "blir",
    "sier",
    "eller",
    "men",
    "i",
    "w",
    "na",
    "z",
    "się",
    "nie",
    "że",
    "do",
    "jest",
    "o",
    "to",
    "jak",
    "ale",
    "co",
    "po",
    "przez",
    "od",
    "za",
    "dla",
    "a",
    "se",
    "v",
    "je",
    "že",
    "s",
    "k",
    "by",
    "tak",
    "jako",
    "pro",
    "ve",
    "byl",
    "si",
    "jsem",
    "ale",
    "ze",
    "podle",
    "и",
    "в",
    "не",
    "на",
    "что",
    "я",
    "с",
    "он",
    "как",
    "это",
    "по",
    "но",
    "она",
    "к",
    "из",
    "у",
    "за",
    "от",
    "о",
    "так",
    "для",
    "же",
    "все",
    "был",
    "бы",
    "до",
    "если",
    "или",
    "также",
    "который",
    "и",
    "у",
    "що",
    "на",
    "з",
    "не",
    "та",
    "до",
    "ve",
    "bir",
    "bu",
    "da",
    "de",
    "için",
    "ile",
    "olarak",
    "çok",
    "daha",
    "olan",
    "gibi",
    "en",
    "ne",
    "ama",
    "kadar",
    "yang",
    "dan",
    "di",
    "untuk",
    "dengan",
    "pada",
    "ini",
    "dari",
    "itu",
    "tidak",
    "akan",
    "juga",
    "oleh",
    "dalam",
    "ja",
    "on",
    "ei",
    "että",
    "se",
    "oli",
    "mutta",
    "hän",
    "ovat",
    "kun",
    "myös",
    "sen",
    "kuin",
    "joka",
    "az",
    "és",
    "hogy",
    "nem",
    "egy",
    "van",
    "is",
    "meg",
    "csak",
    "volt",
    "már",
    "de",
    "azt",
    "ezt",
    "még",
    "في",
    "من",
    "على",
    "أن",
    "إلى",
    "عن",
    "مع",
    "التي",
    "هذا",
    "كان",
    "لا",
    "ما",
    "هذه",
    "الذي",
    "بعد",
    "قال",
    "के",
    "में",
    "की",
    "है",
    "को",
    "का",
    "से",
    "और",
    "ने",
    "पर",
    "भी",
    "यह",
    "इस",
    "कि",
    "हैं",
    "नहीं",
];

static FUNCTION_SET: std::sync::LazyLock<HashSet<&str>> =
    std::sync::LazyLock::new(|| FUNCTION_WORDS.iter().copied().collect());

fn is_function_word(word: &str) -> bool {
    FUNCTION_SET.contains(word)
}

/// What a line's place in its document tells, counted once for all lines.
struct Surroundings<'a> {
    count: HashMap<&'a str, usize>,
    earlier: Vec<usize>,
    topic: HashMap<&'a str, usize>,
    title: HashSet<String>,
    prose: Vec<bool>,
    /// Words of prose before each line, and of all.
    prose_before: Vec<f32>,
    prose_lines_before: Vec<f32>,
    words_before: Vec<f32>,
    since: Vec<f32>,
    until: Vec<f32>,
    run: (usize, usize),
    run_words: f32,
    starts: HashMap<&'a str, usize>,
    any_topic: HashMap<&'a str, usize>,
    /// The share of each line's topic words that the running text has too.
    on_topic: Vec<f32>,
    since_related: Vec<f32>,
    until_related: Vec<f32>,
    since_comments: Vec<f32>,
}

impl<'a> Surroundings<'a> {
    fn new(sheet: &'a Sheet<'_>, shapes: &'a [Shape]) -> Surroundings<'a> {
        let lines = &sheet.lines;
        let mut count: HashMap<&str, usize> = HashMap::new();
        let earlier = lines.iter().map(|line| {
            let times = count.entry(&line.folded).or_default();
            *times += 1;
            *times - 1
        });
        let earlier: Vec<usize> = earlier.collect();
        let prose: Vec<bool> = lines.iter().map(Line::is_prose).collect();
        let mut topic: HashMap<&str, usize> = HashMap::new();
        for (shape, _) in shapes.iter().zip(&prose).filter(|(_, prose)| **prose) {
            for word in &shape.topic {
                *topic.entry(word).or_default() += 1;
            }
        }
        let words = |n: usize| lines[n].words as f32;
        let sum = |value: &dyn Fn(usize) -> f32| {
            let mut sums = vec![0.0];
            for n in 0..lines.len() {
                sums.push(sums[n] + value(n));
            }
            sums
        };
        let weight = |n: usize| if prose[n] { words(n) } else { -GAP_COST };
        let (run, run_words) = best_run(lines.len(), weight);
        let (since, until) = distances(&prose);
        let mut starts: HashMap<&str, usize> = HashMap::new();
        let mut any_topic: HashMap<&str, usize> = HashMap::new();
        for (line, shape) in lines.iter().zip(shapes) {
            *starts.entry(start(&line.folded)).or_default() += 1;
            for word in &shape.topic {
                *any_topic.entry(word).or_default() += 1;
            }
        }
        let on_topic = shapes.iter().zip(&prose).map(|(shape, &prose)| {
            let own = usize::from(prose);
            let shared = shape.topic.iter().filter(|word| topic.get(word.as_str()).is_some_and(|&count| count > own));
            if shape.topic.is_empty() { 0.0 } else { share(shared.count(), shape.topic.len()) }
        });
        let on_topic: Vec<f32> = on_topic.collect();
        let heads = |categories: &[Category]| -> Vec<bool> {
            lines.iter().map(|line| categories.iter().any(|&category| line.is(category))).collect()
        };
        let (since_related, until_related) = distances(&heads(&[Category::Related, Category::Newsletter, Category::Share]));
        let (since_comments, _) = distances(&heads(&[Category::Comments, Category::Legal]));
        Surroundings {
            starts,
            any_topic,
            on_topic,
            since_related,
            until_related,
            since_comments,
            count,
            earlier,
            topic,
            title: sheet.title_words(),
            prose_before: sum(&|n| if prose[n] { words(n) } else { 0.0 }),
            prose_lines_before: sum(&|n| flag(prose[n])),
            words_before: sum(&words),
            since,
            until,
            run,
            run_words,
            prose,
        }
    }

    /// Whether the line stands elsewhere too, and how its words recur in the running text and the title.
    fn repeats(&self, n: usize, lines: &[Line<'_>], row: &mut Vec<f32>) {
        let text = &lines[n].folded;
        let next = lines.get(n + 1).map_or("", |line| &line.folded);
        let before = n.checked_sub(1).map_or("", |at| &lines[at].folded);
        let begins = |long: &str, short: &str| flag(short.len() > 15 && long.starts_with(short));
        row.push(flag(self.count.get(text.as_str()).is_some_and(|&count| count > 1)));
        row.push(flag(self.earlier[n] > 0));
        row.push(begins(next, text));
        row.push(begins(text, before));
    }

    fn place(&self, n: usize, shapes: &[Shape], row: &mut Vec<f32>) {
        let words = &shapes[n].topic;
        let own = usize::from(self.prose[n]);
        let shared = words
            .iter()
            .filter(|word| self.topic.get(word.as_str()).is_some_and(|&count| count > own))
            .count();
        let titled = words.iter().filter(|word| self.title.contains(*word)).count();
        row.push(self.on_topic[n]);
        row.push(if words.is_empty() { 0.0 } else { share(titled, words.len()) });
        let lines = self.prose.len();
        row.push(share(n, lines.saturating_sub(1)));
        row.push(self.words_before[n] / self.words_before[lines].max(1.0));
    }

    fn windows(&self, n: usize, row: &mut Vec<f32>) {
        let lines = self.prose.len();
        for width in WINDOWS {
            let (low, high) = (n.saturating_sub(width), (n + width + 1).min(lines));
            row.push(self.prose_before[n] - self.prose_before[low]);
            row.push(self.prose_before[high] - self.prose_before[n + 1]);
            row.push((self.prose_lines_before[high] - self.prose_lines_before[low]) / (high - low) as f32);
        }
    }

    /// How the line goes with those around it: the same beginnings, the same words, the same shape.
    fn company(&self, n: usize, lines: &[Line<'_>], shapes: &[Shape], row: &mut Vec<f32>) {
        let others = self.starts.get(start(&lines[n].folded)).map_or(0, |&count| count - 1);
        row.push(others.min(ALIKE) as f32);
        let words = &shapes[n].topic;
        let (low, high) = (n.saturating_sub(NEAR), (n + NEAR + 1).min(lines.len()));
        let near = (low..high).filter(|&at| lines[at].folded != lines[n].folded);
        let near: Vec<usize> = near.collect();
        let has = |word: &&String| near.iter().any(|&at| shapes[at].topic.contains(*word));
        let shared = words.iter().filter(has).count();
        row.push(share(shared, words.len()));
        let again = self.count.get(lines[n].folded.as_str()).copied().unwrap_or(1);
        let elsewhere = |word: &&String| self.any_topic.get(word.as_str()).is_some_and(|&count| count > again);
        row.push(share(words.iter().filter(elsewhere).count(), words.len()));
        for step in [-2, -1, 1, 2] {
            let neighbour = n.checked_add_signed(step).and_then(|at| self.on_topic.get(at));
            row.push(neighbour.copied().unwrap_or(-1.0));
        }
        let (low, high) = (n.saturating_sub(6), (n + 7).min(lines.len()));
        let (mut sum, mut weight) = (0.0, 0.0);
        for at in low..high {
            sum += self.on_topic[at] * lines[at].words as f32;
            weight += lines[at].words as f32;
        }
        row.push(sum / weight.max(1.0));
        row.extend([self.since_related[n], self.until_related[n], self.since_comments[n]]);
        let alike = |at: usize| {
            lines[at].words.abs_diff(lines[n].words) <= 2 && lines[at].ends == lines[n].ends
                && shapes[at].neighbour[2] == shapes[n].neighbour[2]
        };
        row.push((low..high).filter(|&at| at != n && alike(at)).count() as f32);
    }

    fn run(&self, n: usize, row: &mut Vec<f32>) {
        let lines = self.prose.len();
        let all = self.prose_before[lines];
        let (first, last) = (self.run.0 as f32, self.run.1 as f32);
        let at = n as f32;
        row.extend([
            self.since[n],
            self.until[n],
            flag(self.prose[n]),
            flag(first <= at && at <= last),
            (at - first).clamp(-30.0, 30.0),
            (last - at).clamp(-30.0, 30.0),
            self.prose_lines_before[lines] / lines.max(1) as f32,
            lines as f32,
            all,
            self.prose_before[n] / all.max(1.0),
            self.run_words / all.max(1.0),
        ]);
    }
}

/// The run of lines with the greatest sum of weights (J. Kadane), and that sum.
fn best_run(lines: usize, weight: impl Fn(usize) -> f32) -> ((usize, usize), f32) {
    let (mut best, mut best_sum, mut sum, mut start) = ((0, 0), 0.0, 0.0, 0);
    for n in 0..lines {
        if sum <= 0.0 {
            (sum, start) = (0.0, n);
        }
        sum += weight(n);
        if sum > best_sum {
            (best, best_sum) = ((start, n), sum);
        }
    }
    (best, best_sum)
}

/// Lines since the last prose before each line, and until the next one after it.
fn distances(prose: &[bool]) -> (Vec<f32>, Vec<f32>) {
    let mut last = FAR;
    let mut step = |&is: &bool| {
        last = (last + 1.0).min(FAR);
        let distance = last;
        if is {
            last = 0.0;
        }
        distance
    };
    let since = prose.iter().map(&mut step).collect();
    last = FAR;
    let mut step = |&is: &bool| {
        last = (last + 1.0).min(FAR);
        let distance = last;
        if is {
            last = 0.0;
        }
        distance
    };
    let mut until: Vec<f32> = prose.iter().rev().map(&mut step).collect();
    until.reverse();
    (since, until)
}
