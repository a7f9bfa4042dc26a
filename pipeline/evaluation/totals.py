"""Sums over statements from which every headline metric follows.

A resample of groups changes only how often each group's sums count, so that a bootstrap is one matrix product
instead of a thousand passes over the statements.
"""

from dataclasses import dataclass

import numpy as np

from pipeline.evaluation.sample import Floats, Indices, Sample
from pipeline.stance import STANCES

# Predictions files are rounded, by default at the sixth decimal: a zero there means less than this, not impossible.
SMALLEST_PROBABILITY = 5e-7


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Totals:
    """Sums over statements; every array may have the same further axes in front (one row a group or a resample).

    ``strict`` and ``lenient`` (..., 5, 5) count gold label by answer, ``log_loss`` and ``brier`` (...) sum over
    statements, ``bins`` (..., b, 3) has each confidence bin's count, sum of confidences and number of right answers.
    """

    strict: Floats
    lenient: Floats
    log_loss: Floats
    brier: Floats
    bins: Floats

    def weighted(self, weights: Floats) -> "Totals":
        """Sum over the first axis with weights (..., groups)."""
        return Totals(
            strict=np.tensordot(weights, self.strict, axes=1),
            lenient=np.tensordot(weights, self.lenient, axes=1),
            log_loss=np.tensordot(weights, self.log_loss, axes=1),
            brier=np.tensordot(weights, self.brier, axes=1),
            bins=np.tensordot(weights, self.bins, axes=1),
        )

    def whole(self) -> "Totals":
        """Sum over the first axis, each row once: the sample as it is."""
        return self.weighted(np.ones(len(self.log_loss)))


def totals_by_group(sample: Sample, bins: int) -> Totals:
    """Sum over the statements of each group; the first axis of every array is the group.

    :param bins: number of equal-width confidence bins of the calibration error.
    """
    answers = sample.answers
    confidences = sample.probabilities.max(axis=1)
    rows = np.arange(len(sample.gold))
    truth = np.zeros_like(sample.probabilities)
    truth[rows, sample.gold] = 1
    losses = -np.log(np.maximum(sample.probabilities[rows, sample.gold], SMALLEST_PROBABILITY))
    columns = np.stack([np.ones_like(confidences), confidences, (answers == sample.gold).astype(float)], axis=1)
    groups, count = sample.groups, sample.group_count
    binned = np.zeros((count, bins, 3))
    np.add.at(binned, (groups, confidence_bins(confidences, bins)), columns)
    return Totals(
        strict=_counts(groups, sample.gold, answers),
        lenient=_counts(groups, sample.gold, sample.lenient_answers),
        log_loss=_sums(groups, losses),
        brier=_sums(groups, ((sample.probabilities - truth) ** 2).sum(axis=1)),
        bins=binned,
    )


def confidence_bins(confidences: Floats, bins: int) -> Indices:
    """Return for each confidence the bin, from 0, of ``bins`` equal ones (low, high] over 0 to 1."""
    inner_edges = np.linspace(0, 1, bins + 1)[1:-1]
    return np.searchsorted(inner_edges, confidences, side="left")


def confusion_counts(gold: Indices, answers: Indices) -> Floats:
    """Count gold label by answer: (5, 5)."""
    return np.asarray(_counts(np.zeros_like(gold), gold, answers)[0])


def _sums(groups: Indices, values: Floats) -> Floats:
    sums = np.zeros(int(groups.max()) + 1)
    np.add.at(sums, groups, values)
    return sums


def _counts(groups: Indices, gold: Indices, answers: Indices) -> Floats:
    counts = np.zeros((int(groups.max()) + 1, len(STANCES), len(STANCES)))
    np.add.at(counts, (groups, gold, answers), 1)
    return counts
