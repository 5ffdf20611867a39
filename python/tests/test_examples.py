"""The examples for other engines, where these are installed."""

import importlib.util
import json
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[1] / "examples"
RAIN = "It rained all night in the old harbour, and none of the boats went out to sea."
PAGE = f"<nav><a href='/'>Home</a></nav><article><p>{RAIN}</p></article>"


def example(name):
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_function_for_ray_cleans_blocks():
    pyarrow = pytest.importorskip("pyarrow")
    rows = example("ray_batches").Clean()(pyarrow.table({"id": ["a", "b"], "html": [PAGE, ""]}))
    assert rows.column("text").to_pylist() == [RAIN]


def test_ray(tmp_path):
    ray = pytest.importorskip("ray")
    ray.init(num_cpus=2, include_dashboard=False)
    pages = ray.data.from_items([{"id": str(n), "html": PAGE} for n in range(100)])
    rows = example("ray_batches").cleaned(pages).take_all()
    assert [row["text"] for row in rows] == [RAIN] * 100
    ray.shutdown()


def test_datatrove(tmp_path):
    pytest.importorskip("datatrove")
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter

    rows = [{"id": "a", "text": PAGE, "url": "https://a.example/"}, {"id": "b", "text": "<!doctype html><script>menu()</script>"}]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    step = example("datatrove_step").Clean()
    writer = JsonlWriter(str(tmp_path / "out"), compression=None)
    LocalPipelineExecutor([JsonlReader(str(tmp_path / "in")), step, writer], logging_dir=str(tmp_path / "logs")).run()
    (written,) = [json.loads(line) for line in (tmp_path / "out" / "00000.jsonl").read_text().splitlines()]
    assert written["text"] == RAIN and written["metadata"]["url"] == "https://a.example/"
