"""``stance track``: bring the MLflow store up to date with the models on disk."""

from pathlib import Path
from typing import Annotated

import typer


def track(
    models: Annotated[
        list[Path] | None, typer.Argument(help="Model folders. [default: models/baseline models/transformer]")
    ] = None,
    *,
    evaluation: Annotated[Path, typer.Option(help="Folder of evaluations, one folder a model.")] = Path(
        "reports/evaluation"
    ),
    comparison: Annotated[Path, typer.Option(help="Folder of the comparison.")] = Path("reports/comparison"),
    champion: Annotated[Path, typer.Option(help="The choice that `compare` wrote.")] = Path("models/champion.json"),
    history: Annotated[bool, typer.Option("--history", help="Also track the models of earlier commits.")] = False,
) -> None:
    """Create the MLflow run of each trained model that the store lacks; doing it again changes nothing."""
    from pipeline.stages.track import run

    folders = models or [Path("models/baseline"), Path("models/transformer")]
    for done in run(folders, evaluation, comparison, champion, history=history):
        typer.echo(done)
