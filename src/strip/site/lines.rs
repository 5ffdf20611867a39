//! The lines of a page that may be its site's: what is counted of them.
use super::host::site_of;
use crate::model::{Block, BlockKind, Document};
use crate::strip::known::{ends_like_a_sentence, words};
use crate::strip::sheet::LONG_WORDS;
use std::sync::Arc;

/// Words from which a whole sentence is text, and no line of a site.
const SENTENCE_WORDS: usize = 3;

/// Bytes from which a line is longer than that in any language.
const LONG_BYTES: usize = 400;

/// Lines of a page that are counted, from its top and from its end: what is a site's stands there.
const EDGE_LINES: usize = 1_000;

/// Start and factor of FNV-1a (G. Fowler, L. Noll, K.-P. Vo, 1991), 64 bits. Keys are kept in state folders: they
/// must be the same for ever.
const FNV_START: u64 = 0xCBF2_9CE4_8422_2325;
const FNV_FACTOR: u64 = 0x0000_0100_0000_01B3;

/// A line of a page, as far as its site is concerned.
pub(super) struct SiteLine {
    /// The place of its block.
    pub(super) block: u32,
    /// Its words; nothing for what is never a site's: running text, headings, code, and what has no letters.
    pub(super) key: Option<u64>,
}

/// The lines of a page that other pages of its site may have too.
pub(crate) struct SiteLines {
    site: Arc<str>,
    /// What tells the page from others: its two longest open lines. That it was crawled again, or has more than
    /// one address, makes it no other page.
    print: u16,
    /// Its open lines.
    lines: Vec<SiteLine>,
    /// What is counted: each line once, sorted. Those that other judges cut count too.
    counted: Vec<u64>,
}

impl SiteLines {
    /// The lines of a document that the other judges have judged.
    pub(crate) fn of(document: &Document) -> SiteLines {
        let (mut lines, mut counted) = (Vec::new(), Vec::new());
        for (block, number) in edges(&document.blocks) {
            let text = block.body();
            let key = if may_be_furniture(block) { key(&text) } else { None };
            counted.extend(key);
            if block.is_open() && !text.is_empty() {
                lines.push(SiteLine { block: number, key });
            }
        }
        counted.sort_unstable();
        counted.dedup();
        SiteLines { site: site_of(document), print: print(document), lines, counted }
    }

    /// The name of the site.
    pub(super) fn site(&self) -> &Arc<str> {
        &self.site
    }

    /// What tells the page from others; never 0.
    pub(super) fn print(&self) -> u16 {
        self.print
    }

    /// Its open lines, in order.
    pub(super) fn lines(&self) -> &[SiteLine] {
        &self.lines
    }

    /// What is counted of it.
    pub(super) fn counted(&self) -> &[u64] {
        &self.counted
    }

    /// Bytes of memory that this takes up.
    pub(crate) fn bytes(&self) -> usize {
        size_of_val(&self.lines[..]) + size_of_val(&self.counted[..])
    }
}

/// The blocks at the top and at the end of a page, with their places; all, unless there are very many.
fn edges(blocks: &[Block]) -> impl Iterator<Item = (&Block, u32)> {
    let end = blocks.len().saturating_sub(EDGE_LINES);
    blocks.iter().zip(0..).filter(move |&(_, n)| (n as usize) < EDGE_LINES || n as usize >= end)
}

/// What tells a page from others.
fn print(document: &Document) -> u16 {
    let open = document.blocks.iter().filter(|block| block.is_open()).map(Block::text);
    let [mut first, mut second] = [""; 2];
    for text in open {
        if text.len() > first.len() {
            (first, second) = (text, first);
        } else if text.len() > second.len() {
            second = text;
        }
    }
    let hash = first.bytes().chain(second.bytes()).fold(FNV_START, |hash, byte| mixed(hash, byte.into()));
    (spread(hash) >> 48) as u16 | 1
}

/// Whether a block is of a kind that a site repeats. A heading heads what follows it, on however many pages.
fn may_be_furniture(block: &Block) -> bool {
    !matches!(block.kind, BlockKind::Heading(_) | BlockKind::Code) && block.text().len() < LONG_BYTES
}

/// The key of a line: its letters and digits without case. Nothing for running text, and where there is no letter.
fn key(text: &str) -> Option<u64> {
    let (mut hash, mut blank, mut letters) = (FNV_START, true, false);
    for c in text.chars() {
        let c = match c {
            'a'..='z' | '0'..='9' => c,
            'A'..='Z' => c.to_ascii_lowercase(),
            c if c.is_alphanumeric() => c.to_lowercase().next().unwrap_or(c),
            _ => ' ',
        };
        letters |= c.is_alphabetic();
        // A blank counts when something follows it.
        if c != ' ' {
            hash = if blank { mixed(hash, ' '.into()) } else { hash };
            hash = mixed(hash, c.into());
        }
        blank = c == ' ';
    }
    let words = if letters { words(text) } else { return None };
    let is_text = words >= LONG_WORDS || words >= SENTENCE_WORDS && ends_like_a_sentence(text);
    (!is_text).then_some(spread(hash))
}

fn mixed(hash: u64, value: u64) -> u64 {
    (hash ^ value).wrapping_mul(FNV_FACTOR)
}

/// Spreads the bits of a hash: the finalizer of MurmurHash3 (A. Appleby, 2011).
fn spread(mut hash: u64) -> u64 {
    hash = (hash ^ hash >> 33).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    hash = (hash ^ hash >> 33).wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    hash ^ hash >> 33
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_of_words_and_not_of_marks_and_case() {
        assert_eq!(key("» READ more: 12 of 340"), key("Read More – 12 of 340"));
        assert_ne!(key("Read more"), key("Readmore"));
        assert_ne!(key("Error 44"), key("Error 54"));
        assert_eq!(key("12.30 – 4"), None);
        // A state folder has keys: another value needs another version of its format.
        assert_eq!(key("Bay Courier"), Some(2_184_102_707_075_157_611));
    }

    #[test]
    fn running_text_has_no_key() {
        assert_eq!(key("The council voted on Monday to close the harbour."), None);
        assert!(key("The council voted on Monday to close the harbour").is_some());
        assert_eq!(key("The harbour is closed."), None);
        assert!(key("Subscribe now!").is_some());
        assert_eq!(key(&"word ".repeat(30)), None);
        assert_eq!(key("港の橋は月曜日に閉鎖されたと市長は述べている。"), None);
    }
}
