"""Labelling functions: named cues from the codebook that vote for one stance or abstain."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.stance import Stance

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})
_REACH = 48  # characters before a cue in which a negation may govern it
_NEGATION = re.compile(
    r"(?:\b(?:not|never|no|nobody|none|nothing|neither|nor|cannot)\b|n't)(?: [\w']{1,20}){0,3} ?$"  # within the clause
)


@dataclass(frozen=True)
class LabellingFunction:
    """One cue of the codebook.

    It votes for ``stance`` where one of ``cues`` is found and none of ``unless``, and abstains everywhere else.
    ``rule`` says what in the codebook it stands for. A cue that stands under a negation is passed over, except where
    ``negatable`` is False because the negation is part of the cue or does not change the act.

    Cues are regular expressions on lower-case text with plain quotation marks (:func:`plain_text`). Repetition in
    them is bounded, so that the time they take grows in step with the text.
    """

    name: str
    stance: Stance
    rule: str
    cues: tuple[str, ...]
    unless: tuple[str, ...] = ()
    negatable: bool = True

    def fires(self, text: str) -> bool:
        """Say whether the function votes on this text."""
        return self.fires_on_plain(plain_text(text))

    def fires_on_plain(self, plain: str) -> bool:
        """Like :meth:`fires`, on a text that has passed through :func:`plain_text`."""
        found = any(not (self.negatable and _negated(plain, match.start())) for match in self._cues.finditer(plain))
        return found and not (self._unless and self._unless.search(plain))

    @cached_property
    def _cues(self) -> re.Pattern[str]:
        return _any_of(self.cues)

    @cached_property
    def _unless(self) -> re.Pattern[str] | None:
        return _any_of(self.unless) if self.unless else None


def plain_text(text: str) -> str:
    """Return the text in the form that cues are written for: lower case, plain marks, single spaces."""
    return " ".join(text.translate(_PLAIN).lower().split())


def firings(texts: Sequence[str], functions: Sequence[LabellingFunction]) -> "NDArray[np.bool_]":
    """Return which function votes on which text: a matrix (texts, functions)."""
    import numpy as np

    plain = [plain_text(text) for text in texts]
    found = [[function.fires_on_plain(text) for function in functions] for text in plain]
    return np.array(found, dtype=bool).reshape(len(texts), len(functions))


def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def _negated(text: str, position: int) -> bool:
    return _NEGATION.search(text, max(0, position - _REACH), position) is not None
