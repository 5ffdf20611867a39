"""The search for repeats as a shuffle: what the texts of a corpus are to each other, found on the workers.

Texts of the same words become one, whatever their number; each is sent to the buckets of the keys it is found by, and
whoever has a bucket finds the pairs in it, exactly. Only what was found comes back.
"""

import warnings
from typing import TYPE_CHECKING, Callable, Iterable, List, NamedTuple, Optional, Sequence, Tuple

from gleaner import _gleaner
from gleaner._clean import Cleaner

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    Store = Callable[[str, DataFrame], DataFrame]

TEXTS_OF_BUCKET = 50_000
"""Texts of a corpus for each bucket. A text stands in as many buckets as it has keys, at most: some twenty."""

LEAST_BUCKETS = 4
"""Buckets of a small corpus: more would send its texts to all of them all the same."""

SAMPLE = 20_000
"""Texts from which it is learnt which runs of words are rare."""


class Place(NamedTuple):
    """The columns that say where a document stands in the corpus, with their types in Spark."""

    columns: Sequence[str]
    types: Sequence[str]

    @property
    def schema(self) -> str:
        """As columns of a frame."""
        return ", ".join(f"{name} {kind}" for name, kind in zip(self.columns, self.types))


SOURCE = Place(["source", "document"], ["long", "long"])
"""The number of the source, and the document's in it."""

ID = Place(["place"], ["string"])
"""The id of a row."""


def findings(cleaner: Cleaner, cleaned: "DataFrame", place: Place, store: "Store") -> Optional[List[bytes]]:
    """What the texts of cleaned documents are to each other; nothing where that is not asked for, or can only be said
    in the order of the corpus."""
    if not cleaner._native.joins():
        return None
    from pyspark.sql import functions

    from gleaner.spark import _tasks

    every = cleaned.mapInArrow(_tasks.texts(cleaner, place.columns), f"{place.schema}, words binary")
    first = functions.min(functions.struct(*place.columns)).alias("first")
    texts = store("texts", every.groupBy("words").agg(first))
    buckets = max(LEAST_BUCKETS, -(-texts.count() // TEXTS_OF_BUCKET))
    sample = [bytes(row[0]) for row in texts.select("words").limit(SAMPLE).collect()]
    order = bytes(_gleaner.NearJoin(cleaner._native, b"").learn(sample))
    fields = ", ".join(f"{name}: {kind}" for name, kind in zip(place.columns, place.types))
    wanted = texts.select("words", "first")
    sent = wanted.mapInArrow(
        _tasks.spread(cleaner, order, buckets), f"bucket long, words binary, first struct<{fields}>"
    )
    search = _tasks.pairs(cleaner, order, buckets)
    found = sent.repartition(buckets, "bucket").mapInArrow(search, _tasks.FINDING)
    return _told((row[0], row[1]) for row in found.toLocalIterator())


def _told(rows: "Iterable[Tuple[Optional[bytes], int]]") -> List[bytes]:
    """The findings; what may be missing is told."""
    found, crowded = [], 0
    for finding, keys in rows:
        crowded += keys
        if finding is not None:
            found.append(bytes(finding))
    if crowded:
        warnings.warn(
            f"{crowded} runs of words are shared by so many texts that not all of these were compared: some repeats "
            "may stay that one machine would find",
            stacklevel=3,
        )
    return found
