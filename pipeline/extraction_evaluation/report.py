"""One pass over gold articles, and what it says about the extraction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.extraction import extract
from pipeline.extraction_evaluation.errors_found import ExtractionError, errors_of
from pipeline.extraction_evaluation.gold_articles import GoldArticle
from pipeline.extraction_evaluation.matching import Reference, pair_up
from pipeline.extraction_evaluation.sameness import same_cue, same_mention, same_name
from pipeline.extraction_evaluation.scores import Score, content_score, end_to_end_score, pair_score
from pipeline.records import Kind, Statement

THRESHOLDS = {"overlap 0.3": 0.3, "overlap 0.8": 0.8, "exact": 1.0}
MATCHED = 0.3  # overlap at which a statement counts as found, as the Gender Gap Tracker has it (Asr et al. 2021)
TOUCHING = 0.01  # overlap at which two statements are about the same place, whatever their ends
QUOTES = (Kind.DIRECT, Kind.MIXED)
KINDS: Mapping[str, tuple[Kind, ...]] = {
    "direct": (Kind.DIRECT,),
    "mixed": (Kind.MIXED,),
    "direct and mixed": QUOTES,
    "reported": (Kind.REPORTED,),
    "speech": (Kind.SPEECH,),
    "all": tuple(Kind),
}
SAYING, EVERYTHING = "cues of saying", "all attributions"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeScores:
    """Scores over one choice of the gold statements.

    ``content`` is keyed by kind, then by threshold. ``parts`` has the cue and the speaker of found statements (that is,
    with the content given), the speaker of found quotes, the content where the cue is given, and right content with the
    right speaker ("end to end").
    """

    gold: int
    content: dict[str, dict[str, Score]] = field(hash=False)
    parts: dict[str, Score] = field(hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractionReport:
    """Scores by scope, and every error."""

    articles: int
    extracted: int
    scopes: dict[str, ScopeScores] = field(hash=False)
    errors: tuple[ExtractionError, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the figures as JSON types, rounded; the errors only as counts."""
        counts: dict[str, int] = {}
        for error in self.errors:
            counts[error.sort] = counts.get(error.sort, 0) + 1
        return {
            "articles": self.articles,
            "extracted": self.extracted,
            "errors": counts,
            "scopes": {
                name: {
                    "gold": scope.gold,
                    "content": {
                        kind: {threshold: score.as_dict() for threshold, score in scores.items()}
                        for kind, scores in scope.content.items()
                    },
                    "parts": {part: score.as_dict() for part, score in scope.parts.items()},
                }
                for name, scope in self.scopes.items()
            },
        }


def evaluate_extraction(articles: Iterable[GoldArticle]) -> ExtractionReport:
    """Extract every article's statements and compare them with what people marked.

    Where some gold statements have no cue of saying, there are two scopes: with them, and without (they are then
    neither missed nor wrongly found).
    """
    sums: dict[str, _Sums] = {SAYING: _Sums(), EVERYTHING: _Sums()}
    errors: list[ExtractionError] = []
    count = extracted = 0
    differ = False
    for article in articles:
        count += 1
        statements = extract(article.text, article_id=article.id)
        extracted += len(statements)
        sums[SAYING].add(article, statements, article.references)
        everything = tuple(replace(reference, counted=True) for reference in article.references)
        differ = differ or everything != article.references
        sums[EVERYTHING].add(article, statements, everything)
        errors.extend(errors_of(article, statements, same_name if article.named else same_mention))
    chosen = sums if differ else {EVERYTHING: sums[EVERYTHING]}
    scopes = {name: one.scores() for name, one in chosen.items()}
    return ExtractionReport(articles=count, extracted=extracted, scopes=scopes, errors=tuple(errors))


class _Sums:
    """Counts of one scope, article after article."""

    def __init__(self) -> None:
        self.gold = 0
        self.content = {kind: dict.fromkeys(THRESHOLDS, Score()) for kind in KINDS}
        self.parts: dict[str, Score] = {}

    def add(self, article: GoldArticle, statements: Sequence[Statement], references: Sequence[Reference]) -> None:
        text, right = article.text, same_name if article.named else same_mention
        self.gold += sum(reference.counted for reference in references)
        for kind, kinds in KINDS.items():
            for name, least in THRESHOLDS.items():
                self.content[kind][name] += content_score(text, statements, references, least, kinds)
        found = pair_up(text, statements, references, MATCHED)
        touching = [
            one for one in pair_up(text, statements, references, TOUCHING) if same_cue(one.statement, one.reference)
        ]
        quotes = [pair for pair in found if pair.reference.kind in QUOTES]
        parts = {
            "cue of found statements": pair_score(found, same_cue),
            "speaker of found statements": pair_score(found, right),
            "speaker of found quotes": pair_score(quotes, right),
            "end to end": end_to_end_score(text, statements, references, MATCHED, right),
        }
        for name, least in THRESHOLDS.items():
            near = [pair for pair in touching if pair.reference.counted]
            right_content = sum(pair.overlap >= least for pair in near)
            parts[f"content where the cue is right, {name}"] = Score(right_content, len(near), len(near))
        for name, score in parts.items():
            self.parts[name] = self.parts.get(name, Score()) + score

    def scores(self) -> ScopeScores:
        content = {kind: scores for kind, scores in self.content.items() if any(one.gold for one in scores.values())}
        return ScopeScores(gold=self.gold, content=content, parts=self.parts)
