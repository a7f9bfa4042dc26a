"""What a comparison of two models says."""

from dataclasses import asdict, dataclass, field
from typing import Any

from pipeline.evaluation.records import Estimate, round_all
from pipeline.stance import Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """The challenger's figure minus the incumbent's, with its interval and two-sided p-value."""

    value: float
    low: float
    high: float
    p_value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Discordance:
    """McNemar's test: on how many statements only one of the two models is right."""

    only_incumbent_right: int
    only_challenger_right: int
    p_value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedSet:
    """Both models on one set of labelled statements.

    ``figures`` is keyed by model, then by metric; ``differences`` by metric; ``stance_f1`` by model, then by stance.
    """

    statements: int
    groups: int
    figures: dict[str, dict[str, Estimate]] = field(hash=False)
    differences: dict[str, Difference] = field(hash=False)
    mcnemar: Discordance
    stance_f1: dict[str, dict[Stance, float]] = field(hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A smaller model, the incumbent, against a larger challenger, on named sets; the first set decides."""

    incumbent: str
    challenger: str
    confidence: float
    resamples: int
    sets: dict[str, ComparedSet] = field(hash=False)

    @property
    def deciding(self) -> str:
        """The name of the set that decides who is the champion."""
        return next(iter(self.sets))

    def as_dict(self) -> dict[str, Any]:
        """Return the comparison as JSON types, rounded."""
        row: dict[str, Any] = round_all(asdict(self))
        return {**row, "deciding": self.deciding}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which model is the champion, and why, in one sentence."""

    champion: str
    reason: str
