"""Temperature scaling (Guo et al. 2017, On Calibration of Modern Neural Networks), and the shares of real talk."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LOWEST, HIGHEST = 0.05, 20.0


def calibrated(
    logits: "NDArray[np.floating]", temperature: float, shift: Sequence[float] = ()
) -> "NDArray[np.float64]":
    """Turn logits, shape (n, classes), into probabilities softened by one temperature.

    :param shift: what is added to the log-probability of each class; empty adds nothing.
    """
    import numpy as np

    scaled = np.asarray(logits, dtype=np.float64) / temperature + (np.asarray(shift) if shift else 0.0)
    scaled -= scaled.max(axis=1, keepdims=True)
    exponentials = np.exp(scaled)
    return np.asarray(exponentials / exponentials.sum(axis=1, keepdims=True))


def shift_to_expected(counts: Sequence[int], expected: float) -> tuple[float, ...]:
    """Return the shift from the shares that a model was trained on to those that it will meet.

    A posterior probability moves with the prior share of its class (Saerens, Latinne and Decaestecker 2002). Only the
    last class, `other`, is expected to have another share; the rest keep theirs among themselves.

    :param counts: training examples of each class; of a class that has none, nothing is known and nothing shifted.
    :param expected: share of the last class, 0 to 1.
    """
    import math

    total, last = sum(counts), counts[-1]
    if not 0 < last < total:
        return (0.0,) * len(counts)
    rest = math.log((1 - expected) / (1 - last / total))
    return (*(rest for _ in counts[:-1]), math.log(expected / (last / total)))


def fit_temperature(logits: "NDArray[np.floating]", gold: "NDArray[np.integer]") -> float:
    """Return the temperature with the least log loss on held-out data.

    :param logits: shape (n, classes).
    :param gold: shape (n,), indices of the right classes.
    """
    import numpy as np
    from scipy.optimize import minimize_scalar

    rows = np.arange(len(gold))

    def log_loss(log_temperature: float) -> float:
        right = calibrated(logits, float(np.exp(log_temperature)))[rows, gold]
        return float(-np.log(np.clip(right, 1e-12, None)).mean())

    found = minimize_scalar(log_loss, bounds=(np.log(LOWEST), np.log(HIGHEST)), method="bounded")
    return float(np.exp(found.x))
