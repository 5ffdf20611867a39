//! Compressed sources as plain ones: told by their first bytes, whatever their names.
mod bounded;
mod damage;
mod gzip;

use crate::config::ReadConfig;
pub(super) use bounded::Budget;
use bounded::{Bounded, Counted};
pub(super) use damage::Damage;
pub(super) use gzip::Gunzip;
use std::io::{self, BufReader, Read};

/// Bytes that are read ahead of an unpacker.
const BUFFER_BYTES: usize = 64 << 10;

/// The base-2 logarithm of the largest window that a zstd stream may ask for: 128 MiB, what `zstd` itself
/// accepts without being told to take more.
const ZSTD_WINDOW_LOG: u32 = 27;

/// Memory that an xz stream may ask for, in KiB: what `xz -9` needs to unpack, and as much again.
const XZ_MEMORY_KIB: u32 = 128 << 10;

/// A compression format: what its streams begin with, and what reads them.
struct Packing {
    name: &'static str,
    magic: &'static [u8],
    open: fn(BufReader<Counted>) -> io::Result<Box<dyn Read + Send>>,
}

/// All compression formats.
const PACKINGS: &[Packing] = &[
    Packing { name: "gzip", magic: b"\x1F\x8B", open: |packed| Ok(Box::new(Gunzip::new(packed))) },
    Packing {
        name: "zstd",
        magic: b"\x28\xB5\x2F\xFD",
        open: |packed| {
            let mut reader = zstd::stream::read::Decoder::with_buffer(packed)?;
            reader.window_log_max(ZSTD_WINDOW_LOG)?;
            Ok(Box::new(reader))
        },
    },
    Packing {
        name: "bzip2",
        magic: b"BZh",
        open: |packed| Ok(Box::new(bzip2::bufread::MultiBzDecoder::new(packed))),
    },
    Packing {
        name: "xz",
        magic: b"\xFD7zXZ\0",
        open: |packed| Ok(Box::new(lzma_rust2::XzReader::new_mem_limit(packed, true, XZ_MEMORY_KIB))),
    },
];

/// The endings that compressed files add to their names.
const ENDINGS: &[&str] = &[".gz", ".zst", ".bz2", ".xz"];

/// The name without the ending of its compression.
pub(super) fn bare_name(name: &str) -> &str {
    let ending = ENDINGS.iter().find(|ending| super::is_named(name, ending));
    ending.map_or(name, |ending| &name[..name.len() - ending.len()])
}

/// Takes a stream that begins so and unpacks it; `None` if it is not compressed, and then it is not taken.
pub(super) fn unpack(
    head: &[u8],
    packed: &mut Box<dyn Read + Send>,
    limits: &ReadConfig,
) -> Option<io::Result<Box<dyn Read + Send>>> {
    let packing =
        PACKINGS.iter().find(|packing| head.starts_with(packing.magic) && plausible(packing, head))?;
    let (counted, taken) = Counted::new(std::mem::replace(packed, Box::new(io::empty())));
    let open = (packing.open)(BufReader::with_capacity(BUFFER_BYTES, counted));
    Some(open.map(|plain| Bounded::over(plain, packing.name, taken, limits)))
}

/// Two bytes are few: the third and fourth of bzip2 and gzip must fit too.
fn plausible(packing: &Packing, head: &[u8]) -> bool {
    match packing.name {
        "gzip" => gzip::begins(head),
        "bzip2" => head.get(3).is_none_or(u8::is_ascii_digit),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    /// "Some text.\n" by other programs.
    const BZIP2: &[u8] = &[
        0x42, 0x5a, 0x68, 0x39, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, 0x1d, 0x3f, 0x5c, 0x85, 0, 0, 1, 0x55,
        0x80, 0, 0x10, 0x40, 0,
    ];

    fn unpacked(packed: &[u8], limits: &ReadConfig) -> Option<io::Result<Vec<u8>>> {
        let mut stream: Box<dyn Read + Send> = Box::new(io::Cursor::new(packed.to_vec()));
        let reader = unpack(packed, &mut stream, limits)?;
        Some(reader.and_then(|mut reader| {
            let mut bytes = Vec::new();
            reader.read_to_end(&mut bytes).map(|_| bytes)
        }))
    }

    #[test]
    fn streams_of_many_parts_are_read_to_their_end() {
        let limits = ReadConfig::default();
        let two_frames =
            [zstd::encode_all(&b"one "[..], 1).unwrap(), zstd::encode_all(&b"two"[..], 1).unwrap()].concat();
        assert_eq!(unpacked(&two_frames, &limits).unwrap().unwrap(), b"one two");
        let two_streams = ["one ", "two"].map(|text| {
            let mut writer = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
            writer.write_all(text.as_bytes()).unwrap();
            writer.finish().unwrap()
        });
        assert_eq!(unpacked(&two_streams.concat(), &limits).unwrap().unwrap(), b"one two");
    }

    #[test]
    fn what_is_cut_or_damaged_says_so() {
        let limits = ReadConfig::default();
        let whole = zstd::encode_all(&[b'x'; 100_000][..], 1).unwrap();
        assert!(unpacked(&whole[..whole.len() - 5], &limits).unwrap().is_err());
        assert!(unpacked(BZIP2, &limits).unwrap().is_err());
        assert!(unpacked(b"\xFD7zXZ\0nothing that is any xz", &limits).unwrap().is_err());
    }

    #[test]
    fn plain_bytes_are_not_unpacked() {
        for plain in [&b"BZhello"[..], b"text", b"", b"\x1F\x8B", b"\x1F\x8B\x09"] {
            assert!(unpacked(plain, &ReadConfig::default()).is_none(), "{plain:?}");
        }
    }

    #[test]
    fn a_bomb_ends_at_the_limits() {
        let bomb = zstd::encode_all(io::repeat(b'a').take(64 << 20), 19).unwrap();
        let message = unpacked(&bomb, &ReadConfig::default()).unwrap().unwrap_err().to_string();
        assert!(message.contains("max_unpack_ratio"), "{message}");
        let limits = ReadConfig { max_unpacked_bytes: 1000, ..ReadConfig::default() };
        let message = unpacked(&bomb, &limits).unwrap().unwrap_err().to_string();
        assert!(message.contains("max_unpacked_bytes"), "{message}");
    }
}
