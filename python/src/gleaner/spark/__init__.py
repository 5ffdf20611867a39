"""The job for clusters: documents are cleaned where they lie, and settled in the order of the corpus.

Any engine that speaks Spark runs it: Apache Spark 4, or Sail. The output is, byte for byte, that of the command on
one machine:

    python -m gleaner.spark INPUT... --output OUT

In a notebook, with a session of your own:

    report = gleaner.spark.run(spark, ["crawl/"], "out.jsonl")
    report = gleaner.spark.clean(spark, frame, "out.jsonl")
"""

from gleaner.spark._job import clean, run

__all__ = ["clean", "run"]
