"""The job as the driver sees it: splits, cleaning on the workers, settling in order."""

import json
import os
import shutil
from typing import TYPE_CHECKING, Any, Callable, Dict, Iterable, Iterator, List, Optional, Sequence, Tuple, Union

from gleaner import _gleaner
from gleaner._clean import Cleaner
from gleaner._settings import Settings
from gleaner.spark._search import ID, SOURCE, findings

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

Report = Dict[str, Any]
Path = Union[str, "os.PathLike[str]"]

SPLIT_BYTES = 64 << 20
"""Bytes of a source that one task takes; a larger source is read by several, each of which cleans its part."""

MAX_PARTS = 64
"""Tasks that read the same source, at most: each reads all of it, so that more would mostly read."""

MAX_TASKS = 10_000
"""Tasks of a job, at most; a task then takes several splits."""

AT_ONCE = 512
"""Documents that are settled at once."""

COLUMNS = ("id", "html", "text", "url", "title", "date")
"""The columns of a data frame that are read."""


def run(
    spark: "SparkSession",
    inputs: Sequence[Path],
    output: Path,
    *,
    config: Settings = None,
    rules: Union[Settings, Sequence[Settings]] = None,
    work: Optional[Path] = None,
    removed: Optional[Path] = None,
    report: Optional[Path] = None,
) -> Report:
    """Cleans files, folders and globs, as the command does, and writes what it would write.

    Args:
        spark: a session, of Spark or of Sail.
        inputs: what to read; the workers must see it under the same names.
        output: the dataset, as the command's `--output`; written where this is called.
        config: settings, as for :class:`gleaner.Cleaner`.
        rules: more rules, likewise.
        work: a folder for what lies between the two halves, seen from everywhere; `OUT.work` if none is given.
            It is removed when the job ends well.
        removed: the ledger; beside the output if none is given.
        report: the report; beside the output if none is given.

    Returns:
        The report.

    Raises:
        ValueError: settings, inputs or an output that cannot be.
        GleanerError: what stops the job; nothing is written then.
    """
    if isinstance(inputs, (str, os.PathLike)):
        raise TypeError("inputs is a list of paths, not one path")
    from gleaner.spark._tasks import PLACED, SPLIT, clean_splits

    cleaner = _cleaner(config, rules)
    found = cleaner._found([os.fspath(path) for path in inputs], os.fspath(output))
    between = _Work(spark, work, output)
    found = [row for row in found if not between.holds(row[1])]
    splits, troubles = list(_splits(found)), _troubles(found)
    frame = spark.createDataFrame(splits, SPLIT).repartition(max(1, min(len(splits), MAX_TASKS)))
    cleaned = frame.mapInArrow(clean_splits(cleaner), PLACED)
    settling = _Settling(cleaner, output, removed, report)
    with between as store:
        stored = store("cleaned", cleaned)
        settling.resolve(findings(cleaner, stored, SOURCE, store))
        rows = stored.orderBy("source", "document").toLocalIterator()
        placed = (((row[0], row[1]), bytes(row[2])) for row in rows)
        return settling.all(_merged(placed, troubles))


def clean(
    spark: "SparkSession",
    frame: "DataFrame",
    output: Path,
    *,
    config: Settings = None,
    rules: Union[Settings, Sequence[Settings]] = None,
    work: Optional[Path] = None,
    removed: Optional[Path] = None,
    report: Optional[Path] = None,
) -> Report:
    """Cleans the rows of a data frame: whatever Spark can read.

    The columns `id`, `html` (or `text`), `url`, `title` and `date` are read. The order of the corpus, which decides
    what of two repeats stays, is that of the ids, compared as UTF-8; each must stand once. A row's `source` is its id.

    Args:
        spark: a session, of Spark or of Sail.
        frame: the rows.
        output, config, rules, work, removed, report: as for :func:`run`.

    Raises:
        ValueError: the frame has no column `id`, or none of pages; or as :func:`run`.
        GleanerError: an id stands twice; or as :func:`run`.
    """
    from gleaner.spark._tasks import NAMED, clean_rows

    names = {name.lower(): name for name in reversed(frame.columns)}
    if "id" not in names or not ("html" in names or "text" in names):
        raise ValueError(f"the frame needs a column id, and html or text; it has {', '.join(frame.columns)}")
    cleaner = _cleaner(config, rules)
    wanted = frame.select([frame[names[name]].alias(name) for name in COLUMNS if name in names])
    cleaned = wanted.mapInArrow(clean_rows(cleaner), NAMED)
    settling = _Settling(cleaner, output, removed, report)
    with _Work(spark, work, output) as store:
        stored = store("cleaned", cleaned)
        settling.resolve(findings(cleaner, stored, ID, store))
        rows = stored.orderBy("place").toLocalIterator()
        return settling.all(_once((row[0], bytes(row[1])) for row in rows))


def _cleaner(config: Settings, rules: Union[Settings, Sequence[Settings]]) -> Cleaner:
    """The cleaner of a job: a task has one thread."""
    cleaner = Cleaner(config, rules, threads=1)
    if cleaner._native.state() is not None:
        raise ValueError("config: dedup.state is for runs on one machine; leave it out")
    return cleaner


Found = Tuple[str, Optional[str], Optional[str], int, Optional[bytes]]


def _splits(found: Sequence[Found]) -> "Iterator[Tuple[int, str, Optional[str], Optional[str], int, int, int]]":
    """The sources in parts of about the same size. Workers have folders of their own, so paths are whole."""
    for number, (name, path, within, size, trouble) in enumerate(found):
        path, within = path and os.path.abspath(path), within and os.path.abspath(within)
        parts = min(-(-size // SPLIT_BYTES) or 1, MAX_PARTS)
        for part in range(parts if trouble is None else 0):
            yield (number, name, path, within, size, part, parts)


def _troubles(found: Sequence[Found]) -> "List[Tuple[Tuple[int, int], bytes]]":
    """What of the inputs is no source, with its place."""
    return [((number, 0), row[4]) for number, row in enumerate(found) if row[4] is not None]


Placed = Tuple[Any, bytes]


def _merged(placed: Iterable[Placed], troubles: Sequence[Placed]) -> Iterator[bytes]:
    """Two sorted streams as one."""
    waiting = list(reversed(troubles))
    for place, cleaned in placed:
        while waiting and waiting[-1][0] < place:
            yield waiting.pop()[1]
        yield cleaned
    while waiting:
        yield waiting.pop()[1]


def _once(placed: Iterable[Placed]) -> Iterator[bytes]:
    """What is placed, if no two have the same place."""
    last = None
    for place, cleaned in placed:
        if place == last:
            raise _gleaner.GleanerError(f"the id {place!r} stands twice; each row needs one of its own")
        last = place
        yield cleaned


class _Settling:
    """The settle half, for documents that come in the order of the corpus."""

    def __init__(self, cleaner: Cleaner, output: Path, removed: Optional[Path], report: Optional[Path]) -> None:
        self._settler = _gleaner.Settler(cleaner._native, os.fspath(output), removed, report)

    def resolve(self, found: Optional[List[bytes]]) -> None:
        """Takes what the search found, if there was one."""
        if found is not None:
            self._settler.resolve(found)

    def all(self, documents: Iterable[bytes]) -> Report:
        """Settles all documents, and ends the job."""
        batch: List[bytes] = []
        for document in documents:
            batch.append(document)
            if len(batch) == AT_ONCE:
                self._settler.settle(batch)
                batch = []
        self._settler.settle(batch)
        told: Report = json.loads(self._settler.finish())
        return told


class _Work:
    """A folder for what lies between two steps: no step is done twice, and a lost worker costs its tasks alone. It is
    removed when the job ends well."""

    def __init__(self, spark: "SparkSession", work: Optional[Path], output: Path) -> None:
        folder = os.fspath(work) if work is not None else os.fspath(output).rstrip("/") + ".work"
        self._folder = folder if "://" in folder else os.path.abspath(folder)
        self._spark = spark

    def holds(self, path: Optional[str]) -> bool:
        """Whether a file lies in it: what an earlier job left there is no input."""
        return path is not None and os.path.abspath(path).startswith(self._folder + os.sep)

    def __enter__(self) -> "Callable[[str, DataFrame], DataFrame]":
        return self._store

    def _store(self, name: str, frame: "DataFrame") -> "DataFrame":
        path = f"{self._folder}/{name}"
        frame.write.mode("overwrite").parquet(path)
        return self._spark.read.schema(frame.schema).parquet(path)

    def __exit__(self, *problem: object) -> None:
        if problem[0] is None:
            shutil.rmtree(self._folder, ignore_errors=True)
