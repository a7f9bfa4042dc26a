"""Gold spans of the seed articles, and which extracted statement each of them is."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from pipeline.annotations import Annotation
from pipeline.errors import StanceError
from pipeline.jsonl import iterate_records
from pipeline.records import STRICT, Kind, Statement
from pipeline.stance import Stance

SEEDS_ANNOTATOR = "seeds"
_ENDING = ".gold.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldSpan:
    """One line of ``seeds/NAME.gold.jsonl``: a statement of the article, with speaker and stance.

    ``official`` is False for firms, unions, witnesses and the like, whom the codebook leaves out (ruling 16).
    """

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    start: int
    end: int
    text: str
    kind: Kind
    spans: tuple[tuple[int, int], ...]
    cue: str | None = None
    speaker: str | None = None
    speaker_name: str | None = None
    role: str | None = None
    affiliation: str | None = None
    country: str | None = None
    label: Stance
    second_label: Stance | None = None
    official: bool = True


@dataclass(frozen=True)
class GoldMatch:
    """Gold spans and extracted statements of the seeds, brought together."""

    annotations: tuple[Annotation, ...]  # the gold labels of the statements that were found
    left_out: frozenset[str]  # ids of the statements whose gold speaker is no official
    spans: int  # gold spans of officials, found or not


def read_gold(seeds: Path) -> dict[str, list[GoldSpan]]:
    """Read ``NAME.gold.jsonl`` of every article that has one: article id (NAME) -> spans in order of start.

    :raises StanceError: naming the file if a line is not valid, the article is missing, or a span does not hold the
        text that it claims.
    """
    return {path.name.removesuffix(_ENDING): _read_file(path) for path in sorted(seeds.glob(f"*{_ENDING}"))}


def match_gold(statements: Iterable[Statement], gold: dict[str, list[GoldSpan]], smallest_overlap: float) -> GoldMatch:
    """Give each extracted statement the gold span that it overlaps best, each span at most once.

    Overlap is intersection over union of the character ranges; pairs below ``smallest_overlap`` do not match.
    """
    by_article: defaultdict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        by_article[statement.article_id].append(statement)
    annotations: list[Annotation] = []
    left_out: set[str] = set()
    for article, spans in gold.items():
        for statement, span in _best_pairs(by_article[article], spans, smallest_overlap):
            if span.official:
                annotations.append(
                    Annotation(
                        statement_id=statement.id,
                        annotator=SEEDS_ANNOTATOR,
                        label=span.label,
                        second_label=span.second_label,
                    )
                )
            else:
                left_out.add(statement.id)
    officials = sum(span.official for spans in gold.values() for span in spans)
    return GoldMatch(annotations=tuple(annotations), left_out=frozenset(left_out), spans=officials)


def overlap(first: tuple[int, int], second: tuple[int, int]) -> float:
    """Return intersection over union of two character ranges, 0 to 1."""
    shared = max(0, min(first[1], second[1]) - max(first[0], second[0]))
    union = (first[1] - first[0]) + (second[1] - second[0]) - shared
    return shared / union if union else 0.0


def _best_pairs(
    statements: Sequence[Statement], spans: Sequence[GoldSpan], smallest_overlap: float
) -> list[tuple[Statement, GoldSpan]]:
    ranked = sorted(
        (
            (-overlap((statement.start, statement.end), (span.start, span.end)), here, there)
            for here, statement in enumerate(statements)
            for there, span in enumerate(spans)
        ),
    )
    taken_statements: set[int] = set()
    taken_spans: set[int] = set()
    pairs = []
    for negative, here, there in ranked:
        if -negative >= smallest_overlap and here not in taken_statements and there not in taken_spans:
            taken_statements.add(here)
            taken_spans.add(there)
            pairs.append((here, there))
    return [(statements[here], spans[there]) for here, there in sorted(pairs)]


def _read_file(path: Path) -> list[GoldSpan]:
    article = path.with_name(path.name.removesuffix(_ENDING) + ".txt")
    try:
        text = article.read_bytes().decode("utf-8-sig")  # as articles are read
    except (FileNotFoundError, UnicodeDecodeError) as error:
        message = f"{path} needs its article {article.name} beside it, in UTF-8."
        raise StanceError(message) from error
    spans = []
    for span in iterate_records(path, GoldSpan):
        if text[span.start : span.end] != span.text or not span.text.strip():
            message = f"{path}: characters {span.start} to {span.end} of {article.name} are not {span.text[:40]!r}."
            raise StanceError(message)
        spans.append(span)
    return sorted(spans, key=lambda span: (span.start, span.end))
