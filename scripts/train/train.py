#!/usr/bin/env python3
"""Fits the scorer's trees to labelled lines and writes the table that the program embeds.

    scripts/train/clean.py < LABELLED.jsonl > WITH_CLEAN.jsonl
    cargo run --release --example text_features < WITH_CLEAN.jsonl > ROWS.tsv
    python3 -m venv V && V/bin/pip install lightgbm==4.6.0 numpy==2.2.6
    V/bin/python scripts/train/train.py ROWS.tsv WITH_CLEAN.jsonl [--more ROWS LABELLED] --out src/strip/text.trees.json

A labelled file holds one document a line: {"site": ..., "view": ..., "lines": [[text, label, ...], ...]}, label k (keep),
d (drop) or a (ambiguous: not fitted to, not counted). The rows are the features of those lines, in order. Documents of
--more are fitted to with less weight, as their labels were made otherwise (label.py), and are not judged. docs/data.md
says what the table was fitted to.

Judged by cross-validation over sites: a document is scored by trees that saw no document of its site, from whatever
collection. Prints the F1 of the drops by lines, and of the kept text by words, at several thresholds for each view; then
fits all and writes the table. With --work DIR, DIR/folds gets the tables of the folds, and DIR/labelled.jsonl says which
document is in which: `cargo run --release --example clean_texts -- DIR/folds < DIR/labelled.jsonl` judges each by the whole
program, rules and all, with the table that saw none of its site. Same input, same bytes: fixed seed, one thread, numbers rounded to what is written. No text
enters the table; `fitted_to` is the BLAKE2 hash of the labelled files.
"""
import argparse
import hashlib
import json
import os

import lightgbm
import numpy as np

from forest import fold_of, table

ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
ap.add_argument("rows")
ap.add_argument("labelled")
ap.add_argument("--more", nargs=2, action="append", default=[], metavar=("ROWS", "LABELLED"))
ap.add_argument("--more-weight", type=float, default=0.3)
ap.add_argument("--more-view", default="x-main", help="the view of --more that is fitted to: whole pages add nothing")
ap.add_argument("--out")
ap.add_argument("--trees", type=int, default=120)
ap.add_argument("--leaves", type=int, default=31)
ap.add_argument("--folds", type=int, default=5)
ap.add_argument("--work", help="the folder that gets the tables of the folds, and the documents with their folds")
args = ap.parse_args()

# What a document without cruft counts for: enough to leave clean text alone, tried at 0, .15 and 1.
CLEAN_WEIGHT = 0.15

SETTINGS = {
    "objective": "binary", "learning_rate": 0.08, "num_leaves": args.leaves, "min_data_in_leaf": 40, "lambda_l2": 5.0,
    # Lines go down the trees side by side, as many steps as the deepest leaf is away.
    "max_depth": 7, "feature_fraction": 0.4, "bagging_fraction": 0.8, "bagging_freq": 1, "max_bin": 127, "verbosity": -1,
    "num_threads": 1, "deterministic": True, "force_row_wise": True, "seed": 1,
}


class Lines:
    """The lines of a labelled file: features, labels, weights, and what they are judged by."""

    def __init__(self, rows, labelled, view=None):
        documents = [json.loads(line) for line in open(labelled, encoding="utf-8")]
        numbers, labels, values = [], [], []
        with open(rows, encoding="utf-8") as file:
            self.names = file.readline().rstrip("\n").split("\t")[2:]
            for line in file:
                cells = line.rstrip("\n").split("\t")
                numbers.append(int(cells[0]))
                labels.append(cells[1])
                values.append(np.array(cells[2:], dtype=np.float32))
        numbers, labels = np.array(numbers), np.array(labels)
        views = np.array([document.get("view", "all") for document in documents])[numbers]
        known = (labels != "a") & (views == (view or views))
        # A document counts by the root of its lines, so that long lists do not decide everything.
        count = np.bincount(numbers[known], minlength=len(documents))
        share = np.where(views == "clean", CLEAN_WEIGHT, 1.0)
        self.x, self.y, self.views = np.array(values), labels == "d", views
        self.words = np.maximum(self.x[:, 0], 1)
        self.weight = np.where(known, share / np.sqrt(np.maximum(count[numbers], 1)), 0.0)
        self.fold = np.array([self.fold_of(document) for document in documents])[numbers]

    @staticmethod
    def fold_of(document):
        return fold_of(document.get("site") or document.get("id", ""), args.folds)


def fit(lines, more, fold):
    """Trees fitted to all but one fold; to all with fold -1."""
    parts = [(part, scale, (part.fold != fold) & (part.weight > 0)) for part, scale in [(lines, 1.0), *((m, args.more_weight) for m in more)]]
    x = np.concatenate([part.x[rows] for part, _, rows in parts])
    y = np.concatenate([part.y[rows] for part, _, rows in parts])
    weight = np.concatenate([scale * part.weight[rows] for part, scale, rows in parts])
    return lightgbm.train(SETTINGS, lightgbm.Dataset(x, y.astype(int), weight=weight), num_boost_round=args.trees)


def f1(true, found, weight):
    hit = weight[true & found].sum()
    return 2 * hit / max(1, weight[true].sum() + weight[found].sum())


def write(path, model, names, fingerprint):
    with open(path, "w", encoding="utf-8") as file:
        file.write(table(model, names, fingerprint))


data = hashlib.blake2b(digest_size=16)
for labelled in [args.labelled, *(labelled for _, labelled in args.more)]:
    data.update(open(labelled, "rb").read())
fingerprint = "blake2b:" + data.hexdigest()
lines, more = Lines(args.rows, args.labelled), [Lines(*pair, args.more_view) for pair in args.more]
if args.work:
    os.makedirs(f"{args.work}/folds", exist_ok=True)
    with open(f"{args.work}/labelled.jsonl", "w", encoding="utf-8") as out:
        for line in open(args.labelled, encoding="utf-8"):
            document = json.loads(line)
            out.write(json.dumps({**document, "fold": lines.fold_of(document)}) + "\n")
scores = np.zeros(len(lines.y))
for fold in range(args.folds):
    model = fit(lines, more, fold)
    scores[lines.fold == fold] = model.predict(lines.x[lines.fold == fold], raw_score=True)
    if args.work:
        write(f"{args.work}/folds/text.{fold}.json", model, lines.names, fingerprint)
for view in sorted(set(lines.views) - {"clean"}):
    at = (lines.views == view) & (lines.weight > 0)
    drop, words = lines.y[at], lines.words[at]
    for threshold in np.arange(-1.0, 1.1, 0.25):
        cut = scores[at] > threshold
        drops, body = f1(drop, cut, np.ones(len(drop))), f1(~drop, ~cut, words)
        print(f"{view:12} log odds {threshold:+.2f}: drop F1 {drops:.4f}  body F1 {body:.4f}")
if args.out:
    model = fit(lines, more, -1)
    write(args.out, model, lines.names, fingerprint)
    top = sorted(zip(model.feature_importance("gain"), lines.names), reverse=True)[:15]
    print("weighs most:", ", ".join(name for _, name in top))
