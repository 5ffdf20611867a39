//! gzip (RFC 1952) of many members. After damage reading goes on at the next member that can be found.
use super::Damage;
use flate2::{Crc, Decompress, FlushDecompress, Status};
use std::io::{self, BufRead, Read};

/// The first bytes of a member: the magic, and deflate as the method.
const MAGIC: &[u8] = b"\x1F\x8B\x08";

/// Bytes of the fixed part of a header, and of the trailer.
const HEADER_BYTES: usize = 10;
const TRAILER_BYTES: usize = 8;

/// Flags of the header: what follows its fixed part, and the bits that must be zero.
const FLAG_CRC: u8 = 2;
const FLAG_EXTRA: u8 = 4;
const FLAG_NAME: u8 = 8;
const FLAG_COMMENT: u8 = 16;
const FLAGS_RESERVED: u8 = 0xE0;

/// Bytes of a member that are kept until it is whole: a damaged member may seem to run on into the next one,
/// which is then looked for in them. Records of crawls are far smaller.
const LOOK_BACK_BYTES: usize = 4 << 20;

/// Members that may begin in one damaged place and prove to be none; after that nothing is looked at twice,
/// so that no file made for it costs more than its length.
const TRIES: u32 = 64;

/// Bytes that are read at a time.
const CHUNK_BYTES: usize = 64 << 10;

/// Whether a member may begin so.
pub(super) fn begins(head: &[u8]) -> bool {
    head.starts_with(MAGIC) && head.get(3).is_none_or(|flags| flags & FLAGS_RESERVED == 0)
}

/// What is read next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    Member,
    Body,
    Trailer,
    /// Somewhere after damage: the next member is looked for.
    Lost,
    End,
}

/// A gzip stream, unpacked.
pub(crate) struct Gunzip<R> {
    input: R,
    inflate: Decompress,
    at: At,
    /// Bytes of the member so far, and what was read ahead.
    bytes: Vec<u8>,
    /// Where in them the member begins.
    start: usize,
    /// Up to where they are used.
    used: usize,
    /// Bytes of the member that are no longer kept.
    forgotten: bool,
    crc: Crc,
    length: u32,
    /// Whether bytes of the member came out, and no error since.
    given: bool,
    tries: u32,
    first: bool,
}

impl<R: BufRead> Gunzip<R> {
    /// Unpacks a stream.
    pub(crate) fn new(input: R) -> Gunzip<R> {
        Gunzip {
            input,
            inflate: Decompress::new(false),
            at: At::Member,
            bytes: Vec::new(),
            start: 0,
            used: 0,
            forgotten: false,
            crc: Crc::new(),
            length: 0,
            given: false,
            tries: 0,
            first: true,
        }
    }

    /// Reads more; false at the end of the stream.
    fn more(&mut self) -> io::Result<bool> {
        if self.used - self.start > LOOK_BACK_BYTES {
            self.forget();
            self.forgotten = true;
        }
        let before = self.bytes.len();
        self.input.by_ref().take(CHUNK_BYTES as u64).read_to_end(&mut self.bytes)?;
        Ok(self.bytes.len() > before)
    }

    /// Makes sure that so many bytes are there after those used, and uses them; `None` if the stream ends.
    fn take(&mut self, count: usize) -> io::Result<Option<&[u8]>> {
        while self.bytes.len() - self.used < count {
            if !self.more()? {
                return Ok(None);
            }
        }
        self.used += count;
        Ok(Some(&self.bytes[self.used - count..self.used]))
    }

    /// Passes over a text that ends with a zero byte, however long it is.
    fn take_text(&mut self) -> io::Result<Option<()>> {
        loop {
            if let Some(end) = memchr::memchr(0, &self.bytes[self.used..]) {
                self.used += end + 1;
                return Ok(Some(()));
            }
            self.used = self.bytes.len();
            if !self.more()? {
                return Ok(None);
            }
        }
    }

    /// Lets go of what is used. The bytes are moved only when that is worth while.
    fn forget(&mut self) {
        self.start = self.used;
        if self.start > self.bytes.len() / 2 {
            self.bytes.drain(..self.start);
            (self.start, self.used) = (0, 0);
        }
    }

    /// Goes to the body of the next member, or to the end.
    fn member(&mut self) -> io::Result<()> {
        self.forget();
        self.forgotten = false;
        if self.used == self.bytes.len() && !self.more()? {
            self.at = At::End;
            return Ok(());
        }
        if !self.first && self.only_zeros()? {
            self.at = At::End;
            return Ok(());
        }
        match self.header()? {
            Some(true) => {
                self.at = At::Body;
                self.first = false;
                self.crc.reset();
                self.length = 0;
                self.inflate.reset(false);
                Ok(())
            }
            Some(false) => self.lost("what follows is no gzip data"),
            None => {
                // A byte of it at least is used up: what ends here must not be found here again.
                self.used = self.used.max(self.start + 1);
                self.lost("it ends in the middle")
            }
        }
    }

    /// Whether zero bytes are all that follows, as tapes and block devices leave them.
    fn only_zeros(&mut self) -> io::Result<bool> {
        if self.bytes[self.used] != 0 {
            return Ok(false);
        }
        loop {
            if self.bytes[self.used..].iter().any(|&byte| byte != 0) {
                return Ok(false);
            }
            self.used = self.bytes.len();
            self.forget();
            if !self.more()? {
                return Ok(true);
            }
        }
    }

    /// Reads a header: whether it is one; `None` if the stream ends in it.
    fn header(&mut self) -> io::Result<Option<bool>> {
        let Some(fixed) = self.take(HEADER_BYTES)? else { return Ok(None) };
        if !begins(fixed) {
            return Ok(Some(false));
        }
        let flags = fixed[3];
        if flags & FLAG_EXTRA != 0 {
            let Some(&[low, high]) = self.take(2)? else { return Ok(None) };
            if self.take(usize::from(u16::from_le_bytes([low, high])))?.is_none() {
                return Ok(None);
            }
        }
        for flag in [FLAG_NAME, FLAG_COMMENT] {
            if flags & flag != 0 && self.take_text()?.is_none() {
                return Ok(None);
            }
        }
        if flags & FLAG_CRC != 0 && self.take(2)?.is_none() {
            return Ok(None);
        }
        Ok(Some(true))
    }

    /// Unpacks some of a body.
    fn body(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let (taken, made) = (self.inflate.total_in(), self.inflate.total_out());
            let status = self.inflate.decompress(&self.bytes[self.used..], buffer, FlushDecompress::None);
            let taken = (self.inflate.total_in() - taken) as usize;
            let made = (self.inflate.total_out() - made) as usize;
            self.used += taken;
            self.crc.update(&buffer[..made]);
            self.length = self.length.wrapping_add(made as u32);
            match status {
                Ok(Status::StreamEnd) => self.at = At::Trailer,
                Ok(_) if made > 0 => {}
                Ok(_) if taken > 0 && self.used < self.bytes.len() => continue,
                Ok(_) if self.more()? => continue,
                Ok(_) => self.lost("it ends in the middle")?,
                Err(_) => self.lost("it cannot be unpacked")?,
            }
            self.given |= made > 0;
            return Ok(made);
        }
    }

    fn trailer(&mut self) -> io::Result<()> {
        let Some(trailer) = self.take(TRAILER_BYTES)? else {
            return self.lost("it ends in the middle");
        };
        let number =
            |at: usize| u32::from_le_bytes([trailer[at], trailer[at + 1], trailer[at + 2], trailer[at + 3]]);
        let (crc, length) = (number(0), number(4));
        if crc != self.crc.sum() || length != self.length {
            return self.lost("its checksum is another");
        }
        self.given = false;
        self.tries = 0;
        self.at = At::Member;
        Ok(())
    }

    /// Notes damage; an error, unless one was told already and nothing came out since.
    fn lost(&mut self, what: &str) -> io::Result<()> {
        let told = self.tries > 0 && !self.given;
        let spoils = self.given;
        self.tries += 1;
        if self.tries <= TRIES && !self.forgotten {
            // The next member may have begun in what was taken for this one.
            self.used = (self.start + 1).min(self.bytes.len());
        }
        self.at = At::Lost;
        self.given = false;
        if told {
            return Ok(());
        }
        Err(Damage::passing(format!("the gzip data is damaged: {what}"), spoils))
    }

    /// Looks for the next member.
    fn search(&mut self) -> io::Result<()> {
        loop {
            if let Some(at) = memchr::memmem::find(&self.bytes[self.used..], MAGIC) {
                self.used += at;
                if begins(&self.bytes[self.used..]) {
                    // A header that proves to be none is not told of again.
                    self.at = At::Member;
                    return Ok(());
                }
                self.used += MAGIC.len();
                continue;
            }
            // The magic may stand across the end of what was read.
            self.used = self.used.max(self.bytes.len().saturating_sub(MAGIC.len() - 1));
            self.forget();
            if !self.more()? {
                self.at = At::End;
                return Ok(());
            }
        }
    }
}

impl<R: BufRead> Read for Gunzip<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            match self.at {
                At::Member => self.member()?,
                At::Body => match self.body(buffer)? {
                    0 => {}
                    made => return Ok(made),
                },
                At::Trailer => self.trailer()?,
                At::Lost => self.search()?,
                At::End => return Ok(0),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn member(text: &str) -> Vec<u8> {
        let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        writer.write_all(text.as_bytes()).unwrap();
        writer.finish().unwrap()
    }

    /// What comes out, with `!` for each error.
    fn read(bytes: &[u8]) -> String {
        let mut reader = Gunzip::new(io::BufReader::with_capacity(7, bytes));
        let (mut text, mut buffer) = (String::new(), [0; 5]);
        loop {
            match reader.read(&mut buffer) {
                Ok(0) => return text,
                Ok(read) => text.push_str(&String::from_utf8_lossy(&buffer[..read])),
                Err(error) => {
                    assert!(Damage::goes_on(&error), "{error}");
                    text.push('!');
                }
            }
        }
    }

    #[test]
    fn members_make_one_stream() {
        let empty = member("");
        assert_eq!(read(&[member("one "), empty.repeat(1000), member("two")].concat()), "one two");
        assert_eq!(read(&[member("one"), vec![0; 100]].concat()), "one");
    }

    #[test]
    fn a_damaged_member_costs_itself() {
        let mut bad = member("the second of them");
        let length = bad.len();
        bad[length - 5] ^= 1;
        assert_eq!(
            read(&[member("one "), bad.clone(), member("two")].concat()),
            "one the second of them!two"
        );
        bad[12..20].fill(0xFF);
        let text = read(&[member("one "), bad, member("two")].concat());
        assert!(
            text.starts_with("one ") && text.ends_with("!two") && text.matches('!').count() == 1,
            "{text}"
        );
        assert_eq!(read(&[member("one "), vec![b'x'; 100], member("two")].concat()), "one !two");
    }

    #[test]
    fn a_cut_stream_says_so() {
        let whole = member(&"some text that is long enough ".repeat(9));
        for length in 3..whole.len() - 1 {
            assert!(read(&whole[..length]).ends_with('!'), "{length}");
        }
        assert!(!read(&whole).contains('!'));
    }

    #[test]
    fn many_members_that_are_none_come_to_an_end() {
        let none = [MAGIC, &[0; HEADER_BYTES - MAGIC.len()], &[0xFF; 4]].concat();
        for count in [1, TRIES as usize, 2 * TRIES as usize] {
            for end in [MAGIC, &[], b"\x1F\x8B\x08\x08\x1F"] {
                assert!(read(&[none.repeat(count), end.to_vec()].concat()).chars().all(|c| c == '!'));
                let good = read(&[none.repeat(count), member("good"), end.to_vec()].concat());
                assert!(good.contains("good"), "{count} {good}");
            }
        }
    }

    proptest::proptest! {
        /// Members begin everywhere, and hardly one goes on.
        #[test]
        fn anything_comes_to_an_end(pieces in proptest::collection::vec(0_usize..6, 0..600)) {
            let good = member("good");
            let parts = [MAGIC, b"\x1F", b"\x08", &[0; 3], b"\xFF\x2A", &good];
            let bytes: Vec<u8> = pieces.iter().flat_map(|&piece| parts[piece]).copied().collect();
            proptest::prop_assert!(read(&bytes).len() <= 5 * bytes.len());
        }
    }

    #[test]
    fn headers_with_all_their_parts_are_read() {
        let plain = member("text");
        let header =
            [&plain[..3], &[FLAG_EXTRA | FLAG_NAME | FLAG_COMMENT | FLAG_CRC], &plain[4..10]].concat();
        let parts: &[u8] = b"\x03\0abcname\0a comment\0\x12\x34";
        assert_eq!(read(&[&header, parts, &plain[10..]].concat()), "text");
    }
}
