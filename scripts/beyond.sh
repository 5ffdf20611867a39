#!/usr/bin/env bash
# One machine against many: the same corpus by one run and by shards that are merged, byte for byte.
#
#   scripts/beyond.sh [MEGABYTES] [TARGET]      110 MB of texts are 20,000 documents and more; TARGET: target
#
# The corpus is made up: files, a large file of rows that every shard reads, and crawls, one of them broken in its
# middle. Paragraphs stand again in other documents, and one stands in a fifth of all. One run with one thread, one with
# two, and merges of 1, 2 and 7 parts, named in another order each time, must write the same data, ledger and
# manifest, and the same report but for times. Prints what the plan in docs/beyond.md is made of.
set -euo pipefail
cd "$(dirname "$0")/.."

megabytes=${1:-110}
target=${2:-target}
if [ "$target" = target ]; then
    cargo build --quiet --release --bin gleaner --example make_corpus
fi
gleaner=$PWD/$target/release/gleaner
make_corpus=$PWD/$target/release/examples/make_corpus
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
cd "$temp"

"$make_corpus" "$megabytes" text made >/dev/null
python3 - <<'EOF'
import gzip, json, os, pathlib, shutil

COMMON = "The bridge was closed on Monday after the storm, and no ship has left the harbour of the town since then."
texts = sorted(pathlib.Path("made").rglob("*.txt"))
crawls = {}
os.makedirs("in/crawls")
rows = open("in/rows.jsonl", "w", encoding="utf-8")
for n, path in enumerate(texts):
    raw = path.read_bytes()
    if n % 5 == 0:
        raw += b"\n" + COMMON.encode() + b"\n"
    if n < len(texts) // 3:
        kept = pathlib.Path("in") / path
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(raw)
    elif n < len(texts) * 2 // 3:
        text = raw.decode("utf-8", "replace")
        print(json.dumps({"id": n, "url": f"https://site{n % 50}.example/{n}", "text": text}), file=rows)
    else:
        head = (f"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Record-ID: <urn:{n}>\r\nContent-Type: text/plain\r\n"
                f"WARC-Target-URI: https://site{n % 50}.example/{n}\r\nContent-Length: {len(raw)}\r\n\r\n").encode()
        crawls.setdefault(n * 30 // len(texts), bytearray()).extend(head + raw + b"\r\n\r\n")
for number, crawl in crawls.items():
    if number == 25:
        middle = len(crawl) // 2
        crawl[middle:middle + 20_000] = b"?" * 20_000
    pathlib.Path(f"in/crawls/{number}.warc.gz").write_bytes(gzip.compress(bytes(crawl), 6, mtime=0))
rows.close()
shutil.rmtree("made")
print(len(texts), "documents")
EOF

# Runs a command that may say that some inputs failed; prints its CPU seconds after a word.
timed() {
    local word=$1 code=0
    shift
    TIMEFORMAT="$word: %U s of CPU"
    time { "$@" --quiet 2>errors || code=$?; }
    if [ "$code" -gt 1 ]; then
        cat errors >&2
        return "$code"
    fi
}

# The hash of all that was written; of the report without times.
written() {
    python3 - "$1" <<'EOF'
import hashlib, json, sys
report = json.load(open(sys.argv[1] + ".report.json"))
del report["slow"]
for stage in report["stages"].values():
    del stage["seconds"]
whole = hashlib.sha256(json.dumps(report, sort_keys=True).encode())
for ending in (".jsonl", ".removed.jsonl"):
    whole.update(open(sys.argv[1] + ending, "rb").read())
# The manifest names the files.
manifest = open(sys.argv[1] + ".manifest.json").read()
whole.update(manifest.replace(f'"{sys.argv[1]}.', '"out.').encode())
print(whole.hexdigest())
EOF
}

timed "run, 1 thread" "$gleaner" run in --output one.jsonl --threads 1
expected=$(written one)
timed "run, 2 threads" "$gleaner" run in --output two.jsonl --threads 2
[ "$(written two)" = "$expected" ] || { echo "two threads write something else" >&2; exit 1; }
for shards in 1 2 7; do
    for n in $(seq "$shards"); do
        timed "shard $n/$shards" "$gleaner" run in --shard "$n/$shards" --threads 1 --output "$n-$shards.part"
    done
    parts=$(printf '%s\n' ./*-"$shards".part | shuf --random-source=<(yes))
    # The names have no blanks.
    # shellcheck disable=SC2086
    timed "merge of $shards" "$gleaner" merge $parts --output "merged$shards.jsonl" --threads 1
    [ "$(written "merged$shards")" = "$expected" ] || { echo "$shards shards make something else" >&2; exit 1; }
    echo "$shards shards: $(cat ./*-"$shards".part | wc -c) bytes of parts; the merge is what one run writes"
done

# What the plan is made of.
python3 - <<'EOF'
import json, os
run, merged = (json.load(open(name + ".report.json")) for name in ("one", "merged1"))
documents, blocks = run["documents"], run["counts"]["blocks"]
clean = sum(run["stages"][stage]["seconds"] for stage in ("decode", "parse", "strip"))
parts = os.path.getsize("1-1.part")
print(f"{documents} documents, {run['bytes'] / documents:.0f} bytes each, {blocks / documents:.1f} blocks each, "
      f"{run['failed']} failed; {run['counts']['duplicate']} repeated paragraphs")
print(f"by the clock: clean {1e3 * clean / documents:.3f} ms a document; dedup {1e6 * merged['stages']['dedup']['seconds'] / documents:.0f} "
      f"and write {1e6 * merged['stages']['write']['seconds'] / documents:.0f} microseconds a document")
print(f"part {parts / documents:.0f} bytes a document; data {os.path.getsize('one.jsonl') / documents:.0f}, "
      f"ledger {os.path.getsize('one.removed.jsonl') / documents:.0f}")
EOF
