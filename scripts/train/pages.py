#!/usr/bin/env python3
"""Fits the trees that judge the blocks of pages, and writes the two tables that the program embeds.

    python3 -m venv V && V/bin/pip install lightgbm==4.6.0 numpy==2.2.6
    cargo build --release --example page_features
    V/bin/python scripts/train/pages.py CORPUS --work DIR [--out src/strip/page]

CORPUS is a folder of folders, each with pages.jsonl.gz ({"id", "source", "url", "html"}) and truth.jsonl.gz ({"id", and
"text", the main content as people wrote it down, or "with" and "without", lists of snippets});
docs/data.md names the collections. A block is content by the share of its runs of three words that stand in the main content;
of snippets, if it holds one or is part of one.

Two looks (stacking): the first trees score every block; the second see those scores too, each from trees that saw no
page of the block's site. All folds are by site: DIR/folds has the tables of each fold, fitted without its sites, and
which page is in which fold; `cargo run --release --example clean_pages -- DIR/folds < DIR/pages.jsonl` cleans each page
with the tables that saw none of its site. So a figure for what it writes is an honest one, but for this: the first
scores that the second trees are fitted to come from trees that may have seen the fold's pages.

Same input, same bytes: fixed seed, rows in order, numbers rounded to what is written. No text enters the tables;
`fitted_to` is the BLAKE2 hash of the corpus files.
"""
import argparse
import gzip
import hashlib
import json
import os
import re
import subprocess
from urllib.parse import urlparse

import lightgbm
import numpy as np

from forest import fold_of, table

ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
ap.add_argument("corpus")
ap.add_argument("--work", required=True)
ap.add_argument("--out", help="the folder that gets first.trees.json and second.trees.json")
ap.add_argument("--example", default="target/release/examples/page_features")
ap.add_argument("--skip", default="readability", help="folders left out, with commas: gold that no person wrote")
ap.add_argument("--folds", type=int, default=5)
args = ap.parse_args()

SHARED = {
    "objective": "cross_entropy", "min_data_in_leaf": 30, "min_sum_hessian_in_leaf": 0.3, "lambda_l2": 1.0,
    "feature_fraction": 0.25, "bagging_fraction": 0.8, "bagging_freq": 1, "max_bin": 63, "verbosity": -1,
    "num_threads": 1, "deterministic": True, "force_row_wise": True, "seed": 1,
}
# Small, for it looks at every block; and larger.
FIRST = ({**SHARED, "learning_rate": 0.12, "num_leaves": 16}, 60)
SECOND = ({**SHARED, "learning_rate": 0.08, "num_leaves": 31}, 120)

# The chance below which a block is not looked at again: WORTH_ASKING in src/strip/page/company.rs.
WORTH_ASKING = 0.03

CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af"
WORD = re.compile(rf"[{CJK}]|[^\W{CJK}]+")


def words(text):
    return WORD.findall(text.lower())


def folded(text):
    return re.sub(r"\s+", " ", text or "").strip()


def by_text(blocks, text):
    """The share of each block's runs of three words that stand in the text; -1 for a block without words."""
    of_text = words(text)
    runs = set(zip(of_text, of_text[1:], of_text[2:]))
    lines = {" ".join(words(line)) for line in text.split("\n")}
    labels = []
    for own in map(words, blocks):
        own_runs = list(zip(own, own[1:], own[2:]))
        if len(own) >= 4:
            labels.append(sum(run in runs for run in own_runs) / len(own_runs))
        elif own:
            labels.append(float(" ".join(own) in lines or bool(own_runs) and own_runs[0] in runs))
        else:
            labels.append(-1.0)
    return labels


def by_snippets(blocks, having, lacking):
    """1 for a block that holds, or is part of, a snippet of the content, 0 for one of the rest, else -1."""
    def fits(block, snippets):
        return any(snippet in block or (len(block) >= 25 and block in snippet) for snippet in snippets)

    having, lacking = [[folded(snippet) for snippet in snippets or []] for snippets in (having, lacking)]
    return [1.0 if fits(block, having) else 0.0 if fits(block, lacking) else -1.0 for block in map(folded, blocks)]


def weights(labels, count, whole):
    """What each block counts for: its words, so that a page counts about one; snippets a little."""
    if not whole:
        return np.where(labels >= 0, np.minimum(count, 40) / 40 * 0.05, 0)
    content = max(float((count * np.clip(labels, 0, 1)).sum()), 20)
    return np.where(labels >= 0, (np.minimum(count, 150) + 1.5) / (content + 100), 0)


def read_corpus():
    """The pages and what is known of each, in order, and the fingerprint of the files."""
    pages, hasher = [], hashlib.blake2b(digest_size=16)
    with open(f"{args.work}/pages.jsonl", "w", encoding="utf-8") as out:
        for source in sorted(os.listdir(args.corpus)):
            folder = f"{args.corpus}/{source}"
            if not os.path.isdir(folder) or source in args.skip.split(","):
                continue
            for name in ("pages.jsonl.gz", "truth.jsonl.gz"):
                hasher.update(open(f"{folder}/{name}", "rb").read())
            truth = {}
            for line in gzip.open(f"{folder}/truth.jsonl.gz", "rt", encoding="utf-8"):
                row = json.loads(line)
                truth[row["id"]] = row
            for line in gzip.open(f"{folder}/pages.jsonl.gz", "rt", encoding="utf-8"):
                page = json.loads(line)
                page["source"] = source
                host = urlparse(page.get("url") or truth[page["id"]].get("url") or "").hostname
                page["fold"] = fold_of(host or source + page["id"], args.folds)
                out.write(json.dumps(page) + "\n")
                del page["html"]
                pages.append({**page, "truth": truth[page["id"]]})
    return pages, hasher.hexdigest()


def rows_of(*scores):
    """Runs the program over the pages: names, the pages' blocks, and a row of features a block."""
    file = f"{args.work}/rows.f32"
    with open(f"{args.work}/pages.jsonl", "rb") as pages, open(f"{args.work}/blocks.jsonl", "wb") as blocks:
        subprocess.run([args.example, file, *scores], stdin=pages, stdout=blocks, check=True)
    with open(f"{args.work}/blocks.jsonl", encoding="utf-8") as file_of_blocks:
        names = json.loads(file_of_blocks.readline())["features"]
        blocks = [json.loads(line)["blocks"] for line in file_of_blocks]
    return names, blocks, np.fromfile(file, dtype="<f4").reshape(-1, len(names))


def fit(look, x, y, weight, rows):
    settings, rounds = look
    return lightgbm.train(settings, lightgbm.Dataset(x[rows], y[rows], weight=weight[rows]), num_boost_round=rounds)


def write(path, model, names, fingerprint):
    with open(path, "w", encoding="utf-8") as file:
        file.write(table(model, names, fingerprint))


def main():
    os.makedirs(f"{args.work}/folds", exist_ok=True)
    pages, fingerprint = read_corpus()
    names, blocks, x = rows_of()
    labels, weight = [], []
    for page, texts in zip(pages, blocks):
        whole = page["truth"].get("text")
        own = by_text(texts, whole) if whole is not None else by_snippets(texts, page["truth"].get("with"), page["truth"].get("without"))
        count = np.maximum([len(words(text)) for text in texts], 1)
        labels.extend(own)
        weight.extend(weights(np.array(own), count, whole is not None))
    y, weight = np.clip(np.array(labels), 0, 1), np.array(weight)
    fold = np.repeat([page["fold"] for page in pages], [len(texts) for texts in blocks])
    known = weight > 0
    scores = np.zeros(len(y), dtype="<f4")
    for k in range(args.folds):
        model = fit(FIRST, x, y, weight, known & (fold != k))
        scores[fold == k] = model.predict(x[fold == k])
        write(f"{args.work}/folds/first.{k}.json", model, names, fingerprint)
    scores.tofile(f"{args.work}/scores.f32")
    whole_first = fit(FIRST, x, y, weight, known)
    more_names, _, more = rows_of(f"{args.work}/scores.f32")
    both, all_names = np.hstack([more, x]), more_names + names
    again = known & (scores > WORTH_ASKING)
    for k in range(args.folds):
        model = fit(SECOND, both, y, weight, again & (fold != k))
        write(f"{args.work}/folds/second.{k}.json", model, all_names, fingerprint)
    if args.out:
        write(f"{args.out}/first.trees.json", whole_first, names, fingerprint)
        write(f"{args.out}/second.trees.json", fit(SECOND, both, y, weight, again), all_names, fingerprint)


main()
