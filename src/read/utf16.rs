//! Rows in UTF-16, as spreadsheets save them: told by the mark at their start, and read as UTF-8. A page or a text in
//! UTF-16 is left as it is, and decoded as any other.
use super::patient::begun_by;
use super::{ROWS, SNIFF_BYTES, begun};
use encoding_rs::Encoding;
use encoding_rs_io::DecodeReaderBytesBuilder;
use std::io::Read;

/// UTF-32 begins as UTF-16 does, with a zero that no text has.
const UTF_32_LE: &[u8] = b"\xFF\xFE\0\0";

/// A stream and its head, in UTF-8 if they are rows in UTF-16; else as they are.
pub(super) fn rows_as_utf8(
    head: Vec<u8>,
    stream: Box<dyn Read + Send>,
    name: &str,
) -> (Vec<u8>, Box<dyn Read + Send>) {
    let wide = |(encoding, _): &(&Encoding, usize)| *encoding != encoding_rs::UTF_8;
    let Some((encoding, _)) = Encoding::for_bom(&head).filter(wide).filter(|_| !head.starts_with(UTF_32_LE))
    else {
        return (head, stream);
    };
    // A character of the usual alphabet takes two bytes of it.
    let (wide_head, stream) = begun_by(stream, 2 * SNIFF_BYTES);
    let (text, _, _) = encoding.decode(&wide_head);
    if ROWS.iter().any(|format| (format.tells)(text.as_bytes(), name)) {
        begun(Box::new(DecodeReaderBytesBuilder::new().build(stream)))
    } else {
        (head, stream)
    }
}
