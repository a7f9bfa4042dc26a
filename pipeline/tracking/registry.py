"""The registered model: a version for each run, and aliases for the models of the working tree."""

from typing import TYPE_CHECKING

from pipeline.errors import StanceError
from pipeline.tracking.runs import FINGERPRINT, logged_model
from pipeline.tracking.subject import Subject

if TYPE_CHECKING:
    from mlflow import MlflowClient

MODEL = "statement-stance"
CHAMPION = "champion"
ABOUT = (
    "The stance of an official's statement: threat, denial, de-escalation, warning or other. "
    "The alias `champion` is the better model by the rule in params.yaml; `baseline` and `transformer` are the "
    "current models of each kind."
)


def ensure_version(client: "MlflowClient", run: str, subject: Subject) -> str:
    """Return the version of a run's model, registered where it is lacking; versions of lost runs go."""
    found = None
    for version in client.search_model_versions(f"name = '{MODEL}' and tags.{FINGERPRINT} = '{subject.fingerprint}'"):
        if version.run_id == run:
            found = str(version.version)
        else:
            client.delete_model_version(MODEL, version.version)
    return found or _register(client, run, subject)


def set_aliases(client: "MlflowClient", versions: dict[str, str]) -> None:
    """Point each alias at its version; those that are right already are left alone."""
    current = {alias: str(version) for alias, version in client.get_registered_model(MODEL).aliases.items()}
    for alias, version in versions.items():
        if current.get(alias) != version:
            client.set_registered_model_alias(MODEL, alias, version)


def _register(client: "MlflowClient", run: str, subject: Subject) -> str:
    from mlflow.exceptions import MlflowException

    logged = logged_model(client.get_run(run))
    if logged is None:
        message = f"The MLflow run {run} has lost its model; delete the run and track again."
        raise StanceError(message)
    try:
        client.get_registered_model(MODEL)
    except MlflowException:
        client.create_registered_model(MODEL, description=ABOUT)
    tags = {FINGERPRINT: subject.fingerprint, "kind": subject.manifest.kind}
    version = client.create_model_version(
        MODEL,
        source=f"models:/{logged}",
        run_id=run,
        tags=tags,
        description=subject.title,
        model_id=logged,
    )
    return str(version.version)
