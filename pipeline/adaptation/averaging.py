"""One model out of several fine-tunings of the same start: the mean of their weights.

Wortsman et al. (2022), "Model soups: averaging weights of multiple fine-tuned models improves accuracy without
increasing inference time". Unlike an ensemble it costs no more to run than one model.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.models.encoder import StanceEncoder


def average_into_first(models: "Sequence[StanceEncoder]") -> None:
    """Give the first model the mean of the weights of all.

    They must share their architecture and the encoder that they started from; their heads may have started apart.
    """
    first = models[0]
    states = [model.state_dict() for model in models]
    mean = {}
    for name, weight in states[0].items():
        # The others may lie on another device; what is no number to average (position ids) is alike in all of them.
        others = [state[name].to(weight.device) for state in states[1:]]
        mean[name] = sum(others, start=weight) / len(states) if weight.is_floating_point() else weight
    first.load_state_dict(mean)
