#!/usr/bin/env python3
"""Pages of books made by mdBook, labelled by their own structure: `site_pages.py DIR [html] > LINES.jsonl`.

Each folder of DIR that holds such pages is a site. What stands in `<main>` is text, all else is furniture. The
rows are what `cargo run --release --example site_lines` reads: the page's lines, or with `html` the page too.
"""
import json
import sys
from html.parser import HTMLParser
from pathlib import Path

BLOCKS = set("p div li ul ol h1 h2 h3 h4 h5 h6 td th tr dt dd pre nav main section header footer table label "
             "title button form br aside".split())
SILENT = {"script", "style", "template", "noscript"}


class Lines(HTMLParser):
    """The lines of a page, each with whether it stands in `<main>`."""

    def __init__(self):
        super().__init__()
        self.lines, self.words, self.inside, self.silent = [], [], 0, 0

    def end(self):
        text = " ".join("".join(self.words).split())
        if text:
            self.lines.append([text, "k" if self.inside else "d"])
        self.words = []

    def handle_starttag(self, tag, attributes):
        if tag in BLOCKS:
            self.end()
        self.inside += tag == "main"
        self.silent += tag in SILENT

    def handle_endtag(self, tag):
        if tag in BLOCKS:
            self.end()
        self.inside -= tag == "main"
        self.silent -= tag in SILENT

    def handle_data(self, data):
        if not self.silent:
            self.words.append(data)


def main():
    root = Path(sys.argv[1])
    for path in sorted((page for site in root.iterdir() for page in site.rglob("*.html"))):
        page = path.read_text(encoding="utf-8", errors="replace")
        if "<main>" not in page or "mdbook" not in page or path.name in ("print.html", "toc.html", "404.html"):
            continue
        lines = Lines()
        lines.feed(page)
        lines.end()
        name = path.relative_to(root).as_posix()
        site = name.split("/")[0]
        row = {"id": name, "url": f"https://{site}.example/{name}", "lines": lines.lines}
        if "html" in sys.argv[2:]:
            row["html"] = page
        print(json.dumps(row, ensure_ascii=False))


main()
