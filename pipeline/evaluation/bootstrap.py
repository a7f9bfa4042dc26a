"""The percentile bootstrap over groups (Efron and Tibshirani 1993; clusters: Field and Welsh 2007).

Minimal pairs and statements of one article are not independent, so whole groups are drawn, with replacement.
"""

from collections.abc import Iterator

import numpy as np

from pipeline.evaluation.metrics import headlines, label_metrics
from pipeline.evaluation.records import Estimate
from pipeline.evaluation.sample import Floats
from pipeline.evaluation.totals import Totals

CELLS_AT_ONCE = 4_000_000  # resamples times groups at once: three arrays of 32 MB


def group_weights(groups: int, resamples: int, seed: int) -> Iterator[Floats]:
    """Yield how often each group was drawn in each resample, as (some resamples, groups) arrays."""
    random = np.random.default_rng(seed)
    at_once = max(1, CELLS_AT_ONCE // groups)
    for start in range(0, resamples, at_once):
        rows = min(at_once, resamples - start)
        drawn = random.integers(groups, size=(rows, groups))
        drawn += np.arange(rows)[:, np.newaxis] * groups  # each resample counts in its own stretch of numbers
        counts = np.bincount(drawn.ravel(), minlength=rows * groups)
        yield counts.reshape(rows, groups).astype(np.float64)


def resampled(totals: Totals, resamples: int, seed: int) -> tuple[dict[str, Floats], dict[str, Floats]]:
    """Return each headline and each lenient headline in every resample: arrays of shape (resamples,).

    :param totals: by group. The same number of groups and the same seed draw the same groups, which is what pairs
        two models.
    """
    strict: list[dict[str, Floats]] = []
    lenient: list[dict[str, Floats]] = []
    for weights in group_weights(len(totals.log_loss), resamples, seed):
        drawn = totals.weighted(weights)
        strict.append(headlines(drawn))
        lenient.append(label_metrics(drawn.lenient))
    return _joined(strict), _joined(lenient)


def estimate(value: float, draws: Floats, confidence: float) -> Estimate:
    """Return a value with the percentile interval of its resampled ``draws``."""
    tail = (1 - confidence) / 2
    low, high = np.quantile(draws, [tail, 1 - tail])
    return Estimate(value=float(value), low=float(low), high=float(high))


def _joined(parts: list[dict[str, Floats]]) -> dict[str, Floats]:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
