"""The Parquet schema of an output: the input's columns with their types, then ours."""

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.compression import format_of
from pipeline.tables.reading import Survey

if TYPE_CHECKING:
    import pyarrow


def input_schema(path: Path, found: Survey) -> "pyarrow.Schema":
    """Return the Arrow types of a file's columns.

    Parquet says them itself; in CSV everything is text; in JSON Lines they follow from the values that a survey saw,
    and a column becomes text (JSON) where no other type holds all of its values as they are.
    """
    import pyarrow
    import pyarrow.parquet

    if _has_types(path):
        return pyarrow.schema(list(pyarrow.parquet.read_schema(path)))  # without another program's metadata
    return pyarrow.schema([(name, _arrow_type(types) or pyarrow.string()) for name, types in found.columns.items()])


def json_text_columns(path: Path, found: Survey) -> frozenset[str]:
    """Return the columns whose values must be written as JSON text, because their values have no common type."""
    if _has_types(path):
        return frozenset()
    return frozenset(name for name, types in found.columns.items() if _arrow_type(types) is None)


def _has_types(path: Path) -> bool:
    return format_of(path) == ".parquet"


def _arrow_type(types: frozenset[str]) -> "pyarrow.DataType | None":
    """Return the type that holds values of all these kinds without loss; None if there is none."""
    import pyarrow

    seen = types - {"NoneType"}
    for kinds, arrow in (
        ({"str"}, pyarrow.string()),
        ({"bool"}, pyarrow.bool_()),
        ({"int", "int64"}, pyarrow.int64()),
        ({"int", "float"}, pyarrow.float64()),
    ):
        if seen <= kinds:
            return arrow
    return None
