#!/usr/bin/env python3
"""Labels the lines of pages whose main text is known, for train.py.

    V/bin/pip install resiliparse==2.0.1
    V/bin/python scripts/train/label.py PAGES.jsonl.gz TRUTH.jsonl.gz > LABELLED.jsonl

PAGES holds {"id", "url", "html"} a line, TRUTH {"id", "text"}. Each page becomes two documents: its whole text, and what
a simple extractor leaves of it, which is what scraped articles look like. A line is kept (k) if at least 60 % of its word
4-shingles stand in the true text, dropped (d) under 20 %, ambiguous (a) between. A line under 4 words is kept if it is a
line of the true text, ambiguous if its words stand there in a row, else dropped. Later copies of a kept line are ambiguous.
"""
import gzip
import json
import re
import sys
import unicodedata
from urllib.parse import urlsplit

from resiliparse.extract.html2text import extract_plain_text

UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0e7f"
TOKEN = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+(?:['\u2019][^\W_]+)?")
SHINGLE, KEEP, DROP, LEAST_GOLD = 4, 0.6, 0.2, 40


def tokens(text):
    return TOKEN.findall(unicodedata.normalize("NFKC", text).replace("\u2019", "'").lower())


def shingles(words):
    return [tuple(words[n:n + SHINGLE]) for n in range(len(words) - SHINGLE + 1)]


def label(lines, gold):
    true = set(shingles(tokens(gold)))
    true_lines = {" ".join(tokens(line)) for line in gold.split("\n")}
    flat = " " + " ".join(tokens(gold)) + " "
    seen, labels = set(), []
    for line in lines:
        words = tokens(line)
        text = " ".join(words)
        if len(words) < SHINGLE:
            mark = "k" if text and text in true_lines else "a" if text and f" {text} " in flat else "d"
        else:
            share = sum(s in true for s in shingles(words)) / (len(words) - SHINGLE + 1)
            mark = "k" if share >= KEEP else "d" if share < DROP else "a"
        if mark == "k" and text in seen and len(words) >= SHINGLE:
            mark = "a"
        seen.add(text)
        labels.append(mark)
    return labels


def rows(path):
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


truth = {row["id"]: row.get("text") or "" for row in rows(sys.argv[2])}
for page in rows(sys.argv[1]):
    gold = truth.get(page["id"], "")
    if len(tokens(gold)) < LEAST_GOLD:
        continue
    site = urlsplit(page.get("url") or "").hostname or page["id"]
    for view, main in (("full", False), ("main", True)):
        text = extract_plain_text(page["html"], main_content=main, alt_texts=True)
        lines = [" ".join(line.split()) for line in text.split("\n")]
        lines = [line for line in lines if line]
        pairs = [[line, mark] for line, mark in zip(lines, label(lines, gold))]
        if any(mark == "k" for _, mark in pairs):
            print(json.dumps({"id": page["id"] + "#" + view, "site": site, "view": "x-" + view, "lines": pairs}, ensure_ascii=False))
