"""Temperature scaling (Guo et al. 2017, On Calibration of Modern Neural Networks)."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LOWEST, HIGHEST = 0.05, 20.0


def calibrated(logits: "NDArray[np.floating]", temperature: float) -> "NDArray[np.float64]":
    """Turn logits, shape (n, classes), into probabilities softened by one temperature."""
    import numpy as np

    scaled = np.asarray(logits, dtype=np.float64) / temperature
    scaled -= scaled.max(axis=1, keepdims=True)
    exponentials = np.exp(scaled)
    return np.asarray(exponentials / exponentials.sum(axis=1, keepdims=True))


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
