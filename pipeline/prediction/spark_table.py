"""What Spark reads: a table of Parquet whose every row has a text."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.compression import format_of
from pipeline.errors import StanceError
from pipeline.prediction.columns import refuse_taken
from pipeline.prediction.spark_session import told

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

TEXT_FORMATS = (".csv", ".json", ".jsonl", ".ndjson")
SAYS_SOMETHING = r"(?U)[^\s\x1C-\x1F]"  # what Python's strip leaves
PATTERN = re.compile(r"[\\{}\[\]*?]")


@dataclass(frozen=True, slots=True)
class CheckedTable:
    """A table that can be labelled, and how many rows it had when its texts were read."""

    table: "DataFrame"
    rows: int


def checked_table(
    spark: "SparkSession", source: str, column: str, *, prefix: str = "", provenance: bool = False
) -> CheckedTable:
    """Return a table that can be labelled: its texts are read once to see that none is empty.

    :param source: the path or URI of a Parquet file, or of a folder of them.
    :raises StanceError: if it cannot be read, lacks the column of texts, has an empty one, or a column of ours.
    """
    refuse_text_formats(source)
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
        return CheckedTable(table, _rows_with_text(table, source, column))


def refuse_text_formats(source: str) -> None:
    """Refuse what Spark's readers lose in silence: columns in another order, second records of a line, encodings.

    :raises StanceError: if the name says that it is CSV or JSON.
    """
    if format_of(Path(source)) in TEXT_FORMATS:
        message = (
            f"{source}: --engine spark reads only Parquet, a file or a folder; write it as Parquet first, "
            "or leave out --engine spark, for one machine reads CSV and JSON Lines."
        )
        raise StanceError(message)


def named(column: str) -> "Column":
    """Return the column of exactly that name, dots and all."""
    from pyspark.sql.functions import col

    return col("`" + column.replace("`", "``") + "`")


def literal(path: str) -> str:
    """Return what Spark reads as this very path, if it is one of this machine; else it may be a pattern of several."""
    local = "://" not in path and Path(path).exists()
    return PATTERN.sub(r"\\\g<0>", path) if local else path


def _read(spark: "SparkSession", source: str) -> "DataFrame":
    from pyspark.errors import AnalysisException

    with told(f"Spark cannot read {source} as Parquet"):
        try:
            # Else the columns of the folder are those of one of its files.
            table: DataFrame = spark.read.option("mergeSchema", "true").parquet(literal(source))
        except AnalysisException as error:
            if error.getCondition() != "PATH_NOT_FOUND":
                raise
            message = f"There is no {source} where Spark looks for it; check the path."
            raise StanceError(message) from error
    return table


def _rows_with_text(table: "DataFrame", source: str, column: str) -> int:
    """Count the rows and make sure that each has a text."""
    from pyspark.sql.functions import count, count_if, lit

    empty = named(column).isNull() | ~named(column).rlike(SAYS_SOMETHING)
    [(rows, without)] = table.agg(count(lit(1)), count_if(empty)).collect()
    if without:
        message = f"{source}: {without} of {rows} values of {column!r} are empty; remove such rows first."
        raise StanceError(message)
    return int(rows)
