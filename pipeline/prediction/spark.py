"""Many texts on many machines: the model that MLflow logged, run by Spark over the parts of a table."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.prediction.columns import added_columns
from pipeline.prediction.predictor import manifest_of_stances
from pipeline.prediction.spark_output import refuse_lost_rows, write_new
from pipeline.prediction.spark_session import settings, told
from pipeline.prediction.spark_table import checked_table, named
from pipeline.stance import STANCES

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

# A task has one core: Spark itself sets OMP_NUM_THREADS so, and nothing else should take more.
WORKERS = {"TOKENIZERS_PARALLELISM": "false"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SparkRequest:
    """What to predict and where to put it; ``input`` and ``output`` are paths or URIs that Spark understands."""

    input: str
    output: str
    column: str = "text"
    prefix: str = ""  # before the names of our columns
    provenance: bool = False


@dataclass(frozen=True, slots=True)
class LoggedModel:
    """A model as MLflow logged it, fetched, and what turns its answers into predictions."""

    package: Path
    fingerprint: str
    abstain_below: float = 0.0


def logged_model(name: str, project: Path, into: Path, *, abstain_below: float = 0.0) -> LoggedModel:
    """Fetch a model of the MLflow store into an empty folder.

    :param name: ``champion``, ``baseline``, ``transformer`` or an MLflow URI.
    :raises StanceError: if there is no store, no such model in it, or it tells other labels apart than the stances.
    """
    from pipeline.tracking.location import inner_folder, logged_package, logged_uri

    uri = logged_uri(name)
    package = logged_package(uri, project, into)
    return LoggedModel(package, manifest_of_stances(inner_folder(package, uri)).fingerprint, abstain_below)


def predict_on_spark(spark: "SparkSession", model: LoggedModel, request: SparkRequest) -> int:
    """Write a folder of Parquet with the columns of the input and ours, and return the number of its rows.

    Their order is Spark's. Workers need the packages of this process: nothing is installed there.

    :raises StanceError: if the input cannot be read, has no such column of texts, an empty text or a column of ours;
        if the output is there already, cannot be written or has fewer rows.
    """
    import mlflow.pyfunc

    with settings(spark):
        checked = checked_table(
            spark, request.input, request.column, prefix=request.prefix, provenance=request.provenance
        )
        with told(f"Spark could not label {request.input}"):
            answer = mlflow.pyfunc.spark_udf(spark, str(model.package), env_manager="local", extra_env=WORKERS)
            labelled = _labelled(_spread(spark, checked.table), answer(named(request.column)), model, request)
            write_new(spark, labelled, request.output)
            refuse_lost_rows(spark, labelled, request.output, source=request.input, rows=checked.rows)
    return checked.rows


def _spread(spark: "SparkSession", table: "DataFrame") -> "DataFrame":
    """Cut a small table in a part for each core; the parts of a large one are many and stay where they are."""
    cores = spark.sparkContext.defaultParallelism
    return table if table.rdd.getNumPartitions() >= cores else table.repartition(cores)


def _labelled(table: "DataFrame", answer: "Column", model: LoggedModel, request: SparkRequest) -> "DataFrame":
    """Return the table with our columns, flat as in every Parquet file."""
    from pyspark.sql.functions import lit

    held = "answer"
    while held in table.columns:
        held += "_"
    confidence = named(held)["confidence"]
    values = {
        "stance": named(held)["stance"],
        "confidence": confidence,
        "abstained": confidence < lit(model.abstain_below),
        **{f"p_{stance}": named(held)[str(stance)] for stance in STANCES},
        "model": lit(model.fingerprint),
    }
    ours = added_columns(request.prefix, provenance=request.provenance)
    return table.withColumn(held, answer).select(
        *[named(name) for name in table.columns], *[values[name].alias(column) for name, column in ours.items()]
    )
