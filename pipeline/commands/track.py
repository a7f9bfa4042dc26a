"""``stance track``: bring the MLflow store up to date with the models on disk."""

import os
from pathlib import Path
from typing import Annotated

import typer


def track(
    models: Annotated[
        list[Path] | None, typer.Argument(help="Model folders. [default: models/baseline models/transformer]")
    ] = None,
    *,
    evaluation: Annotated[
        Path | None, typer.Option(help="Folder of evaluations, one folder a model. [default: reports/evaluation]")
    ] = None,
    comparison: Annotated[
        Path | None, typer.Option(help="Folder of the comparison. [default: reports/comparison]")
    ] = None,
    champion: Annotated[
        Path | None, typer.Option(help="The choice that `compare` wrote. [default: models/champion.json]")
    ] = None,
    history: Annotated[bool, typer.Option("--history", help="Also track the models of earlier commits.")] = False,
) -> None:
    """Create the MLflow run of each trained model that the store lacks; doing it again changes nothing."""
    from pipeline.prediction.locate import project_folder
    from pipeline.stages.track import run

    project = Path(os.path.relpath(project_folder()))  # messages name short paths
    folders = models or [project / "models" / name for name in ("baseline", "transformer")]
    for done in run(
        folders,
        evaluation or project / "reports" / "evaluation",
        comparison or project / "reports" / "comparison",
        champion or project / "models" / "champion.json",
        history=history,
    ):
        typer.echo(done)
