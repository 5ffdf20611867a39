#!/usr/bin/env python3
"""Fits the scorer's trees to labelled lines and writes the table that the program embeds.

    cargo run --release --example text_features < LABELLED.jsonl > ROWS.tsv
    python3 -m venv V && V/bin/pip install lightgbm==4.6.0 numpy==2.2.6
    V/bin/python scripts/train/train.py ROWS.tsv LABELLED.jsonl --out src/strip/text.trees.json

LABELLED.jsonl holds one document a line: {"site": ..., "lines": [[text, label, ...], ...]}, label k (keep), d (drop) or
a (ambiguous: not fitted to, not counted). ROWS.tsv holds the features of those lines, in order.

Judged by cross-validation over sites: a document is scored by trees that saw no document of its site. Prints F1 of the
drops at several thresholds for each view, then fits all and writes the table. Same input, same bytes: one thread, fixed
seed, numbers rounded to what is written. No text enters the table; `fitted_to` is the BLAKE2 hash of LABELLED.jsonl.
"""
import argparse
import hashlib
import json

import lightgbm
import numpy as np

ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
ap.add_argument("rows")
ap.add_argument("labelled")
ap.add_argument("--out")
ap.add_argument("--trees", type=int, default=120)
ap.add_argument("--leaves", type=int, default=24)
ap.add_argument("--folds", type=int, default=5)
ap.add_argument("--dump", help="write the cross-validated scores here, for a closer look")
args = ap.parse_args()

SETTINGS = {
    "objective": "binary", "learning_rate": 0.08, "num_leaves": args.leaves, "min_data_in_leaf": 40, "lambda_l2": 5.0,
    "feature_fraction": 0.5, "bagging_fraction": 0.8, "bagging_freq": 1, "max_bin": 127, "verbosity": -1,
    "num_threads": 1, "deterministic": True, "force_row_wise": True, "seed": 1,
}


def read(rows, labelled):
    documents = [json.loads(line) for line in open(labelled, encoding="utf-8")]
    with open(rows, encoding="utf-8") as file:
        names = file.readline().rstrip("\n").split("\t")[2:]
        numbers, labels, values = [], [], []
        for line in file:
            cells = line.rstrip("\n").split("\t")
            numbers.append(int(cells[0]))
            labels.append(cells[1])
            values.append(cells[2:])
    return documents, names, np.array(numbers), np.array(labels), np.array(values, dtype=np.float32)


def weights(numbers, labels, documents):
    """A document counts by the root of its lines, so that long lists do not decide everything."""
    known = labels != "a"
    count = np.bincount(numbers[known], minlength=len(documents))
    return np.where(known, 1.0 / np.sqrt(np.maximum(count[numbers], 1)), 0.0)


def fit(x, y, w):
    return lightgbm.train(SETTINGS, lightgbm.Dataset(x, y, weight=w, free_raw_data=False), num_boost_round=args.trees)


def fold_of(site):
    return int(hashlib.blake2b(site.encode(), digest_size=4).hexdigest(), 16) % args.folds


def f1(drop, cut):
    tp, fp, fn = (drop & cut).sum(), (~drop & cut).sum(), (drop & ~cut).sum()
    return 2 * tp / max(1, 2 * tp + fp + fn)


def table(model, names, fingerprint):
    trees = []
    for info in model.dump_model()["tree_info"]:
        tree = {"feature": [], "threshold": [], "right": [], "value": []}

        def add(node):
            at = len(tree["feature"])
            leaf = "leaf_value" in node
            tree["feature"].append(-1 if leaf else node["split_feature"])
            # Rounded down to the nearest number of 32 bits, as the program compares such numbers.
            threshold = 0 if leaf else float(np.float32(node["threshold"]))
            if not leaf and threshold > node["threshold"]:
                threshold = float(np.nextafter(np.float32(threshold), np.float32(-np.inf)))
            tree["threshold"].append(float(f"{threshold:.9g}"))
            tree["right"].append(0)
            tree["value"].append(round(node["leaf_value"] if leaf else node["internal_value"], 5))
            if not leaf:
                add(node["left_child"])
                tree["right"][at] = len(tree["feature"])
                add(node["right_child"])

        add(info["tree_structure"])
        trees.append(tree)
    head = json.dumps({"fitted_to": fingerprint, "features": names, "bias": 0.0})
    return head[:-1] + ', "trees": [\n' + ",\n".join(json.dumps(t, separators=(",", ":")) for t in trees) + "\n]}\n"


documents, names, numbers, labels, x = read(args.rows, args.labelled)
y, w = (labels == "d").astype(int), weights(numbers, labels, documents)
folds = np.array([fold_of(document.get("site") or document.get("id", "")) for document in documents])[numbers]
scores = np.zeros(len(y))
for fold in range(args.folds):
    train, test = (folds != fold) & (w > 0), folds == fold
    if test.any():
        scores[test] = fit(x[train], y[train], w[train]).predict(x[test], raw_score=True)
views = np.array([document.get("view", "") for document in documents])[numbers]
for view in sorted(set(views)):
    at = (views == view) & (w > 0)
    row = " ".join(f"{t:+.1f}:{f1(y[at] == 1, scores[at] > t):.4f}" for t in np.arange(-1.0, 1.6, 0.25))
    print(f"{view or 'all':12} drop F1 by threshold (log odds)  {row}")
if args.dump:
    np.save(args.dump, scores)
if args.out:
    fingerprint = "blake2b:" + hashlib.blake2b(open(args.labelled, "rb").read(), digest_size=16).hexdigest()
    model = fit(x[w > 0], y[w > 0], w[w > 0])
    with open(args.out, "w", encoding="utf-8") as file:
        file.write(table(model, names, fingerprint))
    top = sorted(zip(model.feature_importance("gain"), names), reverse=True)[:15]
    print("weighs most:", ", ".join(name for _, name in top))
