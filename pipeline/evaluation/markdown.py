"""An evaluation as Markdown tables."""

from pipeline.evaluation.metrics import HEADLINES
from pipeline.evaluation.records import Estimate, Report
from pipeline.markdown import table
from pipeline.stance import STANCES


def report_tables(report: Report) -> str:
    """Return headlines, stances, confusion matrix and slices of a report, each as one table."""
    level = f"{report.confidence:.0%} interval"
    parts = [
        f"{report.statements} statements in {report.groups} groups; intervals from {report.resamples} resamples.",
        table(["metric", "value", level], _headline_rows(report)),
        table(
            ["stance", "precision", "recall", "F1", "statements"],
            [
                [stance, f"{score.precision:.3f}", f"{score.recall:.3f}", f"{score.f1:.3f}", str(score.support)]
                for stance, score in report.per_stance.items()
            ],
        ),
        table(
            ["labelled (down), answered (across)", *STANCES],
            [
                [stance, *(str(count) for count in counts)]
                for stance, counts in zip(STANCES, report.confusion, strict=True)
            ],
        ),
    ]
    for attribute, scores in report.slices.items():
        rows = [
            [value, str(score.statements), f"{score.macro_f1:.3f}", f"{score.accuracy:.3f}"]
            for value, score in scores.items()
        ]
        parts.append(table([attribute, "statements", "macro-F1", "accuracy"], rows))
    return "\n\n".join(parts) + "\n"


def interval(figure: Estimate) -> str:
    """Return the bounds of an estimate in words: "0.712 to 0.801"."""
    return f"{figure.low:.3f} to {figure.high:.3f}"


def _headline_rows(report: Report) -> list[list[str]]:
    rows = [
        [title, f"{report.headlines[name].value:.3f}", interval(report.headlines[name])]
        for name, title in HEADLINES.items()
    ]
    for name, figure in (report.lenient or {}).items():
        rows.append([f"{HEADLINES[name]}, lenient", f"{figure.value:.3f}", interval(figure)])
    return rows
