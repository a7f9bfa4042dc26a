"""Exactly one finished run for each fingerprint, with the latest reports about its model."""

import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlparse
from urllib.request import url2pathname

from pipeline.models.manifest import MANIFEST
from pipeline.tracking.description import description
from pipeline.tracking.figures import history_metrics, run_metrics, run_params
from pipeline.tracking.packaging import log_served_model
from pipeline.tracking.subject import Subject

if TYPE_CHECKING:
    from mlflow import MlflowClient
    from mlflow.entities import DatasetInput, Run

FINGERPRINT, REPORTS = "fingerprint", "reports"
SOURCE = {"mlflow.source.name": "dvc.yaml", "mlflow.source.type": "LOCAL"}
LARGEST_BATCH = 1000  # metrics a request, MLflow's own limit
DIGEST_LENGTH = 36  # characters of a data set's digest, MLflow's own limit


def find_run(client: "MlflowClient", experiment: str, fingerprint: str) -> "Run | None":
    """Return the finished run of a fingerprint; what a killed process left of one is removed."""
    finished = None
    for run in client.search_runs([experiment], f"tags.{FINGERPRINT} = '{fingerprint}'"):
        if run.info.status == "FINISHED":
            finished = run
        else:
            _remove(client, experiment, run)
    return finished


def create_run(client: "MlflowClient", experiment: str, subject: Subject) -> str:
    """Make the run of a model and return its id; it is finished only when everything is in it."""
    run = client.create_run(experiment, run_name=subject.title, tags=_tags(subject))
    identity = str(run.info.run_id)
    _log_makings(client, identity, subject)
    model = log_served_model(client, experiment, identity, subject)
    log_reports(client, identity, model, subject)
    client.set_terminated(identity, "FINISHED")
    return identity


def logged_model(run: "Run") -> str | None:
    """Return the id of the model that a run gave; None if it gave none."""
    outputs = run.outputs.model_outputs if run.outputs else []
    return str(outputs[0].model_id) if outputs else None


def log_reports(client: "MlflowClient", run: str, model: str | None, subject: Subject) -> None:
    """Log the figures, plots and reports about a model over earlier ones of the same names.

    MLflow cannot take a metric back: one that the latest reports no longer have stays as it was. The tag comes last:
    without it the next call knows that this one was cut short.
    """
    from mlflow.entities import Metric

    now = int(time.time() * 1000)
    figures = run_metrics(subject.manifest, subject.evaluation)
    _log_metrics(client, run, [Metric(name, value, now, 0, model_id=model) for name, value in figures.items()])
    for name, folder in subject.reports.items():
        if folder.is_dir():
            client.log_artifacts(run, str(folder), name)
    for name, value in _revision_tags(subject).items():
        client.set_tag(run, name, value)
    client.set_tag(run, "mlflow.note.content", description(subject))
    client.set_tag(run, REPORTS, subject.reports_digest)


def _log_makings(client: "MlflowClient", run: str, subject: Subject) -> None:
    from mlflow.entities import Metric, Param

    now = int(time.time() * 1000)
    params = run_params(subject.manifest)
    client.log_batch(run, params=[Param(name, value) for name, value in params.items()])
    history = [Metric(name, value, now, step) for name, value, step in history_metrics(subject.manifest)]
    _log_metrics(client, run, history)
    client.log_inputs(run, datasets=_datasets(subject))
    client.log_artifact(run, str(subject.folder / MANIFEST))


def _tags(subject: Subject) -> dict[str, str]:
    manifest = subject.manifest
    tags = {FINGERPRINT: subject.fingerprint, "kind": manifest.kind, "code": manifest.code, **SOURCE}
    return tags | {f"data.{name}": digest for name, digest in manifest.inputs.items()} | _revision_tags(subject)


def _revision_tags(subject: Subject) -> dict[str, str]:
    """Return where the model and its latest reports stand in git."""
    revision = subject.revision
    if revision is None:
        return {}
    tags = {"git.commit": revision.commit, "mlflow.source.git.commit": revision.commit}
    tags["git.changed"] = ", ".join(revision.changed) or "nothing"
    return tags | ({"dvc.experiment": revision.experiment} if revision.experiment else {})


def _datasets(subject: Subject) -> "list[DatasetInput]":
    import json

    from mlflow.entities import Dataset, DatasetInput, InputTag

    return [
        DatasetInput(
            Dataset(name, digest[:DIGEST_LENGTH], "local", json.dumps({"uri": name})),
            [InputTag("mlflow.data.context", Path(name).stem)],
        )
        for name, digest in sorted(subject.manifest.inputs.items())
    ]


def _log_metrics(client: "MlflowClient", run: str, metrics: list) -> None:  # type: ignore[type-arg]
    for start in range(0, len(metrics), LARGEST_BATCH):
        client.log_batch(run, metrics=metrics[start : start + LARGEST_BATCH])


def _remove(client: "MlflowClient", experiment: str, run: "Run") -> None:
    """Delete a run with the models and versions that came of it, and its files where they are on this machine."""
    identity = run.info.run_id
    for version in client.search_model_versions(f"run_id = '{identity}'"):
        client.delete_model_version(version.name, version.version)
    for model in client.search_logged_models([experiment], filter_string=f"source_run_id = '{identity}'"):
        client.delete_logged_model(model.model_id)
        _remove_files(model.artifact_location)
    client.delete_run(identity)
    _remove_files(run.info.artifact_uri)


def _remove_files(uri: str) -> None:
    parts = urlparse(uri)
    if parts.scheme == "file":
        shutil.rmtree(url2pathname(parts.path), ignore_errors=True)
