//! JSON Lines: one object a record.
use super::{Sink, SinkFormat, Target};
use crate::model::Record;
use std::io::{self, Write};

/// The row in `SINKS`.
pub(super) const JSONL: SinkFormat =
    SinkFormat { name: "jsonl", ending: "jsonl", open: |target, _| Ok(Box::new(Jsonl { target })) };

struct Jsonl {
    target: Target,
}

impl Sink for Jsonl {
    fn put(&mut self, record: &Record) -> io::Result<()> {
        serde_json::to_writer(&mut self.target, record)?;
        self.target.write_all(b"\n")
    }

    fn finish(self: Box<Self>) -> io::Result<Target> {
        Ok(self.target)
    }
}
