"""Bring the store up to date with trained models; doing it twice changes nothing."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.prediction.champion import read_champion
from pipeline.tracking.registry import CHAMPION, ensure_version, set_aliases
from pipeline.tracking.revision import revision_of
from pipeline.tracking.runs import REPORTS, create_run, find_run, log_reports, logged_model
from pipeline.tracking.store import experiment_id, locked, opened, store_of
from pipeline.tracking.subject import Subject, subject_of
from pipeline.tracking.summary import Tracked

if TYPE_CHECKING:
    from mlflow import MlflowClient


def track(
    models: Sequence[Path],
    *,
    evaluation: Path,
    comparison: Path,
    champion: Path,
    store: Path,
    aliases: bool = True,
) -> Tracked:
    """Make the run and the registered version of each model that the store lacks, and set the aliases.

    A run that a killed process left unfinished is made anew. Where reports have changed since, the run's metrics and
    reports are brought up to date.

    :param models: model folders, each with a manifest.
    :param evaluation: the folder with a sub-folder of reports for each model.
    :param comparison: the folder of the reports that compare them.
    :param champion: the file that names the better model; the alias is left alone where it is missing.
    :param store: the folder of the project whose store it is, unless ``MLFLOW_TRACKING_URI`` names another.
    :param aliases: False for models that are not the project's current ones.
    :raises StanceError: if a model folder is not valid, or the store cannot be used.
    """
    subjects = [
        subject_of(folder, evaluation=evaluation, comparison=comparison, revision=revision_of(folder))
        for folder in models
    ]
    place = store_of(store)
    with locked(store), opened(place) as client:
        experiment = experiment_id(client, place)
        done: dict[str, list[str]] = {"created": [], "refreshed": [], "existing": []}
        versions = {}
        for subject in subjects:
            outcome, version = bring_up_to_date(client, experiment, subject)
            done[outcome].append(subject.fingerprint)
            versions[subject.folder.name] = version
        if aliases and versions:
            set_aliases(client, _with_champion(versions, champion))
    return Tracked(store=place.uri, experiment_id=experiment, **{name: tuple(found) for name, found in done.items()})


def bring_up_to_date(client: "MlflowClient", experiment: str, subject: Subject) -> tuple[str, str]:
    """Make or refresh one model's run and version; return which of the two it was, if any, and the version."""
    run = find_run(client, experiment, subject.fingerprint)
    if run is None:
        outcome, identity = "created", create_run(client, experiment, subject)
    else:
        identity, outcome = run.info.run_id, "existing"
        if run.data.tags.get(REPORTS) != subject.reports_digest:
            log_reports(client, identity, logged_model(run), subject)
            outcome = "refreshed"
    return outcome, ensure_version(client, identity, subject)


def _with_champion(versions: dict[str, str], champion: Path) -> dict[str, str]:
    if not champion.is_file():
        return versions
    name = read_champion(champion).champion
    return {**versions, CHAMPION: versions[name]} if name in versions else versions
