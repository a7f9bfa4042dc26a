"""``stance train``: the project's two models on somebody's own texts and labels."""

import json
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.model_names import model_named
from pipeline.commands.output import Format
from pipeline.errors import StanceError


def train(  # noqa: PLR0913 - each is an option of the command
    *,
    data: Annotated[Path, typer.Option(help="CSV, JSON Lines or Parquet file of labelled texts.")],
    test: Annotated[
        Path | None, typer.Option(help="A file of the same columns to measure on. [default: a fifth of --data]")
    ] = None,
    labels: Annotated[
        str | None, typer.Option(help="The labels, with commas between. [default: those that --data has]")
    ] = None,
    column: Annotated[str, typer.Option(help="The column of texts.")] = "text",
    label: Annotated[str, typer.Option("--label", help="The column of labels.")] = "label",
    model: Annotated[str, typer.Option("--model", "-m", help="transformer or baseline.")] = "transformer",
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            help="A folder to keep the model in.",
        ),
    ] = None,
    form: Annotated[Format, typer.Option("--format", "-f", help="table or json.")] = Format.TABLE,
) -> None:
    """Train a model on any labelled texts with the settings of params.yaml, and report its macro-F1."""
    from pipeline.own_labels.labelled_texts import named_labels, read_labelled_texts
    from pipeline.own_labels.training import train_and_measure
    from pipeline.params import read_params
    from pipeline.prediction.locate import project_folder

    if form not in (Format.TABLE, Format.JSON):
        message = "stance train writes --format table or json."
        raise StanceError(message)
    if out is not None and out.exists():
        message = f"{out} exists; name a folder with --out that does not."
        raise StanceError(message)
    name = model_named(model)
    names = named_labels(labels) if labels else None
    learned = read_labelled_texts(data, text=column, label=label, labels=names)
    measured = read_labelled_texts(test, text=column, label=label, labels=learned.labels) if test else None
    params = read_params(project_folder() / "params.yaml")
    result = train_and_measure(learned, measured, name, params, out=out)
    if form is Format.JSON:
        typer.echo(json.dumps(result.as_dict(), indent=2, sort_keys=True))
        return
    from pipeline.commands.markdown_view import print_markdown

    print_markdown(result.as_markdown())
