"""``stance article``: who says what in an article, and what they do by it."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.commands.options import FormatOption, ModelOption
from pipeline.commands.output import (
    P_COLUMNS,
    Format,
    chosen_format,
    print_table,
    show_rows,
    stance_cell,
)

if TYPE_CHECKING:
    from pipeline.records import Prediction, Statement

COLUMNS = ("text", "start", "end", "kind", "cue", "speaker", "speaker_name", "role", "affiliation", "country")


def article(
    file: Annotated[Path, typer.Argument(help="A text file in UTF-8; - reads standard input.", metavar="FILE")],
    *,
    form: FormatOption = None,
    model: ModelOption = "champion",
    provenance: Annotated[bool, typer.Option("--provenance", help="Add the fingerprint of the model.")] = False,
) -> None:
    """List the statements of an article with speaker, stance and probability."""
    from pipeline.extraction import extract, read_article
    from pipeline.params import read_params
    from pipeline.prediction.locate import FEW, project_folder, project_predictor

    params = read_params(project_folder() / "params.yaml").extract
    path = Path("/dev/stdin") if str(file) == "-" else file
    text = read_article(path, params).text
    statements = extract(text, params=params)
    read = [one.model_text for one in statements]
    predictions = project_predictor(model, few_texts=len(read) <= FEW)(read) if read else []
    chosen = chosen_format(form)
    if chosen is Format.TABLE:
        _print(statements, predictions)
        return
    rows = (
        article_row(statement, prediction, provenance=provenance)
        for statement, prediction in zip(statements, predictions, strict=True)
    )
    own = ["spans", "read", "stance", "confidence", "abstained", *(["model"] if provenance else [])]
    show_rows(rows, chosen, [*COLUMNS, *own, *P_COLUMNS])


def article_row(statement: "Statement", prediction: "Prediction", *, provenance: bool = False) -> dict[str, Any]:
    """Return one statement with its prediction as JSON types.

    ``text`` is what was taken from the article, with a reporting clause where it parts a quote (``spans`` leave it
    out); ``read`` is what the model read, which for reported speech is the sentence.
    """
    fields = prediction.as_dict(provenance=provenance)
    read = fields.pop("text")
    own = {
        name: str(value) if name == "kind" else value
        for name, value in ((name, getattr(statement, name)) for name in COLUMNS)
    }
    return own | {"spans": [list(span) for span in statement.spans], "read": read} | fields


def _print(statements: "list[Statement]", predictions: "list[Prediction]") -> None:
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("speaker", ratio=2)
    table.add_column("cue", ratio=1)
    table.add_column("statement", ratio=6)
    table.add_column("stance", no_wrap=True)
    table.add_column("p", justify="right", no_wrap=True)
    for statement, prediction in zip(statements, predictions, strict=True):
        table.add_row(
            escape(_speaker(statement)),
            escape(statement.cue or ""),
            escape(" ".join(_shown(statement).split())),
            stance_cell(prediction.stance, abstained=prediction.abstained),
            f"{prediction.confidence:.2f}",
        )
    print_table(table)
    if not statements:
        typer.echo("No statements found.", file=sys.stderr)


def _speaker(statement: "Statement") -> str:
    name = statement.speaker_name or statement.speaker or "(unknown)"
    return f"{name}, {statement.role}" if statement.role and statement.role not in name else name


def _shown(statement: "Statement") -> str:
    if statement.kind != "direct":
        return statement.text
    parts = (statement.text[start - statement.start : end - statement.start].strip() for start, end in statement.spans)
    return f"“{' … '.join(parts)}”"
