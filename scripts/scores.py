#!/usr/bin/env python3
"""Scores the program on labelled corpora and holds the figures against those pinned in scripts/scores.json.

    cargo build --release
    scripts/scores.py CORPUS                 fails if a score is lower than its pin
    scripts/scores.py CORPUS --raise         pins what has become better
    scripts/scores.py CORPUS --lower NAME    pins a lower score: one name a time, to be said on purpose

CORPUS is a folder with the scoring programs score_seeds.py, score_cruft.py and score_extraction.py and the folders they read
(seeds, cruft-dev, extraction-dev: docs/data.md says what is in them); what is not there is left out and named. The trees that
the program carries were fitted to pages of these corpora, so the figures tell whether something broke, not how good it is on
pages it has not seen: for that see the cross-validation of scripts/train. Python's standard library only.
"""
import argparse
import glob
import gzip
import json
import os
import re
import subprocess
import sys
import tempfile

PINS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "scores.json")

# Figures are pinned to four places; what differs by less is rounding.
ROUNDING = 0.00005

ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
ap.add_argument("corpus")
ap.add_argument("--program", default="target/release/gleaner")
ap.add_argument("--raise", dest="up", action="store_true")
ap.add_argument("--lower", action="append", default=[], metavar="NAME")
args = ap.parse_args()


def out_of(*command):
    """What a command prints; what goes wrong in it ends the whole."""
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def clean(source, folder):
    """Cleans a source; the records."""
    out = f"{folder}/out.jsonl"
    # Some inputs may fail: the exit code then is 1, and the scores tell.
    done = subprocess.run([args.program, "run", source, "--output", out, "--duplicates", "keep", "--quiet"])
    if done.returncode > 1:
        sys.exit(f"{args.program} could not run on {source}")
    return out


def seeds(folder):
    out = clean(f"{args.corpus}/seeds/*.txt", folder)
    printed = out_of(sys.executable, f"{args.corpus}/score_seeds.py", out)
    for name, right in re.findall(r"(lines|bodies equal|fields) (\d+)/", printed):
        yield f"seeds {name}", int(right)


def cruft(folder):
    command = f"{args.program} run {{in}} --output {{out}} --duplicates keep --quiet"
    for view in ("rp-main", "rp-full", "ht-full"):
        printed = out_of(sys.executable, f"{args.corpus}/score_cruft.py", "--gold", f"{args.corpus}/cruft-dev/dev.jsonl.gz",
                         "--cmd", command, "--view", view)
        for name, value in re.findall(r"^(drop|body)_f1 +(\d\.\d+)", printed, re.MULTILINE):
            yield f"cruft {view} {name} F1", float(value)


def extraction(folder):
    pages = f"{folder}/pages.jsonl"
    with open(pages, "w", encoding="utf-8") as out:
        for file in sorted(glob.glob(f"{args.corpus}/extraction-dev/*/pages.jsonl.gz")):
            for line in gzip.open(file, "rt", encoding="utf-8"):
                page = json.loads(line)
                row = {"id": f"{page['source']}/{page['id']}", "html": page["html"]}
                out.write(json.dumps(row) + "\n")
    with open(f"{folder}/predicted.jsonl", "w", encoding="utf-8") as out:
        for line in open(clean(pages, folder), encoding="utf-8"):
            record = json.loads(line)
            source, page = record["source"].split("#", 1)[1].split("/", 1)
            known = record["metadata"]
            row = {"id": page, "source": source, "text": record["text"], "title": known["title"],
                   "author": "; ".join(known["authors"]), "date": (record["created"] or "")[:10] or None}
            out.write(json.dumps(row) + "\n")
    out_of(sys.executable, f"{args.corpus}/score_extraction.py", f"{folder}/predicted.jsonl", f"{args.corpus}/extraction-dev",
           "--ids", f"{args.corpus}/extraction-dev/peers.ids", "--bootstrap", "0", "--json", f"{folder}/scores.json")
    scores = json.load(open(f"{folder}/scores.json"))
    yield "pages macro", scores["macro"]
    for source, row in scores["sources"].items():
        if source != "readability":
            yield f"pages {source}", row["headline"]
            for field, value in row["meta"].items():
                yield f"pages {source} {field}", value["acc"]


def measure():
    figures = {}
    for name, score in (("seeds", seeds), ("cruft-dev", cruft), ("extraction-dev", extraction)):
        if not os.path.isdir(f"{args.corpus}/{name}"):
            print(f"{name}: not there, left out")
            continue
        with tempfile.TemporaryDirectory() as folder:
            found = {key: round(value, 4) for key, value in score(folder)}
        if not found:
            sys.exit(f"{name}: no figures were read")
        figures.update(found)
    return figures


def main():
    pins = json.load(open(PINS)) if os.path.exists(PINS) else {}
    figures, lower = measure(), []
    for name, value in figures.items():
        pin = pins.get(name)
        worse = pin is not None and value < pin - ROUNDING
        print(f"{name:32} {value:8.4f}  {'new' if pin is None else f'{value - pin:+.4f}'}{'  LOWER' if worse else ''}")
        if worse and name in args.lower:
            pins[name] = value
        elif worse:
            lower.append(name)
        elif args.up:
            pins[name] = value
    if args.up or args.lower:
        with open(PINS, "w", encoding="utf-8") as file:
            json.dump(dict(sorted(pins.items())), file, indent=1)
            file.write("\n")
    if lower:
        sys.exit(f"lower than pinned: {', '.join(lower)}")


main()
