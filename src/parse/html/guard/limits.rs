//! The limits of the guard, and where each comes from.

/// Elements open at once, at most. Browsers stop there too (512 in Blink and WebKit); of 1,877 real pages of the
/// development corpus none goes beyond.
pub(in super::super) const MAX_OPEN: u32 = 512;

/// Elements open at once, at most, when the last is one whose end tag is implied (`p`, `li`, `td`, ...): these close
/// each other, and keep the text in blocks where nesting has met its limit.
pub(in super::super) const MAX_OPEN_ITEMS: u32 = MAX_OPEN + 32;

/// Elements open at once, at most, in a page that was unwound.
pub(in super::super) const MAX_OPEN_UNWOUND: u32 = 16;

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

/// Work that every page may cause. The unit is one open element looked through, some 2 to 5 ns.
pub(super) const WORK_FREE: u64 = 2 << 20;

/// Work that a page may cause for each of its bytes.
pub(super) const WORK_PER_BYTE: u64 = 4;

/// Work of making an element (about 100 ns), and of giving it an attribute.
pub(super) const WORK_AN_ELEMENT: u64 = 24;
pub(super) const WORK_AN_ATTRIBUTE: u64 = 4;
