"""An extraction report as Markdown."""

from pipeline.extraction_evaluation.report import THRESHOLDS, ExtractionReport, ScopeScores
from pipeline.extraction_evaluation.scores import Score
from pipeline.markdown import table


def extraction_page(report: ExtractionReport) -> str:
    """Return the figures of every scope as tables: precision / recall / F1."""
    parts = [f"{report.articles} articles, {report.extracted} statements extracted."]
    for name, scope in report.scopes.items():
        parts += [f"## {name.capitalize()}: {scope.gold} gold statements", _content(scope), _parts(scope)]
    counts = report.as_dict()["errors"]
    parts.append("Errors: " + (", ".join(f"{count} {sort}" for sort, count in sorted(counts.items())) or "none") + ".")
    return "\n\n".join(parts) + "\n"


def _content(scope: ScopeScores) -> str:
    rows = [
        [kind, str(next(iter(scores.values())).gold), *(_figures(scores[name]) for name in THRESHOLDS)]
        for kind, scores in scope.content.items()
    ]
    return table(["content", "gold", *(f"{name}: P / R / F1" for name in THRESHOLDS)], rows)


def _parts(scope: ScopeScores) -> str:
    rows = [
        [name, _figures(score) if name == "end to end" else f"{score.recall:.3f}", f"{score.matched} of {score.gold}"]
        for name, score in scope.parts.items()
    ]
    return table(["part", "share right (end to end: P / R / F1)", "right"], rows)


def _figures(score: Score) -> str:
    return f"{score.precision:.3f} / {score.recall:.3f} / **{score.f1:.3f}**"
