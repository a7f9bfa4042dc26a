"""A manifest and its reports as the flat names and numbers that MLflow compares."""

import json
import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.models.manifest import Manifest

# Settings of the evaluation and counts that a picture shows better: they would bury the figures that are compared.
LEFT_OUT = frozenset({"confidence", "resamples", "confusion"})
BOUNDS = ("low", "high")
LONGEST_VALUE = 6000  # characters; MLflow's own limit for a parameter


def run_params(manifest: Manifest) -> dict[str, str]:
    """Return the kind, the seed and the model's section, nested keys joined by dots, as text."""
    params = {"kind": manifest.kind, "seed": manifest.seed, **manifest.params}
    return {name: _as_text(value)[:LONGEST_VALUE] for name, value in _flat_params(params)}


def run_metrics(manifest: Manifest, evaluation: Mapping[str, Any]) -> dict[str, float]:
    """Return every figure about a finished model by name: ``test/macro_f1``, ``test/macro_f1_low``, ...

    What comes before the last slash is the section that MLflow's charts are grouped by. Undefined figures are left
    out.
    """
    metrics = {**manifest.metrics, "temperature": manifest.temperature}
    for name, report in evaluation.items():
        headlines = report.get("headlines", {})  # first, so that they stand on top of a run's page
        metrics |= dict(_flat_metrics({"headlines": headlines, **report}, f"{_plain(name)}/"))
    return {name: float(value) for name, value in metrics.items() if math.isfinite(value)}


def history_metrics(manifest: Manifest) -> Iterator[tuple[str, float, int]]:
    """Yield (name, value, epoch) of each step of the training or search; of several trainings each has its names."""
    for row in manifest.history:
        run = f"run_{int(row['run'])}/" if "run" in row else ""
        for name, value in row.items():
            if name not in {"epoch", "run"} and _is_number(value) and math.isfinite(value):
                yield f"history/{run}{_plain(name)}", float(value), int(row["epoch"])


def _flat_params(tree: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in tree.items():
        if isinstance(value, Mapping):
            yield from _flat_params(value, f"{prefix}{_plain(name)}.")
        else:
            yield f"{prefix}{_plain(name)}", value


def _flat_metrics(tree: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, float]]:
    for name, value in tree.items():
        if name in LEFT_OUT:
            continue
        path = f"{prefix}{_plain(name)}"
        if name == "slices" and isinstance(value, Mapping):
            yield from _slice_metrics(value, path)
        elif _is_number(value):
            yield path, value
        elif isinstance(value, Mapping) and "value" in value:
            yield path, value["value"]
            yield from ((f"{path}_{bound}", value[bound]) for bound in BOUNDS if bound in value)
        elif isinstance(value, Mapping):
            yield from _flat_metrics(value, prefix if name == "headlines" else f"{path}/")


def _slice_metrics(slices: Mapping[str, Mapping[str, Mapping[str, float]]], prefix: str) -> Iterator[tuple[str, float]]:
    """Yield the macro-F1 of each slice; its other figures are in the report, and there are hundreds of them."""
    for attribute, scores in slices.items():
        for value, score in scores.items():
            yield f"{prefix}/{_plain(attribute)}/{_plain(value)}", score["macro_f1"]


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _plain(name: str) -> str:
    """Return a name of the characters that MLflow takes; it refuses, say, the plus sign in ``50+ words``."""
    return re.sub(r"[^\w.\- ]", "_", name.replace("+", " or more"), flags=re.ASCII)


def _as_text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)
