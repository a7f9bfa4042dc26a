"""What an annotator says of a statement: beside the text that it is about, or standing off from a public one."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from pipeline.records import STRICT
from pipeline.stance import Stance


class Question(StrEnum):
    """The codebook's questions, in the order in which it decides (docs/CODEBOOK.md); each is answered yes or no."""

    HARM_AHEAD = "harm-ahead"  # is harm, danger or cost ahead?
    OWN_SIDE = "own-side"  # would the speaker's own side bring it about?
    UNTRUE = "untrue"  # is an identifiable claim called untrue?
    CALMING_STEP = "calming-step"  # is a step toward calm taken, offered, accepted or asked for?
    CONFLICT = "conflict"  # is there a conflict or dispute in sight?


QUESTIONS: tuple[Question, ...] = tuple(Question)
SURENESS = range(1, 4)  # 1 a guess, 2 arguable, 3 sure


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """One annotator's reading of one statement; what the annotator was not asked is None.

    :raises ValueError: if the sureness is not 1, 2 or 3.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    statement_id: str
    annotator: str
    label: Stance
    second_label: Stance | None = None
    sureness: int | None = None  # 1 a guess, 2 arguable, 3 sure
    answers: tuple[Question, ...] | None = None  # the questions answered yes
    evidence: str | None = None  # the words of the text that carry the act

    def __post_init__(self) -> None:
        _check_sureness(self.sureness, self.statement_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandoffAnnotation:
    """One annotator's reading of a line of a public source, whose text is not passed on.

    ``sha256`` is the sum of the text with white space runs made single (``pipeline.labelling.standoff``); ``evidence``
    is the start and end of the words that carry the act, in characters of that text.

    :raises ValueError: if the sureness is not 1, 2 or 3, the sum is none, or the evidence is no span.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    source: str  # the repository, as owner/name
    sha256: str
    annotator: str
    label: Stance
    path: str | None = None  # in that repository, where it is known
    second_label: Stance | None = None
    sureness: int | None = None
    answers: tuple[Question, ...] | None = None
    evidence: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        _check_sureness(self.sureness, self.sha256)
        if not re.fullmatch("[0-9a-f]{64}", self.sha256):
            message = f"{self.sha256!r} is no sha256; it must be 64 digits of 0 to 9 and a to f"
            raise ValueError(message)
        if self.evidence is not None and not 0 <= self.evidence[0] < self.evidence[1]:
            message = f"the annotation of {self.sha256} has the evidence {self.evidence}; it must be (start, end)"
            raise ValueError(message)


def _check_sureness(sureness: int | None, what: str) -> None:
    if sureness is not None and sureness not in SURENESS:
        message = f"the annotation of {what} has the sureness {sureness}; it must be 1, 2 or 3"
        raise ValueError(message)
