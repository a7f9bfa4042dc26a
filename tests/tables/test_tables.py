"""Users' files: every format in, every format out, and a bad line named before anything is done."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given
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


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1, max_size=5))
@example(["a\rb", "a\r\nb", "\r", "\n", "\r\n", '"', "\0"])
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
        ("a.csv", "text,year\rhello,1\r", r"line 1: not CSV \(a carriage return ends no line"),
        ("a.csv", "text,year\nhello,1\nhello\rworld,2\n", r"line 3: not CSV \(a carriage return ends no line"),
        ("a.csv", "text," + "y" * 16_000_001 + "\n", r"line 1: not CSV \(field larger than field limit"),
        ("a.csv", 'text\nhello\n"wor"ld\n', r"line 3: not CSV"),
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


@pytest.mark.parametrize(("separator", "name"), [(";", "semicolons"), ("\t", "tabs")])
def test_fields_that_no_comma_separates_are_named(separator: str, name: str, tmp_path: Path):
    (tmp_path / "in.csv").write_text(f"id{separator}text\n1{separator}We will answer.\n", encoding="utf-8")
    with pytest.raises(StanceError, match=f"separated by {name}: save the file with commas"):
        survey(tmp_path / "in.csv", "text")


def test_a_missing_file_is_named(tmp_path: Path):
    (tmp_path / "file").touch()
    for suffix in (".csv", ".jsonl", ".parquet"):
        (tmp_path / f"folder{suffix}").mkdir()
        for name in ("missing", "folder", "file/below", "n" * 300):
            with pytest.raises(StanceError, match="not a file that can be read"):
                survey(tmp_path / f"{name}{suffix}", "text")


def test_a_long_column_name_is_no_mistake(tmp_path: Path):
    name = "y" * 200_000
    (tmp_path / "a.csv").write_text(f"text,{name}\nhello,1\n")
    assert list(survey(tmp_path / "a.csv", "text").columns) == ["text", name]


def damaged_pages(path: Path) -> None:
    pq.write_table(pa.table({"text": [f"text {number}" for number in range(5000)]}), path, compression="snappy")
    content = bytearray(path.read_bytes())
    content[20 : len(content) // 2] = b"\xff" * (len(content) // 2 - 20)
    path.write_bytes(content)


def other_encoding(path: Path) -> None:
    latin = pa.StringArray.from_buffers(1, pa.py_buffer(b"\0\0\0\0\4\0\0\0"), pa.py_buffer("café".encode("latin-1")))
    pq.write_table(pa.table({"text": latin}), path)


def far_date(path: Path) -> None:
    pq.write_table(pa.table({"text": ["a"], "when": pa.array([2**60], pa.timestamp("ms"))}), path)


def column_twice(path: Path) -> None:
    pq.write_table(pa.Table.from_arrays([pa.array(["a"]), pa.array(["b"])], names=["text", "text"]), path)


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        (damaged_pages, "rows after row 0 cannot be read"),
        (other_encoding, "rows after row 0 cannot be read"),
        (far_date, "rows after row 0 cannot be read"),
        (column_twice, "column 'text' stands there twice"),
    ],
)
def test_a_parquet_file_that_cannot_be_read_is_named(spoil: Callable, complaint: str, tmp_path: Path):
    spoil(tmp_path / "a.parquet")
    with pytest.raises(StanceError, match=rf"a.parquet: .*{complaint}") as raised:
        survey(tmp_path / "a.parquet", "text")
    assert "\n" not in str(raised.value)


def test_mixed_json_columns_become_text_in_parquet(tmp_path: Path):
    path = write(tmp_path / "in.jsonl", [{"text": "a", "tags": ["x"]}, {"text": "b", "tags": None}])
    assert input_schema(path, survey(path, "text")).field("tags").type == pa.string()


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([1, None, -(2**63), 2**63 - 1], pa.int64()),
        ([1, 0.5, 2**53], pa.float64()),
        ([1, 2**64], pa.string()),
        ([1234567890123456789, 0.5], pa.string()),
        ([True, 1], pa.string()),
        (["a", 1], pa.string()),
        ([None, None], pa.string()),
    ],
)
def test_a_json_column_takes_the_type_that_holds_its_values(values: list[Any], kind: pa.DataType, tmp_path: Path):
    path = write(tmp_path / "in.jsonl", [{"text": "a", "value": value} for value in values])
    assert input_schema(path, survey(path, "text")).field("value").type == kind


@pytest.mark.parametrize("name", ["out.jsonl", "out.json"])
def test_json_has_no_word_for_nan(name: str, tmp_path: Path):
    rows = [{"text": "a", "value": float("nan"), "more": [1.5, float("inf"), {"deep": -float("inf")}]}]
    with writing_table(tmp_path / name, ["text", "value", "more"], None) as writer:
        writer.write(rows)

    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    read = json.loads((tmp_path / name).read_text(), parse_constant=refuse)
    [row] = read if name.endswith(".json") else [read]
    assert row == {"text": "a", "value": None, "more": [1.5, None, {"deep": None}]}


def test_an_output_of_unknown_format_is_refused(tmp_path: Path):
    with pytest.raises(StanceError, match=r"must end in"), writing_table(tmp_path / "out.xlsx", ["text"], None):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("compression", [".gz", ".zst"])
@pytest.mark.parametrize("form", [".csv", ".jsonl"])
def test_a_compressed_file_is_read_and_written(form: str, compression: str, tmp_path: Path):
    plain = write(tmp_path / f"in{form}", ROWS)
    found = survey(plain, "text")
    packed = tmp_path / f"OUT{form}{compression}".upper()
    with writing_table(packed, list(found.columns), None) as writer:
        for _, row in iterate_table(plain):
            writer.write([row])
    assert [row for _, row in iterate_table(packed)] == [row for _, row in iterate_table(plain)]
    with pa.input_stream(str(packed), compression={".gz": "gzip", ".zst": "zstd"}[compression]) as stream:
        assert b"We will answer, and soon." in stream.read()


@pytest.mark.parametrize("compression", [".gz", ".zst"])
@pytest.mark.parametrize("spoil", [lambda content: content[: len(content) // 2], lambda _: b"not compressed at all"])
def test_a_damaged_compressed_file_is_named(compression: str, spoil: Callable[[bytes], bytes], tmp_path: Path):
    path = tmp_path / f"in.jsonl{compression}"
    with pa.output_stream(str(path), compression={".gz": "gzip", ".zst": "zstd"}[compression]) as stream:
        stream.write(
            "".join(f'{{"text": "line {number} {number * 7919 % 1000}"}}\n' for number in range(5000)).encode()
        )
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(StanceError, match=rf"in\.jsonl{compression} cannot be decompressed"):
        survey(path, "text")


def test_a_compressed_parquet_file_is_refused(tmp_path: Path):
    with pytest.raises(StanceError, match="compressed inside"):
        survey(tmp_path / "in.parquet.gz", "text")
    with (
        pytest.raises(StanceError, match="compressed inside"),
        writing_table(tmp_path / "out.parquet.zst", ["text"], None),
    ):
        raise AssertionError


@pytest.mark.parametrize("compression", [".gz", ".zst"])
def test_a_download_of_nothing_is_no_empty_table(compression: str, tmp_path: Path):
    path = tmp_path / f"in.jsonl{compression}"
    path.touch()
    with pytest.raises(StanceError, match="not even a compressed file of nothing"):
        survey(path, "text")
