"""What the native part offers. Users meet it through the package."""

import os
from typing import Any, Dict, Iterator, List, Optional, Tuple, Union

from gleaner._arrow import ArrowArray, ArrowRows, Batch
from gleaner._settings import Named

__version__: str

Path = Union[str, "os.PathLike[str]"]
Found = Tuple[str, Optional[str], Optional[str], int, Optional[bytes]]

class GleanerError(Exception):
    """A document, or a whole job, that cannot be dealt with."""

class Skipped(GleanerError):
    """A document that is passed over; `reason` is its first argument."""

class Failed(GleanerError):
    """A document that failed; the message says at which stage, and why."""

class Block:
    """One paragraph-like piece of a document."""

    number: int
    """Its number in the document, from 1."""
    kind: str
    """`paragraph`, `h1` to `h6`, `list-item`, `quote`, `table-row`, `code`, `caption`, or `line` in plain text."""
    text: str
    """Its text, as parsed."""
    body: str
    """What of it is written: empty if it is not kept."""
    kept: bool
    """Whether any of it is written."""

class Removed:
    """A stretch of text that was taken out, as a row of the ledger."""

    block: int
    """The number of its block, from 1."""
    start: int
    """Where it begins in the block's text, in characters."""
    end: int
    """Where it ends."""
    text: str
    """The stretch."""
    verdict: str
    """`cut`, or `field` where it became one."""
    rule: str
    """The rule by which it went."""
    field: Optional[str]
    """The field it became."""

class Document:
    """A cleaned document."""

    id: str
    """128 bits of BLAKE3 over the source, in hex."""
    text: str
    """The kept blocks, one blank line between them; Markdown where the settings ask for it."""
    source: str
    """Where it comes from."""
    created: Optional[str]
    """The published date as RFC 3339, where it could be read."""
    title: Optional[str]
    authors: List[str]
    published: Optional[str]
    """When it was first published, in the page's words."""
    updated: Optional[str]
    """When it was last changed, in the page's words."""
    site: Optional[str]
    agency: List[str]
    """The news agencies it was taken from."""
    image_credits: List[str]
    """Who took or owns the pictures."""
    language: Optional[str]
    """The language of the body, an ISO 639 code."""
    url: Optional[str]
    kind: str
    """`html` or `text`."""
    encoding: str
    """The encoding's name in the WHATWG Encoding Standard."""
    encoding_from: str
    """What decided the encoding."""
    blocks: List[Block]
    """Every non-blank block, in order."""
    removed: List[Removed]
    """All that was taken out, in order, with the reason."""
    json: str
    """The record as a line of JSONL."""
    def to_dict(self) -> Dict[str, Any]:
        """The record as a dict: what `json.loads` makes of it."""

class Paragraph:
    """What became of a paragraph."""

    outcome: str
    """`short` (it takes no part), `kept`, `overlap` (kept, but one stands inside the other), or `same`."""
    number: Optional[int]
    """Its number among those kept, from 0."""
    of: Optional[int]
    """The number of the kept one that it repeats or overlaps."""
    similarity: Optional[float]
    """How alike the two are, from 0 to 1."""

class Cleaner:
    def __init__(self, config: Named, rules: List[Named], threads: int, whole: bool) -> None: ...
    def files(self) -> List[Tuple[str, str, bool]]: ...
    def key(self) -> str: ...
    def joins(self) -> bool: ...
    def state(self) -> Optional[str]: ...
    def clean(
        self,
        page: Union[str, bytes],
        source: str,
        kind: Optional[str],
        url: Optional[str],
        title: Optional[str],
        date: Optional[str],
        charset: Optional[str],
    ) -> Document: ...
    def clean_batch(self, batch: ArrowRows, source: str) -> Batch: ...
    def found(self, inputs: List[str], output: str) -> List[Found]: ...
    def documents(
        self,
        number: int,
        name: str,
        path: Optional[str],
        within: Optional[str],
        bytes: int,
        part: int,
        parts: int,
    ) -> Documents: ...
    def rows(self, batch: ArrowArray) -> Batch: ...

class Documents:
    """The documents of a source, cleaned to bytes."""

    def __iter__(self) -> "Documents": ...
    def __next__(self) -> Batch: ...

class NearJoin:
    """The search for repeats on many machines, a bucket at a time."""

    def __init__(self, cleaner: Cleaner, order: bytes) -> None: ...
    def learn(self, sample: List[bytes]) -> bytes: ...
    def texts(self, batch: ArrowArray) -> Batch: ...
    def buckets(self, batch: ArrowArray, buckets: int) -> Batch: ...
    def pairs(self, texts: List[bytes], this: int, buckets: int) -> Tuple[List[bytes], int]: ...

class Settler:
    """The settle half of the line, for documents that come in the order of the corpus."""

    def __init__(self, cleaner: Cleaner, output: str, removed: Optional[Path], report: Optional[Path]) -> None: ...
    def resolve(self, findings: List[bytes]) -> None: ...
    def settle(self, batch: List[bytes]) -> None: ...
    def finish(self) -> str: ...

class NearIndex:
    def __init__(self, config: Named) -> None: ...
    def judge(self, texts: List[str]) -> List[Paragraph]: ...
    def __len__(self) -> int: ...

def command(args: List[str]) -> int: ...
