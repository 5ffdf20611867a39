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

    /// The next numbers of 16 bits.
    pub(super) fn u16s(&mut self, count: usize) -> io::Result<impl Iterator<Item = u16> + 'a> {
        let bytes = self.bytes(count.saturating_mul(2))?;
        Ok(bytes.as_chunks().0.iter().map(|&bytes| u16::from_le_bytes(bytes)))
    }

    /// The next text, its length before it.
    pub(super) fn text(&mut self) -> io::Result<&'a str> {
        let length = self.u32()? as usize;
        std::str::from_utf8(self.bytes(length)?)
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
    }
}

/// Writes a text, its length before it.
pub(super) fn put_text(out: &mut impl Write, text: &str) -> io::Result<()> {
    out.write_all(&(text.len() as u32).to_le_bytes())?;
    out.write_all(text.as_bytes())
}
