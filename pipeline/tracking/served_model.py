"""The model as MLflow serves it. MLflow copies this file beside the weights and runs it to open them.

The one file of the package in which something happens at import: MLflow's "models from code" is made like that, and
nothing else imports it.
"""

import os
from pathlib import Path
from typing import Any

import mlflow
import pandas as pd
from mlflow.pyfunc.model import PythonModel, PythonModelContext

TEXT = "text"
NAMELESS = (0, "0")  # what MLflow calls the column of a plain list, and Spark that of a single argument


class ServedStanceModel(PythonModel):
    """A model folder behind MLflow's ``predict``."""

    def load_context(self, context: PythonModelContext) -> None:
        """Open the model folder that was logged, once in a process: by its export where that was logged too.

        :raises StanceError: if a folder is damaged.
        """
        from pipeline.models.manifest import read_manifest
        from pipeline.prediction.kept import kept_predictor

        folder = Path(context.artifacts["model"])
        exported = Path(context.artifacts.get("exported", folder))
        fingerprint = read_manifest(folder).fingerprint
        self.predictor = kept_predictor(folder, exported, fingerprint, threads=threads_of_environment())

    def predict(
        self,
        context: PythonModelContext,  # noqa: ARG002 - MLflow's signature
        model_input: pd.DataFrame,
        params: dict[str, Any] | None = None,  # noqa: ARG002 - MLflow's signature
    ) -> pd.DataFrame:
        """Label texts.

        :param model_input: a table whose one column is ``text``, or a list of texts.
        :return: one row a text in the same order: ``stance``, ``confidence``, and a probability a stance.
        :raises StanceError: if the column is another one, or a text is empty.
        """
        rows = [
            {"stance": str(one.stance), "confidence": one.confidence}
            | {str(stance): probability for stance, probability in one.probabilities.items()}
            for one in self.predictor.predict_many(texts_of(model_input))
        ]
        return pd.DataFrame(rows, columns=output_columns())


def threads_of_environment() -> int | None:
    """Return how many threads ``OMP_NUM_THREADS`` allows, if it says so.

    The engines do not read it, and take every core; Spark sets it to the cores of a task.
    """
    allowed = os.environ.get("OMP_NUM_THREADS", "")
    return int(allowed) if allowed.isdecimal() else None


def texts_of(model_input: pd.DataFrame | list[str]) -> list[str]:
    """Return the texts of what MLflow hands over; of several columns it hands over the first only.

    :raises StanceError: if that is not the column ``text``.
    """
    from pipeline.errors import StanceError

    if not isinstance(model_input, pd.DataFrame):
        return list(model_input)
    column = model_input.columns[0]
    if column != TEXT and column not in NAMELESS:
        message = f"The first column must be '{TEXT}', got {column!r}; hand over table[['{TEXT}']] or a list of texts."
        raise StanceError(message)
    return list(model_input[column])


def output_columns() -> list[str]:
    """Return the names of the columns of an answer."""
    from pipeline.stance import STANCES

    return ["stance", "confidence", *map(str, STANCES)]


mlflow.models.set_model(ServedStanceModel())
