"""One model out of several fine-tunings of the same start: the mean of their weights.

Wortsman et al. (2022), "Model soups: averaging weights of multiple fine-tuned models improves accuracy without
increasing inference time". Unlike an ensemble it costs no more to run than one model.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.stance import STANCES

if TYPE_CHECKING:
    from pipeline.models.encoder import StanceEncoder
    from pipeline.models.fine_tuning import Example
    from pipeline.models.transformer import TransformerModel
    from pipeline.params import TransformerParams

History = tuple[dict[str, float], ...]  # a row of numbers an epoch


def fine_tune_and_average(  # noqa: PLR0913 - what is learned, on what and how
    train: "Sequence[Example]",
    validation: "Sequence[Example]",
    params: "TransformerParams",
    *,
    labels: Sequence[str] = STANCES,
    targets: Sequence[Sequence[float]] | None = None,
    seed: int,
    threads: int,
) -> "tuple[TransformerModel, tuple[History, ...]]":
    """Fine-tune ``params.runs`` times from one start, head included, and give the model with the mean of the weights.

    The runs differ in the order of what they learn and in what dropout drops.

    :return: the model, not yet calibrated, and the history of each run.
    :raises StanceError: as :func:`pipeline.models.fine_tuning.fine_tune` does.
    """
    from pipeline.models.fine_tuning import fine_tune

    tuned = [
        fine_tune(train, validation, params, labels=labels, targets=targets, seed=seed, run=run, threads=threads)
        for run in range(params.runs)
    ]
    if len(tuned) > 1:
        average_into_first([model.encoder for model, _ in tuned])
    return tuned[0][0], tuple(history for _, history in tuned)


def average_into_first(models: "Sequence[StanceEncoder]") -> None:
    """Give the first model the mean of the weights of all.

    They must share their architecture and the weights that they started from.
    """
    first = models[0]
    states = [model.state_dict() for model in models]
    mean = {}
    for name, weight in states[0].items():
        # The others may lie on another device; what is no number to average (position ids) is alike in all of them.
        others = [state[name].to(weight.device) for state in states[1:]]
        mean[name] = sum(others, start=weight) / len(states) if weight.is_floating_point() else weight
    first.load_state_dict(mean)
