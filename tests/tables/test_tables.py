"""Users' files: every format in, every format out, and a bad line named before anything is done."""

import csv
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import StanceError
from pipeline.tables.arrow_schema import input_schema
from pipeline.tables.reading import iterate_table, survey
from pipeline.tables.writing import writing_table

ROWS = [
    {"text": "We will answer, and soon.", "year": 1987, "official": True},
    {"text": 'He said "no",\nand left.', "year": 2020, "official": False},
]


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    elif path.suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist(rows), path)
    else:
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_each_format_is_read(suffix: str, tmp_path: Path):
    path = write(tmp_path / f"in{suffix}", ROWS)
    rows = [row for _, row in iterate_table(path)]
    assert [row["text"] for row in rows] == [row["text"] for row in ROWS]
    found = survey(path, "text")
    assert (found.rows, list(found.columns)) == (2, ["text", "year", "official"])


@pytest.mark.parametrize("source", [".csv", ".jsonl", ".parquet"])
@pytest.mark.parametrize("target", [".csv", ".jsonl", ".json", ".parquet"])
def test_each_format_becomes_each_other(source: str, target: str, tmp_path: Path):
    path = write(tmp_path / f"in{source}", ROWS)
    found = survey(path, "text")
    with writing_table(tmp_path / f"out{target}", list(found.columns), input_schema(path, found)) as writer:
        for _, row in iterate_table(path):
            writer.write([row])
    if target == ".json":
        rows = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    else:
        rows = [row for _, row in iterate_table(tmp_path / f"out{target}")]
    assert [row["text"] for row in rows] == [row["text"] for row in ROWS]
    assert [str(row["year"]) for row in rows] == ["1987", "2020"]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1), min_size=1, max_size=5))
def test_csv_round_trip_of_any_text(texts: list[str]):
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out.csv"
        with writing_table(path, ["text"], None) as writer:
            writer.write({"text": text} for text in texts)
        assert [row["text"] for _, row in iterate_table(path)] == texts


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("a.csv", "text,year\nhello,1\nworld\n", r"line 3: the row does not have the header's 2 fields"),
        ("a.csv", "text,text\na,b\n", r"line 1: the column 'text' stands there twice"),
        ("a.csv", "words\nhello\n", r"line 2: there is no column 'text', only 'words'"),
        ("a.csv", "words\n", r"there is no column 'text', only 'words'"),
        ("a.csv", 'text\nhello\n"  "\n', r"line 3: 'text' is empty"),
        ("a.jsonl", '{"text": "a"}\n{"text": \n', r"line 2: not JSON"),
        ("a.jsonl", '{"text": "a"}\n{"text": 7}\n', r"line 2: 'text' must be a text; got int"),
        ("a.jsonl", '{"text": "a"}\n{"word": "b"}\n', r"line 2: there is no column 'text'"),
        ("a.parquet", "not parquet", r"not a Parquet file"),
        ("a.xlsx", "whatever", r"must end in \.csv"),
    ],
)
def test_a_bad_file_is_named(name: str, content: str, complaint: str, tmp_path: Path):
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(StanceError, match=complaint):
        survey(tmp_path / name, "text")


def test_another_encoding_is_named(tmp_path: Path):
    (tmp_path / "a.csv").write_bytes("text\ncafé\n".encode("latin-1"))
    with pytest.raises(StanceError, match="line 2: not UTF-8"):
        survey(tmp_path / "a.csv", "text")


def test_a_missing_file_is_named(tmp_path: Path):
    for suffix in (".csv", ".jsonl", ".parquet"):
        with pytest.raises(StanceError, match="not a file that can be read"):
            survey(tmp_path / f"missing{suffix}", "text")


def test_mixed_json_columns_become_text_in_parquet(tmp_path: Path):
    path = write(tmp_path / "in.jsonl", [{"text": "a", "tags": ["x"]}, {"text": "b", "tags": None}])
    assert input_schema(path, survey(path, "text")).field("tags").type == pa.string()


def test_an_output_of_unknown_format_is_refused(tmp_path: Path):
    with pytest.raises(StanceError, match=r"must end in"), writing_table(tmp_path / "out.xlsx", ["text"], None):
        pass
    assert list(tmp_path.iterdir()) == []
