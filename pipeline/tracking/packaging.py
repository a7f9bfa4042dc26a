"""A model folder as an MLflow model that opens and answers anywhere: served, in Spark, in a notebook."""

import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.stance import STANCES
from pipeline.tracking.figures import run_params
from pipeline.tracking.subject import Subject

if TYPE_CHECKING:
    from mlflow import MlflowClient

EXAMPLE = "If they cross the border, we will answer."
ALWAYS = ("mlflow", "numpy", "pandas", "pydantic", "pyyaml", "scikit-learn")
OF_KIND = {
    "baseline": ("skops",),
    "transformer": ("safetensors", "tokenizers", "torch", "transformers"),
}
OF_EXPORT = ("onnxruntime", "openvino", "tokenizers")
OF_EXPORT_IF_INSTALLED = {"openvino"}  # it answers faster, but is not needed


def log_served_model(client: "MlflowClient", experiment: str, run: str, subject: Subject) -> str:
    """Log a model folder, with the package that opens it, as the output of a run; return the logged model's id.

    "Model from code": no pickle. In steps of its own, because ``mlflow.pyfunc.log_model`` opens what it has logged
    and asks it: for a transformer that takes longer than everything else together.
    """
    import mlflow
    import pandas as pd
    from mlflow.entities import LoggedModelOutput
    from mlflow.models import Model

    kind = subject.manifest.kind
    logged = client.create_logged_model(
        experiment,
        name=kind,
        source_run_id=run,
        params=run_params(subject.manifest),
        tags={"fingerprint": subject.fingerprint},
    )
    identity = str(logged.model_id)
    with tempfile.TemporaryDirectory(prefix="stance-track-") as scratch:
        package = Path(scratch) / "model"
        mlflow.pyfunc.save_model(
            package,
            mlflow_model=Model(run_id=run, model_id=identity, model_uuid=identity),
            python_model=str(subject.served),
            artifacts=artifacts(subject),
            code_paths=[str(subject.code)],
            signature=signature(),
            input_example=pd.DataFrame({"text": [EXAMPLE]}),
            pip_requirements=requirements(kind, exported=subject.exported is not None),
        )
        client.log_model_artifacts(identity, str(package))
    client.log_outputs(run, [LoggedModelOutput(identity, step=0)])
    client.finalize_logged_model(identity, "READY")
    return identity


def artifacts(subject: Subject) -> dict[str, str]:
    """Return the folders that are logged by the names under which the served model finds them.

    The weights stay beside an export: they are what ``--engine torch`` runs and what can be trained further.
    """
    folders = {"model": subject.folder}
    if subject.exported not in (None, subject.folder):
        folders["exported"] = subject.exported
    return {name: str(folder.resolve()) for name, folder in folders.items()}


def signature() -> Any:  # noqa: ANN401 - MLflow's ModelSignature, which importing here would make slow
    """Return what goes in and out.

    The input column has no name, because MLflow refuses a plain list of texts where it has one; that a table's column
    is ``text`` is checked by the model itself.
    """
    from mlflow.models import ModelSignature
    from mlflow.types import ColSpec, Schema

    numbers = [ColSpec("double", name) for name in ("confidence", *map(str, STANCES))]
    return ModelSignature(inputs=Schema([ColSpec("string")]), outputs=Schema([ColSpec("string", "stance"), *numbers]))


def requirements(kind: str, *, exported: bool = False) -> list[str]:
    """Return the packages that opening and asking a model takes, in the versions that are installed.

    An export takes neither torch nor transformers. The versions are without local parts such as ``+cpu``: no package
    index that is open to everyone has those.
    """
    pins = []
    for name in (*ALWAYS, *(OF_EXPORT if exported else OF_KIND.get(kind, ()))):
        try:
            pins.append(f"{name}=={version(name).partition('+')[0]}")
        except PackageNotFoundError:
            if name not in OF_EXPORT_IF_INSTALLED:
                pins.append(name)
    return pins
