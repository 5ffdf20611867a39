//! Numbers, texts and names as bytes: small numbers are short, and a name that comes again is a number.
use super::Damaged;
use std::collections::HashMap;
use std::ops::Range;

/// The low bits of a byte of a number; the high one says that more bytes follow (LEB128).
const SEVEN_BITS: u8 = 0x7F;

/// Writes front to back.
#[derive(Default)]
pub(super) struct Writer {
    bytes: Vec<u8>,
    /// Names that were written, by their numbers from 1.
    names: HashMap<Box<str>, u64>,
}

impl Writer {
    /// What was written.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    pub(super) fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    pub(super) fn flag(&mut self, flag: bool) {
        self.byte(u8::from(flag));
    }

    pub(super) fn number(&mut self, mut number: u64) {
        while number > u64::from(SEVEN_BITS) {
            self.byte(number as u8 | !SEVEN_BITS);
            number >>= 7;
        }
        self.byte(number as u8);
    }

    /// A number that may be missing.
    pub(super) fn maybe_number(&mut self, number: Option<u32>) {
        self.number(number.map_or(0, |number| u64::from(number) + 1));
    }

    pub(super) fn float(&mut self, number: f32) {
        self.bytes.extend(number.to_le_bytes());
    }

    pub(super) fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.bytes.extend(text.as_bytes());
    }

    /// A text that may be missing.
    pub(super) fn maybe_text(&mut self, text: Option<&str>) {
        self.flag(text.is_some());
        text.into_iter().for_each(|text| self.text(text));
    }

    pub(super) fn texts(&mut self, texts: &[String]) {
        self.number(texts.len() as u64);
        texts.iter().for_each(|text| self.text(text));
    }

    /// A text that is likely to come again.
    pub(super) fn name(&mut self, name: &str) {
        if let Some(&known) = self.names.get(name) {
            return self.number(known);
        }
        self.number(0);
        self.text(name);
        self.names.insert(name.into(), self.names.len() as u64 + 1);
    }

    pub(super) fn range(&mut self, range: &Range<usize>) {
        self.number(range.start as u64);
        self.number(range.len() as u64);
    }
}

/// Reads front to back what a [`Writer`] wrote. Nothing in the bytes is trusted: whatever they are, they are read or
/// refused, and what is made of them takes up a few times their length at most.
pub(super) struct Reader<'a> {
    rest: &'a [u8],
    names: Vec<&'a str>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Reader<'a> {
        Reader { rest: bytes, names: Vec::new() }
    }

    /// Nothing may be left.
    pub(super) fn ended(&self) -> Result<(), Damaged> {
        if self.rest.is_empty() { Ok(()) } else { Err(Damaged) }
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8], Damaged> {
        let (bytes, rest) = self.rest.split_at_checked(count).ok_or(Damaged)?;
        self.rest = rest;
        Ok(bytes)
    }

    pub(super) fn byte(&mut self) -> Result<u8, Damaged> {
        Ok(self.take(1)?[0])
    }

    pub(super) fn flag(&mut self) -> Result<bool, Damaged> {
        match self.byte()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(Damaged),
        }
    }

    pub(super) fn number(&mut self) -> Result<u64, Damaged> {
        let mut number = 0;
        for shift in (0..u64::BITS).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & SEVEN_BITS) << shift;
            if byte <= SEVEN_BITS {
                return Ok(number);
            }
        }
        Err(Damaged)
    }

    pub(super) fn small(&mut self) -> Result<u32, Damaged> {
        u32::try_from(self.number()?).map_err(|_| Damaged)
    }

    pub(super) fn maybe_number(&mut self) -> Result<Option<u32>, Damaged> {
        match self.number()? {
            0 => Ok(None),
            more => u32::try_from(more - 1).map(Some).map_err(|_| Damaged),
        }
    }

    pub(super) fn float(&mut self) -> Result<f32, Damaged> {
        self.take(size_of::<f32>())?.try_into().map(f32::from_le_bytes).map_err(|_| Damaged)
    }

    pub(super) fn text(&mut self) -> Result<&'a str, Damaged> {
        let length = usize::try_from(self.number()?).map_err(|_| Damaged)?;
        std::str::from_utf8(self.take(length)?).map_err(|_| Damaged)
    }

    pub(super) fn string(&mut self) -> Result<String, Damaged> {
        self.text().map(str::to_string)
    }

    pub(super) fn maybe_text(&mut self) -> Result<Option<&'a str>, Damaged> {
        if self.flag()? { self.text().map(Some) } else { Ok(None) }
    }

    pub(super) fn maybe_string(&mut self) -> Result<Option<String>, Damaged> {
        Ok(self.maybe_text()?.map(str::to_string))
    }

    pub(super) fn texts(&mut self) -> Result<Vec<String>, Damaged> {
        self.many(Reader::string)
    }

    pub(super) fn name(&mut self) -> Result<&'a str, Damaged> {
        match self.number()? {
            0 => {
                let name = self.text()?;
                self.names.push(name);
                Ok(name)
            }
            known => {
                let at = usize::try_from(known - 1).map_err(|_| Damaged)?;
                self.names.get(at).copied().ok_or(Damaged)
            }
        }
    }

    pub(super) fn range(&mut self) -> Result<Range<usize>, Damaged> {
        let start = usize::try_from(self.number()?).map_err(|_| Damaged)?;
        let length = usize::try_from(self.number()?).map_err(|_| Damaged)?;
        Ok(start..start.checked_add(length).ok_or(Damaged)?)
    }

    /// A list, its length before it.
    pub(super) fn many<T>(
        &mut self,
        mut each: impl FnMut(&mut Self) -> Result<T, Damaged>,
    ) -> Result<Vec<T>, Damaged> {
        // No room is made before a member is read: a length may be a lie.
        (0..self.number()?).map(|_| each(self)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_texts_and_names_come_back() {
        let numbers = [0, 1, 127, 128, 16_384, u64::from(u32::MAX), u64::MAX];
        let mut writer = Writer::default();
        numbers.iter().for_each(|&number| writer.number(number));
        ["a/b", "c", "a/b", "c"].iter().for_each(|name| writer.name(name));
        writer.maybe_text(None);
        writer.maybe_number(Some(u32::MAX));
        writer.range(&(3..9));
        let bytes = writer.into_bytes();
        let mut reader = Reader::new(&bytes);
        assert!(numbers.iter().all(|&number| reader.number() == Ok(number)));
        assert_eq!([(); 4].map(|()| reader.name().unwrap()), ["a/b", "c", "a/b", "c"]);
        assert_eq!(reader.maybe_text(), Ok(None));
        assert_eq!(reader.maybe_number(), Ok(Some(u32::MAX)));
        assert_eq!(reader.range(), Ok(3..9));
        assert_eq!(reader.ended(), Ok(()));
    }

    #[test]
    fn lies_are_refused() {
        assert_eq!(Reader::new(&[0xFF; 20]).number(), Err(Damaged));
        assert_eq!(Reader::new(&[5, b'a']).text(), Err(Damaged));
        assert_eq!(Reader::new(&[2, 0xC3, 0x28]).text(), Err(Damaged));
        assert_eq!(Reader::new(&[1]).name(), Err(Damaged));
        assert_eq!(Reader::new(&[0xFF, 0xFF, 0xFF, 0x7F]).texts(), Err(Damaged));
    }
}
