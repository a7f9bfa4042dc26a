"""The records that cross a border between two parts of the pipeline.

Plain frozen dataclasses: cheap to import, so that a prediction from a cold shell does not pay for validation that
it does not need. Files of them are validated where they are read (``pipeline.jsonl``): types by their annotations,
probabilities by the records themselves, which raise ValueError.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar

from pipeline.stance import STANCES, Stance

STRICT = {"extra": "forbid"}
ROUNDING = 1e-5  # of a sum of five probabilities from 1; six decimals each, the fewest that are written, miss by 2.5e-6


class Kind(StrEnum):
    """How a statement stands in its source."""

    DIRECT = "direct"  # all of it between quotation marks
    MIXED = "mixed"  # a reported sentence with a quoted part
    REPORTED = "reported"  # told in the reporter's words
    SPEECH = "speech"  # a sentence of a speech or transcript: no marks and no reporting clause


class Origin(StrEnum):
    """Where a label comes from."""

    GOLD = "gold"  # at least one annotator read the statement
    WEAK = "weak"  # labelling functions only


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One news article; ``text`` is kept exactly as read, because spans point into it."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement found in an article.

    ``article.text[start:end] == text`` always holds. ``spans`` are the parts of it that the speaker said: one span
    as a rule, several where a reporting clause splits a quote. What the article does not say is None.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    id: str
    article_id: str
    text: str
    kind: Kind
    start: int
    end: int
    spans: tuple[tuple[int, int], ...]
    cue: str | None = None
    speaker: str | None = None  # as mentioned beside the statement
    speaker_name: str | None = None  # the fullest name of that speaker in the article
    role: str | None = None
    affiliation: str | None = None
    country: str | None = None
    context: str = ""  # the sentence or sentences around the statement
    share: str | None = None  # where the sentence reports several statements: the words that report this one

    @property
    def content(self) -> str:
        """Only what the speaker said, without a reporting clause in the middle."""
        return " ".join(self.text[start - self.start : end - self.start].strip() for start, end in self.spans)

    @property
    def model_text(self) -> str:
        """What a classifier reads: the quote itself, or where the reporting verb carries the act its sentence.

        Of a sentence that reports several statements it is the share of this one.
        """
        if self.kind in (Kind.DIRECT, Kind.SPEECH):
            return self.content
        return self.share or self.context or self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusStatement:
    """One statement of the annotated corpus in ``data/corpus/statements``, without any label."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    id: str
    text: str
    kind: Kind
    domain: str | None = None
    register: str | None = None
    group: str | None = None  # minimal pairs and siblings share a group
    speaker_role: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledStatement:
    """One statement with the label that the label model settled on.

    ``confidence`` is the label's posterior probability, 0 to 1. ``group`` ties statements that must not be split up.

    :raises ValueError: if the confidence is no probability.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    id: str
    text: str
    kind: Kind
    label: Stance
    confidence: float
    second_label: Stance | None = None
    origin: Origin = Origin.GOLD
    group: str | None = None
    article_id: str | None = None
    domain: str | None = None
    register: str | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.confidence <= 1:
            message = f"statement {self.id} has the confidence {self.confidence}; it must lie between 0 and 1"
            raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """A model's reading of one text.

    ``probabilities`` has every stance, sums to 1 and is calibrated. ``abstained`` says that the best of them is below
    the confidence set in params.yaml; ``stance`` still names the most likely label. ``model`` is the fingerprint of
    the model that answered.
    """

    text: str
    stance: Stance
    probabilities: dict[Stance, float] = field(hash=False)
    abstained: bool = False
    model: str | None = None

    @property
    def confidence(self) -> float:
        """The probability of the named stance."""
        return self.probabilities[self.stance]

    def as_dict(self, *, provenance: bool = False) -> dict[str, Any]:
        """Return the fields as JSON types; the model's fingerprint only where it is asked for."""
        row: dict[str, Any] = {
            "text": self.text,
            "stance": str(self.stance),
            "probabilities": {str(stance): value for stance, value in self.probabilities.items()},
            "abstained": self.abstained,
        }
        if provenance:
            row["model"] = self.model
        return row


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictedStatement:
    """One line of a predictions file: which statement, and how likely each stance is (rounded).

    :raises ValueError: if a stance is missing, a value is no probability, or they do not sum to 1.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    id: str
    probabilities: dict[Stance, float] = field(hash=False)

    def __post_init__(self) -> None:
        missing = [stance for stance in STANCES if stance not in self.probabilities]
        outside = [value for value in self.probabilities.values() if not 0 <= value <= 1]
        total = sum(self.probabilities.values())
        if missing:
            message = f"statement {self.id} has no probability for {', '.join(missing)}; predict again"
        elif outside:
            message = f"statement {self.id} has the probability {outside[0]}; each must lie between 0 and 1"
        elif abs(total - 1) > ROUNDING:
            message = f"statement {self.id} has probabilities that sum to {total:.6g}, not 1; predict again"
        else:
            return
        raise ValueError(message)
