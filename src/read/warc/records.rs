//! The records of a WARC stream, each held whole in memory up to a limit, and the way back to them after damage.
use super::super::unpack::Damage;
use super::MARK;
use super::header::Header;
use crate::config::ReadConfig;
use std::io::{self, BufRead, Read};

/// Bytes that may be looked at again for each byte that was read, and bytes that always may be: a record whose
/// length is a lie may have swallowed those after it. The bound keeps a file of nothing but lies from costing
/// more than a few times its length.
const LOOK_AGAIN: u64 = 4;
const LOOK_AGAIN_FREE: u64 = 16 << 20;

/// Bytes of the first line of a record: `WARC/1.0`, CR and LF.
const FIRST_LINE_BYTES: usize = 10;

/// Whether a record begins so: `WARC/` and a digit.
pub(super) fn begins(bytes: &[u8]) -> bool {
    bytes.strip_prefix(MARK).is_some_and(|rest| rest.first().is_some_and(u8::is_ascii_digit))
}

/// Whether a record begins with these bytes, of which the first line is looked at.
fn is_first_line(bytes: &[u8]) -> bool {
    begins(bytes) && bytes.iter().take(FIRST_LINE_BYTES).any(|&byte| byte == b'\n')
}

/// The first line of another record with which a line of a header ends: that header was cut, somewhere. What
/// follows a blank is a value.
fn first_line_at_end(line: &[u8]) -> Option<&[u8]> {
    let at = memchr::memmem::rfind(line, MARK)?;
    let value = at > 0 && line[at - 1].is_ascii_whitespace();
    Some(&line[at..]).filter(|rest| is_first_line(rest) && !value)
}

/// What was met.
pub(super) enum Met {
    /// A whole record.
    Record { header: Header, body: Vec<u8> },
    /// A record that is broken, as far as it is known, and why.
    Broken { header: Option<Header>, why: String },
    /// The end of the stream.
    End,
}

/// Reads records and counts them.
pub(super) struct Records<R> {
    input: R,
    /// Bytes that were read and are to be read again, and how many of them are used.
    again: Vec<u8>,
    used: usize,
    /// The number of the record that was read last, from 1, broken ones among them.
    pub(super) number: u64,
    lost: bool,
    taken: u64,
    looked_again: u64,
    max_header: usize,
    max_body: u64,
    /// Damage that was met when the end of a record was looked for, but lies after it.
    ahead: Option<io::Error>,
}

impl<R: BufRead> Records<R> {
    /// The records of a stream.
    pub(super) fn new(input: R, limits: &ReadConfig) -> Records<R> {
        Records {
            input,
            again: Vec::new(),
            used: 0,
            number: 0,
            lost: false,
            taken: 0,
            looked_again: 0,
            max_header: limits.max_header_bytes,
            max_body: limits.max_document_bytes,
            ahead: None,
        }
    }

    /// Reads the next record.
    ///
    /// # Errors
    /// What the stream says. If it goes on, the next call looks for the next record.
    pub(super) fn next_record(&mut self) -> io::Result<Met> {
        if let Some(error) = self.ahead.take() {
            self.lost = true;
            self.number += 1;
            return Err(error);
        }
        let met = self.read_record();
        self.lost |= met.is_err();
        met
    }

    fn read_record(&mut self) -> io::Result<Met> {
        if self.lost {
            if !self.search()? {
                return Ok(Met::End);
            }
            self.lost = false;
        } else {
            self.blank_lines()?;
        }
        if self.ready()?.is_empty() {
            return Ok(Met::End);
        }
        self.number += 1;
        let block = match self.header_block()? {
            Ok(block) => block,
            Err(why) => return Ok(self.broken(None, why)),
        };
        let header = Header::parse(&block);
        let length = header.get("content-length").and_then(|length| length.parse::<u64>().ok());
        match length {
            None => Ok(self.broken(Some(header), "its Content-Length is missing or no number")),
            Some(length) if length > self.max_body => self.pass_over(header, length),
            Some(length) => self.body(header, length),
        }
    }

    /// A broken record, after which the next one is looked for.
    fn broken(&mut self, header: Option<Header>, why: impl Into<String>) -> Met {
        self.lost = true;
        Met::Broken { header, why: why.into() }
    }

    /// Reads the fields of a record up to the blank line, or says why that cannot be.
    fn header_block(&mut self) -> io::Result<Result<Vec<u8>, String>> {
        let mut block = Vec::new();
        loop {
            let limit = (self.max_header + 1 - block.len()) as u64;
            let before = block.len();
            self.by_ref().take(limit).read_until(b'\n', &mut block)?;
            let line = &block[before..];
            if before == 0 && !begins(line) {
                return Ok(Err("no record begins where one should".to_string()));
            }
            if before > 0
                && let Some(next) = first_line_at_end(line)
            {
                self.unread(next);
                return Ok(Err("it is cut in its header: the next record begins there".to_string()));
            }
            if block.len() > self.max_header {
                let most = self.max_header;
                return Ok(Err(format!(
                    "its header is longer than {most} bytes: raise read.max_header_bytes to take it in"
                )));
            }
            match line {
                b"\n" | b"\r\n" => return Ok(Ok(block)),
                _ if line.ends_with(b"\n") => {}
                _ => return Ok(Err("it is cut in its header".to_string())),
            }
        }
    }

    /// Reads a body, and looks whether the record ends where it says.
    fn body(&mut self, header: Header, length: u64) -> io::Result<Met> {
        let mut body = Vec::new();
        let read = self.by_ref().take(length).read_to_end(&mut body);
        if let Err(error) = read {
            self.read_again(&body);
            return Err(error);
        }
        let cut = (body.len() as u64) < length;
        if !cut && self.ends_here()? {
            return Ok(Met::Record { header, body });
        }
        self.read_again(&body);
        let why = if cut {
            "it is cut: the file ends in it"
        } else {
            "it does not end where its Content-Length says"
        };
        Ok(self.broken(Some(header), why))
    }

    /// Whether the record ends here: with two line ends, as it should, or before nothing or another record.
    /// Damage that lies ahead is told when its turn comes.
    fn ends_here(&mut self) -> io::Result<bool> {
        let met = self.blank_lines().and_then(|lines| {
            let ready = self.ready()?;
            let known = ready.len().min(MARK.len());
            Ok(lines >= 2 || ready[..known] == MARK[..known])
        });
        match met {
            Err(error) if Damage::lies_ahead(&error) => {
                self.ahead = Some(error);
                Ok(true)
            }
            met => met,
        }
    }

    /// Goes back into a body that may have swallowed the records after it, to where the first of them begins.
    fn read_again(&mut self, body: &[u8]) {
        let rest = memchr::memmem::find_iter(body, MARK)
            .find(|&at| is_first_line(&body[at..body.len().min(at + FIRST_LINE_BYTES)]))
            .map(|at| &body[at..]);
        let Some(rest) = rest else { return };
        self.looked_again += rest.len() as u64;
        if self.looked_again <= LOOK_AGAIN_FREE + LOOK_AGAIN * self.taken {
            self.unread(rest);
        }
    }

    /// Puts back the bytes that were read last. They came from what was put back before, or that is used up.
    fn unread(&mut self, bytes: &[u8]) {
        if self.used < self.again.len() || self.again[..self.used].ends_with(bytes) {
            self.used -= bytes.len();
        } else {
            (self.again, self.used) = (bytes.to_vec(), 0);
        }
    }

    /// Reads past a body that is too large, without holding it.
    fn pass_over(&mut self, header: Header, length: u64) -> io::Result<Met> {
        let passed = io::copy(&mut self.by_ref().take(length), &mut io::sink())?;
        let most = self.max_body;
        let why = format!("larger than {most} bytes: raise read.max_document_bytes to take it in");
        self.lost = passed < length || !self.ends_here()?;
        Ok(Met::Broken { header: Some(header), why })
    }

    /// Passes over line ends between records, and counts them.
    fn blank_lines(&mut self) -> io::Result<usize> {
        let mut lines = 0;
        loop {
            let ready = self.ready()?;
            let blank = ready.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            if blank == 0 {
                return Ok(lines);
            }
            lines += memchr::memchr_iter(b'\n', &ready[..blank]).count();
            self.consume(blank);
        }
    }

    /// Looks for a first line of a record, wherever it stands; false if there is none any more.
    fn search(&mut self) -> io::Result<bool> {
        let mut start = Vec::with_capacity(FIRST_LINE_BYTES);
        loop {
            let ready = self.ready()?;
            if ready.is_empty() {
                return Ok(false);
            }
            let at = memchr::memchr(MARK[0], ready);
            let passed = at.unwrap_or(ready.len());
            self.consume(passed);
            if at.is_some() {
                start.clear();
                self.by_ref().take(FIRST_LINE_BYTES as u64).read_to_end(&mut start)?;
                let found = is_first_line(&start);
                self.unread(if found { &start } else { &start[1..] });
                if found {
                    return Ok(true);
                }
            }
        }
    }

    /// What can be read without waiting; nothing at the end.
    fn ready(&mut self) -> io::Result<&[u8]> {
        self.fill_buf()
    }
}

impl<R: BufRead> Read for Records<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let count = ready.len().min(buffer.len());
        buffer[..count].copy_from_slice(&ready[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Records<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.used < self.again.len() {
            return Ok(&self.again[self.used..]);
        }
        self.input.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        if self.used < self.again.len() {
            self.used += count;
        } else {
            self.taken += count as u64;
            self.input.consume(count);
        }
    }
}
