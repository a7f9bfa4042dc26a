"""A model folder as an MLflow model that opens and answers anywhere: served, in Spark, in a notebook."""

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from pipeline.stance import STANCES
from pipeline.tracking.subject import Subject

SERVED = "served_model.py"
EXAMPLE = "If they cross the border, we will answer."
ALWAYS = ("mlflow", "numpy", "pandas", "pydantic", "pyyaml", "scikit-learn")
OF_KIND = {
    "baseline": ("skops",),
    "transformer": ("safetensors", "tokenizers", "torch", "transformers"),
}


def log_served_model(subject: Subject) -> None:
    """Log a model folder, with the package that opens it, into the active run.

    "Model from code" (no pickle). MLflow calls the logged model by the model's kind.
    """
    import mlflow
    import pandas as pd

    mlflow.pyfunc.log_model(
        name=subject.manifest.kind,
        python_model=str(Path(__file__).with_name(SERVED)),
        artifacts={"model": str(subject.folder.resolve())},
        code_paths=[str(subject.code)],
        signature=signature(),
        input_example=pd.DataFrame({"text": [EXAMPLE]}),
        pip_requirements=requirements(subject.manifest.kind),
        tags={"fingerprint": subject.fingerprint},
    )


def signature() -> Any:  # noqa: ANN401 - MLflow's ModelSignature, which importing here would make slow
    """Return what goes in and out.

    The input column has no name, because MLflow refuses a plain list of texts where it has one; that a table's column
    is ``text`` is checked by the model itself.
    """
    from mlflow.models import ModelSignature
    from mlflow.types import ColSpec, Schema

    numbers = [ColSpec("double", name) for name in ("confidence", *map(str, STANCES))]
    return ModelSignature(inputs=Schema([ColSpec("string")]), outputs=Schema([ColSpec("string", "stance"), *numbers]))


def requirements(kind: str) -> list[str]:
    """Return the packages that opening and asking a model takes, in the versions that are installed.

    Without local parts such as ``+cpu``: no package index that is open to everyone has those.
    """
    pins = []
    for name in (*ALWAYS, *OF_KIND.get(kind, ())):
        try:
            pins.append(f"{name}=={version(name).partition('+')[0]}")
        except PackageNotFoundError:
            pins.append(name)
    return pins
