//! Folding: what the eye takes for the same words becomes the same string.

/// Folds a line: lower case, straight quotes, narrow forms, one blank between words, no marks at the edges.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    // A blank at the start is left out, as is one after another.
    let mut blank = true;
    for c in text.chars() {
        let c = if c.is_ascii() { char::from(ASCII[c as usize]) } else { plain(c) };
        match c {
            ' ' => {
                if !blank {
                    folded.push(' ');
                }
                blank = true;
                continue;
            }
            '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\u{2060}' => continue,
            '…' => folded.push_str("..."),
            // French sets a blank before a colon.
            ':' => {
                if blank && !folded.is_empty() {
                    folded.pop();
                }
                folded.push(':');
            }
            c if c.is_ascii() => folded.push(c.to_ascii_lowercase()),
            c => folded.extend(c.to_lowercase()),
        }
        blank = false;
    }
    let kept = trim_marks(&folded);
    if kept.len() == folded.len() { folded } else { kept.to_string() }
}

/// What ASCII characters are folded to: one blank for all, small letters, one apostrophe.
const ASCII: [u8; 128] = {
    let mut folded = [0; 128];
    let mut byte = 0;
    while byte < 128 {
        folded[byte as usize] = match byte {
            b'`' => b'\'',
            b'\t'..=b'\r' => b' ',
            _ => byte.to_ascii_lowercase(),
        };
        byte += 1;
    }
    folded
};

/// The text without the marks, bullets and arrows at its edges.
pub fn trim_marks(text: &str) -> &str {
    text.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '©' | '@' | '#' | '&' | '%' | '+'))
}

fn plain(c: char) -> char {
    match c {
        '\u{2018}' | '\u{2019}' | '\u{201A}' | '\u{201B}' | '\u{2032}' | '\u{60}' | '\u{B4}' => '\'',
        '\u{201C}'..='\u{201F}' | '\u{2033}' | '«' | '»' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        // Fullwidth forms stand at a fixed distance from ASCII (Unicode, Halfwidth and Fullwidth Forms).
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        // Turkish capitals and small letters of i meet in no other way.
        'İ' | 'ı' => 'i',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_the_same_is_the_same() {
        for line in
            ["READ MORE »", "Read\u{A0} more", "– Read more:", "ＲＥＡＤ　ｍｏｒｅ", "re\u{AD}ad more…"]
        {
            assert_eq!(fold(line), "read more", "{line}");
        }
        assert_eq!(fold("Don’t “go”"), "don't \"go");
        assert_eq!(fold("YAYINLANMA"), fold("yayınlanma"));
        assert_eq!(fold("Lire aussi\u{A0}: le port"), "lire aussi: le port");
    }
}
