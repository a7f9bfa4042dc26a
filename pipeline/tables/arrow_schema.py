"""The Parquet schema of an output: the input's columns with their types, then ours."""

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.tables.reading import Survey

if TYPE_CHECKING:
    import pyarrow


def input_schema(path: Path, found: Survey) -> "pyarrow.Schema":
    """Return the Arrow types of a file's columns.

    Parquet says them itself; in CSV everything is text; in JSON Lines they follow from the values that a survey saw,
    and a column with values of several or nested types becomes text (JSON).
    """
    import pyarrow
    import pyarrow.parquet

    if path.suffix.lower() == ".parquet":
        return pyarrow.schema(list(pyarrow.parquet.read_schema(path)))  # without another program's metadata
    return pyarrow.schema([(name, _arrow_type(types)) for name, types in found.columns.items()])


def needs_json_text(types: frozenset[str]) -> bool:
    """Say whether a column's values must be written as JSON text to be of one type."""
    seen = types - {"NoneType"}
    return bool(seen) and seen not in ({"str"}, {"bool"}, {"int"}, {"float"}, {"int", "float"})


def _arrow_type(types: frozenset[str]) -> "pyarrow.DataType":
    import pyarrow

    seen = types - {"NoneType"}
    if seen == {"bool"}:
        return pyarrow.bool_()
    if seen == {"int"}:
        return pyarrow.int64()
    if seen and seen <= {"int", "float"}:
        return pyarrow.float64()
    return pyarrow.string()
