"""What Spark reads: a table whose every row has a text, with the columns as the reader of one machine gives them."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.compression import format_of
from pipeline.errors import StanceError
from pipeline.prediction.columns import refuse_taken
from pipeline.prediction.spark_session import told

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

# What the reader of one machine refuses is refused: a row of too few fields, a line that is no JSON.
CSV = {"header": True, "multiLine": True, "quote": '"', "escape": '"', "mode": "FAILFAST"}
FORMATS: dict[str, tuple[str, dict[str, Any]]] = {
    ".csv": ("csv", CSV),
    ".jsonl": ("json", {"mode": "FAILFAST"}),
    ".ndjson": ("json", {"mode": "FAILFAST"}),
}
SAYS_SOMETHING = r"(?U)[^\s\x1C-\x1F]"  # what Python's strip leaves


def checked_table(
    spark: "SparkSession", source: str, column: str, *, prefix: str = "", provenance: bool = False
) -> "DataFrame":
    """Return a table that can be labelled: its texts are read once to see that none is empty.

    :param source: a path or URI; a name that ends in .csv, .jsonl or .ndjson (.gz too) tells that format, and anything
        else is Parquet, a file or a folder.
    :raises StanceError: if it cannot be read, lacks the column of texts, has an empty one, or a column of ours.
    """
    table = _read(spark, source)
    if column not in table.columns:
        listed = ", ".join(map(repr, table.columns)) or "none"
        message = f"{source}: there is no column {column!r}, only {listed}; name it with --column."
        raise StanceError(message)
    kind = table.schema[column].dataType.simpleString()
    if kind != "string":
        message = f"{source}: {column!r} must be a column of texts; its values are {kind}."
        raise StanceError(message)
    refuse_taken(source, table.columns, prefix, provenance=provenance)
    with told(f"Spark cannot read {source}"):
        _refuse_empty_texts(table, column)
        return _without_nulls(table) if _format(source)[0] == "csv" else table


def named(column: str) -> "Column":
    """Return the column of exactly that name, dots and all."""
    from pyspark.sql.functions import col

    return col(quoted(column))


def quoted(column: str) -> str:
    """Return a name as Spark's expressions take it."""
    return "`" + column.replace("`", "``") + "`"


def _format(source: str) -> tuple[str, dict[str, Any]]:
    return FORMATS.get(format_of(Path(source)), ("parquet", {}))


def _read(spark: "SparkSession", source: str) -> "DataFrame":
    from pyspark.errors import AnalysisException

    form, options = _format(source)
    with told(f"Spark cannot read {source} as {form}"):
        try:
            table: DataFrame = spark.read.format(form).options(**options).load(source)
        except AnalysisException as error:
            if error.getCondition() != "PATH_NOT_FOUND":
                raise
            message = f"There is no {source} where Spark looks for it; check the path."
            raise StanceError(message) from error
    return table


def _refuse_empty_texts(table: "DataFrame", column: str) -> None:
    empty = table.filter(named(column).isNull() | ~named(column).rlike(SAYS_SOMETHING))
    for row in empty.select("_metadata.file_path").limit(1).collect():
        message = f"{row[0]}: a {column!r} is empty; there is nothing to label, so remove such rows first."
        raise StanceError(message)


def _without_nulls(table: "DataFrame") -> "DataFrame":
    """Give back the empty texts for which Spark reads nothing at all."""
    from pyspark.sql.functions import coalesce, lit

    return table.select(*[coalesce(named(name), lit("")).alias(name) for name in table.columns])
