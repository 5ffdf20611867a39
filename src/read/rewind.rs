//! A stream that can be taken back a stretch, so that what was read amiss is read again.
use std::io::{self, BufRead};

/// Bytes that may be read again whatever was read before: a row of some size.
const FREE_BYTES: u64 = 1 << 20;

/// The stream.
pub(super) struct Rewind<R> {
    input: R,
    /// Bytes that come before the rest of the stream, and how many of them have been passed.
    again: Vec<u8>,
    at: usize,
    /// Bytes that were passed of the stream, and that were taken back.
    passed: u64,
    taken_back: u64,
}

impl<R: BufRead> Rewind<R> {
    /// A stream of which nothing was read.
    pub(super) fn new(input: R) -> Rewind<R> {
        Rewind { input, again: Vec::new(), at: 0, passed: 0, taken_back: 0 }
    }

    /// The bytes that come next; none at the end.
    ///
    /// # Errors
    /// What the stream says.
    pub(super) fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at < self.again.len() { Ok(&self.again[self.at..]) } else { self.input.fill_buf() }
    }

    /// Passes bytes of those that come next.
    pub(super) fn consume(&mut self, bytes: usize) {
        if self.at < self.again.len() {
            self.at += bytes;
        } else {
            self.passed += bytes as u64;
            self.input.consume(bytes);
        }
    }

    /// Takes back the bytes that were passed last. Whether it did: no more is taken back than was ever passed, so that
    /// the work stays in step with the stream.
    pub(super) fn take_back(&mut self, last: Vec<u8>) -> bool {
        let bytes = last.len() as u64;
        if self.taken_back + bytes > self.passed + FREE_BYTES {
            return false;
        }
        self.taken_back += bytes;
        match self.at.checked_sub(last.len()) {
            // They are all among those that came again.
            Some(at) if self.at < self.again.len() => self.at = at,
            _ => {
                let rest = self.again.split_off(self.at);
                (self.again, self.at) = (last, 0);
                self.again.extend(rest);
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(stream: &mut Rewind<&[u8]>, bytes: usize) -> String {
        let text = stream.fill_buf().unwrap();
        let text = String::from_utf8(text[..bytes.min(text.len())].to_vec()).unwrap();
        stream.consume(text.len());
        text
    }

    #[test]
    fn what_is_taken_back_comes_again() {
        let mut stream = Rewind::new(&b"one two three"[..]);
        assert_eq!(next(&mut stream, 8), "one two ");
        assert!(stream.take_back(b"two ".to_vec()));
        assert_eq!(next(&mut stream, 2), "tw");
        assert!(stream.take_back(b"tw".to_vec()));
        assert_eq!(next(&mut stream, 9), "two ");
        assert_eq!(next(&mut stream, 9), "three");
        assert!(stream.take_back(b"o three".to_vec()));
        assert_eq!(next(&mut stream, 9), "o three");
        assert_eq!(next(&mut stream, 9), "");
    }

    #[test]
    fn no_more_is_taken_back_than_was_passed() {
        let bytes = vec![b'x'; 100];
        let mut stream = Rewind::new(&bytes[..]);
        let mut rounds = 0;
        while stream.fill_buf().map(<[u8]>::len).unwrap() > 0 && rounds < 1 << 16 {
            stream.consume(100);
            rounds += 1;
            stream.take_back(bytes.clone());
        }
        assert_eq!(rounds, 2 + FREE_BYTES / 100);
    }
}
