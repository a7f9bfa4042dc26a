"""JSON Lines files of one record type each: validated line by line when read, written whole or not at all."""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from pipeline.atomic import replacing_file
from pipeline.compression import decompressed
from pipeline.errors import StanceError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
    from pydantic import TypeAdapter, ValidationError

Record = TypeVar("Record", bound="DataclassInstance")
DEEPEST = 100  # nested lists and objects; far below where Python's own limit stops, in reading or only in writing
CHECK_OR_MAKE = "check the path or run `make`"
LONGEST_NAME = 200  # characters of a path in a message: a pasted text is no path, and need not be shown whole


def read_records(path: Path, record: type[Record]) -> list[Record]:
    """Read every line of a file as one ``record``; blank lines are passed over.

    :raises StanceError: naming the file and the line that is not UTF-8, not JSON or not a valid record.
    """
    return list(iterate_records(path, record))


def iterate_records(path: Path, record: type[Record]) -> Iterator[Record]:
    """Like :func:`read_records`, one at a time."""
    from pydantic import ValidationError

    adapter = _adapter(record)
    for number, row in iterate_rows(path):
        try:
            yield adapter.validate_python(row)
        except ValidationError as error:
            message = f"{path}, line {number}: {_complaint(error)}."
            raise StanceError(message) from error


def iterate_rows(path: Path, advice: str = CHECK_OR_MAKE) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield (line number, object) of a JSON Lines file.

    :param advice: what can be done where the file cannot be read.
    :raises StanceError: naming the file and the line that is not UTF-8, not a JSON object, or could not be written
        again: half a surrogate pair, an integer of thousands of digits, or nesting without end.
    """
    for number, line in iterate_lines(path, advice):
        if not line.strip():
            continue
        row = _parsed(line, f"{path}, line {number}")
        if not isinstance(row, dict):
            message = f"{path}, line {number}: expected a JSON object, got {_short(row)}."
            raise StanceError(message)
        yield number, row


def iterate_lines(path: Path, advice: str = CHECK_OR_MAKE) -> Iterator[tuple[int, str]]:
    """Yield (line number, line) of a UTF-8 file, compressed or not, split at line feeds only.

    :param advice: what can be done where the file cannot be read.
    :raises StanceError: if the file cannot be read or a line is not UTF-8.
    """
    with opened(path, advice) as raw_stream, decompressed(path, raw_stream) as stream:
        for number, raw in enumerate(stream, start=1):
            try:
                yield number, raw.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError as error:
                message = f"{path}, line {number}: not UTF-8 (byte {error.start + 1}); save the file as UTF-8."
                raise StanceError(message) from error


@contextmanager
def opened(path: Path, advice: str = "check the path") -> Iterator[BinaryIO]:
    """Open any file for reading bytes; the body does nothing else, because its OSErrors are put on this file.

    :param advice: what a user can do where the file cannot be read.
    :raises StanceError: if there is no such file, or it cannot be read.
    """
    try:
        with path.open("rb") as stream:
            yield stream
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        message = f"{_shown(path)} is not a file that can be read ({reason}); {advice}."
        raise StanceError(message) from error


def write_records(path: Path, records: "Iterable[DataclassInstance]") -> None:
    """Write one record a line with sorted keys, so that equal records give equal bytes."""
    write_rows(path, (asdict(record) for record in records))


def write_rows(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """Write one JSON object a line with sorted keys."""
    with replacing_file(path) as beside, beside.open("w", encoding="utf-8", newline="\n") as stream:
        for row in rows:
            stream.write(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n")


def write_json(path: Path, value: Any) -> None:  # noqa: ANN401 - any JSON value
    """Write one JSON document with sorted keys and a final line feed."""
    with replacing_file(path) as beside:
        text = json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True)
        beside.write_text(text + "\n", encoding="utf-8", newline="\n")


def read_json(path: Path) -> Any:  # noqa: ANN401 - any JSON value
    """Read one JSON document.

    :raises StanceError: if the file cannot be read or is not JSON.
    """
    with opened(path, "run `make`") as stream:
        content = stream.read()
    try:
        return json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        message = f"{path} is not JSON ({error}); run `make` to write it again."
        raise StanceError(message) from error


def _parsed(line: str, where: str) -> Any:  # noqa: ANN401 - any JSON value
    try:
        if line.count("[") + line.count("{") > DEEPEST and _depth(line) > DEEPEST:
            message = f"{where}: lists or objects are nested more than {DEEPEST} deep; flatten them."
            raise StanceError(message)
        value = json.loads(line)
        if "\\ud" in line or "\\uD" in line:  # in decoded UTF-8 half a pair can only stand as an escape
            json.dumps(value, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        message = f"{where}: not JSON ({error.msg} at column {error.colno})."
        raise StanceError(message) from error
    except UnicodeEncodeError as error:
        message = f"{where}: half a surrogate pair ({error.object[error.start]!r}) is no character; remove it."
        raise StanceError(message) from error
    except ValueError as error:  # Python reads no integer beyond sys.get_int_max_str_digits()
        message = f"{where}: an integer has too many digits; write it as a text."
        raise StanceError(message) from error
    return value


def _depth(line: str) -> int:
    """Return how deep the brackets outside of texts nest."""
    deepest = depth = 0
    for bracket in re.findall(r"[\[\]{}]", re.sub(r'"(?:[^"\\]|\\.)*"', "", line)):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _complaint(error: "ValidationError") -> str:
    first = error.errors()[0]
    if first["type"] == "value_error":  # what a record says of itself
        return str(first["ctx"]["error"])
    where = ".".join(str(part) for part in first["loc"]) or "the line"
    return f"{where}: {first['msg'].lower()} (got {_short(first['input'])})"


@cache
def _adapter(record: type[Record]) -> "TypeAdapter[Record]":
    from pydantic import TypeAdapter

    return TypeAdapter(record)


def _short(value: object, width: int = 60) -> str:
    text = repr(value)
    return text if len(text) <= width else text[: width - 1] + "…"


def _shown(path: Path) -> str:
    name = " ".join(str(path).split())
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"
