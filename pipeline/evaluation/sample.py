"""What a model answered on labelled statements, checked and turned into arrays."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.errors import StanceError
from pipeline.records import LabelledStatement
from pipeline.splitting.groups import groups_of
from pipeline.stance import STANCES, Stance

Indices = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

# Five values that somebody rounded to two decimals may miss 1 by 0.025.
LARGEST_ROUNDING = 0.03


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Sample:
    """Gold labels and answers of n statements, side by side.

    ``gold`` (n,) and ``answers`` (n,) count into STANCES; ``second`` (n, 5) marks the further labels that count as
    right in the lenient figures; ``probabilities`` (n, 5) sum to 1; ``groups`` (n,) numbers the statements' groups
    from 0 in order of first appearance.
    """

    gold: Indices
    second: Flags
    probabilities: Floats
    groups: Indices

    @property
    def answers(self) -> Indices:
        """The most likely stance of each statement; among equals, the first in the codebook's order."""
        return np.asarray(self.probabilities.argmax(axis=1), dtype=np.intp)

    @property
    def lenient_answers(self) -> Indices:
        """The answers, with the gold label in place of an answer that is one of the statement's second labels."""
        forgiven = self.second[np.arange(len(self.gold)), self.answers]
        return np.where(forgiven, self.gold, self.answers)

    @property
    def group_count(self) -> int:
        """How many groups there are."""
        return int(self.groups.max()) + 1

    def same_statements(self, other: "Sample") -> bool:
        """Whether two models answered on the same labelled statements in the same order."""
        return (
            np.array_equal(self.gold, other.gold)
            and np.array_equal(self.second, other.second)
            and np.array_equal(self.groups, other.groups)
        )


def sample_of(
    gold: Sequence[Stance],
    probabilities: npt.ArrayLike,
    *,
    second_labels: Sequence[Collection[Stance]] | None = None,
    groups: Sequence[str | None] | None = None,
) -> Sample:
    """Check labels and probabilities against each other and turn them into a sample.

    :param gold: n labels.
    :param probabilities: (n, 5), columns in STANCES order; rows that miss 1 by rounding are scaled.
    :param second_labels: for each statement, the further labels that count as right in the lenient figures.
    :param groups: for each statement its group; None is a group of its own.
    :raises StanceError: if there is no statement, lengths differ, a label is unknown or a row is not a distribution.
    """
    if not len(gold):
        message = "There is nothing to evaluate: no labelled statement was given."
        raise StanceError(message)
    count = len(gold)
    seconds = [()] * count if second_labels is None else second_labels
    names = [None] * count if groups is None else groups
    for what, values in (("second labels", seconds), ("groups", names)):
        if len(values) != count:
            message = f"There are {count} gold labels but {len(values)} {what}; give one for each statement."
            raise StanceError(message)
    second = np.zeros((count, len(STANCES)), dtype=bool)
    for row, labels in enumerate(seconds):
        for label in labels:
            second[row, _index(label)] = True
    return Sample(
        gold=np.array([_index(label) for label in gold], dtype=np.intp),
        second=second,
        probabilities=_distributions(probabilities, count),
        groups=_numbered(names),
    )


def sample_of_statements(statements: Sequence[LabelledStatement], probabilities: npt.ArrayLike) -> Sample:
    """Turn labelled statements and the (n, 5) probabilities for them into a sample.

    Statements that share a group or an article, directly or through others, are resampled together.

    :raises StanceError: as :func:`sample_of` does.
    """
    return sample_of(
        [statement.label for statement in statements],
        probabilities,
        second_labels=[() if each.second_label is None else (each.second_label,) for each in statements],
        groups=[str(number) for number in groups_of(statements, ())],
    )


def _index(label: Stance) -> int:
    try:
        return STANCES.index(Stance(label))
    except ValueError as error:
        message = f"Unknown label {label!r}; the labels are {', '.join(STANCES)}."
        raise StanceError(message) from error


def _distributions(probabilities: npt.ArrayLike, count: int) -> Floats:
    values = np.asarray(probabilities, dtype=np.float64)
    if values.shape != (count, len(STANCES)):
        message = f"Probabilities for {count} statements must have shape ({count}, {len(STANCES)}), not {values.shape}."
        raise StanceError(message)
    sums = values.sum(axis=1)
    # Written so that a NaN, which compares as false, is refused as well.
    sound = (values >= 0).all(axis=1) & (np.abs(sums - 1) <= LARGEST_ROUNDING)
    if not sound.all():
        row = int(np.flatnonzero(~sound)[0])
        message = f"The probabilities of statement {row + 1} are not a distribution: {values[row].tolist()}."
        raise StanceError(message)
    return np.asarray(values / sums[:, np.newaxis], dtype=np.float64)


def _numbered(names: Sequence[str | None]) -> Indices:
    numbers: dict[str, int] = {}
    result = np.empty(len(names), dtype=np.intp)
    taken = 0
    for row, name in enumerate(names):
        if name is not None and name in numbers:
            result[row] = numbers[name]
            continue
        if name is not None:
            numbers[name] = taken
        result[row] = taken
        taken += 1
    return result
