"""What runs on the workers: batches of Arrow in, batches out."""

from typing import TYPE_CHECKING, Any, Callable, Dict, Iterator, List, Optional, Sequence, Tuple

import pyarrow

from gleaner import _gleaner
from gleaner._clean import Cleaner

if TYPE_CHECKING:
    Batches = Iterator[pyarrow.RecordBatch]
    Task = Callable[[Batches], Batches]

SPLIT = "source long, name string, path string, within string, bytes long, part long, parts long"
"""A part of a source: its number in the corpus, what there is to open, and which of its documents are meant."""

PLACED = "source long, document long, cleaned binary"
"""A cleaned document, and its place: the number of its source, and its number in it."""

NAMED = "place string, cleaned binary"
"""A cleaned row, and its place: its id."""

FINDING = "finding binary, crowded long"
"""What two texts are to each other; and, in rows without, how many keys of a bucket too many texts share."""

Text = Tuple[Tuple[Any, ...], bytes]
"""A text by its words, after the place where it first stands."""

FINDINGS_AT_ONCE = 4096
"""Findings of a batch."""


def clean_splits(cleaner: Cleaner) -> "Task":
    """Cleans the documents of parts of sources."""

    def task(batches: "Batches") -> "Batches":
        for batch in batches:
            for split in batch.to_pylist():
                yield from map(pyarrow.record_batch, cleaner._documents(**split))

    return task


def clean_rows(cleaner: Cleaner) -> "Task":
    """Cleans rows of pages or texts."""

    def task(batches: "Batches") -> "Batches":
        for batch in batches:
            yield pyarrow.record_batch(cleaner._rows(batch))

    return task


def texts(cleaner: Cleaner, place: Sequence[str]) -> "Task":
    """The words of the texts that are compared, each with the place of its document."""

    def task(batches: "Batches") -> "Batches":
        join = _gleaner.NearJoin(cleaner._native, b"")
        for batch in batches:
            found = pyarrow.record_batch(join.texts(batch))
            places = {name: batch.column(name).take(found.column("row")) for name in place}
            yield pyarrow.record_batch({**places, "words": found.column("words")})

    return task


def spread(cleaner: Cleaner, order: bytes, buckets: int) -> "Task":
    """Sends each text to the buckets of the keys it is found by."""

    def task(batches: "Batches") -> "Batches":
        join = _gleaner.NearJoin(cleaner._native, order)
        for batch in batches:
            found = pyarrow.record_batch(join.buckets(batch, buckets))
            rows = found.column("row")
            columns = {name: batch.column(name).take(rows) for name in batch.schema.names}
            yield pyarrow.record_batch({"bucket": found.column("bucket"), **columns})

    return task


def pairs(cleaner: Cleaner, order: bytes, buckets: int) -> "Task":
    """Finds what the texts of each bucket are to each other; all rows of a bucket are in one partition."""

    def task(batches: "Batches") -> "Batches":
        join = _gleaner.NearJoin(cleaner._native, order)
        texts: Dict[int, List[Text]] = {}
        for batch in batches:
            places = [tuple(first.values()) for first in batch.column("first").to_pylist()]
            words = batch.column("words").to_pylist()
            for bucket, place, text in zip(batch.column("bucket").to_pylist(), places, words):
                texts.setdefault(bucket, []).append((place, text))
        for bucket in sorted(texts):
            here = [words for _, words in sorted(texts.pop(bucket))]
            findings, crowded = join.pairs(here, bucket, buckets)
            yield _findings([None], [crowded])
            for first in range(0, len(findings), FINDINGS_AT_ONCE):
                some = findings[first : first + FINDINGS_AT_ONCE]
                yield _findings(some, [0] * len(some))

    return task


def _findings(findings: Sequence[Optional[bytes]], crowded: List[int]) -> "pyarrow.RecordBatch":
    columns = {"finding": pyarrow.array(findings, pyarrow.binary()), "crowded": pyarrow.array(crowded, pyarrow.int64())}
    return pyarrow.record_batch(columns)
