"""``stance evaluate``: how well a model does on somebody's own labelled file."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.commands.options import ModelOption
from pipeline.commands.output import Format
from pipeline.errors import StanceError
from pipeline.stance import STANCES, Stance

if TYPE_CHECKING:
    from collections.abc import Iterable


def evaluate(  # noqa: PLR0913 - each is an option of the command
    file: Annotated[Path, typer.Argument(help="CSV, JSON Lines or Parquet file of labelled texts.", metavar="FILE")],
    *,
    column: Annotated[str, typer.Option(help="The column of texts.")] = "text",
    label: Annotated[str, typer.Option("--label", help="The column of right labels.")] = "label",
    second: Annotated[
        str | None,
        typer.Option("--second", help="A column of further labels that count as right in the lenient figures."),
    ] = None,
    group: Annotated[
        str | None, typer.Option("--group", help="A column of groups that the intervals draw as one.")
    ] = None,
    model: ModelOption = "champion",
    form: Annotated[Format, typer.Option("--format", "-f", help="table or json.")] = Format.TABLE,
) -> None:
    """Measure a model on labelled texts: macro-F1 and others with intervals, per stance, strict and lenient."""
    from pipeline.evaluation import evaluate_labelled
    from pipeline.params import read_params
    from pipeline.prediction.locate import project_folder, project_predictor
    from pipeline.tables.reading import iterate_table, survey

    if form not in (Format.TABLE, Format.JSON):
        message = "stance evaluate writes --format table or json."
        raise StanceError(message)
    params = read_params(project_folder() / "params.yaml")
    survey(file, column)
    rows = list(iterate_table(file))
    gold = [_stance(_cell(row, label, file, where), file, where) for where, row in rows]
    seconds = [_stances(_cell(row, second, file, where), file, where) for where, row in rows] if second else None
    groups = [_group(_cell(row, group, file, where)) for where, row in rows] if group else None
    predictor = project_predictor(model)
    probabilities = predictor.model.probabilities([row[column] for _, row in rows])
    report = evaluate_labelled(
        gold, probabilities, second_labels=seconds, groups=groups, config=params.evaluate, seed=params.seed
    )
    if form is Format.JSON:
        typer.echo(json.dumps(report.as_dict(), indent=2, sort_keys=True))
        return
    from pipeline.commands.markdown_view import print_markdown
    from pipeline.evaluation.markdown import report_tables

    print_markdown(report_tables(report))


def _cell(row: dict[str, Any], column: str, file: Path, where: str) -> Any:  # noqa: ANN401 - any cell
    if column not in row:
        message = f"{file}, {where}: there is no column {column!r}, only {', '.join(map(repr, row))}."
        raise StanceError(message)
    return row[column]


def _stance(value: object, file: Path, where: str) -> Stance:
    try:
        return Stance(str(value).strip().lower())
    except ValueError:
        message = f"{file}, {where}: unknown label {value!r}; the labels are {', '.join(STANCES)}."
        raise StanceError(message) from None


def _stances(value: object, file: Path, where: str) -> set[Stance]:
    """Read a cell of further labels: a list, one label, several with commas between, or nothing."""
    names: Iterable[object] = value if isinstance(value, list) else str(value or "").split(",")
    return {_stance(name, file, where) for name in names if str(name).strip()}


def _group(value: object) -> str | None:
    return None if value in (None, "") else str(value)
