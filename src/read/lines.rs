//! Lines of a stream, each held whole in memory up to a limit; what is longer is passed over.
use std::io::{self, BufRead};

/// A line that was met.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// Its bytes are in the buffer, without the line's end.
    Whole,
    /// It is longer than the limit, and was passed over.
    TooLong,
}

/// Reads lines and counts them.
pub(super) struct Lines<R> {
    input: R,
    /// The number of the line that was read last, from 1.
    pub(super) number: u64,
    limit: usize,
    /// The bytes of the line that was read last.
    pub(super) bytes: Vec<u8>,
}

impl<R: BufRead> Lines<R> {
    /// Lines of at most so many bytes.
    pub(super) fn new(input: R, limit: usize) -> Lines<R> {
        Lines { input, number: 0, limit, bytes: Vec::new() }
    }

    /// Reads the next line; `None` at the end.
    ///
    /// # Errors
    /// What the stream says. The line is lost; the next call goes on after it, if the stream does.
    pub(super) fn next_line(&mut self) -> io::Result<Option<Line>> {
        self.bytes.clear();
        self.number += 1;
        let mut too_long = false;
        let mut met = false;
        loop {
            let ready = match self.input.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                ready => ready?,
            };
            if ready.is_empty() {
                return Ok(met.then_some(line(too_long)));
            }
            met = true;
            let end = memchr::memchr(b'\n', ready);
            let piece = &ready[..end.unwrap_or(ready.len())];
            if self.bytes.len() + piece.len() > self.limit {
                too_long = true;
                self.bytes = Vec::new();
            } else if !too_long {
                self.bytes.extend_from_slice(piece);
            }
            let used = piece.len() + usize::from(end.is_some());
            self.input.consume(used);
            if end.is_some() {
                return Ok(Some(line(too_long)));
            }
        }
    }
}

fn line(too_long: bool) -> Line {
    if too_long { Line::TooLong } else { Line::Whole }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_passed_over_and_counted() {
        let text: &[u8] = b"one\n\ntoo long by far\nlast";
        // A buffer of a few bytes makes lines come in pieces.
        let mut lines = Lines::new(io::BufReader::with_capacity(3, text), 5);
        let mut seen = Vec::new();
        while let Some(line) = lines.next_line().unwrap() {
            seen.push((lines.number, line, String::from_utf8(lines.bytes.clone()).unwrap()));
        }
        let expected =
            [(1, Line::Whole, "one"), (2, Line::Whole, ""), (3, Line::TooLong, ""), (4, Line::Whole, "last")];
        assert_eq!(seen, expected.map(|(number, line, text)| (number, line, text.to_string())));
    }
}
