"""Makes up a corpus with repeats across its files: pages, texts, rows and a crawl with a broken record.

`python tests/corpus.py FOLDER [DOCUMENTS]` writes one; the same number gives the same bytes.
"""

import json
import random
import sys
from pathlib import Path
from typing import Dict, Iterator, List

DOCUMENTS = 20_000
ROWS_OF_FILE = 2_500
PAGES = 40
RECORDS = 200

EVERYWHERE = (
    "The council reminds everybody in the town that the market will be held on the square behind the church as long "
    "as the bridge is closed, and that no cars may stand there overnight."
)
"""A paragraph that stands in a fifth of all documents."""

OPENINGS = ("on Monday", "in the morning", "before the storm", "after the vote", "all through the winter", "at noon")


class Writer:
    """Writes texts of words that come from a seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        letters = "bcdfghjklmnprstvw"
        syllables = [consonant + vowel for consonant in letters for vowel in "aeiou"]
        self.words = ["".join(self.random.choices(syllables, k=self.random.randint(1, 4))) for _ in range(6_000)]
        self.common = "the of and to in a is that it was for on with as by at from his her they".split()
        self.said: List[str] = []

    def sentence(self) -> str:
        """A sentence of some twenty words."""
        words = [self.random.choice(self.common if n % 2 else self.words) for n in range(self.random.randint(14, 26))]
        return " ".join(words).capitalize() + " " + self.random.choice(OPENINGS) + "."

    def paragraph(self) -> str:
        """A new paragraph, an old one, or an old one with a few other words."""
        kind = self.random.random()
        if self.said and kind < 0.15:
            return self.random.choice(self.said)
        if self.said and kind < 0.25:
            words = self.random.choice(self.said).split()
            for _ in range(len(words) // 20 + 1):
                words[self.random.randrange(1, len(words))] = self.random.choice(self.words)
            return " ".join(words)
        paragraph = " ".join(self.sentence() for _ in range(self.random.randint(1, 3)))
        self.said.append(paragraph)
        return paragraph

    def document(self) -> List[str]:
        """Its paragraphs."""
        paragraphs = [self.paragraph() for _ in range(self.random.randint(1, 5))]
        if self.random.random() < 0.2:
            paragraphs.insert(self.random.randrange(len(paragraphs) + 1), EVERYWHERE)
        return paragraphs


def page(paragraphs: List[str], title: str) -> str:
    """A page with some furniture."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    menu = "<nav><a href='/'>Home</a> <a href='/news'>News</a></nav>"
    return f"<title>{title}</title>{menu}<article><h1>{title}</h1>{body}</article><footer>All rights reserved</footer>"


def record(kind: str, number: int, body: bytes) -> bytes:
    """A record of a crawl."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\n"
        f"WARC-Target-URI: https://crawl.example/{number}\r\nContent-Type: text/html\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def rows(writer: Writer, documents: int) -> Iterator[Dict[str, str]]:
    """Rows of texts and pages, with some that are empty."""
    for number in range(documents):
        paragraphs = writer.document()
        if number % 500 == 7:
            yield {"id": f"row-{number:06}", "text": ""}
        elif number % 3:
            yield {"id": f"row-{number:06}", "text": "\n\n".join(paragraphs)}
        else:
            yield {"id": f"row-{number:06}", "html": page(paragraphs, f"Paper {number}")}


def make(folder: Path, documents: int = DOCUMENTS) -> Path:
    """Writes a corpus of about so many documents; returns its folder."""
    writer = Writer(documents)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pages").mkdir(exist_ok=True)
    lines = [json.dumps(row) for row in rows(writer, documents)]
    lines.insert(len(lines) // 2, '{"text": "cut in the mid')
    for first in range(0, len(lines), ROWS_OF_FILE):
        text = "\n".join(lines[first : first + ROWS_OF_FILE]) + "\n"
        (folder / f"rows-{first // ROWS_OF_FILE:03}.jsonl").write_text(text, encoding="utf-8")
    for number in range(PAGES):
        (folder / "pages" / f"{number:03}.html").write_text(page(writer.document(), f"Page {number}"))
    records = [record("resource", n, page(writer.document(), f"Record {n}").encode()) for n in range(RECORDS)]
    records[RECORDS // 2] = records[RECORDS // 2].replace(b"Content-Length: ", b"Content-Length: 9", 1)[:900]
    (folder / "crawl.warc").write_bytes(b"".join(records))
    (folder / "empty.jsonl").write_bytes(b"")
    (folder / "empty.txt").write_bytes(b" \n")
    (folder / "letter.txt").write_bytes("Ein Gruß aus der Stadt, in der es den ganzen Tag regnet.\n".encode("cp1252"))
    return folder


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else DOCUMENTS)
