//! Compression of what is written, by the ending of its name. What is packed has no time or name in it, so that
//! the same text gives the same bytes.
#[cfg(feature = "parquet")]
use super::parquet::{Columns, Lines};
use std::fs::File;
use std::io::{self, BufReader, Write};
use std::path::Path;

/// The level of zstd: its own default.
const ZSTD_LEVEL: i32 = 3;

/// How a file is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    Plain,
    Gzip,
    Zstd,
    /// Lines of JSON as columns.
    #[cfg(feature = "parquet")]
    Parquet,
}

impl Packing {
    /// The packing that the ending of a name asks for, and the name without it. The ending of Parquet stays: it names
    /// the format too.
    pub(super) fn of(path: &Path) -> (Packing, std::path::PathBuf) {
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        match ending.as_str() {
            "gz" => (Packing::Gzip, path.with_extension("")),
            "zst" => (Packing::Zstd, path.with_extension("")),
            #[cfg(feature = "parquet")]
            "parquet" => (Packing::Parquet, path.to_path_buf()),
            _ => (Packing::Plain, path.to_path_buf()),
        }
    }

    /// What a ledger's name ends with that stands beside a file packed so.
    pub(super) fn ledger_ending(self) -> &'static str {
        match self {
            Packing::Gzip => ".gz",
            Packing::Zstd => ".zst",
            _ => "",
        }
    }

    /// Packs what is written into `out`.
    pub(super) fn pack<W: Write + Send>(self, out: W) -> io::Result<Packer<W>> {
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
            #[cfg(feature = "parquet")]
            Packing::Parquet => Packer::Parquet(Box::new(Columns::new(out)?)),
        })
    }

    /// Reads what was packed.
    pub(super) fn unpack(self, packed: File) -> io::Result<Box<dyn io::Read>> {
        Ok(match self {
            Packing::Plain => Box::new(packed),
            Packing::Gzip => Box::new(flate2::read::MultiGzDecoder::new(BufReader::new(packed))),
            Packing::Zstd => Box::new(zstd::stream::read::Decoder::new(packed)?),
            #[cfg(feature = "parquet")]
            Packing::Parquet => Box::new(Lines::of(packed)?),
        })
    }
}

/// Something to write into that packs.
pub(super) enum Packer<W: Write + Send> {
    Plain(W),
    Gzip(Box<flate2::write::GzEncoder<W>>),
    Zstd(Box<zstd::stream::write::Encoder<'static, W>>),
    #[cfg(feature = "parquet")]
    Parquet(Box<Columns<W>>),
}

/// What is said of a file inside of it, where its packing has a place for that: names and values.
pub(super) type Notes = Vec<(&'static str, String)>;

impl<W: Write + Send> Packer<W> {
    /// Ends the packed stream, with what is said of it, and hands back what it went into.
    #[cfg_attr(
        not(feature = "parquet"),
        expect(unused_variables, reason = "only Parquet has a place for notes")
    )]
    pub(super) fn finish(self, notes: &Notes) -> io::Result<W> {
        match self {
            Packer::Plain(out) => Ok(out),
            Packer::Gzip(encoder) => encoder.finish(),
            Packer::Zstd(encoder) => encoder.finish(),
            #[cfg(feature = "parquet")]
            Packer::Parquet(columns) => columns.finish(notes),
        }
    }
}

impl<W: Write + Send> Write for Packer<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Packer::Plain(out) => out.write(bytes),
            Packer::Gzip(encoder) => encoder.write(bytes),
            Packer::Zstd(encoder) => encoder.write(bytes),
            #[cfg(feature = "parquet")]
            Packer::Parquet(columns) => columns.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Packer::Plain(out) => out.flush(),
            Packer::Gzip(encoder) => encoder.flush(),
            Packer::Zstd(encoder) => encoder.flush(),
            #[cfg(feature = "parquet")]
            Packer::Parquet(columns) => columns.flush(),
        }
    }
}
