"""``stance eval-extraction``: how well statements and speakers are found, on articles with gold statements."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.output import Format
from pipeline.errors import StanceError


def eval_extraction(
    gold: Annotated[
        Path,
        typer.Argument(
            help="A folder such as seeds (NAME.txt beside NAME.gold.jsonl), or a JSON Lines file (.gz too).",
            metavar="GOLD",
        ),
    ],
    *,
    form: Annotated[Format, typer.Option("--format", "-f", help="table or json.")] = Format.TABLE,
    errors: Annotated[
        Path | None, typer.Option("--errors", help="Write every error to this JSON Lines file, for reading.")
    ] = None,
) -> None:
    """Measure the extraction: content, cue, speaker and end to end, by kind of statement."""
    from pipeline.commands.markdown_view import print_markdown
    from pipeline.extraction_evaluation import evaluate_extraction, read_gold_articles
    from pipeline.extraction_evaluation.page import extraction_page
    from pipeline.jsonl import write_rows

    if form not in (Format.TABLE, Format.JSON):
        message = "stance eval-extraction writes --format table or json."
        raise StanceError(message)
    report = evaluate_extraction(read_gold_articles(gold))
    if errors is not None:
        write_rows(errors, (asdict(error) for error in report.errors))
    if form is Format.JSON:
        typer.echo(json.dumps(report.as_dict(), indent=2, sort_keys=True))
        return
    print_markdown(extraction_page(report))
