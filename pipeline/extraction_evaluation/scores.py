"""Precision, recall and F1 of content, speakers and both together, as counts that add up over articles."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pipeline.extraction_evaluation.matching import Pair, Reference, pair_up
from pipeline.records import Kind, Statement


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

    def as_dict(self) -> dict[str, float]:
        """Return the counts and the figures, rounded to four decimals."""
        figures = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        counts = {"matched": self.matched, "predicted": self.predicted, "gold": self.gold}
        return counts | {name: round(value, 4) for name, value in figures.items()}

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 to 1."""
        total = self.predicted + self.gold
        return 2 * self.matched / total if total else 0.0


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


def pair_score(pairs: Iterable[Pair], right: Callable[[Statement, Reference], bool]) -> Score:
    """Count, among paired statements, those of which something is right, such as the speaker."""
    counted = [pair for pair in pairs if pair.reference.counted]
    hits = sum(right(pair.statement, pair.reference) for pair in counted)
    return Score(hits, len(counted), len(counted))


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
