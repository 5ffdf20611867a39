//! What begins with `<!` or only looks like markup: comments, doctypes, CDATA.
use super::{Handler, Span, Tokenizer, doctype};
use memchr::memmem;

/// The words that open the declarations, after `<!`.
const COMMENT: &[u8] = b"--";
const DOCTYPE: &[u8] = b"doctype";
const CDATA: &[u8] = b"[CDATA[";

impl Tokenizer<'_> {
    /// The markup declaration open state: `from` is the place after `<!`.
    pub(super) fn declaration<H: Handler>(&mut self, from: usize, handler: &mut H) {
        let rest = &self.bytes[from..];
        if rest.starts_with(COMMENT) {
            self.comment(from + COMMENT.len(), handler);
        } else if rest.len() >= DOCTYPE.len() && rest[..DOCTYPE.len()].eq_ignore_ascii_case(DOCTYPE) {
            let start = from + DOCTYPE.len();
            let (doctype, length) = doctype::read(&self.page[start..]);
            handler.doctype(doctype);
            self.at = start + length;
        } else if rest.starts_with(CDATA) && handler.in_foreign_content() {
            self.cdata(from + CDATA.len(), handler);
        } else {
            self.bogus_comment(from, handler);
        }
    }

    /// Everything to the next `>` is a comment.
    pub(super) fn bogus_comment<H: Handler>(&mut self, from: usize, handler: &mut H) {
        let end = self.find(b'>', from);
        handler.comment(from..end);
        self.at = (end + 1).min(self.bytes.len());
    }

    fn comment<H: Handler>(&mut self, from: usize, handler: &mut H) {
        let (span, next) = comment_end(self.bytes, from);
        handler.comment(span);
        self.at = next;
    }

    /// Text up to `]]>`, without tags or references.
    pub(super) fn cdata<H: Handler>(&mut self, from: usize, handler: &mut H) {
        let found = memmem::find(&self.bytes[from..], b"]]>").map(|found| from + found);
        let end = found.unwrap_or(self.bytes.len());
        let mut text = from;
        while self.has_nul && text < end {
            let nul = self.find(0, text).min(end);
            if nul > text {
                handler.text(text..nul);
            }
            if nul < end {
                handler.null();
            }
            text = nul + 1;
        }
        if text < end {
            handler.text(text..end);
        }
        self.at = found.map_or(end, |found| found + 3);
    }
}

/// The text of the comment that begins here, and the place after it. It ends at `-->` or `--!>`, at once with `>`
/// or `->`, or with the page, less what would have been its end.
fn comment_end(bytes: &[u8], from: usize) -> (Span, usize) {
    let body = &bytes[from..];
    if body.starts_with(b">") {
        return (from..from, from + 1);
    }
    if body.starts_with(b"->") {
        return (from..from, from + 2);
    }
    let mut at = from;
    while let Some(found) = memmem::find(&bytes[at..], b"--") {
        let dashes = bytes[at + found..].iter().take_while(|&&byte| byte == b'-').count();
        at += found + dashes;
        match bytes[at..] {
            [b'>', ..] => return (from..at - 2, at + 1),
            [b'!', b'>', ..] => return (from..at - 2, at + 2),
            _ => {}
        }
    }
    let unfinished = [&b"--!"[..], b"--", b"-"].into_iter().find(|end| body.ends_with(end));
    (from..bytes.len() - unfinished.map_or(0, <[u8]>::len), bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comment(page: &str) -> (&str, &str) {
        let (span, next) = comment_end(page.as_bytes(), 4);
        (&page[span], &page[next..])
    }

    #[test]
    fn comments_end_where_browsers_end_them() {
        assert_eq!(comment("<!--a-->b"), ("a", "b"));
        assert_eq!(comment("<!-->b"), ("", "b"));
        assert_eq!(comment("<!--->b"), ("", "b"));
        assert_eq!(comment("<!----!>b"), ("", "b"));
        assert_eq!(comment("<!--a--!-->b"), ("a--!", "b"));
        assert_eq!(comment("<!--a--->b"), ("a-", "b"));
        assert_eq!(comment("<!--a<!--b-->c"), ("a<!--b", "c"));
        assert_eq!(comment("<!--a--"), ("a", ""));
        assert_eq!(comment("<!--a--!"), ("a", ""));
        assert_eq!(comment("<!---"), ("", ""));
    }
}
