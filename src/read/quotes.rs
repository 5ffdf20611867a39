//! The quotes of a CSV row as they stand: a quote that is opened in one line and never closed takes the next rows into
//! its cell, up to a quote of theirs behind which neither a delimiter nor a line's end stands.
use memchr::{memchr, memchr2};

/// Where the look stands in the row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    /// Before the first byte of a cell, which may be a quote.
    Begin,
    /// In a cell without quotes around it.
    Bare,
    /// In a cell with quotes around it, of one line so far or of several.
    Quoted { lines: bool },
    /// Behind a quote in it: the cell ends here, unless another quote follows.
    Behind { lines: bool },
}

/// The quotes of one row.
#[derive(Debug)]
pub(super) struct Quotes {
    delimiter: u8,
    at: At,
    /// A cell of several lines did not end where its quote ended.
    broken: bool,
    /// The first line of the row has ended.
    went_on: bool,
}

impl Quotes {
    /// Before a row.
    pub(super) fn new(delimiter: u8) -> Quotes {
        Quotes { delimiter, at: At::Begin, broken: false, went_on: false }
    }

    /// Passes bytes of the row; gives those of them that stand behind its first line.
    pub(super) fn pass<'a>(&mut self, bytes: &'a [u8]) -> &'a [u8] {
        let mut behind = if self.went_on { 0 } else { bytes.len() };
        let mut at = 0;
        while at < bytes.len() {
            let (rest, byte) = (&bytes[at..], bytes[at]);
            match self.at {
                At::Begin | At::Bare => {
                    let opens = self.at == At::Begin && byte == b'"';
                    let ends = memchr(self.delimiter, rest);
                    (self.at, at) = match (opens, ends) {
                        (true, _) => (At::Quoted { lines: false }, at + 1),
                        (false, Some(end)) => (At::Begin, at + end + 1),
                        (false, None) => (At::Bare, bytes.len()),
                    };
                }
                At::Quoted { lines } => {
                    let next = if lines { memchr(b'"', rest) } else { memchr2(b'"', b'\n', rest) };
                    let Some(next) = next else { break };
                    at += next + 1;
                    if rest[next] == b'"' {
                        self.at = At::Behind { lines };
                    } else {
                        self.at = At::Quoted { lines: true };
                        if !self.went_on {
                            (self.went_on, behind) = (true, at);
                        }
                    }
                }
                At::Behind { lines } => {
                    at += 1;
                    self.at = match byte {
                        b'"' => At::Quoted { lines },
                        b'\r' | b'\n' => At::Begin,
                        byte if byte == self.delimiter => At::Begin,
                        _ => {
                            self.broken |= lines;
                            At::Bare
                        }
                    };
                }
            }
        }
        &bytes[behind..]
    }

    /// Whether a cell begins here.
    pub(super) fn is_at_begin(&self) -> bool {
        self.at == At::Begin
    }

    /// Whether a quote of the row, which ends here, was never closed.
    pub(super) fn is_unclosed(&self, ended: bool) -> bool {
        self.broken || (ended && self.at == At::Quoted { lines: true })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether the quotes of a row are unclosed, and what stands behind its first line; the row comes in pieces.
    fn told(row: &str, piece: usize, ended: bool) -> (bool, String) {
        let (mut quotes, mut behind) = (Quotes::new(b','), Vec::new());
        for piece in row.as_bytes().chunks(piece) {
            behind.extend_from_slice(quotes.pass(piece));
        }
        (quotes.is_unclosed(ended), String::from_utf8(behind).unwrap())
    }

    #[test]
    fn a_quote_that_is_not_closed_is_told_from_lines_in_a_cell() {
        for (row, unclosed, behind) in [
            ("1,\"a\n2,\"b\"\n", true, "2,\"b\"\n"),
            ("1,\"a\n\nb\",\"c\"\n", false, "\nb\",\"c\"\n"),
            ("1,\"a \"\"b\"\"\n\"\"c\"\"\"\n", false, "\"\"c\"\"\"\n"),
            ("\"a\n\",b\"c\n", false, "\",b\"c\n"),
            ("1,\"he \"says\" so\"\n", false, ""),
            ("a\"b,c\"d\n", false, ""),
            ("\"a\r\nb\"\r\n", false, "b\"\r\n"),
        ] {
            for piece in 1..row.len() + 1 {
                assert_eq!(told(row, piece, false), (unclosed, behind.to_string()), "{row:?} by {piece}");
            }
        }
    }

    #[test]
    fn the_end_of_all_closes_no_quote() {
        assert_eq!(told("1,\"a\n2,b\n3,c", 4, true), (true, "2,b\n3,c".to_string()));
        assert!(!told("1,\"a\nb\"", 4, true).0 && !told("1,\"a", 4, true).0);
    }
}
