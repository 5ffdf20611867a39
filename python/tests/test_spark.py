"""The job for clusters gives the bytes of the command."""

import json
import os
import subprocess
import sys
from pathlib import Path

import gleaner
import gleaner.spark
import pytest
from corpus import EVERYWHERE, make
from gleaner.spark.__main__ import main

DOCUMENTS = int(os.environ.get("GLEANER_SPARK_DOCUMENTS", "3000"))
FILES = ["out.jsonl", "out.removed.jsonl", "out.manifest.json"]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return make(tmp_path_factory.mktemp("spark") / "corpus", DOCUMENTS)


@pytest.fixture(scope="module")
def expected(corpus):
    command = [sys.executable, "-m", "gleaner", "run", "corpus", "-o", "out.jsonl", "--quiet", "--threads", "2"]
    done = subprocess.run(command, cwd=corpus.parent, capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    return corpus.parent


def report(folder: Path):
    """A report, the times apart."""
    told = json.loads((folder / "out.report.json").read_text())
    for stage in told["stages"].values():
        stage.pop("seconds")
    return told


def test_the_job_writes_what_the_command_writes(spark, corpus, expected, tmp_path, monkeypatch):
    monkeypatch.chdir(corpus.parent)
    monkeypatch.setattr("gleaner.spark._job.SPLIT_BYTES", 200_000)
    told = gleaner.spark.run(spark, ["corpus"], tmp_path / "out.jsonl")
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (expected / name).read_bytes(), name
    assert report(tmp_path) == report(expected)
    assert told["failed"] >= 2 and told["counts"]["duplicate"] > DOCUMENTS // 10
    assert not (tmp_path / "out.jsonl.work").exists()


def test_one_paragraph_in_a_fifth_of_all_documents_stays_once(expected):
    rows = [json.loads(line) for line in (expected / "out.jsonl").read_text().splitlines()]
    assert sum(EVERYWHERE in row["text"] for row in rows) == 1
    gone = [json.loads(line) for line in (expected / "out.removed.jsonl").read_text().splitlines()]
    assert sum(row["text"] == EVERYWHERE for row in gone) > DOCUMENTS // 8


def test_a_broken_record_in_a_crawl_is_named(expected):
    failed = [row for row in report(expected)["troubles"] if row["outcome"] == "failed"]
    assert any(row["source"].startswith("corpus/crawl.warc") for row in failed)
    assert any(row["source"].startswith("corpus/rows-") for row in failed)


def test_a_data_frame_is_cleaned_in_the_order_of_its_ids(spark, tmp_path):
    rain = "It rained all night in the old harbour, and none of the boats went out to sea."
    rows = [("b", rain, None), ("a", f"{rain} Then came the storm.", None), ("c", None, f"<p>{rain}</p>")]
    frame = spark.createDataFrame(rows, "Id string, text string, html string").repartition(3)
    told = gleaner.spark.clean(spark, frame, tmp_path / "out.jsonl")
    written = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [row["source"] for row in written] == ["a"]
    assert (told["documents"], told["counts"]["duplicate"]) == (3, 2)


def test_partitions_without_documents(spark, tmp_path):
    frame = spark.createDataFrame([("a", "It rained all night.")], "id string, text string").repartition(7)
    assert gleaner.spark.clean(spark, frame, tmp_path / "one.jsonl")["ok"] == 1
    assert gleaner.spark.clean(spark, frame.filter("id = 'none'"), tmp_path / "none.jsonl")["documents"] == 0


def test_the_module_is_a_command(spark, tmp_path, capsys):
    (tmp_path / "in").mkdir()
    (tmp_path / "config.toml").write_text('[dedup]\nduplicates = "mark"')
    arguments = [str(tmp_path / "in"), "-o", str(tmp_path / "out.jsonl"), "-c", str(tmp_path / "config.toml")]
    assert main(arguments) == 0
    assert "0 documents" in capsys.readouterr().err
    rain = json.dumps({"text": "It rained all night in the old harbour, and none of the boats went out to sea."})
    (tmp_path / "in" / "rows.jsonl").write_text(f"{rain}\n{rain}\nno row\n")
    assert main(arguments) == 1
    assert "2 written, 0 skipped, 1 failed" in capsys.readouterr().err
    assert len((tmp_path / "out.jsonl").read_text().splitlines()) == 2
    (tmp_path / "config.toml").write_text('[dedup]\nstate = "state"')
    assert main(arguments) == 2
    assert "dedup.state is for runs on one machine" in capsys.readouterr().err


def test_what_lies_between_is_no_input(spark, tmp_path):
    (tmp_path / "a.txt").write_text("It rained all night in the old harbour.")
    (tmp_path / "out.jsonl.work" / "cleaned").mkdir(parents=True)
    (tmp_path / "out.jsonl.work" / "cleaned" / "old.parquet").write_bytes(b"PAR1")
    assert gleaner.spark.run(spark, [tmp_path], tmp_path / "out.jsonl")["documents"] == 1


def test_lines_of_sites_are_looked_for_in_order(spark, corpus, tmp_path, monkeypatch):
    monkeypatch.chdir(corpus.parent)
    config = {"strip": {"site_lines": {"enabled": True}}}
    gleaner.spark.run(spark, ["corpus/pages"], tmp_path / "out.jsonl", config=config)
    (tmp_path / "config.toml").write_text("[strip.site_lines]\nenabled = true")
    one = tmp_path / "one.jsonl"
    command = [sys.executable, "-m", "gleaner", "run", "corpus/pages", "-o", one, "-c", tmp_path / "config.toml"]
    subprocess.run([*command, "--quiet"], check=True)
    assert one.read_bytes() == (tmp_path / "out.jsonl").read_bytes()


def test_bad_frames_are_refused(spark, tmp_path):
    twice = spark.createDataFrame([("a", "It rained."), ("a", "It snowed.")], "id string, text string")
    with pytest.raises(gleaner.GleanerError, match="the id 'a' stands twice"):
        gleaner.spark.clean(spark, twice, tmp_path / "out.jsonl")
    assert not (tmp_path / "out.jsonl").exists()
    with pytest.raises(ValueError, match="needs a column id"):
        gleaner.spark.clean(spark, twice.drop("id"), tmp_path / "out.jsonl")
    with pytest.raises(TypeError, match="a list of paths"):
        gleaner.spark.run(spark, "corpus", tmp_path / "out.jsonl")
    with pytest.raises(ValueError, match="no such file"):
        gleaner.spark.run(spark, [tmp_path / "none"], tmp_path / "out.jsonl")


def test_what_was_cleaned_by_other_rules_is_refused(tmp_path):
    mine = gleaner.Cleaner(threads=1)
    other = gleaner.Cleaner({"strip": {"strictness": 0.4}}, threads=1)
    (tmp_path / "a.txt").write_text("It rained all night in the old harbour.")
    ((name, path, within, size, _),) = mine._found([str(tmp_path / "a.txt")], "out.jsonl")
    pyarrow = pytest.importorskip("pyarrow")
    (batch,) = map(pyarrow.record_batch, other._documents(0, name, path, within, size, 0, 1))
    settler = gleaner._gleaner.Settler(mine._native, str(tmp_path / "out.jsonl"), None, None)
    with pytest.raises(gleaner.GleanerError, match="other settings or by other rules"):
        settler.settle([cell.as_py() for cell in batch.column("cleaned")])
    with pytest.raises(gleaner.GleanerError, match="damaged"):
        settler.settle([b"\x01\x02"])
