"""From an MLflow URI to the model folder behind it."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from pipeline.errors import StanceError
from pipeline.models.manifest import MANIFEST
from pipeline.tracking.registry import CHAMPION, MODEL
from pipeline.tracking.runs import logged_model
from pipeline.tracking.store import opened, store_of

if TYPE_CHECKING:
    from mlflow import MlflowClient

ALIASES = (CHAMPION, "baseline", "transformer")
SCHEMES = ("models:/", "runs:/", "mlflow-artifacts:/")
BARE_RUN = re.compile(r"runs:/(?P<run>[^/]+)/?")


def logged_uri(name: str) -> str:
    """Return the MLflow URI that a user means by ``champion``, ``baseline``, ``transformer`` or a URI.

    :raises StanceError: if it is none of these, such as a model folder.
    """
    if name in ALIASES:
        return f"models:/{MODEL}@{name}"
    if name.startswith(SCHEMES):
        return name
    message = f"{name} is no model of the MLflow store; name {', '.join(ALIASES)}, or an MLflow URI."
    raise StanceError(message)


def model_folder_from_uri(uri: str, store: Path) -> Path:
    """Return the model folder that an MLflow URI leads to; as :func:`logged_package` finds it.

    :raises StanceError: if there is no such model, or it is none of this project's.
    """
    return inner_folder(logged_package(uri, store), uri)


def logged_package(uri: str, store: Path, into: Path | None = None) -> Path:
    """Return the folder that MLflow itself opens as a model; files of a remote server are fetched first.

    :param uri: ``models:/statement-stance@champion``, ``models:/statement-stance/3``, ``runs:/<id>`` and whatever
        else MLflow itself opens as a model.
    :param store: the folder of the project whose store is asked, unless ``MLFLOW_TRACKING_URI`` names another.
    :param into: an empty folder for a copy of it; else MLflow finds one.
    :raises StanceError: if there is no such model.
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
            found = _model_uri(uri, client)
            return Path(mlflow.artifacts.download_artifacts(found, dst_path=None if into is None else str(into)))
        except (MlflowException, OSError) as error:
            message = (
                f"MLflow at {place.uri} has no model {uri} ({' '.join(str(error).split())}); "
                "run `stance track`, or name another with --model."
            )
            raise StanceError(message) from error


def inner_folder(package: Path, uri: str) -> Path:
    """Return the model folder inside of what MLflow opens.

    :param uri: what led there.
    :raises StanceError: if it holds none of this project's models.
    """
    description = package / "MLmodel"
    content = yaml.safe_load(description.read_text(encoding="utf-8")) if description.is_file() else {}
    flavor = content.get("flavors", {}).get("python_function", {})
    inner = package / str(flavor.get("artifacts", {}).get("model", {}).get("path", ""))
    if not (inner / MANIFEST).is_file():
        message = f"{uri} is no model of this project: no {MANIFEST} in {inner}."
        raise StanceError(message)
    return inner


def _model_uri(uri: str, client: "MlflowClient") -> str:
    bare = BARE_RUN.fullmatch(uri)
    if bare is None:
        return uri
    model = logged_model(client.get_run(bare["run"]))
    return uri if model is None else f"models:/{model}"
