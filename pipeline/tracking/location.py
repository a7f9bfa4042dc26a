"""From an MLflow URI to the model folder behind it."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from pipeline.errors import StanceError
from pipeline.models.manifest import MANIFEST
from pipeline.tracking.runs import logged_model
from pipeline.tracking.store import opened, store_of

if TYPE_CHECKING:
    from mlflow import MlflowClient

BARE_RUN = re.compile(r"runs:/(?P<run>[^/]+)/?")


def model_folder_from_uri(uri: str, store: Path) -> Path:
    """Return the model folder that an MLflow URI leads to; files of a remote server are fetched first.

    :param uri: ``models:/statement-stance@champion``, ``models:/statement-stance/3``, ``runs:/<id>`` and whatever
        else MLflow itself opens as a model.
    :param store: the folder of the project whose store is asked, unless ``MLFLOW_TRACKING_URI`` names another.
    :raises StanceError: if there is no such model, or it is none of this project's.
    """
    from mlflow.exceptions import MlflowException

    place = store_of(store)
    database = place.uri.removeprefix("sqlite:///")
    if place.uri.startswith("sqlite:///") and not Path(database).is_file():  # MLflow would make an empty one
        message = f"There is no MLflow store at {database}, so no model {uri}; run `stance track` after `make`."
        raise StanceError(message)
    with opened(place) as client:
        import mlflow

        try:
            fetched = Path(mlflow.artifacts.download_artifacts(_model_uri(uri, client)))
        except (MlflowException, OSError) as error:
            message = (
                f"MLflow at {place.uri} has no model {uri} ({' '.join(str(error).split())}); "
                "run `stance track`, or name another with --model."
            )
            raise StanceError(message) from error
    return _inner_folder(fetched, uri)


def _model_uri(uri: str, client: "MlflowClient") -> str:
    bare = BARE_RUN.fullmatch(uri)
    if bare is None:
        return uri
    model = logged_model(client.get_run(bare["run"]))
    return uri if model is None else f"models:/{model}"


def _inner_folder(fetched: Path, uri: str) -> Path:
    description = fetched / "MLmodel"
    content = yaml.safe_load(description.read_text(encoding="utf-8")) if description.is_file() else {}
    flavor = content.get("flavors", {}).get("python_function", {})
    inner = fetched / str(flavor.get("artifacts", {}).get("model", {}).get("path", ""))
    if not (inner / MANIFEST).is_file():
        message = f"{uri} is no model of this project: no {MANIFEST} in {inner}."
        raise StanceError(message)
    return inner
