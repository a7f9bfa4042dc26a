"""Read a user's file row by row, in constant memory, with errors that name the line."""

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import StanceError
from pipeline.jsonl import iterate_lines, iterate_rows

Row = dict[str, Any]
LARGEST_FIELD = 16_000_000  # characters of one CSV field; the csv module stops at 131,072 by default


@dataclass(frozen=True, slots=True)
class Survey:
    """What a first pass over a file found: it is sound, and how large it is.

    ``columns`` are in order of first appearance, each with the names of the Python types of its values.
    """

    rows: int
    columns: dict[str, frozenset[str]]


def survey(path: Path, text_column: str) -> Survey:
    """Read a whole file once, so that a bad line is refused before any work is done or any output touched.

    :raises StanceError: naming the file and line of a malformed row, a missing column, or an empty text.
    """
    rows = 0
    columns: dict[str, set[str]] = {name: set() for name in _header(path)}
    for where, row in iterate_table(path):
        rows += 1
        for name, value in row.items():
            columns.setdefault(name, set()).add(type(value).__name__)
        if text_column not in row:
            message = (
                f"{path}, {where}: there is no column {text_column!r}, only {_listed(row)}; name it with --column."
            )
            raise StanceError(message)
        text = row[text_column]
        if not isinstance(text, str):
            message = f"{path}, {where}: {text_column!r} must be a text; got {type(text).__name__}."
            raise StanceError(message)
        if not text.strip():
            message = f"{path}, {where}: {text_column!r} is empty; there is nothing to label."
            raise StanceError(message)
    if rows == 0 and columns and text_column not in columns:
        message = f"{path}: there is no column {text_column!r}, only {_listed(columns)}; name it with --column."
        raise StanceError(message)
    return Survey(rows, {name: frozenset(types) for name, types in columns.items()})


def iterate_table(path: Path) -> Iterator[tuple[str, Row]]:
    """Yield (where, row) of a CSV, JSON Lines or Parquet file, told apart by its suffix.

    :raises StanceError: if the suffix is unknown, or a row is malformed.
    """
    try:
        read = READERS[path.suffix.lower()]
    except KeyError:
        message = f"{path}: the file's name must end in {', '.join(READERS)} to tell its format."
        raise StanceError(message) from None
    yield from read(path)


def _csv_rows(path: Path) -> Iterator[tuple[str, Row]]:
    csv.field_size_limit(LARGEST_FIELD)
    reader = csv.DictReader((line for _, line in iterate_lines(path)), strict=True)
    try:
        duplicates = {name for name in reader.fieldnames or () if (reader.fieldnames or []).count(name) > 1}
        if duplicates:
            message = f"{path}, line 1: the column {sorted(duplicates)[0]!r} stands there twice."
            raise StanceError(message)
        for row in reader:
            if None in row or None in row.values():
                fields = len(reader.fieldnames or ())
                message = f"{path}, line {reader.line_num}: the row does not have the header's {fields} fields."
                raise StanceError(message)
            yield f"line {reader.line_num}", row
    except csv.Error as error:
        message = f"{path}, line {reader.line_num}: not CSV ({error})."
        raise StanceError(message) from error


def _jsonl_rows(path: Path) -> Iterator[tuple[str, Row]]:
    for number, row in iterate_rows(path):
        yield f"line {number}", row


def _parquet_rows(path: Path) -> Iterator[tuple[str, Row]]:
    import pyarrow
    import pyarrow.parquet

    if not path.is_file():
        message = f"{path} is not a file that can be read; check the path."
        raise StanceError(message)
    try:
        with pyarrow.parquet.ParquetFile(path) as file:
            number = 0
            for batch in file.iter_batches(batch_size=4096):
                for row in batch.to_pylist():
                    number += 1
                    yield f"row {number}", row
    except pyarrow.ArrowException as error:
        message = f"{path}: not a Parquet file ({error})."
        raise StanceError(message) from error


def _header(path: Path) -> tuple[str, ...]:
    """Return the columns that a file declares apart from its rows, so that an empty one keeps them."""
    match path.suffix.lower():
        case ".csv":
            return tuple(csv.DictReader(line for _, line in iterate_lines(path)).fieldnames or ())
        case ".parquet" if path.is_file():
            import pyarrow
            import pyarrow.parquet

            try:
                return tuple(pyarrow.parquet.read_schema(path).names)
            except pyarrow.ArrowException:
                return ()  # the reader says what is wrong with it
        case _:
            return ()


def _listed(columns: Iterable[str]) -> str:
    return ", ".join(repr(name) for name in columns) or "none"


READERS: dict[str, Callable[[Path], Iterator[tuple[str, Row]]]] = {
    ".csv": _csv_rows,
    ".jsonl": _jsonl_rows,
    ".ndjson": _jsonl_rows,
    ".parquet": _parquet_rows,
}
