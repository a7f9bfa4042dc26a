"""The headline metrics, each a function of :class:`Totals`, over any number of resamples at once."""

import numpy as np

from pipeline.evaluation.sample import Floats
from pipeline.evaluation.totals import Totals

HEADLINES = {
    "macro_f1": "macro-F1",
    "accuracy": "accuracy",
    "mcc": "MCC",
    "log_loss": "log loss",
    "brier": "Brier score",
    "ece": "calibration error (ECE)",
}
BETTER_WHEN_LOWER = frozenset({"log_loss", "brier", "ece"})


def headlines(totals: Totals) -> dict[str, Floats]:
    """Return every headline metric; each array has the axes that stand in front in ``totals``."""
    statements = totals.strict.sum(axis=(-2, -1))
    return {
        **label_metrics(totals.strict),
        "log_loss": totals.log_loss / statements,
        "brier": totals.brier / statements,
        "ece": calibration_error(totals.bins),
    }


def label_metrics(confusion: Floats) -> dict[str, Floats]:
    """Return the headlines that look at labels only, of (..., 5, 5) counts of gold by answer."""
    return {"macro_f1": macro_f1(confusion), "accuracy": accuracy(confusion), "mcc": mcc(confusion)}


def macro_f1(confusion: Floats) -> Floats:
    """Return the mean F1 over the stances that occur among the gold labels.

    A stance that no statement has is left out, in a slice and in a resample alike; answering it still costs recall
    elsewhere. With all five present this is scikit-learn's ``f1_score(..., average="macro")``.
    """
    right = np.diagonal(confusion, axis1=-2, axis2=-1)
    support = confusion.sum(axis=-1)
    f1 = _ratio(2 * right, support + confusion.sum(axis=-2))
    present = support > 0
    return np.asarray((f1 * present).sum(axis=-1) / present.sum(axis=-1))


def accuracy(confusion: Floats) -> Floats:
    """Return the share of statements whose answer is the gold label."""
    right = np.diagonal(confusion, axis1=-2, axis2=-1).sum(axis=-1)
    return np.asarray(right / confusion.sum(axis=(-2, -1)))


def mcc(confusion: Floats) -> Floats:
    """Return Matthews' correlation for several classes (Gorodkin 2004); 0 where gold or answers are all alike."""
    gold, answered = confusion.sum(axis=-1), confusion.sum(axis=-2)
    statements = confusion.sum(axis=(-2, -1))
    right = np.diagonal(confusion, axis1=-2, axis2=-1).sum(axis=-1)
    covariance = right * statements - (gold * answered).sum(axis=-1)
    gold_variance = statements**2 - (gold**2).sum(axis=-1)
    answered_variance = statements**2 - (answered**2).sum(axis=-1)
    return _ratio(covariance, np.sqrt(gold_variance * answered_variance))


def calibration_error(bins: Floats) -> Floats:
    """Return the expected calibration error of the top label (Guo et al. 2017) of (..., b, 3) bin totals.

    Its bootstrap interval leans upwards: noise within a resample's bins adds to the error and never takes away.
    """
    count, confidence, right = bins[..., 0], bins[..., 1], bins[..., 2]
    return np.asarray(np.abs(right - confidence).sum(axis=-1) / count.sum(axis=-1))


def _ratio(numerator: Floats, denominator: Floats) -> Floats:
    """Divide; 0 where the denominator is 0."""
    numerator, denominator = np.asarray(numerator), np.asarray(denominator)
    return np.divide(numerator, denominator, out=np.zeros(denominator.shape), where=denominator > 0)
