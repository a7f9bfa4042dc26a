"""Evaluate a model's probabilities on labelled statements."""

from collections.abc import Collection, Sequence

import numpy.typing as npt

from pipeline.evaluation.bootstrap import estimate, resampled
from pipeline.evaluation.metrics import headlines, label_metrics
from pipeline.evaluation.records import Report, StanceScore
from pipeline.evaluation.sample import Sample, sample_of, sample_of_statements
from pipeline.evaluation.slices import Attributes, attributes_of, slice_scores
from pipeline.evaluation.totals import totals_by_group
from pipeline.params import EvaluateParams
from pipeline.records import LabelledStatement
from pipeline.stance import STANCES, Stance


def evaluate_labelled(
    gold: Sequence[Stance],
    probabilities: npt.ArrayLike,
    *,
    second_labels: Sequence[Collection[Stance]] | None = None,
    groups: Sequence[str | None] | None = None,
    config: EvaluateParams,
    seed: int,
) -> Report:
    """Evaluate probabilities (n, 5), columns in STANCES order, against n gold labels.

    :param second_labels: for each statement, the further labels that count as right in the lenient figures.
    :param groups: for each statement its group, drawn as one in the bootstrap; None is a group of its own.
    :raises StanceError: if there is no statement, lengths differ, a label is unknown or a row is not a distribution.
    """
    sample = sample_of(gold, probabilities, second_labels=second_labels, groups=groups)
    return evaluate_sample(sample, config=config, seed=seed)


def evaluate_statements(
    statements: Sequence[LabelledStatement], probabilities: npt.ArrayLike, *, config: EvaluateParams, seed: int
) -> Report:
    """Evaluate probabilities (n, 5) against n labelled statements, with slices by what the records tell.

    :raises StanceError: if there is no statement, lengths differ or a row is not a distribution.
    """
    sample = sample_of_statements(statements, probabilities)
    return evaluate_sample(sample, attributes=attributes_of(statements), config=config, seed=seed)


def evaluate_sample(
    sample: Sample, *, attributes: Attributes | None = None, config: EvaluateParams, seed: int
) -> Report:
    """Evaluate a sample; ``attributes`` gives for each attribute to slice by the value of each statement."""
    totals = totals_by_group(sample, config.calibration_bins)
    whole = totals.whole()
    strict_draws, lenient_draws = resampled(totals, config.resamples, seed)
    lenient = {
        name: estimate(float(value), lenient_draws[name], config.confidence)
        for name, value in label_metrics(whole.lenient).items()
    }
    return Report(
        statements=len(sample.gold),
        groups=sample.group_count,
        confidence=config.confidence,
        resamples=config.resamples,
        headlines={
            name: estimate(float(value), strict_draws[name], config.confidence)
            for name, value in headlines(whole).items()
        },
        lenient=lenient if sample.second.any() else None,
        per_stance=stance_scores(sample),
        confusion=tuple(tuple(int(count) for count in row) for row in whole.strict),
        slices=slice_scores(sample, attributes or {}),
    )


def stance_scores(sample: Sample) -> dict[Stance, StanceScore]:
    """Return precision, recall, F1 and support of each stance; 0 where one is not defined."""
    from sklearn.metrics import precision_recall_fscore_support

    columns = precision_recall_fscore_support(
        sample.gold, sample.answers, labels=range(len(STANCES)), zero_division=0.0
    )
    return {
        stance: StanceScore(precision=float(precision), recall=float(recall), f1=float(f1), support=int(support))
        for stance, precision, recall, f1, support in zip(STANCES, *columns, strict=True)
    }
