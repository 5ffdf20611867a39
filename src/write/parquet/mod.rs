//! Parquet: the record flattened, as in CSV, with lists as lists and instants as instants; packed with zstd.
//!
//! The format cannot be written row by row, nor gone on with: a file is whole only with its end. So it is a way of
//! packing: what is written are the lines of JSON Lines, and they become columns on their way into the file, or, where a
//! run may be interrupted and gone on with, when the file is closed. The same lines make the same bytes.
mod pack;
mod rows;
mod unpack;

use super::{SinkFormat, jsonl};
use arrow_schema::{DataType, Field, Fields, Schema, TimeUnit};
pub(super) use pack::Columns;
use std::sync::Arc;
pub(super) use unpack::Lines;

/// The row in `SINKS`.
pub(super) const PARQUET: SinkFormat = SinkFormat {
    name: "parquet",
    ending: "parquet",
    media_type: "application/vnd.apache.parquet",
    head: |_| Ok(()),
    open: jsonl::open,
    count: jsonl::count,
};

/// The zone of instants.
const UTC: &str = "UTC";

/// What is said of a repeated block.
fn note_fields() -> Fields {
    Fields::from(vec![
        Field::new("block", DataType::Int64, false),
        Field::new("of", DataType::Utf8, false),
        Field::new("of_block", DataType::Int64, false),
        Field::new("similarity", DataType::Float32, false),
    ])
}

/// A list's member, as the format's specification calls it.
fn element(kind: DataType) -> Field {
    Field::new("element", kind, false)
}

/// The columns, in the order of the record.
fn schema() -> Schema {
    let list = |kind| DataType::List(Arc::new(element(kind)));
    let text = |name: &str| Field::new(name, DataType::Utf8, false);
    let maybe = |name: &str| Field::new(name, DataType::Utf8, true);
    Schema::new(vec![
        text("id"),
        text("text"),
        text("source"),
        Field::new("created", DataType::Timestamp(TimeUnit::Microsecond, Some(UTC.into())), true),
        maybe("title"),
        Field::new("authors", list(DataType::Utf8), false),
        maybe("published"),
        maybe("updated"),
        maybe("site"),
        Field::new("agency", list(DataType::Utf8), false),
        maybe("language"),
        maybe("url"),
        text("kind"),
        text("encoding"),
        text("encoding_from"),
        Field::new("blocks_kept", DataType::Int64, false),
        Field::new("blocks_removed", DataType::Int64, false),
        Field::new("duplicates", list(DataType::Struct(note_fields())), false),
    ])
}
