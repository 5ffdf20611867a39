//! A block of named fields, as records and HTTP have it: read with patience for what crawlers write.

/// Fields in their order, names in small letters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Header {
    fields: Vec<(String, String)>,
}

impl Header {
    /// Reads the fields of a block that follow its first line. Lines end with LF, before which a CR may stand;
    /// a line that begins with a blank goes on from the one before; a line without a colon says nothing.
    pub(super) fn parse(block: &[u8]) -> Header {
        let mut header = Header::default();
        for line in block.split(|&byte| byte == b'\n').skip(1) {
            let text = String::from_utf8_lossy(line.trim_ascii_end());
            let goes_on = text.starts_with([' ', '\t']);
            match (text.split_once(':'), header.fields.last_mut()) {
                (_, Some((_, value))) if goes_on => {
                    value.push(' ');
                    value.push_str(text.trim());
                }
                (Some((name, value)), _) => {
                    header.fields.push((name.trim().to_ascii_lowercase(), value.trim().to_string()));
                }
                (None, _) => {}
            }
        }
        header
    }

    /// The value of a field, by its name in small letters; of several the first.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The id of a record, without its brackets.
    pub(super) fn id(&self) -> Option<&str> {
        self.get("warc-record-id").map(|id| id.trim_matches(['<', '>'])).filter(|id| !id.is_empty())
    }
}

/// The length of the block of fields at the start of some bytes, its first line and the blank line included;
/// `None` if it is not whole.
pub(super) fn block_length(bytes: &[u8]) -> Option<usize> {
    memchr::memchr_iter(b'\n', bytes)
        .find(|&at| matches!(bytes[at + 1..], [b'\n', ..] | [b'\r', b'\n', ..]))
        .map(|at| at + 1 + if bytes[at + 1] == b'\n' { 1 } else { 2 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_in_any_shape() {
        let header = Header::parse(
            b"WARC/1.0\r\nWARC-Type:response\nX: a\r\n b\nodd line\nWARC-RECORD-ID: <urn:x>\r\n",
        );
        assert_eq!(header.get("warc-type"), Some("response"));
        assert_eq!(header.get("x"), Some("a b"));
        assert_eq!(header.id(), Some("urn:x"));
    }

    #[test]
    fn the_block_ends_with_a_blank_line() {
        assert_eq!(block_length(b"a\r\nb\r\n\r\nbody"), Some(8));
        assert_eq!(block_length(b"a\n\nbody\n\n"), Some(3));
        assert_eq!(block_length(b"a\r\nb\r\n"), None);
    }
}
