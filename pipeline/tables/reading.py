"""Read a user's file row by row, in constant memory, with errors that name the line."""

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.compression import format_of, is_compressed
from pipeline.errors import StanceError
from pipeline.jsonl import iterate_lines, iterate_rows, opened

if TYPE_CHECKING:
    import pyarrow.parquet

Row = dict[str, Any]
CHECK = "check the path"  # no stage makes a user's file
LARGEST_FIELD = 16_000_000  # characters of one CSV field; the csv module stops at 131,072 by default


@dataclass(frozen=True, slots=True)
class Survey:
    """What a first pass over a file found: it is sound, and how large it is.

    ``columns`` are in order of first appearance, each with the names of the Python types of its values; of integers
    ``int`` names those that a float holds exactly, ``int64`` larger ones, ``integer`` those beyond 64 bits.
    """

    rows: int
    columns: dict[str, frozenset[str]]


def survey(path: Path, text_column: str) -> Survey:
    """Read a whole file once, so that a bad line is refused before any work is done or any output touched.

    :raises StanceError: naming the file and line of a malformed row, a missing column, or an empty text.
    """
    _reader(path)  # a name that tells no format is said before anything else
    rows = 0
    columns: dict[str, set[str]] = {name: set() for name in _header(path)}
    for where, row in iterate_table(path):
        rows += 1
        for name, value in row.items():
            columns.setdefault(name, set()).add(_kind(value))
        if text_column not in row:
            message = f"{path}, {where}: there is no column {text_column!r}, only {_listed(row)}; {_advice(row)}."
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
    yield from _reader(path)(path)


def _reader(path: Path) -> "Callable[[Path], Iterator[tuple[str, Row]]]":
    read = READERS.get(format_of(path))
    if read is None:
        message = (
            f"{path}: the file's name must end in {', '.join(READERS)} to tell its format, and in .gz or .zst behind "
            "it where it is compressed."
        )
        raise StanceError(message)
    if read is _parquet_rows and is_compressed(path):
        message = f"{path}: Parquet is compressed inside; decompress the file first."
        raise StanceError(message)
    return read


def _csv_rows(path: Path) -> Iterator[tuple[str, Row]]:
    with _csv_reader(path) as reader:
        for row in reader:
            if None in row or None in row.values():
                fields = len(reader.fieldnames or ())
                message = f"{path}, line {reader.line_num}: the row does not have the header's {fields} fields."
                raise StanceError(message)
            yield f"line {reader.line_num}", row


@contextmanager
def _csv_reader(path: Path) -> "Iterator[csv.DictReader[str]]":
    """Yield the one reader of header and rows, so that what is wrong with either is said alike."""
    csv.field_size_limit(LARGEST_FIELD)
    reader = csv.DictReader((line for _, line in iterate_lines(path, CHECK)), strict=True)
    try:
        twice = _repeated(reader.fieldnames or ())
        if twice:
            message = f"{path}, line 1: the column {twice[0]!r} stands there twice."
            raise StanceError(message)
        yield reader
    except csv.Error as error:
        line = reader.reader.line_num  # DictReader's own counts finished rows only
        why = "a carriage return ends no line; save with Unix or Windows line ends"
        message = f"{path}, line {line}: not CSV ({why if 'new-line' in str(error) else error})."
        raise StanceError(message) from error


def _jsonl_rows(path: Path) -> Iterator[tuple[str, Row]]:
    for number, row in iterate_rows(path, CHECK):
        yield f"line {number}", row


def _parquet_rows(path: Path) -> Iterator[tuple[str, Row]]:
    with _parquet_file(path) as file:
        number = 0
        try:
            for batch in file.iter_batches(batch_size=4096):
                for row in batch.to_pylist():
                    number += 1
                    yield f"row {number}", row
        except (OSError, ValueError, OverflowError) as error:  # damaged pages; text that is not UTF-8; a date too far
            message = f"{path}: the rows after row {number} cannot be read ({_one_line(error)}); write the file again."
            raise StanceError(message) from error


@contextmanager
def _parquet_file(path: Path) -> "Iterator[pyarrow.parquet.ParquetFile]":
    import pyarrow
    import pyarrow.parquet

    with opened(path) as stream:
        try:
            file = pyarrow.parquet.ParquetFile(stream)
        except (pyarrow.ArrowException, OSError) as error:
            message = f"{path}: not a Parquet file ({_one_line(error)})."
            raise StanceError(message) from error
        twice = _repeated(file.schema_arrow.names)
        if twice:
            message = f"{path}: the column {twice[0]!r} stands there twice."
            raise StanceError(message)
        yield file


def _header(path: Path) -> tuple[str, ...]:
    """Return the columns that a file declares apart from its rows, so that an empty one keeps them."""
    match format_of(path):
        case ".csv":
            with _csv_reader(path) as reader:
                return tuple(reader.fieldnames or ())
        case ".parquet":
            with _parquet_file(path) as file:
                return tuple(file.schema_arrow.names)
        case _:
            return ()


def _advice(columns: Iterable[str]) -> str:
    """Say what to do where a column is missing: some spreadsheets separate fields by something else than a comma."""
    names = list(columns)
    for separator, name in ((";", "semicolons"), ("\t", "tabs")):
        if len(names) == 1 and separator in names[0]:
            return f"the fields seem to be separated by {name}: save the file with commas"
    return "name it with --column"


def _kind(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > 2**53:
        return "int64" if -(2**63) <= value < 2**63 else "integer"
    return type(value).__name__


def _repeated(names: Sequence[str]) -> list[str]:
    return sorted(name for name, count in Counter(names).items() if count > 1)


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()).rstrip(".")


def _listed(columns: Iterable[str]) -> str:
    return ", ".join(repr(name) for name in columns) or "none"


READERS: dict[str, Callable[[Path], Iterator[tuple[str, Row]]]] = {
    ".csv": _csv_rows,
    ".jsonl": _jsonl_rows,
    ".ndjson": _jsonl_rows,
    ".parquet": _parquet_rows,
}
