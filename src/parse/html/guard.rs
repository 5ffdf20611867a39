//! Limits that keep a hostile page from costing more than its length.

/// Attributes of a tag, at most.
pub(super) const MAX_ATTRIBUTES: usize = 64;
/// Bytes of a name, at most.
pub(super) const MAX_NAME_BYTES: usize = 4096;
/// Bytes of a value, at most.
pub(super) const MAX_VALUE_BYTES: usize = 1 << 20;
