"""What Spark writes: a new folder of Parquet, whole or not at all."""

from typing import TYPE_CHECKING, Any

from pipeline.errors import StanceError
from pipeline.prediction.spark_session import reason_of, told
from pipeline.prediction.spark_table import literal

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


def write_new(spark: "SparkSession", table: "DataFrame", output: str) -> None:
    """Write a folder that is not there yet; what a run that fails has written of it is removed.

    :raises StanceError: if it is there already, or what was written cannot be removed.
    """
    from py4j.protocol import Py4JError
    from pyspark.errors import AnalysisException, PySparkException

    with told(f"Spark cannot write to {output}"):
        files, folder = _place(spark, output)
        there = files.exists(folder)
    if there:
        raise _taken(output)
    try:
        table.write.mode("errorifexists").parquet(output)
    except BaseException as error:  # an interruption too
        if isinstance(error, AnalysisException) and error.getCondition() == "PATH_ALREADY_EXISTS":
            raise _taken(output) from error  # another run was faster, and the folder is its own
        try:
            files.delete(folder, True)
        except (PySparkException, Py4JError) as kept:
            message = f"Spark could not write {output} ({reason_of(str(error))}); remove it before you start over."
            raise StanceError(message) from kept
        raise


def refuse_lost_rows(spark: "SparkSession", table: "DataFrame", output: str, *, source: str, rows: int) -> None:
    """Make sure that what was written can be read from here, every row of it.

    :param table: what was to be written, of ``source``, which had so many rows.
    :raises StanceError: saying how many rows there are.
    """
    # The schema is given because none can be read where nothing was written.
    found = spark.read.schema(table.schema).parquet(literal(output)).count()
    if found != rows:
        message = (
            f"{output} holds {found} rows for the {rows} of {source}: the input changed meanwhile, or workers wrote to "
            "disks of their own; remove the folder and name a place that every machine sees."
        )
        raise StanceError(message)


def _place(spark: "SparkSession", output: str) -> tuple[Any, Any]:
    """Return Hadoop's file system of a path or URI and what it calls that path."""
    java: Any = spark
    folder = java._jvm.org.apache.hadoop.fs.Path(output)
    return folder.getFileSystem(java._jsparkSession.sessionState().newHadoopConf()), folder


def _taken(output: str) -> StanceError:
    return StanceError(f"{output} is there already; name a new folder, or remove it.")
