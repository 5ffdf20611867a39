"""Extractors for Python, for compare.py: one extractor over one file of rows, as often as it is told to.

    peers.py NAME ROWS        NAME: resiliparse, turbohtml or trafilatura

ROWS is a file of JSON Lines with `html`. For each line N on standard input the extractor goes over every Nth page, and a
line of JSON says the CPU seconds of the calls alone, the bytes of those pages, and of the text it found.
"""
import json
import sys
import time


def extractor(name):
    """The call that takes a page to its main text."""
    if name == "resiliparse":
        from resiliparse.extract.html2text import extract_plain_text

        return lambda page: extract_plain_text(page, main_content=True)
    if name == "turbohtml":
        import turbohtml

        return lambda page: turbohtml.parse(page).main_text()
    if name == "trafilatura":
        import trafilatura

        def extract(page):
            found = trafilatura.bare_extraction(page, with_metadata=True)
            return found.text if found else ""

        return extract
    sys.exit(f"no extractor is called {name!r}")


def main(name, rows):
    """Answers each line on standard input."""
    extract = extractor(name)
    with open(rows, encoding="utf-8") as lines:
        pages = [json.loads(line)["html"] for line in lines]
    sizes = [len(page.encode()) for page in pages]
    for line in sys.stdin:
        every = int(line)
        texts = []
        before = time.process_time()
        for page in pages[::every]:
            texts.append(extract(page))
        seconds = time.process_time() - before
        text = sum(len((text or "").encode()) for text in texts)
        print(json.dumps({"seconds": seconds, "bytes": sum(sizes[::every]), "text": text}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
