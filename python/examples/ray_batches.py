"""Ray Data: pages to records, a block at a time.

`python examples/ray_batches.py PAGES.parquet OUT` reads rows with `html` or `text`, and writes Parquet.
"""

import sys

import gleaner
import pyarrow
import pyarrow.compute


class Clean:
    """Cleans blocks of rows. Ray makes one a worker, so that rules are compiled once in each."""

    def __init__(self) -> None:
        self.cleaner = gleaner.Cleaner(threads=1)

    def __call__(self, block: pyarrow.Table) -> pyarrow.Table:
        rows = pyarrow.table(self.cleaner.clean_batch(block))
        return rows.filter(pyarrow.compute.equal(rows.column("outcome"), "ok"))


def cleaned(pages):
    """The records of a data set of pages."""
    return pages.map_batches(Clean, batch_format="pyarrow", zero_copy_batch=True, concurrency=2)


if __name__ == "__main__":
    import ray

    cleaned(ray.data.read_parquet(sys.argv[1])).write_parquet(sys.argv[2])
