//! The features of a page's blocks: their shape, the elements above them, their company, and the page.
use super::elements::{ABOVE, Elements, HOLDS, Place, Sums};
use super::shape::{Known, Shape, hashed_runs, hashed_words};
use super::words;
use crate::model::{BlockKind, Document};
use crate::strip::topics::BuildWordHasher;
use std::collections::HashMap;

/// Steps to the neighbours whose shape is a feature.
const NEIGHBOURS: [isize; 6] = [-3, -2, -1, 1, 2, 3];

/// Elements above a block, counted from it, whose sums are features.
const LEVELS: [u16; 5] = [0, 1, 2, 4, 7];

/// Blocks to either side that are looked at together.
const WINDOWS: [usize; 2] = [4, 12];

/// What a page may say that it is.
const TYPES: &[&str] = &["article", "product", "discussion", "qapage", "list", "website", "recipe", "video"];

/// The claimed body that is read, in characters: more than any article has.
const CLAIMED_CHARS: usize = 200_000;

/// The names of the features, in order.
pub(crate) fn names() -> Vec<String> {
    let list = |names: &str| names.split_whitespace().map(str::to_string).collect::<Vec<_>>();
    let mut all = list(
        "chars words link_share marks commas ends upper digits capitals unspaced word_length title_of title_in \
         description claimed again again_before hidden heading kind good",
    );
    all.extend(list(
        "place place_chars since_good until_good good_before good_after since_title until_title \
         chars_since_title since_heading heading_level heading_in_title depth tag",
    ));
    all.extend(ABOVE.iter().map(|tag| format!("in:{tag}")));
    for group in words::names() {
        all.extend([format!("{group}:count"), format!("{group}:near")]);
    }
    for level in LEVELS {
        all.extend(["share", "links", "blocks", "good"].map(|name| format!("up{level}:{name}")));
    }
    all.extend(HOLDS.iter().flat_map(|share| [format!("holds{share}:up"), format!("holds{share}:share")]));
    all.extend(list("with_title:up with_title:depth with_main:up with_main:depth inside_main main_share"));
    for item in ["item", "outer_item"] {
        all.extend(["up", "alike", "place", "chars", "list", "links"].map(|name| format!("{item}:{name}")));
    }
    for name in ["count", "chars", "links", "ends", "words", "good"] {
        all.push(format!("look:{name}"));
    }
    for step in NEIGHBOURS {
        all.extend(
            ["words", "links", "marks", "ends", "near", "heading"].map(|name| format!("{step:+}:{name}")),
        );
    }
    for window in WINDOWS {
        all.extend(
            ["before:good", "after:good", "links", "ends"].map(|name| format!("window{window}:{name}")),
        );
    }
    all.extend(list(
        "page:blocks page:chars page:good page:links page:claimed page:title page:unspaced page:mean \
         page:main page:headings page:paragraphs page:hidden",
    ));
    all.extend(TYPES.iter().map(|name| format!("page:{name}")));
    all
}

fn known(document: &Document) -> Known {
    let mut known = Known::default();
    if let Some(title) = &document.fields.title {
        hashed_words(title, |word| {
            known.title.insert(word);
        });
    }
    if let Some(description) = &document.claims.description {
        hashed_runs(description, |run| {
            known.description.insert(run);
        });
    }
    if let Some(body) = &document.claims.article_body {
        let end = body.char_indices().nth(CLAIMED_CHARS).map_or(body.len(), |(at, _)| at);
        hashed_runs(&body[..end], |run| {
            known.body.insert(run);
        });
    }
    known
}

/// The block that holds the page's title: a heading at best, of those most like it.
fn title_block(document: &Document, shapes: &[Shape]) -> Option<usize> {
    let rank = |n: usize| {
        let heading = match document.blocks[n].kind {
            BlockKind::Heading(1) => 0.5,
            BlockKind::Heading(_) => 0.2,
            _ => 0.0,
        };
        let hidden = if document.blocks[n].evidence.hidden { -0.5 } else { 0.0 };
        shapes[n].title.0 * shapes[n].title.1 + heading + hidden
    };
    (0..shapes.len()).filter(|&n| rank(n) >= 0.5).max_by(|&a, &b| rank(a).total_cmp(&rank(b)).then(b.cmp(&a)))
}

/// A group of blocks that look alike: the same element, in the same one.
#[derive(Default, Clone, Copy)]
struct Look {
    count: f32,
    chars: f32,
    links: f32,
    ends: f32,
    words: f32,
    good: f32,
}

/// The groups of blocks that look alike, and the group of each block.
fn looks(document: &Document, shapes: &[Shape], elements: &Elements) -> (Vec<Look>, Vec<usize>) {
    let mut index: HashMap<(u64, u64), usize, BuildWordHasher> =
        HashMap::with_capacity_and_hasher(shapes.len(), BuildWordHasher::default());
    let mut looks: Vec<Look> = Vec::new();
    let mut look_of = Vec::with_capacity(shapes.len());
    for (n, shape) in shapes.iter().enumerate() {
        let place = &elements.places[element(document, n)];
        let above = place.parent.map_or(0, |parent| elements.places[parent as usize].look);
        let at = *index.entry((place.look, above)).or_insert_with(|| {
            looks.push(Look::default());
            looks.len() - 1
        });
        look_of.push(at);
        let look = &mut looks[at];
        look.count += 1.0;
        look.chars += shape.chars;
        look.links += shape.chars * shape.link_share;
        look.ends += flag(shape.ends);
        look.words += shape.words;
        look.good += flag(shape.is_good());
    }
    (looks, look_of)
}

/// The heading above each block.
fn headings(shapes: &[Shape]) -> Vec<Option<usize>> {
    let mut last = None;
    let above = shapes.iter().enumerate().map(|(n, shape)| {
        let above = last;
        last = if is_heading(shape) { Some(n) } else { last };
        above
    });
    above.collect()
}

/// The innermost element around a block.
pub(super) fn element(document: &Document, block: usize) -> usize {
    document.blocks[block].evidence.element.unwrap_or(0) as usize
}

/// All that is known of a page before any block is scored.
pub(super) struct Page<'a> {
    pub(super) document: &'a Document,
    pub(super) shapes: Vec<Shape>,
    pub(super) elements: Elements,
    looks: Vec<Look>,
    pub(super) look_of: Vec<usize>,
    /// Characters before each block, and of running text.
    pub(super) before: Vec<f32>,
    good_before: Vec<f32>,
    links_before: Vec<f32>,
    ends_before: Vec<f32>,
    since_good: Vec<f32>,
    until_good: Vec<f32>,
    again: HashMap<u64, (f32, usize), BuildWordHasher>,
    title: Option<usize>,
    /// The heading above each block.
    heading: Vec<Option<usize>>,
    of_page: Vec<f32>,
    /// The depth of the densest element.
    main_depth: u16,
}

impl<'a> Page<'a> {
    /// Reads a page.
    pub(super) fn new(document: &'a Document) -> Page<'a> {
        let known = known(document);
        let shapes: Vec<Shape> = document.blocks.iter().map(|block| Shape::new(block, &known)).collect();
        let title = title_block(document, &shapes);
        let elements = Elements::new(document, &shapes, title);
        let (looks, look_of) = looks(document, &shapes, &elements);
        let running = |value: &dyn Fn(usize) -> f32| {
            let mut sum = 0.0;
            let mut all = vec![0.0];
            for n in 0..shapes.len() {
                sum += value(n);
                all.push(sum);
            }
            all
        };
        let good = |n: usize| shapes[n].is_good();
        let mut again: HashMap<u64, (f32, usize), BuildWordHasher> =
            HashMap::with_capacity_and_hasher(shapes.len(), BuildWordHasher::default());
        for (n, shape) in shapes.iter().enumerate() {
            again.entry(shape.key).or_insert((0.0, n)).0 += 1.0;
        }
        let main_depth = elements.places.iter().map(|place| place.with_main).max().unwrap_or_default();
        let mut page = Page {
            document,
            looks,
            look_of,
            before: running(&|n| shapes[n].chars),
            good_before: running(&|n| if good(n) { shapes[n].chars } else { 0.0 }),
            links_before: running(&|n| shapes[n].chars * shapes[n].link_share),
            ends_before: running(&|n| flag(shapes[n].ends)),
            since_good: since(shapes.len(), &good, false),
            until_good: since(shapes.len(), &good, true),
            again,
            title,
            heading: headings(&shapes),
            of_page: Vec::new(),
            main_depth,
            shapes,
            elements,
        };
        page.of_page = page.page(&known);
        page
    }

    /// Adds the features of a block.
    pub(super) fn row(&self, n: usize, row: &mut Vec<f32>) {
        let place = &self.elements.places[element(self.document, n)];
        self.own(n, row);
        self.standing(n, place, row);
        row.extend((0..ABOVE.len()).map(|tag| flag(place.above & 1 << tag != 0)));
        for &(count, depth) in &place.groups {
            let near = if count == 0 { 99 } else { place.depth - depth };
            row.extend([f32::from(count), f32::from(near)]);
        }
        self.around(place, row);
        self.lists(place, row);
        self.look(n, row);
        self.neighbours(n, row);
        self.windows(n, row);
        row.extend_from_slice(&self.of_page);
    }

    fn own(&self, n: usize, row: &mut Vec<f32>) {
        let (shape, block) = (&self.shapes[n], &self.document.blocks[n]);
        let (again, first) = self.again[&shape.key];
        row.extend([
            shape.chars,
            shape.words,
            shape.link_share,
            shape.marks,
            shape.commas,
            flag(shape.ends),
            shape.upper,
            shape.digits,
            shape.capitals,
            shape.unspaced,
            ratio(shape.chars, shape.words),
            shape.title.0,
            shape.title.1,
            shape.description,
            shape.body,
            again,
            flag(first < n),
            flag(block.evidence.hidden),
            heading_level(shape),
            kind_number(block.kind),
            flag(shape.is_good()),
        ]);
    }

    fn standing(&self, n: usize, place: &Place, row: &mut Vec<f32>) {
        let total = self.elements.total;
        let from_title = self.title.map_or(-99.0, |title| n as f32 - title as f32);
        let chars_since_title = self.title.map_or(-1.0, |title| (self.before[n] - self.before[title]).abs());
        let heading = self.heading[n];
        row.extend([
            ratio(n as f32, self.shapes.len() as f32),
            ratio(self.before[n], total.chars),
            self.since_good[n],
            self.until_good[n],
            ratio(self.good_before[n], total.good),
            ratio(total.good - self.good_before[n + 1], total.good),
            from_title.max(-1.0),
            (-from_title).max(-1.0),
            chars_since_title,
            heading.map_or(-1.0, |heading| (n - heading) as f32),
            heading.map_or(0.0, |heading| heading_level(&self.shapes[heading])),
            heading.map_or(-1.0, |heading| self.shapes[heading].title.1),
            f32::from(place.depth),
            self.tag(n),
        ]);
    }

    /// The innermost element, as a number.
    fn tag(&self, n: usize) -> f32 {
        const TAGS: &[&str] =
            &["p", "div", "li", "td", "span", "section", "article", "body", "dd", "dt", "center", "address"];
        let element = self.document.blocks[n].evidence.element;
        let tag = element.map(|at| &*self.document.outline.elements[at as usize].tag).unwrap_or_default();
        TAGS.iter().position(|known| *known == tag).unwrap_or(TAGS.len()) as f32
    }

    fn around(&self, place: &Place, row: &mut Vec<f32>) {
        let total = self.elements.total;
        let sums = |sums: Sums| {
            [
                ratio(sums.chars, total.chars),
                ratio(sums.links, sums.chars),
                sums.blocks,
                ratio(sums.good, total.good),
            ]
        };
        let mut steps = 0;
        let mut at = place;
        for level in LEVELS {
            while steps < level {
                let Some(parent) = at.parent else { break };
                at = &self.elements.places[parent as usize];
                steps += 1;
            }
            row.extend(sums(at.sums));
        }
        let share_at = |depth: u16| {
            let mut at = place;
            while at.depth > depth {
                let Some(parent) = at.parent else { break };
                at = &self.elements.places[parent as usize];
            }
            ratio(at.sums.chars, total.chars)
        };
        for depth in place.holds {
            row.extend([f32::from(place.depth - depth), share_at(depth)]);
        }
        let main = share_at(place.with_main);
        row.extend([
            f32::from(place.depth - place.with_title),
            f32::from(place.with_title),
            f32::from(place.depth - place.with_main),
            f32::from(place.with_main),
            flag(place.with_main == self.main_depth),
            main,
        ]);
    }

    fn lists(&self, place: &Place, row: &mut Vec<f32>) {
        for item in [place.item, place.outer_item] {
            let Some(item) = item else {
                row.extend([-1.0; 6]);
                continue;
            };
            let own = &self.elements.places[item as usize];
            let (alike, list) = self.elements.lists[own.list as usize];
            row.extend([
                f32::from(place.depth - own.depth),
                alike as f32,
                own.place as f32,
                own.sums.chars,
                ratio(list, self.elements.total.chars),
                ratio(own.sums.links, own.sums.chars),
            ]);
        }
    }

    fn look(&self, n: usize, row: &mut Vec<f32>) {
        let look = self.looks[self.look_of[n]];
        row.extend([
            look.count,
            ratio(look.chars, self.elements.total.chars),
            ratio(look.links, look.chars),
            ratio(look.ends, look.count),
            ratio(look.words, look.count),
            ratio(look.good, look.count),
        ]);
    }

    fn neighbours(&self, n: usize, row: &mut Vec<f32>) {
        let element = self.document.blocks[n].evidence.element;
        let parent = |element: Option<u32>| element.and_then(|at| self.elements.places[at as usize].parent);
        for step in NEIGHBOURS {
            let Some(at) = n.checked_add_signed(step).filter(|&at| at < self.shapes.len()) else {
                row.extend([-1.0; 6]);
                continue;
            };
            let (shape, other) = (&self.shapes[at], self.document.blocks[at].evidence.element);
            let near = if other == element { 2.0 } else { flag(parent(other) == parent(element)) };
            row.extend([
                shape.words,
                shape.link_share,
                shape.marks,
                flag(shape.ends),
                near,
                heading_level(shape),
            ]);
        }
    }

    fn windows(&self, n: usize, row: &mut Vec<f32>) {
        for window in WINDOWS {
            let (from, to) = (n.saturating_sub(window), (n + window + 1).min(self.shapes.len()));
            let sum = |sums: &[f32], from: usize, to: usize| sums[to] - sums[from];
            let chars = |from, to| sum(&self.before, from, to);
            row.extend([
                ratio(sum(&self.good_before, from, n), chars(from, n)),
                ratio(sum(&self.good_before, n + 1, to), chars(n + 1, to)),
                ratio(sum(&self.links_before, from, to), chars(from, to)),
                ratio(sum(&self.ends_before, from, to), (to - from) as f32),
            ]);
        }
    }

    fn page(&self, known: &Known) -> Vec<f32> {
        let (total, claims) = (self.elements.total, &self.document.claims);
        let count = self.shapes.len() as f32;
        let unspaced: f32 = self.shapes.iter().map(|shape| shape.unspaced * shape.chars).sum();
        let kinds = |is: fn(&BlockKind) -> bool| {
            self.document.blocks.iter().filter(|block| is(&block.kind)).count() as f32
        };
        let hidden: f32 = (0..self.shapes.len())
            .filter(|&n| self.document.blocks[n].evidence.hidden)
            .map(|n| self.shapes[n].chars)
            .sum();
        let mut row = vec![
            count,
            total.chars,
            ratio(total.good, total.chars),
            ratio(total.links, total.chars),
            known.body.len() as f32,
            known.title.len() as f32,
            ratio(unspaced, total.chars),
            ratio(total.chars, count),
            f32::from(self.main_depth),
            kinds(|kind| matches!(kind, BlockKind::Heading(_))),
            kinds(|kind| *kind == BlockKind::Paragraph),
            ratio(hidden, total.chars),
        ];
        row.extend(TYPES.iter().map(|name| flag(claims.is(name))));
        row
    }
}

/// Steps since the last block of a kind, or until the next one.
pub(super) fn since(count: usize, is: &dyn Fn(usize) -> bool, backwards: bool) -> Vec<f32> {
    const NONE: f32 = 99.0;
    let mut steps = vec![NONE; count];
    let mut last = NONE;
    for step in 0..count {
        let n = if backwards { count - 1 - step } else { step };
        steps[n] = last;
        last = if is(n) { 1.0 } else { (last + 1.0).min(NONE) };
    }
    steps
}

fn is_heading(shape: &Shape) -> bool {
    matches!(shape.kind, BlockKind::Heading(_))
}

fn heading_level(shape: &Shape) -> f32 {
    match shape.kind {
        BlockKind::Heading(level) => f32::from(level),
        _ => 0.0,
    }
}

fn kind_number(kind: BlockKind) -> f32 {
    match kind {
        BlockKind::Paragraph => 0.0,
        BlockKind::Heading(_) => 1.0,
        BlockKind::Quote => 2.0,
        BlockKind::ListItem => 3.0,
        BlockKind::Code => 4.0,
        BlockKind::TableRow => 5.0,
        BlockKind::Caption => 6.0,
        BlockKind::Line => 7.0,
    }
}

/// A part of a whole; nothing of nothing.
pub(super) fn ratio(part: f32, of: f32) -> f32 {
    if of > 0.0 { part / of } else { 0.0 }
}

/// A truth as a number.
pub(super) fn flag(is: bool) -> f32 {
    f32::from(u8::from(is))
}
