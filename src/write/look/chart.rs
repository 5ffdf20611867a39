//! Charts in SVG, drawn by hand: bars in tables, a stacked bar, a flow, a histogram. All take their colours and
//! type from the style sheet, and each says in words what it shows.
use super::html::Html;
use super::number::{percent, share};

/// Width of the charts with text in them, in units that are pixels on the narrowest phone.
const WIDTH: f64 = 340.0;

/// Height that all of the text takes in the flow.
const FLOW_HEIGHT: f64 = 190.0;

/// Height that a label of the flow needs.
const LABEL_HEIGHT: f64 = 19.0;

/// Where the flow leaves its source, where it arrives, and how wide both are.
const FLOW_FROM: f64 = 14.0;
const FLOW_TO: f64 = 150.0;
const FLOW_NODE: f64 = 12.0;

/// Height of the bars of a histogram, and of what is written above and below them.
const BARS_HEIGHT: f64 = 90.0;
const BARS_HEAD: f64 = 16.0;
const BARS_FOOT: f64 = 18.0;

/// A part of a whole: its name, the name of its colour, and its size.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) title: &'static str,
    pub(super) class: &'static str,
    pub(super) size: u64,
}

/// A bar in the cell of a table whose numbers say the same.
pub(super) fn bar(html: &mut Html, part: u64, whole: u64, class: &'static str) {
    html.put("<svg class=bar viewBox=\"0 0 100 8\" preserveAspectRatio=none aria-hidden=true><rect")
        .attr("class", class)
        .attr("width", round(share(part, whole) * 100.0))
        .put(" height=8 /></svg>");
}

/// All parts of a whole in one bar.
pub(super) fn stack(html: &mut Html, title: &str, parts: &[Part]) {
    let whole: u64 = parts.iter().map(|part| part.size).sum();
    html.put("<svg class=stack viewBox=\"0 0 100 8\" preserveAspectRatio=none role=img>");
    say(html, title, parts, whole);
    let mut x = 0.0;
    for part in parts {
        let width = share(part.size, whole) * 100.0;
        html.put("<rect").attr("class", part.class).attr("x", round(x)).attr("width", round(width));
        html.put(" height=8 />");
        x += width;
    }
    html.put("</svg>");
}

/// How a whole comes apart: a source on the left, its parts on the right, each as high as it is large.
pub(super) fn flow(html: &mut Html, title: &str, parts: &[Part]) {
    let whole: u64 = parts.iter().map(|part| part.size).sum();
    let heights: Vec<f64> = parts.iter().map(|part| share(part.size, whole) * FLOW_HEIGHT).collect();
    let height: f64 = heights.iter().map(|height| height.max(LABEL_HEIGHT)).sum();
    html.put("<svg class=chart role=img").attr("viewBox", format!("0 0 {WIDTH} {}", round(height))).put(">");
    say(html, title, parts, whole);
    let (mut from, mut to) = ((height - FLOW_HEIGHT).max(0.0) / 2.0, 0.0);
    html.put("<rect class=source").attr("x", FLOW_FROM - FLOW_NODE).attr("y", round(from));
    html.attr("width", FLOW_NODE).attr("height", round(FLOW_HEIGHT)).put(" />");
    for (part, height) in parts.iter().zip(heights) {
        let slot = height.max(LABEL_HEIGHT);
        let top = to + (slot - height) / 2.0;
        html.put("<path").attr("class", part.class).attr("d", ribbon(from, top, height)).put(" />");
        html.put("<rect").attr("class", part.class).attr("x", FLOW_TO).attr("y", round(top));
        html.attr("width", FLOW_NODE).attr("height", round(height.max(1.0))).put(" />");
        html.put("<text")
            .attr("x", FLOW_TO + FLOW_NODE + 7.0)
            .attr("y", round(to + slot / 2.0 + 4.0))
            .put(">");
        html.text(part.title).put(" <tspan class=n>").text(percent(part.size, whole)).put("</tspan></text>");
        from += height;
        to += slot;
    }
    html.put("</svg>");
}

/// The outline of a ribbon from the source to a part.
fn ribbon(from: f64, to: f64, height: f64) -> String {
    let middle = (FLOW_FROM + FLOW_TO) / 2.0;
    let (a, b) = (round(from), round(to));
    let (c, d) = (round(to + height), round(from + height));
    format!(
        "M{FLOW_FROM} {a}C{middle} {a} {middle} {b} {FLOW_TO} {b}V{c}C{middle} {c} {middle} {d} {FLOW_FROM} {d}Z"
    )
}

/// Bars side by side, each with its count above and its name below.
pub(super) fn histogram(html: &mut Html, title: &str, bars: &[(String, u64)]) {
    let (whole, most) = (bars.iter().map(|bar| bar.1).sum(), bars.iter().map(|bar| bar.1).max().unwrap_or(0));
    let height = BARS_HEAD + BARS_HEIGHT + BARS_FOOT;
    html.put("<svg class=chart role=img").attr("viewBox", format!("0 0 {WIDTH} {height}")).put("><title>");
    html.text(title).put(":");
    for (name, size) in bars {
        html.text(format_args!(" {name}: {size}."));
    }
    html.put("</title>");
    let pitch = WIDTH / bars.len().max(1) as f64;
    for (at, (name, size)) in bars.iter().enumerate() {
        let (x, tall) = (pitch * at as f64, (share(*size, most) * BARS_HEIGHT).max(0.5));
        let top = BARS_HEAD + BARS_HEIGHT - tall;
        html.put("<rect class=kept").attr("x", round(x + 1.5)).attr("y", round(top));
        html.attr("width", round(pitch - 3.0)).attr("height", round(tall)).put(" />");
        label(html, x + pitch / 2.0, height - 5.0, name);
        if *size > 0 {
            label(html, x + pitch / 2.0, top - 4.0, &percent(*size, whole).replace(" %", ""));
        }
    }
    html.put("</svg>");
}

fn label(html: &mut Html, x: f64, y: f64, text: &str) {
    html.put("<text class=small").attr("x", round(x)).attr("y", round(y)).put(">").text(text).put("</text>");
}

/// What a chart shows, in words.
fn say(html: &mut Html, title: &str, parts: &[Part], whole: u64) {
    html.put("<title>").text(title).put(":");
    for part in parts.iter().filter(|part| part.size > 0) {
        html.put(" ").text(part.title).put(" ").text(percent(part.size, whole)).put(".");
    }
    html.put("</title>");
}

/// A coordinate, to hundredths: more is not seen.
fn round(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chart_of_nothing_is_no_nonsense() {
        let mut html = Html::default();
        let nothing = [Part { title: "Kept", class: "kept", size: 0 }];
        flow(&mut html, "Text", &nothing);
        stack(&mut html, "Text", &nothing);
        histogram(&mut html, "Text", &[]);
        histogram(&mut html, "Text", &[("a".to_string(), 0)]);
        bar(&mut html, 0, 0, "kept");
        let svg = html.into_string();
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
    }
}
