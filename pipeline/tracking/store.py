"""Where MLflow keeps its runs, and how it is opened without noise and without touching the user's settings."""

import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import StanceError
from pipeline.prediction.locate import project_folder

if TYPE_CHECKING:
    from mlflow import MlflowClient

EXPERIMENT = "statement-stance"
DATABASE, ARTIFACTS = "mlflow.db", "mlartifacts"
LONGEST_WAIT = 600.0  # seconds for another process that is tracking, such as a parallel experiment
EXPERIMENT_TAGS = {
    "mlflow.experimentKind": "custom_model_development",  # else MLflow opens its pages for language model applications
    "mlflow.note.content": (
        "One run for each model and configuration, made by `stance track`. Select runs and press Compare, or add "
        "columns such as `test/macro_f1`; everything before the last slash of a metric's name is its chart's section."
    ),
}
NOISY_LOGGERS = ("alembic", "mlflow")
# A run id in the environment would make MLflow write into that run; the others would choose another experiment.
MISLEADING = ("MLFLOW_RUN_ID", "MLFLOW_EXPERIMENT_ID", "MLFLOW_EXPERIMENT_NAME")
SETTINGS = {
    "MLFLOW_DISABLE_TELEMETRY": "true",
    "MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR": "false",
    "MLFLOW_ENABLE_SYSTEM_METRICS_LOGGING": "false",
}


@dataclass(frozen=True, slots=True)
class Store:
    """A tracking server or database.

    ``artifacts`` is where a new experiment's files go; None leaves that to the user's own server.
    """

    uri: str
    artifacts: str | None


def store_of(folder: Path) -> Store:
    """Return the user's own ``MLFLOW_TRACKING_URI`` where it is set, else the database in a project's folder."""
    chosen = os.environ.get("MLFLOW_TRACKING_URI")
    if chosen:
        return Store(chosen, None)
    root = folder.resolve()  # MLflow writes absolute paths into the database
    return Store(f"sqlite:///{(root / DATABASE).as_posix()}", (root / ARTIFACTS).as_uri())


def main_project() -> Path:
    """Return the folder of the project that a command works for.

    Inside a stage DVC names it in ``DVC_ROOT``: for ``dvc exp run --temp`` and queued experiments too, whose stages run
    in a copy of the project that is thrown away afterwards.
    """
    named = os.environ.get("DVC_ROOT")
    return Path(named).resolve() if named else project_folder()


@contextmanager
def opened(store: Store) -> Iterator["MlflowClient"]:
    """Yield a client of a store that MLflow's own functions use too; afterwards everything is set as before.

    :raises StanceError: if the store cannot be opened.
    """
    with _environment(store), _quiet():
        import mlflow
        from mlflow.exceptions import MlflowException

        for name in NOISY_LOGGERS:  # importing mlflow has set its loggers up
            logging.getLogger(name).setLevel(logging.ERROR)
        before = os.environ.get("MLFLOW_TRACKING_URI")
        mlflow.set_tracking_uri(store.uri)
        try:
            yield _client(store)
        except MlflowException as error:
            message = f"MLflow at {store.uri} refused: {' '.join(str(error).split())}"
            raise StanceError(message) from error
        finally:
            mlflow.set_tracking_uri(before)  # type: ignore[arg-type] # None unsets it


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Let one process at a time track into a project, so that two that lack the same run do not both make it.

    :raises StanceError: if another process holds the lock for too long.
    """
    from filelock import FileLock, Timeout

    path = folder / f"{DATABASE}.lock"
    try:
        with FileLock(path, timeout=LONGEST_WAIT):
            yield
    except Timeout as error:
        message = f"Another process has been tracking into {folder} for {LONGEST_WAIT:.0f} s; wait for it or end it."
        raise StanceError(message) from error


def experiment_id(client: "MlflowClient", store: Store) -> str:
    """Return the id of the project's experiment, made where it is lacking.

    :raises StanceError: if the experiment was deleted in MLflow, or its files lie in another folder.
    """
    found = client.get_experiment_by_name(EXPERIMENT)
    if found is None:
        return str(client.create_experiment(EXPERIMENT, artifact_location=store.artifacts, tags=EXPERIMENT_TAGS))
    if found.lifecycle_stage != "active":
        message = f"The experiment {EXPERIMENT} was deleted in MLflow; restore it there, or delete {store.uri}."
        raise StanceError(message)
    if store.artifacts not in (None, found.artifact_location):
        message = (
            f"{store.uri} was made in another folder (its files lie in {found.artifact_location}); "
            f"delete {DATABASE} and {ARTIFACTS} and run `stance track --history` to make them anew."
        )
        raise StanceError(message)
    return str(found.experiment_id)


def _client(store: Store) -> "MlflowClient":
    from mlflow import MlflowClient
    from sqlalchemy.exc import SQLAlchemyError

    try:
        return MlflowClient(store.uri)
    except (SQLAlchemyError, OSError) as error:
        message = f"MLflow cannot open {store.uri} ({type(error).__name__}); the store is derived and may be deleted."
        raise StanceError(message) from error


@contextmanager
def _environment(store: Store) -> Iterator[None]:
    names = (*SETTINGS, *MISLEADING, "MLFLOW_REGISTRY_URI", "MLFLOW_TRACKING_URI")
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(SETTINGS)
    for name in MISLEADING:
        os.environ.pop(name, None)
    if store.artifacts is not None:  # a registry of the user's goes with a tracking server of the user's
        os.environ.pop("MLFLOW_REGISTRY_URI", None)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextmanager
def _quiet() -> Iterator[None]:
    levels = {name: logging.getLogger(name).level for name in NOISY_LOGGERS}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        finally:
            for name, level in levels.items():
                logging.getLogger(name).setLevel(level)
