"""The runs of models that earlier commits and experiments describe, out of git and the DVC cache."""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from pipeline.errors import StanceError
from pipeline.prediction.locate import export_beside
from pipeline.tracking.revision import Revision, git
from pipeline.tracking.runs import find_run
from pipeline.tracking.store import experiment_id, locked, opened, store_of
from pipeline.tracking.subject import subject_of
from pipeline.tracking.summary import Tracked
from pipeline.tracking.tracker import bring_up_to_date

LOCK = "dvc.lock"


def track_history(models: Sequence[Path], *, evaluation: Path, comparison: Path, project: Path, store: Path) -> Tracked:
    """Make the runs that the store lacks of the models of every commit, branch, tag and DVC experiment, oldest first.

    What is in git but not in the DVC cache (nor in the project's DVC remote), or has a manifest that this version
    cannot read, is counted and left out. Reports of runs that are there already are left alone, and so are the
    aliases: both belong to the working tree.

    :param models: the model folders, relative to the project, as are ``evaluation`` and ``comparison``.
    :param project: the folder of the git and DVC repository.
    :param store: as in ``track``.
    :raises StanceError: if the project is no git repository, or the store cannot be used.
    """
    place = store_of(store)
    created, existing, out_of_reach = [], [], []
    with locked(store), opened(place) as client:
        experiment = experiment_id(client, place)
        for commit, model in _outputs_in_history(project, models):
            with tempfile.TemporaryDirectory(prefix="stance-track-") as name:
                folder = Path(name)
                if not _fetch(project, commit, [model], folder):
                    out_of_reach.append(commit)
                    continue
                revision = Revision(commit=commit, summary=git(project, "log", "-1", "--format=%s", commit).strip())
                try:
                    subject = subject_of(
                        folder / model,
                        evaluation=folder / evaluation,
                        comparison=folder / comparison,
                        code=_code_of(project, commit, folder),
                        revision=revision,
                    )
                except StanceError:  # a manifest of a form that this version does not read
                    out_of_reach.append(commit)
                    continue
                if subject.fingerprint in created or find_run(client, experiment, subject.fingerprint):
                    existing.append(subject.fingerprint)
                    continue
                exports = [export_beside(model)] if subject.manifest.kind == "transformer" else []
                _fetch(project, commit, [evaluation / model.name, comparison, *exports], folder)
                bring_up_to_date(client, experiment, subject)
                created.append(subject.fingerprint)
    return Tracked(
        store=place.uri,
        experiment_id=experiment,
        created=tuple(created),
        existing=tuple(dict.fromkeys(fingerprint for fingerprint in existing if fingerprint not in created)),
        out_of_reach=tuple(dict.fromkeys(out_of_reach)),
    )


def _outputs_in_history(project: Path, models: Sequence[Path]) -> Iterator[tuple[str, Path]]:
    """Yield (commit, model folder) the first time that a model's content stands in a lock file, oldest first."""
    seen = set()
    for commit in git(project, "rev-list", "--all", "--reverse", "--topo-order", "--full-history", "--", LOCK).split():
        hashes = _hashes(project, commit)
        for model in models:
            content = (model, hashes.get(model.as_posix()))
            if content[1] is not None and content not in seen:
                seen.add(content)
                yield commit, model


def _hashes(project: Path, commit: str) -> dict[str, str]:
    try:
        lock: dict[str, Any] = yaml.safe_load(git(project, "show", f"{commit}:./{LOCK}")) or {}
    except (StanceError, yaml.YAMLError):  # deleted in that commit, or a conflict was committed
        return {}
    outs = [out for stage in lock.get("stages", {}).values() for out in stage.get("outs", [])]
    return {str(out["path"]): str(out.get("md5")) for out in outs}


def _code_of(project: Path, commit: str, folder: Path) -> Path | None:
    """Return the package as it was then, which opens what it wrote; None where the project had none."""
    package = Path(__file__).parents[1].name
    return folder / package if _fetch(project, commit, [Path(package)], folder) else None


def _fetch(project: Path, commit: str, paths: Sequence[Path], folder: Path) -> bool:
    """Copy folders out of a commit; return whether all of them were there and in reach."""
    from dvc.api import DVCFileSystem
    from dvc.exceptions import DvcException
    from dvc_data.index import DataIndexDirError

    fetched = True
    for path in paths:
        try:
            files = DVCFileSystem(str(project), rev=commit)
            files.get(path.as_posix(), str(folder / path), recursive=True)
        except (DataIndexDirError, DvcException, OSError):
            fetched = False
    return fetched
