"""What runs on the workers: batches of Arrow in, cleaned documents as bytes out."""

from typing import TYPE_CHECKING, Callable, Iterator

import pyarrow

from gleaner._clean import Cleaner

if TYPE_CHECKING:
    Task = Callable[[Iterator[pyarrow.RecordBatch]], Iterator[pyarrow.RecordBatch]]

SPLIT = "source long, name string, path string, within string, bytes long, part long, parts long"
"""A part of a source: its number in the corpus, what there is to open, and which of its documents are meant."""

PLACED = "source long, document long, cleaned binary"
"""A cleaned document, and its place: the number of its source, and its number in it."""

NAMED = "place string, cleaned binary"
"""A cleaned row, and its place: its id."""


def clean_splits(cleaner: Cleaner) -> "Task":
    """Cleans the documents of parts of sources."""

    def task(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        for batch in batches:
            for split in batch.to_pylist():
                yield from map(pyarrow.record_batch, cleaner._documents(**split))

    return task


def clean_rows(cleaner: Cleaner) -> "Task":
    """Cleans rows of pages or texts."""

    def task(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        for batch in batches:
            yield pyarrow.record_batch(cleaner._rows(batch))

    return task
