"""Stage ``track``: models and reports -> MLflow. It has no output that DVC knows: its store is derived."""

from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import StanceError
from pipeline.prediction.locate import project_folder
from pipeline.tracking import Tracked, track, track_history
from pipeline.tracking.store import main_project


def run(
    models: Sequence[Path], evaluation: Path, comparison: Path, champion: Path, *, history: bool = False
) -> list[Tracked]:
    """Track the models of the working tree, after those of the git history where ``history`` is set.

    An experiment in a copy of the project (``dvc exp run --temp``, a queue) tracks into the project's own store and
    leaves the aliases alone: its models are not the project's current ones.

    :raises StanceError: if a model folder is not valid, or the store cannot be used.
    """
    store = main_project()
    here = project_folder()
    done = []
    if history:
        done.append(
            track_history(
                [_within(here, model) for model in models],
                evaluation=_within(here, evaluation),
                comparison=_within(here, comparison),
                project=here,
                store=store,
            )
        )
    done.append(
        track(
            models,
            evaluation=evaluation,
            comparison=comparison,
            champion=champion,
            store=store,
            aliases=here.resolve() == store,
        )
    )
    return done


def _within(project: Path, path: Path) -> Path:
    """Return a path as git and DVC know it, relative to the project.

    :raises StanceError: if it lies elsewhere.
    """
    try:
        return path.resolve().relative_to(project.resolve())
    except ValueError:
        message = f"{path} lies outside the project {project}, so no earlier commit can hold it; leave out --history."
        raise StanceError(message) from None
