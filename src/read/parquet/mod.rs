//! Parquet: a document a row, in columns that are called as those of CSV are.
#[cfg(feature = "parquet")]
mod cells;
#[cfg(feature = "parquet")]
mod rows;

use super::{Documents, Format, Opened};

/// The row in `FORMATS`.
pub(super) const PARQUET: Format = Format { name: "parquet", tells, open };

/// The first bytes, and the last ones.
const MAGIC: &[u8] = b"PAR1";

/// What comes after them in any file: the type of the first field of a header, a 32-bit number, in Thrift's compact
/// protocol.
const FIRST_FIELD: u8 = 0x15;

/// Told by its first bytes; by its name if they are damaged.
fn tells(head: &[u8], name: &str) -> bool {
    let begins = head.strip_prefix(MAGIC).is_some_and(|rest| rest.first() == Some(&FIRST_FIELD));
    begins || (super::is_named(name, ".parquet") && !head.is_empty())
}

/// Reads its rows.
#[cfg(feature = "parquet")]
fn open(opened: Opened) -> Documents {
    rows::open(opened)
}

/// Says what would be needed.
#[cfg(not(feature = "parquet"))]
fn open(opened: Opened) -> Documents {
    use crate::model::{Origin, Stage, Trouble};
    let message = "is Parquet, which this build does not read: build it with --features parquet";
    super::one(Err(Trouble::failed(Origin::page(&opened.source.name), Stage::Read, message)))
}
