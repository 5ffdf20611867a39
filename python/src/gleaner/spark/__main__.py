"""`python -m gleaner.spark INPUT... --output OUT`: the command, on a cluster."""

import argparse
import sys
from pathlib import Path
from typing import Any, Dict, List, Optional

from gleaner import GleanerError
from gleaner.spark import run

NAMED_FAILURES = 5
"""Failed inputs named on the screen; the report names all."""


def arguments(argv: Optional[List[str]] = None) -> argparse.Namespace:
    """What can be typed."""
    parser = argparse.ArgumentParser(prog="python -m gleaner.spark", description=__doc__)
    parser.add_argument("inputs", nargs="+", metavar="INPUT", help="files, folders or globs, seen by all workers")
    parser.add_argument("-o", "--output", required=True, metavar="OUT", help="the dataset, as of the command")
    parser.add_argument("-c", "--config", type=Path, metavar="FILE", help="settings, in TOML")
    parser.add_argument("--rules", type=Path, action="append", default=[], metavar="FILE", help="more rules, in TOML")
    parser.add_argument("--work", metavar="DIR", help="a folder seen from everywhere [default: OUT.work]")
    parser.add_argument("--removed", metavar="FILE", help="the ledger [default: OUT.removed.jsonl]")
    parser.add_argument("--report", metavar="FILE", help="the report [default: OUT.report.json]")
    parser.add_argument("--remote", metavar="URL", help="a server of Spark Connect, such as sc://localhost:50051")
    parser.add_argument("--master", metavar="URL", help="a master of Spark, such as local[4]; spark-submit knows it")
    return parser.parse_args(argv)


def session(args: argparse.Namespace) -> Any:
    """The session that the arguments name, or the one that there is."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("gleaner")
    if args.remote:
        builder = builder.remote(args.remote)
    elif args.master:
        builder = builder.master(args.master)
    return builder.getOrCreate()


def summary(report: Dict[str, Any]) -> str:
    """One line that says what became of everything, and the first failures."""
    skipped = sum(report["skipped"].values())
    head = f"{report['documents']} documents: {report['ok']} written, {skipped} skipped, {report['failed']} failed"
    failed = [row for row in report["troubles"] if row["outcome"] == "failed"]
    return "\n".join([head, *(f"failed: {row['source']}: {row['reason']}" for row in failed[:NAMED_FAILURES])])


def main(argv: Optional[List[str]] = None) -> int:
    """Runs the job; the exit code is as of the command."""
    args = arguments(argv)
    try:
        report = run(
            session(args),
            args.inputs,
            args.output,
            config=args.config,
            rules=args.rules,
            work=args.work,
            removed=args.removed,
            report=args.report,
        )
    except (GleanerError, OSError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print(summary(report), file=sys.stderr)
    return 1 if report["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
