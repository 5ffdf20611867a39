#!/usr/bin/env python3
"""Compares, on the same engine and the same pages, this package with a function that calls trafilatura.

    scripts/spark_speed.py FOLDER [TIMES]

FOLDER holds pages (`*.html`); all of them are read so many times over. The engine is Sail, in this process, so that the
seconds are those of the processor, with the engine's. Needs the package, pysail, pyspark-client and trafilatura.
"""

import sys
import time
import warnings
from pathlib import Path

import gleaner
import pyarrow

PAGE = "id string, html binary"
RESULT = "id string, text string"
ROWS_OF_PARTITION = 64
ROUNDS = 3


def with_gleaner(batches):
    """Cleans pages by this package."""
    for batch in batches:
        rows = pyarrow.record_batch(gleaner.clean_batch(batch, threads=1))
        yield pyarrow.record_batch({"id": rows.column("source"), "text": rows.column("text")})


def with_trafilatura(batches):
    """Cleans pages by trafilatura, as it is set up out of the box."""
    import trafilatura

    for batch in batches:
        texts = [trafilatura.extract(page) for page in batch.column("html").to_pylist()]
        yield pyarrow.record_batch({"id": batch.column("id"), "text": pyarrow.array(texts, pyarrow.string())})


def spent(work):
    """The fewest seconds of the processor that some work takes, and what it gives."""
    seconds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        result = work()
        seconds.append(time.process_time() - start)
    return min(seconds), result


def main() -> None:
    warnings.simplefilter("ignore")
    from pysail.spark import SparkConnectServer
    from pyspark.sql import SparkSession

    folder, times = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    pages = [path.read_bytes() for path in sorted(folder.glob("**/*.html"))] * times
    table = pyarrow.table({"id": [str(n) for n in range(len(pages))], "html": pages})
    server = SparkConnectServer()
    server.start(background=True)
    spark = SparkSession.builder.remote(f"sc://localhost:{server.listening_address[1]}").getOrCreate()
    frame = spark.createDataFrame(table).repartition(max(2, len(pages) // ROWS_OF_PARTITION))
    frame.write.mode("overwrite").parquet(f"{folder}.pages")
    frame = spark.read.parquet(f"{folder}.pages")
    for name, function in [("gleaner", with_gleaner), ("trafilatura", with_trafilatura)]:
        alone, _ = spent(lambda: list(function(table.to_batches())))
        engine, rows = spent(lambda: frame.mapInArrow(function, RESULT).toArrow())
        characters = sum(len(text or "") for text in rows.column("text").to_pylist())
        rate = len(pages) / engine
        print(f"{name:12} {rate:7.0f} pages/CPU-s on Sail, {len(pages) / alone:7.0f} alone; {characters} characters")
    spark.stop()
    server.stop()


if __name__ == "__main__":
    main()
