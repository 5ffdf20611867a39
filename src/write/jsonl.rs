//! JSON Lines: one object a record.
use super::{Sink, SinkFormat, Target};
use crate::config::WriteConfig;
use crate::model::Record;
use std::io::{self, BufRead, BufReader, Read, Write};

/// The row in `SINKS`.
pub(super) const JSONL: SinkFormat = SinkFormat {
    name: "jsonl",
    ending: "jsonl",
    media_type: "application/jsonlines",
    head: |_| Ok(()),
    open,
    count,
};

/// Opens a sink of lines.
pub(super) fn open(target: Target, _: &WriteConfig) -> Box<dyn Sink> {
    Box::new(Jsonl { target })
}

struct Jsonl {
    target: Target,
}

impl Sink for Jsonl {
    fn put(&mut self, record: &Record) -> io::Result<()> {
        serde_json::to_writer(&mut self.target, record)?;
        self.target.write_all(b"\n")
    }

    fn target(&mut self) -> io::Result<&mut Target> {
        Ok(&mut self.target)
    }

    fn finish(self: Box<Self>) -> io::Result<Target> {
        Ok(self.target)
    }
}

/// Counts lines. Each must be ended.
pub(super) fn count(text: Box<dyn Read + '_>) -> io::Result<u64> {
    let mut text = BufReader::with_capacity(64 << 10, text);
    let (mut lines, mut last) = (0, b'\n');
    loop {
        let ready = text.fill_buf()?;
        let Some(&end) = ready.last() else { break };
        lines += memchr::memchr_iter(b'\n', ready).count() as u64;
        last = end;
        let used = ready.len();
        text.consume(used);
    }
    if last == b'\n' { Ok(lines) } else { Err(io::Error::other("its last line is cut")) }
}
