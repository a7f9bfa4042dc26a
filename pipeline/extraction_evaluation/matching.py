"""Which extracted statement is which gold one.

Overlap is intersection over union of the characters that the speaker said (a reporting clause in the middle counts for
neither side), the measure with thresholds 0.3 and 0.8 of the Gender Gap Tracker (Asr et al., 2021, PLOS ONE 16(1)).
Statements are paired one to one, best overlap first.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.records import Kind, Statement

Spans = tuple[tuple[int, int], ...]
_EDGE = "\"'“”„‟«»‹›‘’‚.,;:!?…()[] \t\n\u00a0—–-"


@dataclass(frozen=True, slots=True)
class Reference:
    """A gold statement: what was said, where, and by whom."""

    kind: Kind
    spans: Spans
    speaker: str | None = None
    speaker_name: str | None = None
    cue: str | None = None
    counted: bool = True  # False: finding it is no mistake, missing it neither


@dataclass(frozen=True, slots=True)
class Pair:
    """A statement and the gold statement it was paired with."""

    statement: Statement
    reference: Reference
    overlap: float


def overlap(first: Spans, second: Spans) -> float:
    """Return intersection over union of the characters in two lists of spans, 0 to 1."""
    shared = sum(max(0, min(e, f) - max(s, t)) for s, e in first for t, f in second)
    total = sum(e - s for s, e in first) + sum(e - s for s, e in second) - shared
    return shared / total if total > 0 else 0.0


def trimmed(text: str, spans: Spans) -> Spans:
    """Return spans without quotation marks, stops and spaces at their edges, and joined where only such stand between.

    So conventions do not count: marks inside or outside, one span a sentence or one a quotation.
    """
    result: list[tuple[int, int]] = []
    for start, end in spans:
        left, right = start, end
        while left < right and text[left] in _EDGE:
            left += 1
        while right > left and text[right - 1] in _EDGE:
            right -= 1
        if left >= right:
            continue
        if result and result[-1][1] <= left and not text[result[-1][1] : left].strip(_EDGE):
            result[-1] = (result[-1][0], right)
        else:
            result.append((left, right))
    return tuple(result)


def pair_up(text: str, statements: Sequence[Statement], references: Sequence[Reference], least: float) -> list[Pair]:
    """Pair statements with gold statements one to one, best overlap first, down to ``least`` (1.0: exact)."""
    left = [trimmed(text, statement.spans) for statement in statements]
    right = [trimmed(text, reference.spans) for reference in references]
    candidates = []
    for i, spans in enumerate(left):
        for j, others in enumerate(right):
            if not spans or not others or spans[0][0] >= others[-1][1] or others[0][0] >= spans[-1][1]:
                continue
            value = overlap(spans, others)
            if value >= least:
                candidates.append((not references[j].counted, -value, i, j))
    pairs: list[Pair] = []
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    for _, value, i, j in sorted(candidates):
        if i not in taken_left and j not in taken_right:
            taken_left.add(i)
            taken_right.add(j)
            pairs.append(Pair(statements[i], references[j], -value))
    return pairs
