//! What a line's place in its document tells, counted once for all lines: repeats, running text around it, the
//! words it shares with the rest.
use super::{flag, share};
use crate::rules::Category;
use crate::strip::numbers::numbered;
use crate::strip::sheet::{Line, Sheet};

/// The price of a line that is not prose in the best run of prose, in words.
const GAP_COST: f32 = 6.0;

/// Widths of the windows whose prose is a feature, in lines to either side.
const WINDOWS: [usize; 3] = [3, 6, 12];

/// Lines to either side that are company, in words they share and in shape.
const NEAR: usize = 12;
const CLOSE: usize = 6;

/// Lines with the same beginning that are counted, at most.
const ALIKE: u32 = 30;

/// Bytes from which a line that begins another one says something.
const PREFIX_BYTES: usize = 16;

/// What a distance to something that is not there is taken for, in lines.
const FAR: f32 = 99.0;

/// Lines from the ends of the best run of prose beyond which a distance says no more.
const RUN_REACH: f32 = 30.0;

/// What the places of the lines of a document tell.
pub(super) struct Surroundings<'a> {
    lines: &'a [Line<'a>],
    /// How often each line stands in the document, and how often before this place. A sentence is not said
    /// again by a caption without its full stop.
    copies: Vec<u32>,
    earlier: Vec<u32>,
    /// Lines that begin with the same two words, the line itself among them.
    begun_alike: Vec<u32>,
    /// Whether each word is in the title, by its number.
    title: Vec<bool>,
    prose: Vec<bool>,
    /// Words of prose, lines of prose, and words, before each line; the last is the sum of all.
    prose_before: Vec<f32>,
    prose_lines_before: Vec<f32>,
    words_before: Vec<f32>,
    since_prose: Vec<f32>,
    until_prose: Vec<f32>,
    run: (usize, usize),
    run_words: f32,
    /// The share of each line's words that the running text, the lines near it, any other line has too.
    on_topic: Vec<f32>,
    /// The words before each line, each by as much as its line is on topic; the last is the sum of all.
    on_topic_before: Vec<f64>,
    topic_near: Vec<f32>,
    topic_any: Vec<f32>,
    since_related: Vec<f32>,
    until_related: Vec<f32>,
    since_comments: Vec<f32>,
}

impl<'a> Surroundings<'a> {
    pub(super) fn new(sheet: &'a Sheet<'a>) -> Surroundings<'a> {
        let lines = &sheet.lines[..];
        let words_in_all = sheet.memory.topics.len();
        let texts = numbered(lines.iter().map(|line| line.key));
        let ending = |(&text, line): (&u32, &Line<'_>)| 2 * text + u32::from(line.ends);
        let (copies, earlier) = counts(texts.iter().zip(lines).map(ending).collect());
        let (begun_alike, _) = counts(numbered(lines.iter().map(|line| line.start)));
        let prose: Vec<bool> = lines.iter().map(Line::is_prose).collect();
        let words = |n: usize| lines[n].words() as f32;
        let (run, run_words) = best_run(lines.len(), |n| if prose[n] { words(n) } else { -GAP_COST });
        let (since_prose, until_prose) = distances(&prose);
        let on_topic = shared_with(lines, words_in_all, |n| prose[n], |n| u32::from(prose[n]));
        let any = |categories: &[Category]| -> Vec<bool> {
            lines.iter().map(|line| categories.iter().any(|&category| line.is(category))).collect()
        };
        let (since_related, until_related) =
            distances(&any(&[Category::Related, Category::Newsletter, Category::Share]));
        let (since_comments, _) = distances(&any(&[Category::Comments, Category::Legal]));
        Surroundings {
            lines,
            earlier,
            begun_alike,
            title: sheet.title_topic(),
            prose_before: sums(lines.len(), |n| if prose[n] { words(n) } else { 0.0 }),
            prose_lines_before: sums(lines.len(), |n| flag(prose[n])),
            words_before: sums(lines.len(), words),
            since_prose,
            until_prose,
            run,
            run_words,
            on_topic_before: sums(lines.len(), |n| f64::from(on_topic[n] * words(n))),
            on_topic,
            topic_near: shared_nearby(lines, &texts, words_in_all),
            topic_any: shared_with(lines, words_in_all, |_| true, |n| copies[n]),
            since_related,
            until_related,
            since_comments,
            copies,
            prose,
        }
    }

    /// Whether the line stands elsewhere too, or begins where another does.
    pub(super) fn repeats(&self, n: usize, row: &mut Vec<f32>) {
        let text = self.lines[n].folded();
        let next = self.lines.get(n + 1).map_or("", |line| line.folded());
        let before = n.checked_sub(1).map_or("", |at| self.lines[at].folded());
        let begins = |long: &str, short: &str| flag(short.len() >= PREFIX_BYTES && long.starts_with(short));
        row.push(flag(self.copies[n] > 1));
        row.push(flag(self.earlier[n] > 0));
        row.push(begins(next, text));
        row.push(begins(text, before));
    }

    /// What the line says of the document's topic, and where it stands.
    pub(super) fn place(&self, n: usize, row: &mut Vec<f32>) {
        let words = self.lines[n].topic();
        let titled = words.iter().filter(|&&word| self.title.get(word as usize) == Some(&true)).count();
        let lines = self.lines.len();
        row.push(self.on_topic[n]);
        row.push(share(titled, words.len()));
        row.push(share(n, lines.saturating_sub(1)));
        row.push(self.words_before[n] / self.words_before[lines].max(1.0));
    }

    /// The running text before and after the line, near and far.
    pub(super) fn windows(&self, n: usize, row: &mut Vec<f32>) {
        for width in WINDOWS {
            let (low, high) = (n.saturating_sub(width), (n + width + 1).min(self.lines.len()));
            row.push(self.prose_before[n] - self.prose_before[low]);
            row.push(self.prose_before[high] - self.prose_before[n + 1]);
            row.push((self.prose_lines_before[high] - self.prose_lines_before[low]) / (high - low) as f32);
        }
    }

    /// The best run of prose, and how much of the document it is.
    pub(super) fn run(&self, n: usize, row: &mut Vec<f32>) {
        let lines = self.lines.len();
        let all = self.prose_before[lines];
        let (first, last, at) = (self.run.0 as f32, self.run.1 as f32, n as f32);
        row.extend([
            self.since_prose[n],
            self.until_prose[n],
            flag(self.prose[n]),
            flag(first <= at && at <= last),
            (at - first).clamp(-RUN_REACH, RUN_REACH),
            (last - at).clamp(-RUN_REACH, RUN_REACH),
            self.prose_lines_before[lines] / lines as f32,
            lines as f32,
            all,
            self.prose_before[n] / all.max(1.0),
            self.run_words / all.max(1.0),
        ]);
    }

    /// How the line goes with those around it: the same beginnings, the same words, the same shape.
    pub(super) fn company(&self, n: usize, row: &mut Vec<f32>) {
        let others = self.begun_alike[n] - 1;
        row.extend([others.min(ALIKE) as f32, self.topic_near[n], self.topic_any[n]]);
        for step in [-2, -1, 1, 2] {
            let neighbour = n.checked_add_signed(step).and_then(|at| self.on_topic.get(at));
            row.push(neighbour.copied().unwrap_or(-1.0));
        }
        let close = n.saturating_sub(CLOSE)..(n + CLOSE + 1).min(self.lines.len());
        let (first, end) = (close.start, close.end);
        let weighted = self.on_topic_before[end] - self.on_topic_before[first];
        let words = self.words_before[end] - self.words_before[first];
        row.push(weighted as f32 / words.max(1.0));
        row.extend([self.since_related[n], self.until_related[n], self.since_comments[n]]);
        row.push(close.filter(|&at| at != n && self.alike(at, n)).count() as f32);
    }

    /// Whether two lines are as long and end alike.
    fn alike(&self, a: usize, b: usize) -> bool {
        let (a, b) = (&self.lines[a], &self.lines[b]);
        a.words().abs_diff(b.words()) <= 2 && a.ends == b.ends && a.is_suspect() == b.is_suspect()
    }
}

/// The sums before each place, and of all.
fn sums<T: Default + Copy + std::ops::AddAssign>(lines: usize, value: impl Fn(usize) -> T) -> Vec<T> {
    let mut sums = Vec::with_capacity(lines + 1);
    let mut sum = T::default();
    sums.push(sum);
    for n in 0..lines {
        sum += value(n);
        sums.push(sum);
    }
    sums
}

/// How often each number is among all of them, and how often before its place.
fn counts(mut numbers: Vec<u32>) -> (Vec<u32>, Vec<u32>) {
    let mut count = vec![0; numbers.iter().max().map_or(0, |&most| most as usize + 1)];
    let mut earlier = Vec::with_capacity(numbers.len());
    for &number in &numbers {
        earlier.push(count[number as usize]);
        count[number as usize] += 1;
    }
    numbers.iter_mut().for_each(|number| *number = count[*number as usize]);
    (numbers, earlier)
}

/// The share of each line's words that more of the chosen lines have than `own` says are its own.
fn shared_with(
    lines: &[Line<'_>],
    words_in_all: usize,
    chosen: impl Fn(usize) -> bool,
    own: impl Fn(usize) -> u32,
) -> Vec<f32> {
    let mut count = vec![0_u32; words_in_all];
    for (_, line) in lines.iter().enumerate().filter(|(n, _)| chosen(*n)) {
        line.topic().iter().for_each(|&word| count[word as usize] += 1);
    }
    let shared = |n: usize, words: &[u32]| {
        let own = own(n);
        words.iter().filter(|&&word| count[word as usize] > own).count()
    };
    lines.iter().enumerate().map(|(n, line)| share(shared(n, line.topic()), line.topic().len())).collect()
}

/// The share of each line's words that other lines near it have too; copies of the line, told by the numbers of
/// their texts, are no others.
fn shared_nearby(lines: &[Line<'_>], texts: &[u32], words_in_all: usize) -> Vec<f32> {
    let mut words = vec![0_u32; words_in_all];
    let mut copies = vec![0_u32; lines.len()];
    let mut shares = Vec::with_capacity(lines.len());
    for n in 0..lines.len() + NEAR {
        if let Some(line) = lines.get(n) {
            copies[texts[n] as usize] += 1;
            line.topic().iter().for_each(|&word| words[word as usize] += 1);
        }
        let Some(at) = n.checked_sub(NEAR) else { continue };
        if let Some(gone) = at.checked_sub(NEAR + 1) {
            copies[texts[gone] as usize] -= 1;
            lines[gone].topic().iter().for_each(|&word| words[word as usize] -= 1);
        }
        let own = copies[texts[at] as usize];
        let topic = lines[at].topic();
        let shared = topic.iter().filter(|&&word| words[word as usize] > own).count();
        shares.push(share(shared, topic.len()));
    }
    shares
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

/// Lines since the last place before each line, and until the next one after it.
fn distances(places: &[bool]) -> (Vec<f32>, Vec<f32>) {
    let since = since(places.iter().copied());
    let mut until = self::since(places.iter().rev().copied());
    until.reverse();
    (since, until)
}

fn since(places: impl Iterator<Item = bool>) -> Vec<f32> {
    let mut last = FAR;
    let step = |is: bool| {
        let distance = (last + 1.0).min(FAR);
        last = if is { 0.0 } else { distance };
        distance
    };
    places.map(step).collect()
}
