"""JSON Lines files of one record type each: validated line by line when read, written whole or not at all."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.atomic import replacing_file
from pipeline.errors import StanceError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
    from pydantic import TypeAdapter

Record = TypeVar("Record", bound="DataclassInstance")


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
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"]) or "the line"
            message = f"{path}, line {number}: {where}: {first['msg'].lower()} (got {_short(first['input'])})."
            raise StanceError(message) from error


def iterate_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield (line number, object) of a JSON Lines file.

    :raises StanceError: naming the file and the line that is not UTF-8 or not a JSON object.
    """
    for number, line in iterate_lines(path):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            message = f"{path}, line {number}: not JSON ({error.msg} at column {error.colno})."
            raise StanceError(message) from error
        if not isinstance(row, dict):
            message = f"{path}, line {number}: expected a JSON object, got {_short(row)}."
            raise StanceError(message)
        yield number, row


def iterate_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield (line number, line) of a UTF-8 file, split at line feeds only.

    :raises StanceError: if the file is missing or a line is not UTF-8.
    """
    try:
        with path.open("rb") as stream:
            for number, raw in enumerate(stream, start=1):
                try:
                    yield number, raw.decode("utf-8-sig" if number == 1 else "utf-8")
                except UnicodeDecodeError as error:
                    message = f"{path}, line {number}: not UTF-8 (byte {error.start + 1}); save the file as UTF-8."
                    raise StanceError(message) from error
    except (FileNotFoundError, IsADirectoryError) as error:
        message = f"{path} is not a file that can be read; check the path or run `make`."
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

    :raises StanceError: if the file is missing or not JSON.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        message = f"{path} is missing; run `make`."
        raise StanceError(message) from error
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        message = f"{path} is not JSON ({error}); run `make` to write it again."
        raise StanceError(message) from error


@cache
def _adapter(record: type[Record]) -> "TypeAdapter[Record]":
    from pydantic import TypeAdapter

    return TypeAdapter(record)


def _short(value: object, width: int = 60) -> str:
    text = repr(value)
    return text if len(text) <= width else text[: width - 1] + "…"
