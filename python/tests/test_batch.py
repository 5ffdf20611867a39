"""Batches of Arrow, from whatever library speaks it."""

import datetime

import gleaner
import pyarrow
import pytest

RAIN = "It rained all night in the old harbour, and none of the boats went out to sea."
ROWS = {
    "id": ["a", "b", "c", None, "e"],
    "html": [f"<nav><a href='/'>Home</a></nav><article><p>{RAIN}</p></article>", None, "", None, b"\x89PNG\r\n\x1a\n"],
    "text": [None, RAIN, None, RAIN, None],
    "title": ["Rain", None, None, None, None],
}
ROWS["html"] = [cell.encode() if isinstance(cell, str) else cell for cell in ROWS["html"]]


def test_rows_come_back_in_order_with_their_end():
    rows = pyarrow.record_batch(gleaner.clean_batch(pyarrow.record_batch(ROWS)))
    assert rows.column("source").to_pylist() == ["a", "b", "c", "#4", "e"]
    assert rows.column("outcome").to_pylist() == ["ok", "ok", "failed", "ok", "skipped"]
    assert rows.column("reason").to_pylist()[2:] == ["read: row 3 has neither html nor text", None, "binary"]
    assert rows.column("text").to_pylist() == [RAIN, RAIN, None, RAIN, None]
    assert rows.column("title").to_pylist()[0] == "Rain"
    removed = rows.column("removed").to_pylist()
    assert removed[0][0]["text"] == "Home" and removed[0][0]["verdict"] == "cut" and removed[2] == []


def test_types_are_told_and_constant():
    schema = pyarrow.record_batch(gleaner.clean_batch(pyarrow.record_batch(ROWS))).schema
    assert schema.field("authors").type == pyarrow.list_(pyarrow.string())
    assert schema.field("blocks_kept").type == pyarrow.int64()
    assert schema.field("text").type == pyarrow.string()
    empty = pyarrow.record_batch({"text": pyarrow.array([], pyarrow.string())})
    assert pyarrow.record_batch(gleaner.clean_batch(empty)).schema == schema
    assert pyarrow.record_batch(gleaner.clean_batch(empty)).num_rows == 0


def test_a_row_is_what_the_command_makes_of_it():
    batch = pyarrow.record_batch({"id": ["x"], "text": [RAIN]})
    row = pyarrow.record_batch(gleaner.clean_batch(batch, source="rows.jsonl")).to_pylist()[0]
    assert row["source"] == "rows.jsonl#x"
    assert row["id"] == gleaner.clean(RAIN, source="rows.jsonl#x").id
    assert row["text"] == gleaner.clean(RAIN).text


@pytest.mark.parametrize("threads", [1, 2])
def test_threads_change_nothing(threads):
    batch = pyarrow.record_batch({"id": [str(n) for n in range(200)], "text": [f"{RAIN} {n}" for n in range(200)]})
    rows = pyarrow.record_batch(gleaner.clean_batch(batch, threads=threads))
    assert rows.equals(pyarrow.record_batch(gleaner.clean_batch(batch)))


@pytest.mark.parametrize("kind", ["string", "large_string", "string_view", "binary", "large_binary", "binary_view"])
def test_text_of_any_type_is_read(kind):
    batch = pyarrow.record_batch({"text": pyarrow.array([RAIN, None]).cast(getattr(pyarrow, kind)())})
    assert pyarrow.record_batch(gleaner.clean_batch(batch)).column("text").to_pylist() == [RAIN, None]


def test_ids_and_dates_may_be_other_than_text():
    day = pyarrow.array([datetime.date(2024, 5, 1)])
    batch = pyarrow.RecordBatch.from_arrays([pyarrow.array([7]), pyarrow.array([RAIN]), day], ["ID", "text", "date"])
    row = pyarrow.record_batch(gleaner.clean_batch(batch)).to_pylist()[0]
    assert (row["source"], row["created"]) == ("7", "2024-05-01T00:00:00Z")


def test_tables_come_back_as_tables():
    table = pyarrow.table({"id": list("abcd"), "text": [RAIN] * 4})
    chunks = pyarrow.Table.from_batches(table.to_batches(max_chunksize=3))
    rows = pyarrow.table(gleaner.clean_batch(chunks))
    assert rows.column("source").to_pylist() == list("abcd")
    assert pyarrow.table(gleaner.clean_batch(table.slice(0, 0))).num_rows == 0


def test_pandas_and_polars():
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"id": ["a", "b"], "text": [RAIN, "Rain."]})
    cleaned = pyarrow.table(gleaner.clean_batch(pyarrow.Table.from_pandas(frame))).to_pandas()
    assert list(cleaned["text"]) == [RAIN, "Rain."]
    polars = pytest.importorskip("polars")
    cleaned = polars.DataFrame(gleaner.clean_batch(polars.DataFrame({"id": ["a"], "text": [RAIN]})))
    assert cleaned["text"].to_list() == [RAIN]


def test_what_is_no_batch_of_pages_is_refused():
    for wrong in [None, 17, [RAIN], {"text": [RAIN]}]:
        with pytest.raises(TypeError, match="a batch is of Arrow"):
            gleaner.clean_batch(wrong)
    with pytest.raises(TypeError, match="the column text is of type Int64"):
        gleaner.clean_batch(pyarrow.record_batch({"text": [1, 2]}))
    with pytest.raises(ValueError, match="no column html or text among the columns body"):
        gleaner.clean_batch(pyarrow.record_batch({"body": [RAIN]}))
