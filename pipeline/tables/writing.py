"""Write rows piece by piece as CSV, JSON Lines, a JSON array or Parquet."""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Protocol

from pipeline.atomic import replacing_file
from pipeline.errors import StanceError
from pipeline.tables.reading import Row

if TYPE_CHECKING:
    import pyarrow
    import pyarrow.parquet

SUFFIXES = (".csv", ".jsonl", ".ndjson", ".json", ".parquet")


class Writer(Protocol):
    """Something that takes rows as they come."""

    def write(self, rows: Iterable[Row]) -> None:
        """Append rows."""
        ...

    def close(self) -> None:
        """Write what the format needs at its end."""
        ...


class CsvWriter:
    """Rows with a fixed header; nested values become JSON text."""

    def __init__(self, stream: IO[str], columns: Sequence[str]) -> None:
        self._writer = csv.DictWriter(stream, columns, lineterminator="\n")
        self._writer.writeheader()

    def write(self, rows: Iterable[Row]) -> None:
        """Append rows."""
        self._writer.writerows({key: _flat(value) for key, value in row.items()} for row in rows)

    def close(self) -> None:
        """Do nothing: CSV has no end."""


class JsonLinesWriter:
    """One JSON object a line."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def write(self, rows: Iterable[Row]) -> None:
        """Append rows."""
        self._stream.writelines(_json(row) + "\n" for row in rows)

    def close(self) -> None:
        """Do nothing: JSON Lines has no end."""


class JsonArrayWriter:
    """One JSON array, an object a line."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream, self._before = stream, "[\n"

    def write(self, rows: Iterable[Row]) -> None:
        """Append rows."""
        for row in rows:
            self._stream.write(self._before + _json(row))
            self._before = ",\n"

    def close(self) -> None:
        """Close the array."""
        self._stream.write("[]\n" if self._before == "[\n" else "\n]\n")


class ParquetWriter:
    """Parquet whose schema is known beforehand."""

    def __init__(self, path: Path, schema: "pyarrow.Schema") -> None:
        import pyarrow.parquet

        self._schema = schema
        self._writer = pyarrow.parquet.ParquetWriter(path, schema)

    def write(self, rows: Iterable[Row]) -> None:
        """Append rows as one row group."""
        import pyarrow

        self._writer.write_table(pyarrow.Table.from_pylist([dict(row) for row in rows], schema=self._schema))

    def close(self) -> None:
        """Write the footer."""
        self._writer.close()


@contextmanager
def writing_table(path: Path, columns: Sequence[str], schema: "pyarrow.Schema | None") -> Iterator[Writer]:
    """Yield a writer for a file of the format that its suffix names; the file appears when all rows are in it.

    :param schema: needed for Parquet only.
    :raises StanceError: if the suffix is unknown or the file cannot be written.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        message = f"{path}: the output's name must end in {', '.join(SUFFIXES)} to tell its format."
        raise StanceError(message)
    with replacing_file(path) as beside:
        if suffix == ".parquet":
            if schema is None:
                message = f"{path}: a Parquet file needs a schema."
                raise StanceError(message)
            writer: Writer = ParquetWriter(beside, schema)
            yield writer
            writer.close()
            return
        with beside.open("w", encoding="utf-8", newline="") as stream:
            writer = text_writer(stream, suffix.removeprefix("."), columns)
            yield writer
            writer.close()


def text_writer(stream: IO[str], form: str, columns: Sequence[str]) -> Writer:
    """Return a writer of ``csv``, ``json`` (one array) or ``jsonl`` on an open stream."""
    match form:
        case "csv":
            return CsvWriter(stream, columns)
        case "json":
            return JsonArrayWriter(stream)
        case _:
            return JsonLinesWriter(stream)


def _json(value: Any) -> str:  # noqa: ANN401 - any cell or row
    return json.dumps(value, ensure_ascii=False, default=str)


def _flat(value: Any) -> Any:  # noqa: ANN401 - any cell
    return _json(value) if isinstance(value, dict | list) else value
