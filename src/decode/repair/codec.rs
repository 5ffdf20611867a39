//! Single-byte encodings backwards: from characters to the bytes they once were.
use encoding_rs::Encoding;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The upper half of code page 437, which the Encoding Standard does not have.
const CODE_PAGE_437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀\
                             αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}";

/// An encoding backwards.
pub(super) struct Codec {
    /// Whether texts that were read in it may have lost a byte here and there: those of the web.
    pub(super) is_lossy: bool,
    characters: Vec<char>,
    bytes: HashMap<char, u8>,
}

/// The encodings in which UTF-8 is most often misread, the most frequent first.
pub(super) static CODECS: LazyLock<Vec<Codec>> = LazyLock::new(|| {
    let web = [
        "windows-1252",
        "windows-1251",
        "windows-1250",
        "windows-1253",
        "windows-1254",
        "windows-1257",
        "iso-8859-2",
    ];
    let standard = |label: &str, is_lossy: bool| {
        let encoding = Encoding::for_label(label.as_bytes())?;
        let upper = |byte: u8| {
            encoding
                .decode_without_bom_handling(&[byte])
                .0
                .chars()
                .next()
                .unwrap_or(char::REPLACEMENT_CHARACTER)
        };
        Some(Codec::new((0x80..=0xFF).map(upper).collect(), is_lossy))
    };
    let mut codecs: Vec<Codec> = web.iter().filter_map(|label| standard(label, true)).collect();
    codecs.extend(standard("macintosh", false));
    codecs.push(Codec::new(CODE_PAGE_437.chars().collect(), false));
    codecs
});

/// windows-1252.
pub(super) static WINDOWS_1252: LazyLock<&Codec> = LazyLock::new(|| &CODECS[0]);

impl Codec {
    fn new(characters: Vec<char>, is_lossy: bool) -> Codec {
        let mut bytes = HashMap::new();
        if characters.first() == Some(&'€') && characters.contains(&'þ') {
            // ISO-8859-1 and windows-1252 are mixed up on the web: control characters are their own bytes.
            bytes.extend((0x80..=0x9F_u8).map(|byte| (char::from(byte), byte)));
        }
        let upper = characters.iter().zip(0x80..=0xFF_u8);
        bytes.extend(upper.filter(|(c, _)| **c != char::REPLACEMENT_CHARACTER).map(|(&c, byte)| (c, byte)));
        Codec { is_lossy, characters, bytes }
    }

    /// The byte that a character once was; that of U+FFFD is a loss.
    pub(super) fn byte(&self, c: char) -> Option<u8> {
        match c {
            '\0'..='\u{7F}' => Some(c as u32 as u8),
            char::REPLACEMENT_CHARACTER if self.is_lossy => Some(super::LOST),
            _ => self.bytes.get(&c).copied(),
        }
    }

    /// The character of a byte.
    pub(super) fn character(&self, byte: u8) -> char {
        match byte.checked_sub(0x80) {
            Some(upper) => self.characters[usize::from(upper)],
            None => char::from(byte),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_codec_is_whole() {
        assert_eq!(CODECS.len(), 9);
        for codec in CODECS.iter() {
            assert_eq!(codec.characters.len(), 128);
            for byte in 0..=255_u8 {
                let c = codec.character(byte);
                assert!(c == char::REPLACEMENT_CHARACTER || codec.byte(c) == Some(byte), "{byte:x}");
            }
        }
    }
}
