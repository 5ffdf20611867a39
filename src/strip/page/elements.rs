//! What is known of the elements around a page's blocks: what stands in each, and what stands above it.
use super::shape::{Shape, hash, joined};
use super::words::{self, Words};
use crate::model::{Document, Element};
use crate::strip::topics::BuildWordHasher;
use std::collections::HashMap;

/// Elements that say something of all that stands in them.
#[rustfmt::skip]
pub(super) const ABOVE: &[&str] = &[
    "article", "main", "nav", "aside", "footer", "header", "form", "table", "ul", "ol", "figure", "section", "blockquote",
    "pre", "li", "dl", "button", "details", "p", "figcaption", "td", "label",
];

/// What a block that is not running text costs the element around it, in words.
const GAP_COST: f32 = 6.0;

/// Siblings that look alike from which they are a list.
const ALIKE: u32 = 3;

/// Sums over the blocks in an element.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sums {
    pub(super) chars: f32,
    pub(super) links: f32,
    pub(super) blocks: f32,
    /// Characters of running text.
    pub(super) good: f32,
    /// Words of running text less what other blocks cost.
    pub(super) weight: f32,
}

/// An element: what stands in it and above it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    pub(super) parent: Option<u32>,
    pub(super) depth: u16,
    pub(super) sums: Sums,
    /// Kinds of elements at and above it, as bits in the order of `ABOVE`.
    pub(super) above: u32,
    /// How many elements at and above it belong to a group of words, and the depth of the lowest that does.
    pub(super) groups: [(u8, u16); words::COUNT],
    /// Its own groups.
    pub(super) own: u32,
    /// Its tag and words, digits apart, hashed.
    pub(super) look: u64,
    /// The list of siblings that look like it, by its number, and its place in it from 1.
    pub(super) list: u32,
    pub(super) place: u32,
    /// The lowest element at or above it that stands in a list of alike ones.
    pub(super) item: Option<u32>,
    /// The highest such.
    pub(super) outer_item: Option<u32>,
    /// The depth of the lowest element at or above it that also holds the title, or the densest element.
    pub(super) with_title: u16,
    pub(super) with_main: u16,
    /// The depth of the lowest element at or above it that holds this share of all running text.
    pub(super) holds: [u16; HOLDS.len()],
}

/// Shares of all running text that an element may hold.
pub(super) const HOLDS: [f32; 3] = [0.3, 0.5, 0.8];

/// The elements of a page.
pub(super) struct Elements {
    pub(super) places: Vec<Place>,
    /// How many siblings of one look stand under one parent, and the characters in them.
    pub(super) lists: Vec<(u32, f32)>,
    /// The sums over the whole page.
    pub(super) total: Sums,
}

impl Elements {
    /// Reads a page. `title` is the block that holds its title.
    pub(super) fn new(document: &Document, shapes: &[Shape], title: Option<usize>) -> Elements {
        let outline = &document.outline.elements;
        let mut places: Vec<Place> = vec![Place::default(); outline.len().max(1)];
        add_up(document, shapes, &mut places);
        let total = places[0].sums;
        let lists = read_looks(outline, &mut places);
        let marked = |from: Option<u32>| {
            let mut marks = vec![false; places.len()];
            document.outline.upwards(from).for_each(|(n, _)| marks[n as usize] = true);
            marks
        };
        let with_title = marked(title.and_then(|block| document.blocks[block].evidence.element));
        let with_main = marked(densest(&places));
        let outermost = Place::default();
        for (n, element) in outline.iter().enumerate() {
            // Parents stand before children.
            let (before, rest) = places.split_at_mut(n);
            let above = element.parent.map_or(&outermost, |parent| &before[parent as usize]);
            let place = &mut rest[0];
            place.parent = element.parent;
            place.stand_under(above);
            let is_item = lists[place.list as usize].0 >= ALIKE;
            place.item = if is_item { Some(n as u32) } else { above.item };
            place.outer_item = above.outer_item.or(is_item.then_some(n as u32));
            place.with_title = if with_title[n] { place.depth } else { above.with_title };
            place.with_main = if with_main[n] { place.depth } else { above.with_main };
            for (slot, share) in place.holds.iter_mut().zip(HOLDS) {
                if place.sums.good >= share * total.good {
                    *slot = place.depth;
                }
            }
        }
        Elements { places, lists, total }
    }
}

impl Place {
    /// Takes over what the element above it hands down: kinds, groups of words, and what holds how much.
    fn stand_under(&mut self, above: &Place) {
        self.depth = above.depth + 1;
        self.above |= above.above;
        self.groups = above.groups;
        let mut own = self.own;
        while own != 0 {
            let group = &mut self.groups[own.trailing_zeros() as usize];
            *group = (group.0.saturating_add(1), self.depth);
            own &= own - 1;
        }
        self.holds = above.holds;
    }
}

/// Reads the tags and words of all elements into their places. Returns the lists of siblings that look alike: how many
/// stand in each, and the characters in them.
fn read_looks(outline: &[Element], places: &mut [Place]) -> Vec<(u32, f32)> {
    let mut numbers: HashMap<(Option<u32>, u64), u32, BuildWordHasher> =
        HashMap::with_capacity_and_hasher(outline.len(), BuildWordHasher::default());
    let mut lists: Vec<(u32, f32)> = Vec::new();
    let (mut words, mut tags) = (Words::default(), Tags::default());
    for (element, place) in outline.iter().zip(places) {
        let (said, tag) = (words.of(&element.words), tags.of(&element.tag));
        place.own = said.groups;
        place.above = tag.above;
        place.look = joined(tag.hash, said.look);
        let number = *numbers.entry((element.parent, place.look)).or_insert(lists.len() as u32);
        if number as usize == lists.len() {
            lists.push((0, 0.0));
        }
        let list = &mut lists[number as usize];
        (list.0, list.1) = (list.0 + 1, list.1 + place.sums.chars);
        (place.list, place.place) = (number, list.0);
    }
    lists
}

/// Adds each block to its element, and each element to its parent.
fn add_up(document: &Document, shapes: &[Shape], places: &mut [Place]) {
    for (block, shape) in document.blocks.iter().zip(shapes) {
        let sums = &mut places[block.evidence.element.unwrap_or(0) as usize].sums;
        sums.chars += shape.chars;
        sums.links += shape.chars * shape.link_share;
        sums.blocks += 1.0;
        if shape.is_good() {
            sums.good += shape.chars;
            sums.weight += shape.words * (1.0 - shape.link_share);
        } else {
            sums.weight -= GAP_COST * shape.link_share;
        }
    }
    for n in (0..document.outline.elements.len()).rev() {
        if let Some(parent) = document.outline.elements[n].parent {
            let own = places[n].sums;
            let sums = &mut places[parent as usize].sums;
            sums.chars += own.chars;
            sums.links += own.links;
            sums.blocks += own.blocks;
            sums.good += own.good;
            sums.weight += own.weight;
        }
    }
}

/// The innermost element with the greatest weight.
fn densest(places: &[Place]) -> Option<u32> {
    let best = places.iter().map(|place| place.sums.weight).fold(0.0, f32::max);
    (best > 0.0).then(|| places.iter().rposition(|place| place.sums.weight >= best).unwrap_or(0) as u32)
}

/// What a tag says.
#[derive(Clone, Copy)]
struct Tag {
    hash: u64,
    /// Its bit, if it is one of [`ABOVE`].
    above: u32,
}

/// What each tag on a page says, looked up once.
#[derive(Default)]
struct Tags<'a>(HashMap<&'a str, Tag, BuildWordHasher>);

impl<'a> Tags<'a> {
    fn of(&mut self, tag: &'a str) -> Tag {
        *self.0.entry(tag).or_insert_with(|| Tag {
            hash: hash(tag.bytes()),
            above: ABOVE.iter().position(|known| *known == tag).map_or(0, |at| 1 << at),
        })
    }
}
