"""When a speaker or a cue is the gold one."""

import re

from pipeline.extraction.words import word_set
from pipeline.extraction_evaluation.matching import Reference
from pipeline.records import Statement

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_NO_NAME = word_set("the a an mr mrs ms dr sir")


def same_mention(statement: Statement, reference: Reference) -> bool:
    """Whether the mention beside the cue is the gold one: one holds the words of the other, or they end alike."""
    return _alike(statement.speaker, reference.speaker)


def same_name(statement: Statement, reference: Reference) -> bool:
    """Whether the resolved name is the gold one; None only equals None."""
    return _words(statement.speaker_name) == _words(reference.speaker_name)


def same_cue(statement: Statement, reference: Reference) -> bool:
    """Whether the cues share their words: "said" and "has said" are one cue; none only equals none."""
    left, right = _words(statement.cue), _words(reference.cue)
    return left == right or bool(left and right and (set(left) <= set(right) or set(right) <= set(left)))


def _alike(first: str | None, second: str | None) -> bool:
    left, right = _words(first), _words(second)
    if not left or not right:
        return left == right
    return left[-1] == right[-1] or set(left) <= set(right) or set(right) <= set(left)


def _words(name: str | None) -> tuple[str, ...]:
    words = (match.group().lower().replace("’", "'") for match in _WORD.finditer(name or ""))
    return tuple(word.removesuffix("'s") for word in words if word not in _NO_NAME)
