"""Write rows piece by piece as CSV, JSON Lines, a JSON array or Parquet."""

import csv
import io
import json
import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Protocol

from pipeline.atomic import replacing_file
from pipeline.compression import compressing, format_of, is_compressed
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
        self._writer = csv.DictWriter(_LineFeeds(stream), columns, lineterminator=_LineFeeds.END)
        self._writer.writeheader()

    def write(self, rows: Iterable[Row]) -> None:
        """Append rows."""
        self._writer.writerows({key: _flat(value) for key, value in row.items()} for row in rows)

    def close(self) -> None:
        """Do nothing: CSV has no end."""


class _LineFeeds:
    """End rows in a line feed although the csv module ends them in both characters.

    It quotes only those line ends that are its own, and an unquoted carriage return could not be read back.
    """

    END = "\r\n"

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def write(self, row: str) -> int:
        """Write one row: the csv module calls this once for each."""
        return self._stream.write(row.removesuffix(self.END) + "\n")


class JsonLinesWriter:
    """One JSON object a line."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def write(self, rows: Iterable[Row]) -> None:
        """Append rows."""
        self._stream.writelines(json_text(row) + "\n" for row in rows)

    def close(self) -> None:
        """Do nothing: JSON Lines has no end."""


class JsonArrayWriter:
    """One JSON array, an object a line."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream, self._before = stream, "[\n"

    def write(self, rows: Iterable[Row]) -> None:
        """Append rows."""
        for row in rows:
            self._stream.write(self._before + json_text(row))
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
        """Append rows as one row group.

        :raises StanceError: if a value of another Parquet file has no way back from Python into its own type.
        """
        import pyarrow

        taken = list(rows)
        try:
            table = pyarrow.Table.from_pylist(taken, schema=self._schema)
        except (pyarrow.ArrowException, TypeError, ValueError, OverflowError) as error:
            message = f"The rows cannot be written as Parquet ({' '.join(str(error).split())}); write JSON Lines."
            raise StanceError(message) from error
        self._writer.write_table(table)

    def close(self) -> None:
        """Write the footer."""
        self._writer.close()


@contextmanager
def writing_table(
    path: Path, columns: Sequence[str], schema: "pyarrow.Schema | None", *, fixed_name: bool = False
) -> Iterator[Writer]:
    """Yield a writer for a file of the format that its suffix names; the file appears when all rows are in it.

    :param schema: needed for Parquet only.
    :param fixed_name: of the unfinished file, see :func:`pipeline.atomic.replacing_file`.
    :raises StanceError: if the suffix is unknown or the file cannot be written.
    """
    suffix = format_of(path)
    if suffix not in SUFFIXES:
        message = (
            f"{path}: the output's name must end in {', '.join(SUFFIXES)} to tell its format, and in .gz or .zst "
            "behind it to be compressed."
        )
        raise StanceError(message)
    if suffix == ".parquet" and is_compressed(path):
        message = f"{path}: Parquet is compressed inside; leave out {path.suffix}."
        raise StanceError(message)
    with replacing_file(path, fixed_name=fixed_name) as beside:
        if suffix == ".parquet":
            if schema is None:
                message = f"{path}: a Parquet file needs a schema."
                raise StanceError(message)
            writer: Writer = ParquetWriter(beside, schema)
            yield writer
            writer.close()
            return
        with compressing(beside, path) as raw, io.TextIOWrapper(raw, encoding="utf-8", newline="") as stream:
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


def json_text(value: Any) -> str:  # noqa: ANN401 - any cell or row
    """Return a value as JSON; a number that JSON has no word for (NaN, infinity) is null, a date its text."""
    try:
        return json.dumps(value, ensure_ascii=False, default=str, allow_nan=False)
    except ValueError:  # rare enough not to search every value
        return json.dumps(_finite(value), ensure_ascii=False, default=str)


def _finite(value: Any) -> Any:  # noqa: ANN401 - any cell or row
    match value:
        case float():
            return value if math.isfinite(value) else None
        case dict():
            return {key: _finite(one) for key, one in value.items()}
        case list() | tuple():
            return [_finite(one) for one in value]
        case _:
            return value


def _flat(value: Any) -> Any:  # noqa: ANN401 - any cell
    return json_text(value) if isinstance(value, dict | list) else value
