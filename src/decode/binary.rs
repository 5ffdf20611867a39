//! Is it text at all?

/// First bytes of formats that are never text.
const MAGIC: &[&[u8]] = &[
    b"%PDF-",
    b"\x89PNG\r\n\x1a\n",
    b"\xFF\xD8\xFF",
    b"GIF87a",
    b"GIF89a",
    b"PK\x03\x04",
    b"\x7FELF",
    b"SQLite format 3\0",
    b"\x1F\x8B",
    b"RIFF",
    b"OggS",
    b"7z\xBC\xAF\x27\x1C",
    b"\xFD7zXZ\0",
    b"\x28\xB5\x2F\xFD",
    b"BZh",
];

/// Bytes looked at.
const SAMPLE: usize = 64 << 10;

/// One control byte in so many bytes is more than text has.
const CONTROL_SHARE: usize = 50;

/// Whether the bytes begin as a known binary format does, or hold more control bytes than text ever has.
pub(super) fn is_binary(bytes: &[u8]) -> bool {
    if MAGIC.iter().any(|magic| bytes.starts_with(magic)) {
        return true;
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let controls = sample.iter().filter(|&&byte| byte < 0x20 && !matches!(byte, 0x09..=0x0D | 0x1B)).count();
    controls * CONTROL_SHARE > sample.len()
}
