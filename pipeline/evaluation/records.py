"""What an evaluation says."""

from dataclasses import asdict, dataclass, field
from typing import Any

from pipeline.stance import STANCES, Stance

DECIMALS = 6  # beyond these, the order in which a processor adds numbers may show


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A metric with its interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StanceScore:
    """How well one stance is told from the others; ``support`` counts its gold labels."""

    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SliceScore:
    """How well a part of the statements is answered; macro-F1 is over the stances that occur in the part."""

    statements: int
    macro_f1: float
    accuracy: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One model's answers on one set of labelled statements.

    ``headlines`` has each of HEADLINES with its interval. ``lenient`` has macro-F1, accuracy and MCC once more after
    every answer that is one of the statement's second labels was replaced by its gold label (the supports of the
    stances stay as they are); it is None where no statement has a second label. ``confusion`` counts gold label
    (row) by answer (column) in STANCES order. ``slices`` is keyed by attribute, then by its value.
    """

    statements: int
    groups: int
    confidence: float
    resamples: int
    headlines: dict[str, Estimate] = field(hash=False)
    lenient: dict[str, Estimate] | None = field(hash=False)
    per_stance: dict[Stance, StanceScore] = field(hash=False)
    confusion: tuple[tuple[int, ...], ...]
    slices: dict[str, dict[str, SliceScore]] = field(hash=False)

    def as_dict(self) -> dict[str, Any]:
        """Return the report as JSON types, rounded, with the confusion matrix keyed by stance."""
        row = asdict(self)
        row["confusion"] = {
            str(gold): {str(answer): count for answer, count in zip(STANCES, counts, strict=True)}
            for gold, counts in zip(STANCES, self.confusion, strict=True)
        }
        rounded: dict[str, Any] = round_all(row)
        return rounded


def round_all(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Round every float in a JSON value and turn the keys of its objects into plain strings."""
    match value:
        case float():
            return round(value, DECIMALS) + 0.0  # no negative zero
        case dict():
            return {str(key): round_all(item) for key, item in value.items()}
        case list() | tuple():
            return [round_all(item) for item in value]
        case _:
            return value
