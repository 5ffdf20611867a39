#!/usr/bin/env python3
"""Compares speed with other extractors on one folder of pages, and writes the table and the plot of docs/benchmarks.md.

    scripts/compare/compare.py PAGES [--rounds 5] [--repeat 4] [--only NAME,...] [--label TEXT] [--print]

PAGES is a folder of .html files (those below it too), or a file of JSON Lines with `html`, plain or .gz; without a folder
of your own, `cargo run --release --example make_corpus -- 30 html PAGES` makes one. The extractors are built and
installed below target/compare first: Rust from scripts/compare/Cargo.toml, Python from scripts/compare/requirements.txt.

All run in turns, one thread each, over the same pages in memory, and CPU time is counted, so that what else the machine
does strikes all alike. Of gleaner the whole program is timed too: from rows of HTML to records, ledger and report on disk,
user and system time of its process, over the pages --repeat times, less that over one page, so that starting up stands
apart. Trafilatura and rs-trafilatura, which are slow, go over every sixth page. With --print nothing is written into docs.
"""
import argparse
import gzip
import json
import os
import platform
import re
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from chart import chart

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BUILT = ROOT / "target" / "compare"
PROGRAM = ROOT / "target" / "release" / "gleaner"
PAGE = ROOT / "docs" / "benchmarks.md"
PLOT = ROOT / "docs" / "benchmarks.svg"
BEGIN, END = "<!-- compare -->", "<!-- /compare -->"

TITLE = "Main text of web pages, MB of HTML a CPU second"
WHOLE = "gleaner, whole program"

# Name, what runs it, what is called, and every how many pages.
PEERS = [
    ("gleaner", "rust", "`clean`", 1),
    ("turbohtml", "python", "`parse(…).main_text()`", 1),
    ("resiliparse", "python", "`extract_plain_text(…, main_content=True)`", 1),
    ("scraper", "rust", "`Html::parse_document`: the tree alone", 1),
    ("dom_smoothie", "rust", "`Readability::parse`", 1),
    ("rs-trafilatura", "rust", "`extract`", 6),
    ("trafilatura", "python", "`bare_extraction(…, with_metadata=True)`", 6),
]


def read_pages(source):
    """The pages of a folder or of a file of rows, as text."""
    if source.is_dir():
        files = sorted(path for path in source.rglob("*") if path.suffix in (".html", ".htm"))
        return [path.read_bytes().decode("utf-8", "replace") for path in files]
    opened = gzip.open if source.suffix == ".gz" else open
    with opened(source, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["html"] for line in lines]


def write_rows(path, pages):
    """Writes pages as rows."""
    with open(path, "w", encoding="utf-8") as out:
        for number, page in enumerate(pages):
            # A lone surrogate, which JSON may hold, is no text.
            page = page.encode("utf-8", "replace").decode()
            out.write(json.dumps({"id": str(number), "html": page}, ensure_ascii=False) + "\n")


def install():
    """Builds what is in Rust and installs what is in Python; the Python that has it."""
    cargo = ["cargo", "build", "--quiet", "--release"]
    subprocess.run([*cargo, "--locked", "--bin", "gleaner"], cwd=ROOT, check=True)
    # Its lock pins the others; what gleaner itself depends on may have changed since.
    subprocess.run([*cargo, "--target-dir", BUILT], cwd=HERE, check=True)
    python = BUILT / "venv" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", BUILT / "venv"], check=True)
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "-r", HERE / "requirements.txt"], check=True)
    return python


def versions():
    """The version of each extractor."""
    locked = (HERE / "Cargo.lock").read_text()
    found = dict(re.findall(r'name = "([^"]+)"\nversion = "([^"]+)"', locked))
    found.update(re.findall(r"^(\w+)==(\S+)$", (HERE / "requirements.txt").read_text(), re.M))
    return found


class Worker:
    """A process with one extractor and all pages."""

    def __init__(self, name, kind, rows, python):
        command = [BUILT / "release" / "peers"] if kind == "rust" else [python, HERE / "peers.py"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self.process = subprocess.Popen([*command, name, rows], **pipes)

    def run(self, every):
        """CPU seconds and bytes of one round."""
        self.process.stdin.write(f"{every}\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            sys.exit(f"{self.process.args} ended early")
        return json.loads(answer)

    def end(self):
        """Ends the process."""
        self.process.stdin.close()
        self.process.wait()


def whole(rows):
    """CPU seconds of the whole program over rows, on one thread."""
    out = Path(rows).with_suffix(".out.jsonl")
    command = [PROGRAM, "run", rows, "--output", out]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    # The pages are repeated, which is no work that the others do.
    subprocess.run([*command, "--threads", "1", "--duplicates", "keep", "--quiet"], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure(pages, peers, python, rounds, repeat):
    """Seconds a byte of each, round by round, what text each found, and the seconds of starting up."""
    speeds = {name: [] for name in [WHOLE, *(peer[0] for peer in peers)]}
    texts, starts = {}, []
    with tempfile.TemporaryDirectory() as folder:
        rows = {name: os.path.join(folder, f"{name}.jsonl") for name in ("one", "all", "many")}
        for name, chosen in (("one", pages[:1]), ("all", pages), ("many", pages * repeat)):
            write_rows(rows[name], chosen)
        size = sum(len(page.encode("utf-8", "replace")) for page in pages) * repeat
        workers = {name: Worker(name, kind, rows["all"], python) for name, kind, _, _ in peers}
        for turn in range(rounds + 1):
            start = whole(rows["one"])
            turns = {WHOLE: (whole(rows["many"]) - start) / size}
            for name, _, _, every in peers:
                answer = workers[name].run(every)
                turns[name] = answer["seconds"] / answer["bytes"]
                texts[name] = answer["text"] / answer["bytes"]
            print(f"round {turn} of {rounds}", file=sys.stderr)
            if turn:  # the first round warms up
                starts.append(start)
                for name, seconds in turns.items():
                    speeds[name].append(seconds)
        for worker in workers.values():
            worker.end()
    return speeds, texts, statistics.median(starts)


def processor():
    """What the machine calls its processor."""
    try:
        names = re.findall(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.M)
    except OSError:
        names = []
    return names[0] if names else platform.processor() or platform.machine()


def table(speeds, texts, peers, start, of):
    """The table in Markdown, fastest first, and the bars of the plot."""
    known, called = versions(), {name: called for name, _, called, _ in peers}
    ours = speeds[WHOLE]
    rows, bars = [], []
    for name in sorted(speeds, key=lambda name: statistics.median(speeds[name])):
        rate = 1e-6 / statistics.median(speeds[name])
        ratios = [theirs / own for theirs, own in zip(speeds[name], ours)]
        told = f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
        version = known.get(name.split(",")[0], "")
        found = f"{texts[name]:.1%}" if texts.get(name) else ""
        what = called.get(name, "rows of HTML to records, ledger and report on disk")
        told = "1" if name == WHOLE else told
        rows.append(f"| {name.replace(WHOLE, '**' + WHOLE + '**')} | {version} | {what} | {rate:.0f} | {told} | {found} |")
        bars.append((name, rate, name.startswith("gleaner")))
    head = [
        f"{of} {processor()}. Starting up costs gleaner {start * 1000:.0f} ms of CPU time.",
        "",
        "| | version | what is timed | MB a CPU second | CPU time over that of the whole program | text found |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    return "\n".join([*head, *rows]), bars


def main():
    """Measures and writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--repeat", type=int, default=4)
    parser.add_argument("--only", default="", help="some of the extractors, by name")
    parser.add_argument("--label", default="pages", help="what the pages are, for the table")
    parser.add_argument("--print", action="store_true", help="write nothing into docs")
    asked = parser.parse_args()
    pages = read_pages(asked.pages)
    if not pages:
        sys.exit(f"{asked.pages} holds no .html files")
    peers = [peer for peer in PEERS if not asked.only or peer[0] in asked.only.split(",")]
    speeds, texts, start = measure(pages, peers, install(), asked.rounds, asked.repeat)
    megabytes = sum(len(page.encode("utf-8", "replace")) for page in pages) / 1e6
    of = f"{len(pages):,} {asked.label}, {megabytes:.1f} MB; median of {asked.rounds} rounds, least to most in brackets;"
    written, bars = table(speeds, texts, peers, start, of)
    print(written)
    if not asked.print:
        text = PAGE.read_text()
        head, rest = text.split(BEGIN)
        tail = rest.split(END)[1]
        plot = f"![{TITLE}]({PLOT.name})"
        PAGE.write_text(f"{head}{BEGIN}\n{plot}\n\n{written}\n{END}{tail}")
        PLOT.write_text(chart(TITLE, bars))


if __name__ == "__main__":
    main()
