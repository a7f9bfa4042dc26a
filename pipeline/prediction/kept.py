"""Models that a process has opened, kept for the next time that they are asked for."""

from functools import lru_cache
from pathlib import Path

from pipeline.engines.choosing import Engine, open_model
from pipeline.prediction.predictor import Predictor, predictor_of


@lru_cache(maxsize=4)
def kept_predictor(  # noqa: PLR0913, PLR0917 - the key of a cache
    folder: Path,
    exported: Path,
    fingerprint: str,  # noqa: ARG001 - lets a model that was trained anew be opened anew
    engine: Engine = Engine.AUTO,
    abstain_below: float = 0.0,
    threads: int | None = None,
    few_texts: bool = False,
) -> Predictor:
    """Open a model folder once in a process, however often it is asked for: Spark's workers do for each task.

    :param exported: where the export of it lies, if there is one.
    :param fingerprint: of the model that lies in ``folder`` now.
    :param threads: processor threads of a transformer; None leaves the library's own choice.
    :param few_texts: open it quickly rather than for long work.
    :raises StanceError: if a folder is damaged, it cannot be run by that engine, or tells other labels apart than the
        stances.
    """
    model = open_model(folder, exported, engine, threads=threads, few_texts=few_texts)
    return predictor_of(folder, model, abstain_below=abstain_below)
