//! Messages on standard error. Whatever comes from outside is shown without its control characters.
use crate::model::is_bidi_mark;
use crate::pipeline::THREADS;
use anstyle::{AnsiColor, Style};
use std::fmt::Write as _;

const ERROR: Style = AnsiColor::Red.on_default().bold();

/// Says why a command could not run.
pub(super) fn error(error: &anyhow::Error) {
    anstream::eprintln!("{ERROR}error:{ERROR:#} {}", plain(&error.to_string()));
}

/// Says why a command could not run, as an object of JSON.
pub(super) fn error_as_json(error: &anyhow::Error) {
    json("error", &serde_json::json!({ "message": error.to_string() }));
}

/// Says something as an object of JSON on one line, with the time before it.
pub(super) fn json(event: &str, what: &serde_json::Value) {
    let time = jiff::Timestamp::now().to_string();
    let mut line = serde_json::json!({ "time": time, "event": event });
    if let (Some(line), Some(what)) = (line.as_object_mut(), what.as_object()) {
        line.extend(what.clone());
    }
    eprintln!("{line}");
}

/// The text with control characters escaped, so that no name or page can move the cursor or colour the screen.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        if (c.is_control() && c != '\n') || is_bidi_mark(c) {
            let _ = write!(plain, "{}", c.escape_unicode());
        } else {
            plain.push(c);
        }
    }
    plain
}

/// A panic on a thread that reads or cleans is caught and named as its document's failure: it needs no words of its own.
pub(super) fn quiet_worker_panics() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if !std::thread::current().name().is_some_and(|name| name.starts_with(THREADS)) {
            usual(info);
        }
    }));
}

#[cfg(test)]
mod tests {
    #[test]
    fn nothing_from_outside_moves_the_cursor() {
        assert_eq!(super::plain("a\u{1b}[2Jb\u{202E}c\n"), "a\\u{1b}[2Jb\\u{202e}c\n");
    }
}
