//! The states of a tag: its name, its attributes, its end.
use super::{Handler, Span, State, TagKind, Tokenizer};

/// What a byte ends: a tag's name (`TAG`) and an attribute's name (`TAG` or `EQUALS`).
const NONE: u8 = 0;
const TAG: u8 = 1;
const EQUALS: u8 = 2;

static ENDS: [u8; 256] = {
    let mut table = [NONE; 256];
    table[b'\t' as usize] = TAG;
    table[b'\n' as usize] = TAG;
    table[b'\x0C' as usize] = TAG;
    table[b' ' as usize] = TAG;
    table[b'/' as usize] = TAG;
    table[b'>' as usize] = TAG;
    table[b'=' as usize] = EQUALS;
    table
};

/// Whether a byte ends a tag's name.
pub(super) fn ends_name(byte: u8) -> bool {
    ENDS[byte as usize] == TAG
}

/// White space, as tags know it. A carriage return never reaches the tokenizer.
pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\x0C' | b' ')
}

impl Tokenizer<'_> {
    /// Reads a tag whose name begins at `name`, and the raw text after it, if the tag opens one. A tag that the
    /// page breaks off is dropped, as the standard has it.
    pub(super) fn tag<H: Handler>(&mut self, kind: TagKind, name: usize, handler: &mut H) {
        let name = name..self.skip_until(name, ends_name);
        handler.open_tag(kind, name.clone());
        self.at = name.end;
        let Some(self_closing) = self.attributes(handler) else {
            self.at = self.bytes.len();
            return;
        };
        let state = handler.close_tag(self_closing);
        if handler.skips_mark() && self.page[self.at..].starts_with('\u{FEFF}') {
            self.at += '\u{FEFF}'.len_utf8();
        }
        if state != State::Data {
            let bytes = self.bytes;
            self.raw(state, &bytes[name], handler);
        }
    }

    /// Reads to the end of the tag; says whether the tag closes itself, or nothing if the page ends within it.
    fn attributes<H: Handler>(&mut self, handler: &mut H) -> Option<bool> {
        loop {
            match self.byte(self.at)? {
                b'>' => {
                    self.at += 1;
                    return Some(false);
                }
                b'/' => {
                    self.at += 1;
                    if self.byte(self.at)? == b'>' {
                        self.at += 1;
                        return Some(true);
                    }
                }
                byte if is_space(byte) => self.at += 1,
                _ => {
                    let name = self.at..self.skip_until(self.at + 1, |byte| ENDS[byte as usize] != NONE);
                    let value = self.value(name.end)?;
                    handler.attribute(name, value);
                }
            }
        }
    }

    /// Reads what follows an attribute's name: its value, or nothing.
    fn value(&mut self, name_end: usize) -> Option<Span> {
        self.at = self.skip_until(name_end, |byte| !is_space(byte));
        if self.byte(self.at)? != b'=' {
            return Some(name_end..name_end);
        }
        self.at = self.skip_until(self.at + 1, |byte| !is_space(byte));
        let value = match self.byte(self.at)? {
            quote @ (b'"' | b'\'') => {
                let start = self.at + 1;
                let end = self.find(quote, start);
                self.byte(end)?;
                self.at = end + 1;
                start..end
            }
            b'>' => self.at..self.at,
            _ => {
                let start = self.at;
                self.at = self.skip_until(start, |byte| is_space(byte) || byte == b'>');
                start..self.at
            }
        };
        Some(value)
    }

    /// The place of the first byte at or after `from` that stops, or the end of the page.
    fn skip_until(&self, from: usize, stops: impl Fn(u8) -> bool) -> usize {
        let rest = &self.bytes[from..];
        from + rest.iter().position(|&byte| stops(byte)).unwrap_or(rest.len())
    }
}
