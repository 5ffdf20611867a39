//! The rows of a CSV stream, each held whole in memory up to a limit; what is longer is passed over. A row with a quote
//! that is never closed costs its line: the rows that it took into a cell are read again.
use super::quotes::Quotes;
use super::rewind::Rewind;
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use std::io::{self, BufRead};

/// Bytes and cells for which room is made at first.
const ROOM: usize = 1024;

/// A row that was met.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Cells {
    /// Its cells are there.
    Whole,
    /// It is longer than the limit. Reading goes on at the line after the limit was met.
    TooLarge,
    /// A quote in its first line is not closed. Reading goes on at the next line, if that begins a row, else behind what
    /// the quote took in.
    Unclosed,
}

/// Reads rows and knows their lines.
pub(super) struct Table<R> {
    input: Rewind<R>,
    reader: Reader,
    /// Another reader, which looks ahead.
    look: Reader,
    delimiter: u8,
    limit: usize,
    /// The line at which the row began that was read last, from 1.
    pub(super) line: u64,
    /// Lines before those that `reader` counts.
    lines_before: u64,
    bytes: Vec<u8>,
    ends: Vec<usize>,
    cells: usize,
    /// Cells of the first row.
    width: Option<usize>,
}

impl<R: BufRead> Table<R> {
    /// Rows of at most so many bytes.
    pub(super) fn new(input: R, delimiter: u8, limit: usize) -> Table<R> {
        Table {
            input: Rewind::new(input),
            reader: reader(delimiter),
            look: reader(delimiter),
            delimiter,
            limit,
            line: 1,
            lines_before: 0,
            bytes: vec![0; ROOM],
            ends: vec![0; ROOM],
            cells: 0,
            width: None,
        }
    }

    /// Reads the next row that is not blank; `None` at the end.
    ///
    /// # Errors
    /// What the stream says. The row is lost; the next call begins a row where the stream goes on, if it does.
    pub(super) fn next_row(&mut self) -> io::Result<Option<Cells>> {
        self.line = self.lines_before + self.reader.line();
        let (mut written, mut ended) = (0, 0);
        let (mut quotes, mut behind) = (Quotes::new(self.delimiter), Vec::new());
        loop {
            let ready = match self.input.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => {
                    self.lines_before += self.reader.line() - 1;
                    self.reader = reader(self.delimiter);
                    return Err(error);
                }
                Ok(ready) => ready,
            };
            let blank = ready.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            if written == 0 && ended == 0 && quotes.is_at_begin() && blank > 0 {
                // The reader would pass over blank lines itself, but the row's line would be theirs.
                self.reader.read_record(&ready[..blank], &mut [0; 4], &mut [0; 4]);
                self.input.consume(blank);
                self.line = self.lines_before + self.reader.line();
                continue;
            }
            let (result, used, bytes, ends) =
                self.reader.read_record(ready, &mut self.bytes[written..], &mut self.ends[ended..]);
            let at_end = ready.is_empty();
            behind.extend_from_slice(quotes.pass(&ready[..used]));
            self.input.consume(used);
            written += bytes;
            ended += ends;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {
                    if written.saturating_add(ended) > self.limit {
                        self.pass_over()?;
                        return Ok(Some(Cells::TooLarge));
                    }
                    grow(&mut self.bytes, written);
                    grow(&mut self.ends, ended);
                }
                ReadRecordResult::Record if quotes.is_unclosed(at_end) => {
                    self.go_back(behind);
                    return Ok(Some(Cells::Unclosed));
                }
                ReadRecordResult::Record => {
                    self.cells = ended;
                    self.width.get_or_insert(ended);
                    return Ok(Some(Cells::Whole));
                }
                ReadRecordResult::End => return Ok(None),
            }
        }
    }

    /// The cells of the row that was read last.
    pub(super) fn cells(&self) -> impl Iterator<Item = &[u8]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends[..self.cells]).map(|(start, &end)| &self.bytes[start..end])
    }

    /// Begins anew behind the first line of the row that was just read, if rows stand there.
    fn go_back(&mut self, behind: Vec<u8>) {
        let begins_row = self.width.is_some_and(|width| are_rows(&behind, width, &mut self.look));
        if begins_row && self.input.take_back(behind) {
            self.lines_before = self.line;
            self.reader.reset();
        }
    }

    /// Goes to the next line and begins anew there.
    fn pass_over(&mut self) -> io::Result<()> {
        self.lines_before += self.reader.line();
        self.reader = reader(self.delimiter);
        self.bytes = vec![0; ROOM];
        loop {
            let ready = match self.input.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                ready => ready?,
            };
            let end = memchr::memchr(b'\n', ready);
            let used = end.map_or(ready.len(), |end| end + 1);
            self.input.consume(used);
            if end.is_some() || used == 0 {
                return Ok(());
            }
        }
    }
}

/// What may stand between two cells.
pub(super) const DELIMITERS: [u8; 3] = [b',', b'\t', b';'];

/// A reader at its beginning. (A copy of one that was made before would not do: copies of `csv_core` 0.1 lose their
/// tables.)
fn reader(delimiter: u8) -> Reader {
    ReaderBuilder::new().delimiter(delimiter).build()
}

/// Rows that are looked at to know rows from the lines of a text.
const LOOKED_AT: usize = 3;

/// Whether a text begins with rows of so many cells.
fn are_rows(text: &[u8], width: usize, reader: &mut Reader) -> bool {
    reader.reset();
    let (mut rest, mut rows, mut cells) = (text, 0, 0);
    let (mut bytes, mut ends) = (vec![0; ROOM], vec![0; ROOM]);
    while rows < LOOKED_AT {
        let (result, used, _, ended) = reader.read_record(rest, &mut bytes, &mut ends);
        rest = &rest[used..];
        cells += ended;
        match result {
            ReadRecordResult::Record if cells != width => return false,
            ReadRecordResult::Record => (rows, cells) = (rows + 1, 0),
            ReadRecordResult::End => break,
            _ => {}
        }
    }
    rows > 0
}

/// Makes room for twice as many, if all is taken.
fn grow<T: Default + Clone>(room: &mut Vec<T>, taken: usize) {
    if taken == room.len() {
        room.resize(2 * taken, T::default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, limit: usize) -> Vec<(u64, Vec<String>)> {
        let mut table = Table::new(io::BufReader::with_capacity(3, text.as_bytes()), b',', limit);
        let mut rows = Vec::new();
        while let Some(met) = table.next_row().unwrap() {
            let text = |cell: &[u8]| String::from_utf8(cell.to_vec()).unwrap();
            let cells = if met == Cells::Whole { table.cells().map(text).collect() } else { Vec::new() };
            rows.push((table.line, cells));
        }
        rows
    }

    #[test]
    fn rows_know_their_lines() {
        let read = rows("a,b\r\n\n\"1\n2\",\"x \"\"y\"\"\"\n3\n,,", 9999);
        let expected: [(u64, &[&str]); 4] =
            [(1, &["a", "b"]), (3, &["1\n2", "x \"y\""]), (5, &["3"]), (6, &["", "", ""])];
        assert_eq!(
            read,
            expected.map(|(line, cells)| (line, cells.iter().map(|cell| cell.to_string()).collect()))
        );
    }

    /// Gives a text, then an error, then the rest.
    struct Damaged(Vec<io::Result<Vec<u8>>>);

    impl io::Read for Damaged {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if self.0.is_empty() {
                return Ok(0);
            }
            let bytes = self.0.remove(0)?;
            buffer[..bytes.len()].copy_from_slice(&bytes);
            Ok(bytes.len())
        }
    }

    #[test]
    fn a_row_in_which_the_stream_is_damaged_is_lost_and_none_after_it() {
        let damage = || Err(io::Error::other("damaged"));
        let first = [b"one,\"1\"\ntwo,\"".to_vec(), vec![b'x'; 1500]].concat();
        let input = Damaged(vec![Ok(first), damage(), damage(), Ok(b"three,3\nfour,4\n".to_vec())]);
        let mut table = Table::new(io::BufReader::new(input), b',', 9999);
        let mut met = Vec::new();
        loop {
            match table.next_row() {
                Ok(None) => break,
                Ok(Some(_)) => {
                    met.push((table.line, table.cells().map(<[u8]>::to_vec).collect::<Vec<_>>().concat()))
                }
                Err(_) => met.push((table.line, b"!".to_vec())),
            }
        }
        let expected = [(1, "one1"), (2, "!"), (2, "!"), (2, "three3"), (3, "four4")];
        assert_eq!(met, expected.map(|(line, text)| (line, text.as_bytes().to_vec())));
    }

    #[test]
    fn a_quote_that_is_not_closed_costs_its_line() {
        let numbers = |text: &str| -> Vec<(u64, usize)> {
            rows(text, 9999).into_iter().map(|(line, cells)| (line, cells.len())).collect()
        };
        // The row that is lost has no cells.
        assert_eq!(numbers("id,text\n1,\"open.\n2,\"shut.\"\n3,bare\n"), [(1, 2), (2, 0), (3, 2), (4, 2)]);
        assert_eq!(numbers("id,text\n1,\"open.\n2,x\n3,y"), [(1, 2), (2, 0), (3, 2), (4, 2)]);
        assert_eq!(
            numbers("id,text\n1,\"open\n2,\"open\n3,\"two\nlines\"\n4,\"a\"\n"),
            [(1, 2), (2, 0), (3, 0), (4, 2), (6, 2)]
        );
        // What is cut in the middle of a text is one row, whatever its lines look like.
        assert_eq!(numbers("id,text\n1,\"Long, long,\nlong, ago, it\nwas, so"), [(1, 2), (2, 0)]);
    }

    #[test]
    fn a_quote_that_is_never_closed_costs_what_the_limit_says() {
        let text = format!("a,\"{}\nlast,row\n", "long ".repeat(1000));
        assert_eq!(rows(&text, 100), [(1, vec![]), (2, vec!["last".to_string(), "row".to_string()])]);
    }
}
