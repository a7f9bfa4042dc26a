"""What the extraction gets wrong, statement by statement, for reading."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.extraction_evaluation.gold_articles import GoldArticle
from pipeline.extraction_evaluation.matching import Pair, Reference, pair_up
from pipeline.extraction_evaluation.sameness import same_cue
from pipeline.records import Statement

_FOUND, _SAME_ENDS = 0.3, 1.0  # overlap
_SHOWN = 300  # characters of a statement


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractionError:
    """One thing that went wrong: ``sort`` is missed, spurious, ends, cue or speaker."""

    article: str
    sort: str
    kind: str
    gold: str | None
    found: str | None
    around: str  # the text before and behind, to see it in its place


def errors_of(
    article: GoldArticle, statements: Sequence[Statement], right: Callable[[Statement, Reference], bool]
) -> list[ExtractionError]:
    """Return the errors of one article in reading order; gold statements that do not count make none."""
    text = article.text
    pairs = pair_up(text, statements, article.references, _FOUND)
    paired, known = {id(pair.reference) for pair in pairs}, {pair.statement.id for pair in pairs}
    placed = [
        _error(article, "missed", one.kind, (_said(text, one.spans), None), (one.spans[0][0], one.spans[-1][1]))
        for one in article.references
        if one.counted and one.spans and id(one) not in paired
    ]
    placed += [
        _error(article, "spurious", one.kind, (None, _said(text, one.spans)), (one.start, one.end))
        for one in statements
        if one.id not in known
    ]
    for pair in pairs:
        if pair.reference.counted:
            placed += _errors_of_pair(article, pair, right)
    return [error for _, error in sorted(placed, key=lambda item: item[0])]


def _errors_of_pair(
    article: GoldArticle, pair: Pair, right: Callable[[Statement, Reference], bool]
) -> list[tuple[int, ExtractionError]]:
    gold, found = pair.reference, pair.statement
    wrong: list[tuple[str, str | None, str | None]] = []
    if pair.overlap < _SAME_ENDS:
        wrong.append(("ends", _said(article.text, gold.spans), _said(article.text, found.spans)))
    if not same_cue(found, gold):
        wrong.append(("cue", gold.cue, found.cue))
    if not right(found, gold):
        wrong.append(("speaker", f"{gold.speaker} / {gold.speaker_name}", f"{found.speaker} / {found.speaker_name}"))
    return [_error(article, sort, gold.kind, both, (found.start, found.end)) for sort, *both in wrong]


def _error(
    article: GoldArticle, sort: str, kind: str, gold_and_found: Sequence[str | None], span: tuple[int, int]
) -> tuple[int, ExtractionError]:
    """Return an error with the place at which it is read."""
    around = " ".join(article.text[max(0, span[0] - 80) : span[1] + 80].split())[:_SHOWN]
    gold, found = gold_and_found
    error = ExtractionError(article=article.id, sort=sort, kind=str(kind), gold=gold, found=found, around=around)
    return span[0], error


def _said(text: str, spans: Sequence[tuple[int, int]]) -> str:
    return " … ".join(" ".join(text[start:end].split()) for start, end in spans)[:_SHOWN]
