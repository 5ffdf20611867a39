//! The content codings of HTTP: gzip, deflate, br and zstd, up to the size of a document.
use super::super::unpack::Gunzip;
use crate::config::ReadConfig;
use std::io::{Cursor, Read};

/// Codings of one body, at most; a second one is rare already.
const MAX_CODINGS: usize = 3;

/// Bytes that a decoder of `br` reads at a time.
const BUFFER_BYTES: usize = 16 << 10;

/// The first bytes of a zlib stream: deflate, with a window and a check that makes it divisible by 31 (RFC 1950).
fn is_zlib(body: &[u8]) -> bool {
    matches!(body, [first, second, ..] if first & 0x0F == 8 && (u16::from(*first) << 8 | u16::from(*second)).is_multiple_of(31))
}

/// The body without its codings. A body that was unpacked already by the crawler stays as it is.
///
/// # Errors
/// In words, what is wrong with it.
pub(super) fn decoded(mut body: Vec<u8>, codings: &str, limits: &ReadConfig) -> Result<Vec<u8>, String> {
    let codings: Vec<String> = codings.split(',').map(|coding| coding.trim().to_ascii_lowercase()).collect();
    if codings.len() > MAX_CODINGS {
        return Err("it has too many content codings".to_string());
    }
    for coding in codings.iter().rev() {
        let packed = std::mem::take(&mut body);
        body = match coding.as_str() {
            "gzip" | "x-gzip" if packed.starts_with(b"\x1F\x8B") => {
                read(Gunzip::new(Cursor::new(packed)), coding, limits)?
            }
            "deflate" if is_zlib(&packed) => {
                read(flate2::read::ZlibDecoder::new(&packed[..]), coding, limits)?
            }
            "deflate" => {
                let raw = read(flate2::read::DeflateDecoder::new(&packed[..]), coding, limits);
                raw.or_else(|why| if looks_plain(&packed) { Ok(packed) } else { Err(why) })?
            }
            "br" => {
                let unpacked = brotli_decompressor::Decompressor::new(&packed[..], BUFFER_BYTES);
                let read = read(unpacked, coding, limits);
                read.or_else(|why| if looks_plain(&packed) { Ok(packed) } else { Err(why) })?
            }
            "zstd" if packed.starts_with(b"\x28\xB5\x2F\xFD") => {
                let unpacked = zstd::stream::read::Decoder::new(&packed[..]);
                read(unpacked.map_err(|error| error.to_string())?, coding, limits)?
            }
            _ => packed,
        };
    }
    Ok(body)
}

/// Whether a body begins as pages do; its coding was taken off before.
fn looks_plain(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"<")
}

fn read(unpacked: impl Read, coding: &str, limits: &ReadConfig) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    unpacked
        .take(limits.max_document_bytes + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| format!("its {coding} body is damaged: {error}"))?;
    if bytes.len() as u64 > limits.max_document_bytes {
        Err(super::super::too_large(limits))
    } else {
        Ok(bytes)
    }
}
