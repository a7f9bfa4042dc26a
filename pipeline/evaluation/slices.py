"""Parts of a labelled set that may be harder than the whole."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from pipeline.evaluation.metrics import accuracy, macro_f1
from pipeline.evaluation.records import SliceScore
from pipeline.evaluation.sample import Sample
from pipeline.evaluation.totals import confusion_counts
from pipeline.records import LabelledStatement

# Below these a figure says nothing, or fills the page with slivers; the values that are rarer go together.
SMALLEST_SLICE = 10
SMALLEST_SHARE = 0.02
REST = "all rarer ones"
UNKNOWN = "not given"
LENGTHS = {0: "1-9 words", 10: "10-19 words", 20: "20-29 words", 30: "30-49 words", 50: "50+ words"}
CONFIDENCES = {0.0: "below 0.70", 0.7: "0.70-0.89", 0.9: "0.90-0.98", 0.99: "0.99 and above"}

Attributes = Mapping[str, Sequence[str]]


def attributes_of(statements: Sequence[LabelledStatement]) -> dict[str, list[str]]:
    """Return for each attribute that slices are cut by, the value of each statement."""
    lengths = [len(statement.text.split()) for statement in statements]
    confidences = [statement.confidence for statement in statements]
    return {
        "kind": lump([str(statement.kind) for statement in statements]),
        "register": lump([statement.register or UNKNOWN for statement in statements]),
        "domain": lump([statement.domain or UNKNOWN for statement in statements]),
        "length": lump([_step(LENGTHS, length) for length in lengths]),
        "label confidence": lump([_step(CONFIDENCES, confidence) for confidence in confidences]),
    }


def lump(values: Sequence[str]) -> list[str]:
    """Replace every value that occurs fewer than SMALLEST_SLICE times, or in less than SMALLEST_SHARE, by REST."""
    counts = Counter(values)
    smallest = max(SMALLEST_SLICE, SMALLEST_SHARE * len(values))
    return [value if counts[value] >= smallest else REST for value in values]


def slice_scores(sample: Sample, attributes: Attributes) -> dict[str, dict[str, SliceScore]]:
    """Score the statements of each value of each attribute; values in alphabetical order, REST last."""
    return {name: _scores(sample, values) for name, values in attributes.items()}


def _scores(sample: Sample, values: Sequence[str]) -> dict[str, SliceScore]:
    of_statement = np.array(values, dtype=object)
    answers = sample.answers
    scores = {}
    for value in sorted(set(values), key=lambda each: (each == REST, each)):
        inside = of_statement == value
        confusion = confusion_counts(sample.gold[inside], answers[inside])
        scores[value] = SliceScore(
            statements=int(inside.sum()), macro_f1=float(macro_f1(confusion)), accuracy=float(accuracy(confusion))
        )
    return scores


def _step(steps: Mapping[float, str] | Mapping[int, str], value: float) -> str:
    starts = list(steps)
    return list(steps.values())[bisect_right(starts, value) - 1]
