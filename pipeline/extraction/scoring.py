"""How well extracted statements agree with gold ones: content exact and by overlap, speakers, end to end.

Overlap is intersection over union of the characters that the speaker said (a reporting clause in the middle counts for
neither side), the measure with thresholds 0.3 and 0.8 of the Gender Gap Tracker (Asr et al., 2021, PLOS ONE 16(1)).
Statements are paired one to one, best overlap first.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pipeline.extraction.words import word_set
from pipeline.records import Kind, Statement

Spans = tuple[tuple[int, int], ...]
_EDGE = "\"'“”„‟«»‹›‘’‚.,;:!?…()[] \t\n\u00a0—–-"
_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_NO_NAME = word_set("the a an mr mrs ms dr sir")


@dataclass(frozen=True, slots=True)
class Reference:
    """A gold statement: what was said, where, and by whom."""

    kind: Kind
    spans: Spans
    speaker: str | None = None
    speaker_name: str | None = None
    counted: bool = True  # False: finding it is no mistake, missing it neither


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one comparison, which add up over articles."""

    matched: int = 0
    predicted: int = 0
    gold: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(self.matched + other.matched, self.predicted + other.predicted, self.gold + other.gold)

    @property
    def precision(self) -> float:
        """Share of predicted statements that are right, 0 to 1; 0 where nothing was predicted."""
        return self.matched / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of gold statements that were found, 0 to 1; 0 where there are none."""
        return self.matched / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 to 1."""
        total = self.predicted + self.gold
        return 2 * self.matched / total if total else 0.0


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


def content_score(
    text: str,
    statements: Sequence[Statement],
    references: Sequence[Reference],
    least: float,
    kinds: Iterable[Kind] = tuple(Kind),
) -> Score:
    """Count content found at an overlap of ``least`` or more, for the given kinds.

    A gold statement has its own kind; a statement that was paired has its pair's kind, any other the predicted one.
    """
    pairs = pair_up(text, statements, references, least)
    return _score(pairs, statements, references, kinds, lambda _: True)


def end_to_end_score(
    text: str,
    statements: Sequence[Statement],
    references: Sequence[Reference],
    least: float,
    right: Callable[[Statement, Reference], bool],
) -> Score:
    """Count statements whose content overlaps enough and whose speaker is ``right``."""
    return _score(
        pair_up(text, statements, references, least),
        statements,
        references,
        tuple(Kind),
        right=lambda p: right(p.statement, p.reference),
    )


def speaker_score(pairs: Iterable[Pair], right: Callable[[Statement, Reference], bool]) -> Score:
    """Count, among paired statements, those whose speaker is right."""
    counted = [pair for pair in pairs if pair.reference.counted]
    hits = sum(right(pair.statement, pair.reference) for pair in counted)
    return Score(hits, len(counted), len(counted))


def same_mention(statement: Statement, reference: Reference) -> bool:
    """Whether the mention beside the cue is the gold one: one holds the words of the other, or they end alike."""
    return _alike(statement.speaker, reference.speaker)


def same_name(statement: Statement, reference: Reference) -> bool:
    """Whether the resolved name is the gold one; None only equals None."""
    return _words(statement.speaker_name) == _words(reference.speaker_name)


def _score(
    pairs: Sequence[Pair],
    statements: Sequence[Statement],
    references: Sequence[Reference],
    kinds: Iterable[Kind],
    right: Callable[[Pair], bool],
) -> Score:
    wanted = frozenset(kinds)
    paired = {pair.statement.id: pair.reference for pair in pairs}
    predicted = 0
    for statement in statements:
        reference = paired.get(statement.id)
        if reference is None:
            predicted += statement.kind in wanted
        else:
            predicted += reference.counted and reference.kind in wanted
    gold = sum(reference.counted and reference.kind in wanted for reference in references)
    matched = sum(pair.reference.counted and pair.reference.kind in wanted and right(pair) for pair in pairs)
    return Score(matched, predicted, gold)


def _alike(first: str | None, second: str | None) -> bool:
    left, right = _words(first), _words(second)
    if not left or not right:
        return left == right
    return left[-1] == right[-1] or set(left) <= set(right) or set(right) <= set(left)


def _words(name: str | None) -> tuple[str, ...]:
    words = (match.group().lower().replace("’", "'") for match in _WORD.finditer(name or ""))
    return tuple(word.removesuffix("'s") for word in words if word not in _NO_NAME)
