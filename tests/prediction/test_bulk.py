"""A file in, a file out: every column of the input comes out as it went in, with the answers beside it."""

import csv
import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import StanceError
from pipeline.prediction import Predictor
from pipeline.prediction.bulk import BulkRequest, checked_input, predict_file


class Decided:
    """A model that always answers denial."""

    def probabilities(self, texts):
        return np.tile([0.1, 0.6, 0.1, 0.1, 0.1], (len(texts), 1))

    def save(self, folder):
        raise AssertionError


def predicted(source: Path, target: Path, **request: Any) -> Path:
    asked = BulkRequest(input=source, **request)
    predict_file(Predictor(Decided()), asked, target, found=checked_input(asked))
    return target


def rows_of(path: Path) -> list[dict[str, Any]]:
    match path.suffix:
        case ".csv":
            with path.open(encoding="utf-8", newline="") as stream:
                return list(csv.DictReader(stream))
        case ".parquet":
            return pq.read_table(path).to_pylist()
        case ".json":
            return json.loads(path.read_text(encoding="utf-8"))
        case _:
            return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


NOON = dt.datetime(2020, 1, 2, 12, tzinfo=dt.UTC)
TYPED = pa.table(
    {
        "text": ["one", "two"],
        "tags": pa.array([["x"], None], pa.list_(pa.string())),
        "at": pa.array([NOON, None], pa.timestamp("us", "UTC")),
        "nanoseconds": pa.array([1577966400000000001, None], pa.timestamp("ns")),
        "day": pa.array([dt.date(2020, 1, 2), None], pa.date32()),
        "price": pa.array([Decimal("1.50"), None], pa.decimal128(10, 2)),
        "place": pa.array([{"city": "Bresk", "at": NOON}, None]),
        "lookup": pa.array([[("a", 1)], None], pa.map_(pa.string(), pa.int32())),
        "kind": pa.array(["k", None]).dictionary_encode(),
        "small": pa.array([7, None], pa.int8()),
        "unsigned": pa.array([2**64 - 1, None], pa.uint64()),
        "raw": pa.array([b"\xff\0", None], pa.binary()),
        "nothing": pa.array([None, None], pa.null()),
    }
)


def test_parquet_columns_keep_values_and_types(tmp_path: Path):
    pq.write_table(TYPED, tmp_path / "in.parquet")
    table = pq.read_table(predicted(tmp_path / "in.parquet", tmp_path / "out.parquet"))
    assert table.select(TYPED.column_names).equals(TYPED)
    assert table["stance"].to_pylist() == ["denial", "denial"]


@pytest.mark.parametrize("target", ["out.jsonl", "out.json", "out.csv"])
def test_parquet_of_any_type_becomes_text_formats(target: str, tmp_path: Path):
    pq.write_table(TYPED, tmp_path / "in.parquet")
    first, _ = rows_of(predicted(tmp_path / "in.parquet", tmp_path / target))
    assert first["day"] == "2020-01-02"
    assert first["tags"] == ('["x"]' if target == "out.csv" else ["x"])
    assert first["stance"] == "denial"


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=50, deadline=None)
@given(st.lists(JSON_VALUES, min_size=1, max_size=4))
def test_any_json_column_comes_out_as_it_went_in(tmp_path_factory: pytest.TempPathFactory, values: list[Any]):
    folder = tmp_path_factory.mktemp("json")
    (folder / "in.jsonl").write_text("".join(json.dumps({"text": "a", "own": value}) + "\n" for value in values))
    nested = rows_of(predicted(folder / "in.jsonl", folder / "out.jsonl"))
    assert [row["own"] for row in nested] == values
    table = pq.read_table(predicted(folder / "in.jsonl", folder / "out.parquet"))
    plain = table["own"].to_pylist()
    if table["own"].type == pa.string() and not all(isinstance(value, str | None) for value in values):
        plain = [None if value is None else json.loads(value) for value in plain]
    assert plain == values


@pytest.mark.parametrize("target", ["out.jsonl", "out.json", "out.csv", "out.parquet"])
def test_an_own_text_column_stays_beside_the_column_that_is_read(target: str, tmp_path: Path):
    (tmp_path / "in.jsonl").write_text('{"text": "HEADLINE", "body": "we will answer"}\n{"body": "no headline"}\n')
    first, second = rows_of(predicted(tmp_path / "in.jsonl", tmp_path / target, column="body"))
    assert (first["text"], first["body"], first["stance"]) == ("HEADLINE", "we will answer", "denial")
    assert not second.get("text")


def test_json_names_what_was_read_where_the_input_has_no_column_of_that_name(tmp_path: Path):
    (tmp_path / "in.csv").write_text("quote\nwe will answer\n")
    [row] = rows_of(predicted(tmp_path / "in.csv", tmp_path / "out.jsonl", column="quote"))
    assert set(row) == {"text", "quote", "stance", "probabilities", "abstained"}
    assert row["text"] == row["quote"]


@pytest.mark.parametrize("own", ["stance", "confidence", "p_threat", "probabilities"])
def test_a_column_that_ours_would_overwrite_is_refused(own: str, tmp_path: Path):
    (tmp_path / "in.csv").write_text(f"text,{own}\na,b\n")
    with pytest.raises(StanceError, match=f"already has a column '{own}'"):
        predicted(tmp_path / "in.csv", tmp_path / "out.jsonl")
    [row] = rows_of(predicted(tmp_path / "in.csv", tmp_path / "out.jsonl", prefix="predicted_"))
    assert (row[own], row["predicted_stance"]) == ("b", "denial")
