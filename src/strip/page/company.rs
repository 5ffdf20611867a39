//! The second look at a page's blocks: what the first scores say of a block's neighbours, of the elements above it and
//! of those that look like it.
use super::features::{Page, element, ratio, since};

/// Steps to the neighbours whose scores are features.
const NEIGHBOURS: [isize; 6] = [-3, -2, -1, 1, 2, 3];

/// Elements above a block, counted from it, whose mean scores are features.
const LEVELS: [u16; 5] = [0, 1, 2, 4, 7];

/// Blocks to either side that are looked at together.
const WINDOWS: [usize; 3] = [3, 8, 20];

/// The chance of being content up to which the first look has the last word: a second look costs time, and keeps hardly
/// any of these.
pub(super) const WORTH_ASKING: f32 = 0.03;

/// Share of all likely content that an element must hold to be the one around it. Part of the features: the trees were
/// fitted to it.
const HOLDS: f32 = 0.8;

/// The names of the features, in order; those of the first look follow.
pub(crate) fn names() -> Vec<String> {
    let mut all = vec!["score".to_string()];
    all.extend(NEIGHBOURS.map(|step| format!("{step:+}:score")));
    all.extend(WINDOWS.map(|window| format!("window{window}:score")));
    all.extend(LEVELS.iter().flat_map(|level| [format!("up{level}:score"), format!("up{level}:holds")]));
    let list = "look:score item:score list:score page:score page:likely page:best before:score after:score since_likely \
        until_likely since_sure until_sure rank holds:up page:sum";
    all.extend(list.split_whitespace().map(str::to_string));
    all
}

/// Sums of the first scores.
pub(super) struct Company<'a> {
    page: &'a Page<'a>,
    scores: &'a [f32],
    /// Of each element the characters in it, each weighed by its score.
    likely: Vec<f32>,
    /// Before each block: characters weighed by their scores.
    before: Vec<f32>,
    /// Of each look the weighed characters and all.
    looks: Vec<(f32, f32)>,
    /// The same for siblings that look alike under one parent.
    lists: Vec<(f32, f32)>,
    /// Steps since the last likely and the last sure block, and until the next.
    since: [Vec<f32>; 2],
    until: [Vec<f32>; 2],
    /// The place of each block among all, the weightiest first.
    rank: Vec<f32>,
    /// The depth of the lowest element at or above each that holds most of the likely content.
    holds: Vec<u16>,
    /// The best score, and how many are likely.
    best: f32,
    count: f32,
}

/// The chance of being content from which a block is likely to be, and sure to be. Part of the features, too.
const LIKELY: f32 = 0.5;
const SURE: f32 = 0.85;

impl<'a> Company<'a> {
    /// Reads the first scores of all blocks: chances of being content.
    pub(super) fn new(page: &'a Page<'a>, scores: &'a [f32]) -> Company<'a> {
        let blocks = &page.document.blocks;
        let weighed = |n: usize| page.shapes[n].chars * scores[n];
        let places = &page.elements.places;
        let mut likely = vec![0.0; places.len()];
        let mut looks = Vec::new();
        let mut before = vec![0.0];
        for n in 0..blocks.len() {
            likely[element(page.document, n)] += weighed(n);
            before.push(before[n] + weighed(n));
            let look = page.look_of[n];
            if look >= looks.len() {
                looks.resize(look + 1, (0.0, 0.0));
            }
            looks[look] = (looks[look].0 + weighed(n), looks[look].1 + page.shapes[n].chars);
        }
        for n in (1..places.len()).rev() {
            if let Some(parent) = places[n].parent {
                likely[parent as usize] += likely[n];
            }
        }
        let mut lists = vec![(0.0, 0.0); page.elements.lists.len()];
        for (n, place) in places.iter().enumerate().take(page.document.outline.elements.len()) {
            let list = &mut lists[place.list as usize];
            (list.0, list.1) = (list.0 + likely[n], list.1 + place.sums.chars);
        }
        let mut holds: Vec<u16> = vec![0; places.len()];
        for n in 0..places.len() {
            let above = places[n].parent.map_or(0, |parent| holds[parent as usize]);
            holds[n] = if likely[n] >= HOLDS * likely[0] { places[n].depth } else { above };
        }
        let steps = |limit: f32, back: bool| since(blocks.len(), &|n| scores[n] >= limit, back);
        Company {
            page,
            scores,
            likely,
            before,
            looks,
            lists,
            since: [steps(LIKELY, false), steps(SURE, false)],
            until: [steps(LIKELY, true), steps(SURE, true)],
            rank: ranks((0..blocks.len()).map(weighed).collect()),
            holds,
            best: scores.iter().copied().fold(0.0, f32::max),
            count: scores.iter().filter(|score| **score >= LIKELY).count() as f32,
        }
    }

    /// Adds the features of a block.
    pub(super) fn row(&self, n: usize, row: &mut Vec<f32>) {
        let elements = &self.page.elements;
        let element = element(self.page.document, n);
        let place = &elements.places[element];
        row.push(self.scores[n]);
        let at = |step: isize| n.checked_add_signed(step).filter(|&at| at < self.scores.len());
        row.extend(NEIGHBOURS.map(|step| at(step).map_or(-1.0, |at| self.scores[at])));
        let all = self.before[self.scores.len()];
        for window in WINDOWS {
            let (from, to) = (n.saturating_sub(window), (n + window + 1).min(self.scores.len()));
            let own = (self.before[n + 1] - self.before[n], self.page.shapes[n].chars);
            let weighed = self.before[to] - self.before[from] - own.0;
            row.push(ratio(weighed, self.page.before[to] - self.page.before[from] - own.1));
        }
        let (mut up, mut steps) = (element, 0);
        for level in LEVELS {
            while steps < level {
                let Some(parent) = elements.places[up].parent else { break };
                (up, steps) = (parent as usize, steps + 1);
            }
            row.extend([ratio(self.likely[up], elements.places[up].sums.chars), ratio(self.likely[up], all)]);
        }
        let look = self.looks[self.page.look_of[n]];
        let item = place.item.map(|item| item as usize);
        let list = item.map(|item| self.lists[elements.places[item].list as usize]);
        row.extend([
            ratio(look.0, look.1),
            item.map_or(-1.0, |item| ratio(self.likely[item], elements.places[item].sums.chars)),
            list.map_or(-1.0, |list| ratio(list.0, list.1)),
            ratio(all, elements.total.chars),
            self.count,
            self.best,
            ratio(self.before[n], all),
            ratio(all - self.before[n + 1], all),
            self.since[0][n],
            self.until[0][n],
            self.since[1][n],
            self.until[1][n],
            self.rank[n],
            f32::from(place.depth - self.holds[element]),
            all,
        ]);
    }
}

/// The place of each among all by its weight, the weightiest first; of equals the earliest.
fn ranks(weights: Vec<f32>) -> Vec<f32> {
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by(|&a, &b| weights[b].total_cmp(&weights[a]).then(a.cmp(&b)));
    let mut ranks = vec![0.0; weights.len()];
    for (place, n) in order.into_iter().enumerate() {
        ranks[n] = place as f32;
    }
    ranks
}
