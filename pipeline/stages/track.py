"""Stage ``track``: models and reports -> MLflow. It has no output that DVC knows: its store is derived."""

from collections.abc import Sequence
from pathlib import Path

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
        done.append(track_history(models, evaluation=evaluation, comparison=comparison, project=here, store=store))
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
