"""``stance predict --engine spark``: a table too large for one machine."""

import tempfile
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipeline.compression import format_of
from pipeline.errors import StanceError
from pipeline.prediction.spark_table import TEXT_FORMATS, refuse_text_formats


class PredictEngine(StrEnum):
    """What runs a model for ``stance predict``."""

    AUTO = "auto"  # as in pipeline.engines.choosing
    ONNX = "onnx"
    OPENVINO = "openvino"
    TORCH = "torch"
    SPARK = "spark"


PredictEngineOption = Annotated[
    PredictEngine,
    typer.Option(
        "--engine",
        help="What runs a transformer: onnx (one quote), openvino (many), torch, or auto; or spark, which runs the "
        "tracked model on a cluster, from Parquet to a new folder of Parquet.",
    ),
]


def predict_on_spark(source: str, output: str, *, column: str, model: str, prefix: str, provenance: bool) -> None:
    """Label a table that Spark reads.

    :raises StanceError: if Spark or the model is missing, the input is not fit or the output is there already.
    """
    from pipeline.prediction.spark_session import require_spark

    refuse_text_formats(source)
    _refuse_output(output)
    require_spark()

    from pipeline.prediction.locate import project_folder
    from pipeline.prediction.settings import read_prediction_settings
    from pipeline.prediction.spark import SparkRequest, logged_model
    from pipeline.prediction.spark import predict_on_spark as predicted
    from pipeline.prediction.spark_session import spark_session
    from pipeline.tracking.store import opened, store_of

    project = project_folder()
    settings = read_prediction_settings(project / "params.yaml")
    request = SparkRequest(input=source, output=output, column=column, prefix=prefix, provenance=provenance)
    with tempfile.TemporaryDirectory(prefix="stance-spark-") as scratch:
        found = logged_model(model, project, Path(scratch), abstain_below=settings.abstain_below)
        with opened(store_of(project)), spark_session() as spark:
            rows = predicted(spark, found, request)
    typer.echo(f"{rows} statements written to {output}", err=True)


def refuse_for_spark(*, texts: bool, source: str | None, output: str | None, form: str | None, resume: bool) -> None:
    """Refuse what would be passed over in silence.

    :raises StanceError: saying what Spark needs instead.
    """
    if texts or not source or output is None or source == "-":
        message = "--engine spark needs --input FILE_OR_FOLDER and --output FOLDER."
    elif form is not None:
        message = f"--format {form} is not for --engine spark, which writes Parquet; leave it out."
    elif resume:
        message = "--resume is not for --engine spark, which repeats lost parts itself; leave it out."
    else:
        return
    raise StanceError(message)


def _refuse_output(output: str) -> None:
    """Refuse an output that would not become what its name says."""
    path = Path(output)
    if not output.strip():
        message = "--output has no name in it; give that of a new folder."
        raise StanceError(message)
    if "://" not in output and path.exists():
        message = f"{output} is there already; name a new folder, or remove it."
        raise StanceError(message)
    if format_of(path) in TEXT_FORMATS:
        message = f"{output}: --engine spark writes a folder of Parquet; name a folder."
        raise StanceError(message)
