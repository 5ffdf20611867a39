"""The package as a whole: its examples, its types, its command, and what importing it costs."""

import doctest
import importlib
import json
import re
import subprocess
import sys
from pathlib import Path

import gleaner
import pytest

ROOT = Path(__file__).parents[2]
MODULES = ["gleaner", "gleaner._clean", "gleaner._near", "gleaner._settings"]
IMPORT_SECONDS = 0.05


@pytest.mark.parametrize("module", MODULES)
def test_examples_run(module):
    failed, tried = doctest.testmod(importlib.import_module(module))
    assert tried > 0 and failed == 0


def test_the_guide_runs(tmp_path, monkeypatch):
    """Every block of Python in the guide runs, in order, in one process."""
    monkeypatch.chdir(tmp_path)
    guide = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    blocks = re.findall(r"<!-- run -->\n```python\n(.*?)```", guide, re.S)
    assert len(blocks) >= 4
    names = {}
    for block in blocks:
        exec(compile(block, "docs/python.md", "exec"), names)


def test_types_are_strict():
    pytest.importorskip("mypy")
    assert (Path(gleaner.__file__).parent / "py.typed").exists()
    command = [sys.executable, "-m", "mypy", "--strict"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT / "python")
    assert done.returncode == 0, done.stdout


def test_the_stub_names_what_there_is():
    stub = (Path(gleaner.__file__).parent / "_gleaner.pyi").read_text()
    named = set(re.findall(r"^(?:class|def) (\w+)", stub, re.M))
    native = {name for name in dir(gleaner._gleaner) if not name.startswith("_")}
    assert named == native
    for name in ["Document", "Block", "Removed", "Paragraph"]:
        body = re.search(rf"^class {name}.*?(?=^class|\Z)", stub, re.M | re.S).group()
        attributes = set(re.findall(r"^    (\w+):", body, re.M))
        there = {attribute for attribute in dir(getattr(gleaner, name)) if not attribute.startswith("_")}
        assert attributes == there - {"to_dict"}


def test_importing_is_quick():
    code = "import time; start = time.process_time(); import gleaner; print(time.process_time() - start)"
    spent = [float(subprocess.check_output([sys.executable, "-c", code])) for _ in range(5)]
    assert min(spent) < IMPORT_SECONDS


def test_importing_needs_nothing_else():
    code = "import gleaner, sys; print([m for m in ('pyarrow', 'pandas', 'numpy', 'pyspark') if m in sys.modules])"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


def test_the_command_comes_with_the_package(tmp_path):
    command = Path(sys.executable).parent / "gleaner"
    version = subprocess.check_output([command, "--version"], text=True)
    assert version.strip() == f"gleaner {gleaner.__version__}"
    (tmp_path / "a.txt").write_text("It rained all night in the old harbour.\n")
    done = subprocess.run([command, "run", "a.txt", "-o", "out.jsonl", "--quiet"], cwd=tmp_path)
    assert done.returncode == 0
    assert json.loads((tmp_path / "out.jsonl").read_text())["source"] == "a.txt"
    wrong = subprocess.run([sys.executable, "-m", "gleaner", "run"], capture_output=True, text=True)
    assert wrong.returncode == 2 and "--output" in wrong.stderr
