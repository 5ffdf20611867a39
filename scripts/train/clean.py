#!/usr/bin/env python3
"""Adds to labelled documents what is left of each when all cruft is gone, so that the scorer learns to leave clean text alone.

    scripts/train/clean.py < LABELLED.jsonl > WITH_CLEAN.jsonl
"""
import json
import sys

for row in sys.stdin:
    document = json.loads(row)
    kept = [line for line in document["lines"] if line[1] == "k"]
    print(row, end="" if row.endswith("\n") else "\n")
    print(json.dumps({**document, "id": document.get("id", "") + "#clean", "view": "clean", "lines": kept}, ensure_ascii=False))
