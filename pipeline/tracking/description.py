"""What a person reads first on a run's page."""

from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.tracking.subject import Subject

SHOWN = {"macro_f1": "macro-F1", "accuracy": "accuracy", "mcc": "MCC", "ece": "calibration error"}


def description(subject: Subject) -> str:
    """Return a run's description in Markdown: what it is, how well it does, where it is from, how to use it."""
    manifest = subject.manifest
    lines = [f"The **{manifest.kind}**, seed {manifest.seed}.", "", *_scores(subject.evaluation)]
    revision = subject.revision
    if revision is not None:
        origin = f"Commit `{revision.commit[:10]}`: {revision.summary}"
        if revision.changed:
            origin += f" (changed since: {', '.join(revision.changed)})"
        lines += ["", origin + (f"; DVC experiment `{revision.experiment}`" if revision.experiment else "")]
    lines += ["", f"Fingerprint `{subject.fingerprint}`; plots and reports are under Artifacts."]
    return "\n".join(lines)


def _scores(evaluation: Mapping[str, Any]) -> Iterator[str]:
    headlines = {name: report["headlines"] for name, report in evaluation.items() if _has_headlines(report)}
    if not headlines:
        return
    yield f"| set | {' | '.join(SHOWN.values())} |"
    yield f"| --- |{' --- |' * len(SHOWN)}"
    for name, scores in headlines.items():
        yield f"| {name} | {' | '.join(_score(scores.get(metric)) for metric in SHOWN)} |"


def _has_headlines(report: object) -> bool:
    return isinstance(report, Mapping) and isinstance(report.get("headlines"), Mapping)


def _score(estimate: object) -> str:
    if not isinstance(estimate, Mapping):
        return ""
    return f"{estimate['value']:.3f} ({estimate['low']:.3f} to {estimate['high']:.3f})"
