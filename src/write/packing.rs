//! Compression of what is written, by the ending of its name. What is packed has no time or name in it, so that
//! the same text gives the same bytes.
use std::io::{self, Write};
use std::path::Path;

/// The level of zstd: its own default.
const ZSTD_LEVEL: i32 = 3;

/// How a file is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    Plain,
    Gzip,
    Zstd,
}

impl Packing {
    /// The packing that the ending of a name asks for, and the name without it.
    pub(super) fn of(path: &Path) -> (Packing, std::path::PathBuf) {
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        match ending.as_str() {
            "gz" => (Packing::Gzip, path.with_extension("")),
            "zst" => (Packing::Zstd, path.with_extension("")),
            _ => (Packing::Plain, path.to_path_buf()),
        }
    }

    /// Packs what is written into `out`.
    pub(super) fn pack<W: Write>(self, out: W) -> io::Result<Packer<W>> {
        Ok(match self {
            Packing::Plain => Packer::Plain(out),
            Packing::Gzip => {
                Packer::Gzip(Box::new(flate2::write::GzEncoder::new(out, flate2::Compression::default())))
            }
            Packing::Zstd => {
                let mut encoder = zstd::stream::write::Encoder::new(out, ZSTD_LEVEL)?;
                encoder.include_checksum(true)?;
                Packer::Zstd(Box::new(encoder))
            }
        })
    }

    /// Reads what was packed.
    pub(super) fn unpack<'a>(self, packed: impl io::Read + 'a) -> io::Result<Box<dyn io::Read + 'a>> {
        Ok(match self {
            Packing::Plain => Box::new(packed),
            Packing::Gzip => Box::new(flate2::read::MultiGzDecoder::new(packed)),
            Packing::Zstd => Box::new(zstd::stream::read::Decoder::new(packed)?),
        })
    }
}

/// Something to write into that packs.
pub(super) enum Packer<W: Write> {
    Plain(W),
    Gzip(Box<flate2::write::GzEncoder<W>>),
    Zstd(Box<zstd::stream::write::Encoder<'static, W>>),
}

impl<W: Write> Packer<W> {
    /// Ends the packed stream and hands back what it went into.
    pub(super) fn finish(self) -> io::Result<W> {
        match self {
            Packer::Plain(out) => Ok(out),
            Packer::Gzip(encoder) => encoder.finish(),
            Packer::Zstd(encoder) => encoder.finish(),
        }
    }
}

impl<W: Write> Write for Packer<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Packer::Plain(out) => out.write(bytes),
            Packer::Gzip(encoder) => encoder.write(bytes),
            Packer::Zstd(encoder) => encoder.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Packer::Plain(out) => out.flush(),
            Packer::Gzip(encoder) => encoder.flush(),
            Packer::Zstd(encoder) => encoder.flush(),
        }
    }
}
