//! The limits of the guard, and where each comes from. "Real pages" are the 1,877 of the development corpus.

/// Elements open at once, at most. Browsers stop there too (512 in Blink and WebKit); no real page goes beyond.
pub(in super::super) const MAX_OPEN: u32 = 512;

/// Elements open at once, at most, when the last is one whose end tag is implied (`p`, `li`, `td`, ...): these close
/// each other, and keep the text in blocks where nesting has met its limit.
pub(in super::super) const MAX_OPEN_ITEMS: u32 = MAX_OPEN + 32;

/// Formatting elements (`b`, `font`, `a`, ...) at once, at most, where one that is open and waits to be opened again
/// in the next block counts twice.
pub(in super::super) const MAX_FORMATTING: u32 = 128;

/// Attributes of an element, at most. Each is compared with those before it.
pub(in super::super) const MAX_ATTRIBUTES: usize = 64;

/// Bytes of a name, at most: what is longer is cut. The longest of the conformance cases has 1,024.
pub(in super::super) const MAX_NAME_BYTES: usize = 4096;

/// Bytes of an attribute's value, at most: what is longer is cut. Holds the largest pictures written in place.
pub(in super::super) const MAX_VALUE_BYTES: usize = 1 << 20;

/// Tags after which open elements are counted anew.
pub(super) const CENSUS_TAGS: u32 = 32;

/// Work that every page may cause. The unit is one open element looked through, some 3 ns; so this is 6 ms.
pub(super) const WORK_FREE: u64 = 2 << 20;

/// Work that a page may cause for each of its bytes besides: some 6 ms for a megabyte, where news pages take 4 to 5
/// in all. The densest real page (344 KB, of it 57,000 tags a megabyte) causes 90 % of what it may, the next one
/// 65 %, all others half at most.
pub(super) const WORK_PER_BYTE: u64 = 2;

/// Work of passing on a tag, of making an element, of giving it an attribute, and of passing on a text, fitted to the
/// times of hostile and real pages.
pub(super) const WORK_A_TAG: u64 = 16;
pub(super) const WORK_AN_ELEMENT: u64 = 80;
pub(super) const WORK_AN_ATTRIBUTE: u64 = 25;
pub(super) const WORK_A_TEXT: u64 = 40;

/// Bytes of text that make a block of their own in a page that is read flat. Shorter neighbours share a block, so
/// that what a block costs is paid for by its text. Most sentences are longer.
pub(super) const FLAT_BLOCK_BYTES: usize = 64;
