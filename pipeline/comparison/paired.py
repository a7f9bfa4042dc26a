"""Two models on the same statements: intervals for each and for their difference."""

import numpy as np

from pipeline.comparison.mcnemar import mcnemar
from pipeline.comparison.records import ComparedSet, Comparison, Difference
from pipeline.errors import StanceError
from pipeline.evaluation.bootstrap import estimate, resampled
from pipeline.evaluation.labelled import stance_scores
from pipeline.evaluation.metrics import headlines
from pipeline.evaluation.sample import Floats, Sample
from pipeline.evaluation.totals import totals_by_group
from pipeline.params import CompareParams

# Not the calibration error: it depends on the bins, and a bootstrap inflates it. Log loss and Brier score, which are
# proper scores, pay for bad calibration as well.
COMPARED = ("macro_f1", "accuracy", "mcc", "log_loss", "brier")
# Below this, a difference is the noise of adding the same numbers in another order.
NO_DIFFERENCE = 1e-12

Pair = tuple[Sample, Sample]


def compare_models(
    pairs: dict[str, Pair], *, incumbent: str, challenger: str, config: CompareParams, seed: int
) -> Comparison:
    """Compare two models on named sets of statements; the first set decides.

    :param pairs: for each set the incumbent's and the challenger's sample. Intervals have the level
        1 - ``config.significance``, so that an interval that excludes 0 goes with a significant difference.
    :raises StanceError: if there is no set, or the samples of a pair are not of the same statements.
    """
    if not pairs:
        message = "There is nothing to compare: name at least one file of labelled statements."
        raise StanceError(message)
    for name, (first, second) in pairs.items():
        if not first.same_statements(second):
            message = f"{incumbent} and {challenger} answered different statements of {name}; predict again with both."
            raise StanceError(message)
    return Comparison(
        incumbent=incumbent,
        challenger=challenger,
        confidence=1 - config.significance,
        resamples=config.resamples,
        sets={name: _compared(pair, (incumbent, challenger), config, seed) for name, pair in pairs.items()},
    )


def difference(incumbent: float, challenger: float, draws: Floats, confidence: float) -> Difference:
    """Return a difference with the percentile interval and two-sided p-value of its resampled ``draws``.

    The p-value is the level at which the interval would just touch 0 (Efron and Tibshirani 1993, chapter 15), with
    the observed sample counted as one more resample, so that it is never 0.
    """
    draws = np.where(np.abs(draws) < NO_DIFFERENCE, 0, draws)
    observed = estimate(challenger - incumbent, draws, confidence)
    smaller_tail = min(int((draws <= 0).sum()), int((draws >= 0).sum()))
    p_value = min(1.0, 2 * (smaller_tail + 1) / (len(draws) + 1))
    return Difference(value=observed.value, low=observed.low, high=observed.high, p_value=p_value)


def _compared(pair: Pair, models: tuple[str, str], config: CompareParams, seed: int) -> ComparedSet:
    confidence = 1 - config.significance
    totals = [totals_by_group(sample, bins=1) for sample in pair]
    whole = [headlines(each.whole()) for each in totals]
    draws = [resampled(each, config.resamples, seed)[0] for each in totals]  # the same seed: the same groups
    return ComparedSet(
        statements=len(pair[0].gold),
        groups=pair[0].group_count,
        figures={
            model: {metric: estimate(float(value[metric]), drawn[metric], confidence) for metric in COMPARED}
            for model, value, drawn in zip(models, whole, draws, strict=True)
        },
        differences={
            metric: difference(
                float(whole[0][metric]), float(whole[1][metric]), draws[1][metric] - draws[0][metric], confidence
            )
            for metric in COMPARED
        },
        mcnemar=mcnemar(*pair),
        stance_f1={
            model: {stance: score.f1 for stance, score in stance_scores(sample).items()}
            for model, sample in zip(models, pair, strict=True)
        },
    )
