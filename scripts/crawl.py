#!/usr/bin/env python3
"""Peak memory and throughput over a packed crawl (WARC.gz) of made-up pages, a small one and a large one. Linux.

    scripts/crawl.py [--small 200] [--large 2000] [--threads 1,2] [--limit 1.2]      sizes in MB of packed bytes

Pages come from `examples/make_corpus`; each record is a gzip member of its own with another address, as crawlers
write them. Memory must not follow the size: the ratio of the two peaks has to be at most --limit. Seconds are CPU
seconds of the process, so that a busy machine counts less; the shares of the stages are those of the report.
"""
import argparse, gzip, json, os, subprocess, sys, tempfile
from pathlib import Path

os.chdir(Path(__file__).resolve().parent.parent)
ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
ap.add_argument("--small", type=float, default=200)
ap.add_argument("--large", type=float, default=2000)
ap.add_argument("--threads", default="1,2")
ap.add_argument("--limit", type=float, default=1.2)
ap.add_argument("--gleaner", default="target/release/gleaner")
ap.add_argument("--corpus", default="target/release/examples/make_corpus")
a = ap.parse_args()


def record(page, number):
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    head = (f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\n"
            f"WARC-Date: 2024-01-02T03:04:05Z\r\nWARC-Target-URI: http://example.org/{number}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n")
    return head.encode() + body + b"\r\n\r\n"


def crawl(path, pages, megabytes):
    """Writes the pages again and again; returns the bytes of HTML in them."""
    html = packed = number = 0
    with open(path, "wb") as out:
        while packed < megabytes * 1e6:
            page = pages[number % len(pages)]
            packed += out.write(gzip.compress(record(page, number), 3, mtime=0))
            html += len(page)
            number += 1
    return html, packed


def run(path, threads, out):
    process = subprocess.Popen([a.gleaner, "run", path, "--output", out + "/out.jsonl", "--threads", str(threads),
                                "--duplicates", "keep", "--quiet"])
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"the run ended with {status}")
    report = json.loads(Path(out, "out.report.json").read_text())
    return usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime, report


with tempfile.TemporaryDirectory() as temp:
    subprocess.run([a.corpus, "40", "html", temp + "/pages"], check=True, stdout=subprocess.DEVNULL)
    pages = [p.read_bytes() for p in sorted(Path(temp, "pages").rglob("*")) if p.is_file()]
    peaks = {}
    for name, size in (("small", a.small), ("large", a.large)):
        html, packed = crawl(temp + "/crawl.warc.gz", pages, size)
        for threads in map(int, a.threads.split(",")):
            peak, seconds, report = run(temp + "/crawl.warc.gz", threads, temp)
            peaks.setdefault(threads, []).append(peak)
            work = {stage: row["seconds"] for stage, row in report["stages"].items()}
            total = sum(work.values())
            shares = ", ".join(f"{stage} {100 * spent / total:.0f} %" for stage, spent in work.items())
            print(f"{name}: {packed / 1e6:.0f} MB packed, {html / 1e6:.0f} MB of HTML, {report['ok']} pages; {threads} threads: "
                  f"peak {peak:.0f} MiB, {html / 1e6 / seconds:.0f} MB of HTML and {packed / 1e6 / seconds:.1f} MB packed a CPU "
                  f"second; {shares}; stages sum to {total:.1f} s of {seconds:.1f} s", flush=True)
    worst = max(large / small for small, large in peaks.values())
    print(f"peak of the large one to that of the small one: {worst:.2f} at most")
    sys.exit(worst > a.limit)
