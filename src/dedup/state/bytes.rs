//! Numbers and texts as bytes of a state file, little end first, with a hash over all of them.
use std::io::{self, Read, Write};

/// Writes a file and hashes it on the way.
pub(super) struct Hashed<W> {
    out: W,
    hash: blake3::Hasher,
    bytes: u64,
}

impl<W: Write> Hashed<W> {
    /// Around a file.
    pub(super) fn new(out: W) -> Hashed<W> {
        Hashed { out, hash: blake3::Hasher::new(), bytes: 0 }
    }

    /// The file, its length and its BLAKE3 hash in hex.
    pub(super) fn done(self) -> (W, u64, String) {
        (self.out, self.bytes, self.hash.finalize().to_hex().to_string())
    }
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.hash.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The hash of what is left of a file, in hex.
pub(super) fn hash(mut file: impl Read) -> io::Result<String> {
    let mut hash = blake3::Hasher::new();
    io::copy(&mut file, &mut hash)?;
    Ok(hash.finalize().to_hex().to_string())
}

/// Reads what was written, front to back.
pub(super) struct Reader<'a>(pub(super) &'a [u8]);

impl<'a> Reader<'a> {
    /// The next bytes.
    pub(super) fn bytes(&mut self, count: usize) -> io::Result<&'a [u8]> {
        let (bytes, rest) = self.0.split_at_checked(count).ok_or(io::ErrorKind::UnexpectedEof)?;
        self.0 = rest;
        Ok(bytes)
    }

    /// The next number of 32 bits.
    pub(super) fn u32(&mut self) -> io::Result<u32> {
        Ok(self.bytes(4)?.first_chunk().map_or(0, |&bytes| u32::from_le_bytes(bytes)))
    }

    /// The next number of 64 bits.
    pub(super) fn u64(&mut self) -> io::Result<u64> {
        Ok(self.bytes(8)?.first_chunk().map_or(0, |&bytes| u64::from_le_bytes(bytes)))
    }

    /// The next numbers of 32 bits.
    pub(super) fn u32s(&mut self, count: usize) -> io::Result<impl Iterator<Item = u32> + 'a> {
        let bytes = self.bytes(count.saturating_mul(4))?;
        Ok(bytes.as_chunks().0.iter().map(|&bytes| u32::from_le_bytes(bytes)))
    }

    /// The next number that is short if it is small, as [`put_short`] wrote it.
    pub(super) fn short(&mut self) -> io::Result<u32> {
        let mut number = 0u32;
        for shift in (0..u32::BITS).step_by(7) {
            let byte = self.bytes(1)?[0];
            number |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(io::ErrorKind::InvalidData.into())
    }

    /// The next text, its length before it.
    pub(super) fn text(&mut self) -> io::Result<&'a str> {
        let length = self.u32()? as usize;
        std::str::from_utf8(self.bytes(length)?)
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
    }
}

/// Writes a number in as many bytes as it needs, seven bits in each, the lowest first (LEB128).
pub(super) fn put_short(out: &mut impl Write, mut number: u32) -> io::Result<()> {
    while number >= 0x80 {
        out.write_all(&[number as u8 | 0x80])?;
        number >>= 7;
    }
    out.write_all(&[number as u8])
}

/// Writes a text, its length before it.
pub(super) fn put_text(out: &mut impl Write, text: &str) -> io::Result<()> {
    out.write_all(&(text.len() as u32).to_le_bytes())?;
    out.write_all(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_texts_come_back() {
        let numbers = [0, 1, 127, 128, 16_383, 16_384, u32::MAX];
        let mut bytes = Vec::new();
        numbers.iter().for_each(|&number| put_short(&mut bytes, number).unwrap());
        put_text(&mut bytes, "so it is").unwrap();
        assert_eq!(bytes.len(), 1 + 1 + 1 + 2 + 2 + 3 + 5 + 4 + 8);
        let mut reader = Reader(&bytes);
        assert!(numbers.iter().all(|&number| reader.short().unwrap() == number));
        assert_eq!(reader.text().unwrap(), "so it is");
        assert!(reader.short().is_err());
        assert!(Reader(&[0xff; 9]).short().is_err());
    }
}
