//! Files read with patience, and streams begun and given back whole.
use super::SNIFF_BYTES;
use std::fs::File;
use std::io::{self, Cursor, Read};

/// A file that is asked a second time when reading fails: network drives recover, and an error that is real
/// comes again.
pub(crate) struct Patient(File);

impl Patient {
    /// Reads this file.
    pub(super) fn new(file: File) -> Patient {
        Patient(file)
    }

    /// The file itself.
    #[cfg(feature = "parquet")]
    pub(super) fn into_file(self) -> File {
        self.0
    }
}

impl Read for Patient {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer).or_else(|_| self.0.read(buffer))
    }
}

/// Reads the head of a stream, and gives back the whole, as if nothing had been read of it. An error in the
/// head comes again at its place.
pub(super) fn begun(stream: Box<dyn Read + Send>) -> (Vec<u8>, Box<dyn Read + Send>) {
    begun_by(stream, SNIFF_BYTES)
}

/// The same with a head of so many bytes.
pub(super) fn begun_by(mut stream: Box<dyn Read + Send>, bytes: usize) -> (Vec<u8>, Box<dyn Read + Send>) {
    let mut head = Vec::with_capacity(bytes);
    let met = Met(stream.by_ref().take(bytes as u64).read_to_end(&mut head).err());
    (head.clone(), Box::new(Cursor::new(head).chain(met).chain(stream)))
}

/// An error that was met, told once.
struct Met(Option<io::Error>);

impl Read for Met {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails at every other reading, and gives a byte at the others.
    struct Failing(u32);

    impl Read for Failing {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.0 += 1;
            match self.0 {
                9.. => Ok(0),
                n if n % 2 == 0 => Err(io::Error::other("no")),
                _ => {
                    buffer[0] = b'x';
                    Ok(1)
                }
            }
        }
    }

    #[test]
    fn an_error_in_the_head_comes_again_at_its_place() {
        let (head, mut stream) = begun(Box::new(Failing(0)));
        assert_eq!(head, b"x");
        let mut met = Vec::new();
        for _ in 0..8 {
            met.push(stream.read(&mut [0; 4]).map_err(|error| error.to_string()));
        }
        let (x, no) = (Ok(1), Err("no".to_string()));
        let expected = [x.clone(), no.clone(), x.clone(), no.clone(), x.clone(), no.clone(), x, no];
        assert_eq!(met, expected);
    }
}
