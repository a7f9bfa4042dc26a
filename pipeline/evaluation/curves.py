"""What the plots show, as tables: one CSV each, which DVC draws as well."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.evaluation.records import DECIMALS
from pipeline.evaluation.sample import Floats, Sample
from pipeline.evaluation.totals import totals_by_group
from pipeline.stance import STANCES, Stance


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class PrecisionRecall:
    """One stance against the rest: precision and recall at each ``thresholds`` entry, from low to high."""

    stance: Stance
    precision: Floats
    recall: Floats
    thresholds: Floats
    average_precision: float


def precision_recall(sample: Sample) -> list[PrecisionRecall]:
    """Return the curve of every stance that has a gold label in the sample."""
    from sklearn.metrics import average_precision_score, precision_recall_curve

    curves = []
    for index, stance in enumerate(STANCES):
        gold, scores = sample.gold == index, sample.probabilities[:, index]
        if not gold.any():
            continue
        precision, recall, thresholds = precision_recall_curve(gold, scores, drop_intermediate=True)
        curves.append(
            PrecisionRecall(
                stance=stance,
                # The last point, recall 0 with precision 1, is a convention that no threshold reaches.
                precision=precision[:-1],
                recall=recall[:-1],
                thresholds=thresholds,
                average_precision=float(average_precision_score(gold, scores)),
            )
        )
    return curves


def reliability(sample: Sample, bins: int) -> Floats:
    """Return (b, 3): count, mean confidence and accuracy of each confidence bin; NaN where a bin is empty."""
    import numpy as np

    totals = totals_by_group(sample, bins).whole().bins
    count = totals[:, :1]
    means = np.divide(totals[:, 1:], count, out=np.full((bins, 2), np.nan), where=count > 0)
    return np.concatenate([count, means], axis=1)


def write_tables(sample: Sample, bins: int, folder: Path) -> None:
    """Write ``confusion.csv``, ``precision_recall.csv`` and ``reliability.csv``."""
    pairs = zip(sample.gold, sample.answers, strict=True)
    _write(
        folder / "confusion.csv", ("actual", "predicted"), [(STANCES[gold], STANCES[answer]) for gold, answer in pairs]
    )
    points = [
        (curve.stance, *numbers)
        for curve in precision_recall(sample)
        for numbers in zip(curve.recall, curve.precision, curve.thresholds, strict=True)
    ]
    _write(folder / "precision_recall.csv", ("stance", "recall", "precision", "threshold"), points)
    filled = [(confidence, accuracy, int(count)) for count, confidence, accuracy in reliability(sample, bins) if count]
    _write(folder / "reliability.csv", ("confidence", "accuracy", "statements"), filled)


def _write(path: Path, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([_cell(value) for value in row] for row in rows)


def _cell(value: object) -> object:
    return round(float(value), DECIMALS) if isinstance(value, float) else value
