//! Invisible characters: which are noise, and which a script or an emoji needs.

/// The base of the emoji that spell a flag in tag characters.
const BLACK_FLAG: char = '\u{1F3F4}';

/// At an invisible character: the bytes that share its fate, and how many characters of them to drop; none
/// where they are needed.
pub(super) fn droppable(text: &str, at: usize) -> (usize, u64) {
    let (before, rest) = text.split_at(at);
    let before = before.chars().next_back();
    let Some(here) = rest.chars().next() else { return (0, 0) };
    let length = here.len_utf8();
    let after = rest[length..].chars().next();
    let is_needed = match here {
        '\u{200C}' => before.is_some_and(joins),
        '\u{200D}' => before.is_some_and(joins) || both(before, after, is_emoji),
        '\u{200B}' => both(before, after, has_no_spaces),
        '\u{E0100}'..='\u{E01EF}' => before.is_some_and(is_ideograph),
        '\u{E0000}'..='\u{E007F}' => return tags(rest, before == Some(BLACK_FLAG)),
        _ => false,
    };
    (length, u64::from(!is_needed))
}

fn both(before: Option<char>, after: Option<char>, holds: fn(char) -> bool) -> bool {
    before.is_some_and(holds) && after.is_some_and(holds)
}

/// A run of tag characters: part of a flag, or hidden text.
fn tags(rest: &str, is_flag: bool) -> (usize, u64) {
    let run = rest.chars().take_while(|c| matches!(c, '\u{E0000}'..='\u{E007F}')).count();
    (run * BLACK_FLAG.len_utf8(), if is_flag { 0 } else { run as u64 })
}

/// Letters of scripts whose spelling uses joiners: Arabic and its neighbours, those of India, Myanmar,
/// Khmer and Mongolian.
fn joins(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{DFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{18AF}' | '\u{FB50}'..='\u{FDFF}'
        | '\u{FE70}'..='\u{FEFC}' | '\u{A840}'..='\u{A8FF}' | '\u{11000}'..='\u{1193F}')
}

/// Letters of scripts without spaces, where the zero-width space parts words.
fn has_no_spaces(c: char) -> bool {
    matches!(c, '\u{E00}'..='\u{FFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{1950}'..='\u{19DF}')
}

/// Ideographs, whose registered forms one variation selector chooses among; more, or after other letters, are
/// hidden text.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Symbols that may be a part of a joined emoji, with their modifiers and variation selectors.
fn is_emoji(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2BFF}' | '\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joiners_stay_where_they_are_needed() {
        let keeps = |text: &str, c: char| droppable(text, text.find(c).unwrap()).1 == 0;
        assert!(keeps("می\u{200C}خواهم", '\u{200C}'));
        assert!(keeps("ന\u{D4D}\u{200D}", '\u{200D}'));
        assert!(keeps("👩\u{200D}💻", '\u{200D}'));
        assert!(!keeps("Auf\u{200C}lage", '\u{200C}'));
        assert!(!keeps("a\u{200D}b", '\u{200D}'));
        assert!(!keeps("a\u{200B}b", '\u{200B}'));
        assert!(keeps("葛\u{E0100}", '\u{E0100}'));
        assert!(!keeps("A\u{E0100}", '\u{E0100}'));
        assert!(!keeps("葛\u{E0100}\u{E0101}", '\u{E0101}'));
        assert!(keeps("កម្ពុ\u{200B}ជា", '\u{200B}'));
    }

    #[test]
    fn tags_without_a_flag_are_dropped_as_one() {
        assert_eq!(droppable("hi\u{E0068}\u{E0069}", 2), (8, 2));
    }
}
