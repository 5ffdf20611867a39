"""What the command writes opens in the tools that people have, with the right types."""

import json
import subprocess
import sys

import pytest

ROWS = [
    {"id": "1", "title": "Rain", "date": "2024-05-01", "text": "It rained all night in the old harbour."},
    {"id": "2", "html": "<article><p>In the morning the square stood under water.</p></article>"},
]


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    folder = tmp_path_factory.mktemp("readers")
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    command = [sys.executable, "-m", "gleaner", "run", "rows.jsonl", "-o", "out.jsonl", "--quiet"]
    subprocess.run(command, cwd=folder, check=True)
    return folder / "out.jsonl"


def test_pandas(output):
    pandas = pytest.importorskip("pandas")
    frame = pandas.read_json(output, lines=True)
    assert list(frame.columns) == ["id", "text", "source", "created", "metadata"]
    assert list(frame["source"]) == ["rows.jsonl#1", "rows.jsonl#2"]
    assert frame["metadata"][0]["title"] == "Rain"


def test_duckdb(output):
    duckdb = pytest.importorskip("duckdb")
    rows = duckdb.sql(f"select id, created, metadata.title, metadata.blocks_kept from '{output}'")
    assert [str(kind) for kind in rows.types][1:] == ["TIMESTAMP WITH TIME ZONE", "VARCHAR", "BIGINT"]
    assert [row[2:] for row in rows.fetchall()] == [("Rain", 1), (None, 1)]


def test_datasets(output, tmp_path):
    datasets = pytest.importorskip("datasets")
    rows = datasets.load_dataset("json", data_files=str(output), split="train", cache_dir=str(tmp_path))
    assert rows[0]["text"] == ROWS[0]["text"] and rows[0]["metadata"]["title"] == "Rain"
    assert rows.features["metadata"]["blocks_kept"].dtype == "int64"


def test_pyarrow(output):
    json_of_arrow = pytest.importorskip("pyarrow.json")
    table = json_of_arrow.read_json(output)
    assert table.schema.field("text").type == "string"
    assert table.column("source").to_pylist() == ["rows.jsonl#1", "rows.jsonl#2"]


def test_parquet(output):
    parquet = pytest.importorskip("pyarrow.parquet")
    command = [sys.executable, "-m", "gleaner", "run", "rows.jsonl", "-o", "out.parquet", "--quiet"]
    subprocess.run(command, cwd=output.parent, check=True)
    table = parquet.read_table(output.parent / "out.parquet")
    assert table.column("text").to_pylist()[0] == ROWS[0]["text"]
    kinds = {field.name: str(field.type) for field in table.schema}
    assert kinds["text"].endswith("string") and kinds["created"].startswith("timestamp")
    again = [sys.executable, "-m", "gleaner", "run", "out.parquet", "-o", "again.jsonl", "--quiet"]
    subprocess.run(again, cwd=output.parent, check=True)
    texts = [json.loads(line)["text"] for line in (output.parent / "again.jsonl").read_text().splitlines()]
    assert texts == table.column("text").to_pylist()
