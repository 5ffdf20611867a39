//! The frame of a page: one file without scripts, which loads nothing and may load nothing.
use super::html::Html;

/// The style sheet. It has no address in it, and no text from outside.
const STYLE: &str = include_str!("style.css");

/// What browsers are told of the page: it may style itself, and nothing else.
pub(in crate::write) const HEAD: &str = "<!DOCTYPE html>\n<html lang=en>\n<head>\n<meta charset=utf-8>\n\
    <meta http-equiv=Content-Security-Policy content=\"default-src 'none'; style-src 'unsafe-inline'; \
    base-uri 'none'; form-action 'none'\">\n\
    <meta name=viewport content=\"width=device-width, initial-scale=1\">\n\
    <meta name=color-scheme content=\"light dark\">\n<meta name=referrer content=no-referrer>\n\
    <meta name=robots content=noindex>\n<title>";

/// Begins a page; what follows goes into its main part.
pub(super) fn begin(html: &mut Html, title: &str, parts: &[(&'static str, &'static str)]) {
    html.put(HEAD).text(title).put("</title>\n<style>\n").put(STYLE).put("</style>\n</head>\n<body>\n");
    html.put("<a class=skip href=#main>Skip to the content</a>\n<header><p class=brand>gleaner</p><h1>");
    html.text(title).put("</h1>");
    if !parts.is_empty() {
        html.put("<nav aria-label=\"Parts of this page\"><ul>");
        for (place, name) in parts {
            html.put("<li><a").attr("href", format_args!("#{place}")).put(">").put(name).put("</a>");
        }
        html.put("</ul></nav>");
    }
    html.put("</header>\n<main id=main>\n");
}

/// Ends a page.
pub(super) fn end(html: &mut Html, version: &str, config: &str) {
    html.put("</main>\n<footer><p>Made by gleaner ").text(version);
    if !config.is_empty() {
        html.put(". Settings <code>").text(config).put("</code>");
    }
    html.put(". This page is one file: it loads nothing and runs nothing.</p></footer>\n</body>\n</html>\n");
}
