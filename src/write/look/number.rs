//! Numbers as people read them.

/// A count, its thousands parted by commas.
pub(super) fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut parted = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            parted.push(',');
        }
        parted.push(digit);
    }
    parted
}

/// A count with its noun, which gets an `s` unless there is one of it.
pub(super) fn counted(number: u64, noun: &str) -> String {
    format!("{} {noun}{}", count(number), if number == 1 { "" } else { "s" })
}

/// A part of a whole, from 0 to 1; of nothing, nothing.
pub(super) fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// A part of a whole in percent. What is little is not told as nothing, nor what is nearly all as all.
pub(super) fn percent(part: u64, whole: u64) -> String {
    match share(part, whole) * 100.0 {
        little if part > 0 && little < 0.05 => "< 0.1 %".to_string(),
        much if part < whole && much > 99.95 => "> 99.9 %".to_string(),
        percent => format!("{percent:.1} %"),
    }
}

/// Bytes, in thousands as disks have them.
pub(super) fn bytes(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["kB", "MB", "GB", "TB", "PB"];
    if bytes < 1_000 {
        return counted(bytes, "byte");
    }
    let mut size = bytes as f64 / 1e3;
    let mut unit = 0;
    while size >= 999.95 && unit + 1 < UNITS.len() {
        size /= 1e3;
        unit += 1;
    }
    format!("{size:.1} {}", UNITS[unit])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_for_people() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(count), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!([counted(1, "line"), counted(2, "line")], ["1 line", "2 lines"]);
        assert_eq!(
            [1, 999, 1_000, 999_960, 5_300_000_000].map(bytes),
            ["1 byte", "999 bytes", "1.0 kB", "1.0 MB", "5.3 GB"]
        );
    }

    #[test]
    fn little_is_not_nothing() {
        let told = [(0, 0), (0, 9), (1, 3), (1, 100_000), (99_999, 100_000), (5, 5)];
        let told = told.map(|(part, whole)| percent(part, whole));
        assert_eq!(told, ["0.0 %", "0.0 %", "33.3 %", "< 0.1 %", "> 99.9 %", "100.0 %"]);
    }
}
